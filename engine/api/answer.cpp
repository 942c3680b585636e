#include "api/handles.h"
#include "base/names.h"

#include <algorithm>
#include <cstring>

namespace pandect::api {

Outcome check_texts(std::initializer_list<pandect_string> texts) {
  for (const auto& text : texts) {
    if (!sound(text))
      return fail(PANDECT_ERROR_CALL, "null", "a text has a length and no place in memory");
    if (invalid_utf8_at(view(text)) != std::string_view::npos)
      return fail(PANDECT_ERROR_CALL, "encoding", "an argument is not UTF-8");
  }
  return {};
}

bool read_options(const pandect_options* stated, pandect_options& options, Outcome& outcome) {
  options = {};
  if (stated == nullptr) {
    outcome = fail(PANDECT_ERROR_CALL, "null", "there are no options",
                   "state at least the day whose law is asked for");
    return false;
  }
  const std::size_t size = stated->size;
  bool known = size >= sizeof(options) && size <= 64 * sizeof(options);
  if (known) {
    const char* bytes = reinterpret_cast<const char*>(stated);
    known = std::all_of(bytes + sizeof(options), bytes + size, [](char c) { return c == 0; });
    std::memcpy(&options, stated, sizeof(options));
  }
  constexpr std::uint32_t kFlags = PANDECT_WITH_NOT_APPLICABLE | PANDECT_PROOF_AS_TEXT;
  if (!known || (options.flags & ~kFlags) != 0 || options.reserved != 0) {
    outcome = fail(PANDECT_ERROR_CALL, "options", "these options are not those of this library",
                   "set size to sizeof(pandect_options), zero the rest, and use known flags");
    return false;
  }
  outcome = check_texts({options.as_of, options.lang, options.manifest_name, options.fail_on,
                         options.fail_on_unknown});
  if (outcome.error == PANDECT_ERROR_NONE && options.jurisdiction_count > 0 &&
      options.jurisdictions == nullptr)
    outcome = fail(PANDECT_ERROR_CALL, "null", "the jurisdictions are counted and not there");
  for (std::size_t i = 0; outcome.error == PANDECT_ERROR_NONE && i < options.jurisdiction_count;
       ++i)
    outcome = check_texts({options.jurisdictions[i]});
  return outcome.error == PANDECT_ERROR_NONE;
}

namespace {
pandect_string string_of(const std::string& text) { return {text.data(), text.size()}; }
}  // namespace
}  // namespace pandect::api

const char* pandect_version(void) { return PANDECT_VERSION; }
std::uint32_t pandect_abi(void) { return PANDECT_ABI; }

pandect_string pandect_answer_text(const pandect_answer* answer) {
  if (answer == nullptr) return {"", 0};
  return pandect::api::string_of(answer->text);
}

std::size_t pandect_answer_problem_count(const pandect_answer* answer) {
  return answer == nullptr ? 0 : answer->problems.size();
}

pandect_error pandect_answer_problem(const pandect_answer* answer, std::size_t index,
                                     pandect_problem* problem) {
  if (answer == nullptr || problem == nullptr || problem->size < sizeof(pandect_problem))
    return PANDECT_ERROR_CALL;
  if (index >= answer->problems.size()) return PANDECT_ERROR_NOT_FOUND;
  using pandect::Level;
  using pandect::api::string_of;
  const auto& found = answer->problems[index];
  problem->level = found.level == Level::error     ? PANDECT_LEVEL_ERROR
                   : found.level == Level::warning ? PANDECT_LEVEL_WARNING
                                                   : PANDECT_LEVEL_NOTE;
  problem->line = found.where.line;
  problem->column = found.where.column;
  problem->reserved = 0;
  problem->code = string_of(found.code);
  problem->file = string_of(found.where.file);
  problem->message = string_of(found.message);
  problem->hint = string_of(found.hint);
  return PANDECT_ERROR_NONE;
}

std::int32_t pandect_answer_verdict(const pandect_answer* answer) {
  return answer == nullptr ? -1 : answer->verdict;
}

void pandect_answer_free(pandect_answer* answer) { delete answer; }
