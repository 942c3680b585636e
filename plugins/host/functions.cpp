// The functions of pandect_host. Each checks its handle and its arguments, lets no exception out,
// and answers with a status.
#include "base/names.h"
#include "plugins/host/call.h"

#include <algorithm>
#include <cstring>
#include <exception>

#include <nlohmann/json.hpp>
#include <re2/re2.h>

namespace pandect::plugins {
namespace {

template <typename Work>
pandect_status within(pandect_call handle, Work work) noexcept {
  pandect_status status = PANDECT_OK;
  Call* call = Call::find(handle, status);
  if (call == nullptr) return status;
  try {
    return work(*call);
  } catch (const std::exception& error) {
    return call->misuse(PANDECT_FAILED, std::string("asked for what failed: ") + error.what());
  }
}

pandect_status null_pointer(Call& call, const char* function) {
  return call.misuse(PANDECT_BAD_ARGUMENT, std::string("gave a null pointer to ") + function);
}

pandect_status no_root(Call& call, const char* function) {
  return call.misuse(PANDECT_WRONG_KIND,
                     std::string("called ") + function + ", which only probes have");
}

// What a path gives is often up to the settings, so that none of these is a misuse.
pandect_status status_of(const Diagnostics& problems) {
  const std::string& code = problems.front().code;
  return code == "outside"     ? PANDECT_OUTSIDE
         : code == "too-large" ? PANDECT_TOO_MUCH
                               : PANDECT_NOT_FOUND;
}

pandect_status read_file(pandect_call handle, const char* path, size_t path_size,
                         pandect_text* bytes) {
  if (bytes != nullptr) *bytes = {nullptr, 0};
  return within(handle, [&](Call& call) -> pandect_status {
    if (bytes == nullptr || !readable(path, path_size)) return null_pointer(call, "read_file");
    if (call.root() == nullptr) return no_root(call, "read_file");
    auto read = call.root()->read({path, path_size}, std::min(kMaximumFile, call.room()));
    if (!read) return status_of(read.errors());
    *bytes = call.keep(std::move(*read));
    return PANDECT_OK;
  });
}

pandect_status read_part(pandect_call handle, const char* path, size_t path_size, uint64_t offset,
                         char* buffer, size_t capacity, size_t* count) {
  if (count != nullptr) *count = 0;
  return within(handle, [&](Call& call) -> pandect_status {
    if (count == nullptr || !readable(path, path_size) || !readable(buffer, capacity))
      return null_pointer(call, "read_part");
    if (call.root() == nullptr) return no_root(call, "read_part");
    if (capacity > kMaximumFile || offset > INT64_MAX - kMaximumFile)
      return call.misuse(PANDECT_TOO_MUCH, "asked read_part for more than 64 MiB");
    const auto read = call.root()->read_part({path, path_size}, offset, capacity);
    if (!read) return status_of(read.errors());
    if (!read->empty()) std::memcpy(buffer, read->data(), read->size());
    *count = read->size();
    return PANDECT_OK;
  });
}

pandect_status hand_out(const std::vector<FoundFile>& files, pandect_each_file each,
                        void* context) {
  for (const auto& file : files) {
    if (each(context, file.path.data(), file.path.size(), file.size) != 0) break;
  }
  return PANDECT_OK;
}

pandect_status list(pandect_call handle, const char* below, size_t below_size,
                    pandect_each_file each, void* context) {
  return within(handle, [&](Call& call) -> pandect_status {
    if (each == nullptr || !readable(below, below_size)) return null_pointer(call, "list");
    if (call.root() == nullptr) return no_root(call, "list");
    const std::string folder(below == nullptr ? "" : below, below_size);
    if (!folder.empty() && !call.root()->exists(folder)) return PANDECT_NOT_FOUND;
    return hand_out(call.root()->list(folder).files, each, context);
  });
}

pandect_status glob(pandect_call handle, const char* pattern, size_t pattern_size,
                    pandect_each_file each, void* context) {
  return within(handle, [&](Call& call) -> pandect_status {
    if (each == nullptr || !readable(pattern, pattern_size)) return null_pointer(call, "glob");
    if (call.root() == nullptr) return no_root(call, "glob");
    if (pattern_size > 4096)
      return call.misuse(PANDECT_TOO_MUCH, "gave a pattern of more than 4096 bytes to glob");
    return hand_out(
        call.root()->glob({std::string(pattern == nullptr ? "" : pattern, pattern_size)}), each,
        context);
  });
}

const re2::RE2& compiled(Call& call, std::string_view pattern) {
  const auto known = call.patterns.find(pattern);
  if (known != call.patterns.end()) return *known->second;
  if (call.patterns.size() >= kMaximumPatterns) call.patterns.clear();
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(8 << 20);
  auto made = std::make_unique<re2::RE2>(re2::StringPiece(pattern.data(), pattern.size()), options);
  return *call.patterns.emplace(std::string(pattern), std::move(made)).first->second;
}

pandect_status match(pandect_call handle, const char* pattern, size_t pattern_size,
                     const char* text, size_t text_size, size_t from, pandect_span* spans,
                     size_t capacity, size_t* count) {
  if (count != nullptr) *count = 0;
  return within(handle, [&](Call& call) -> pandect_status {
    if (count == nullptr || !readable(pattern, pattern_size) || !readable(text, text_size) ||
        (spans == nullptr && capacity > 0))
      return null_pointer(call, "match");
    if (from > text_size)
      return call.misuse(PANDECT_BAD_ARGUMENT, "asked match to begin behind the end of the text");
    if (pattern_size > 64 * 1024)
      return call.misuse(PANDECT_TOO_MUCH, "gave a pattern of more than 64 KiB to match");
    const re2::RE2& expression = compiled(call, view({pattern, pattern_size}));
    if (!expression.ok()) return PANDECT_BAD_PATTERN;
    const std::string_view whole = view({text, text_size});
    const auto groups = static_cast<std::size_t>(expression.NumberOfCapturingGroups()) + 1;
    std::vector<re2::StringPiece> found(std::min(groups, std::max<std::size_t>(capacity, 1)));
    const re2::StringPiece subject(whole.data(), whole.size());
    if (!expression.Match(subject, from, whole.size(), re2::RE2::UNANCHORED, found.data(),
                          static_cast<int>(found.size())))
      return PANDECT_OK;
    for (std::size_t i = 0; i < std::min(capacity, found.size()); ++i) {
      spans[i] = {PANDECT_NO_GROUP, PANDECT_NO_GROUP};
      // An empty text has no place of its own: RE2 may give any pointer for it.
      if (whole.empty()) spans[i] = {0, 0};
      if (found[i].data() == nullptr) continue;
      const auto begin = static_cast<std::size_t>(found[i].data() - subject.data());
      spans[i] = {begin, begin + found[i].size()};
    }
    *count = groups;
    return PANDECT_OK;
  });
}

pandect_status json_get(pandect_call handle, const char* json, size_t size, const char* pointer,
                        size_t pointer_size, pandect_text* value) {
  if (value != nullptr) *value = {nullptr, 0};
  return within(handle, [&](Call& call) -> pandect_status {
    if (value == nullptr || !readable(json, size) || !readable(pointer, pointer_size))
      return null_pointer(call, "json_get");
    const nlohmann::json* document = call.document(view({json, size}));
    if (document == nullptr) return PANDECT_BAD_JSON;
    const nlohmann::json* found = document;
    try {
      const nlohmann::json::json_pointer path{std::string(view({pointer, pointer_size}))};
      if (!document->contains(path)) return PANDECT_NOT_FOUND;
      found = &document->at(path);
    } catch (const nlohmann::json::exception&) {
      return PANDECT_NOT_FOUND;
    }
    std::string text = found->is_string()
                           ? found->get<std::string>()
                           : found->dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    if (text.size() > call.room())
      return call.misuse(PANDECT_TOO_MUCH, "asked json_get for more than 256 MiB in one call");
    *value = call.keep(std::move(text));
    return PANDECT_OK;
  });
}

pandect_status json_quote(pandect_call handle, const char* text, size_t size,
                          pandect_text* quoted) {
  if (quoted != nullptr) *quoted = {nullptr, 0};
  return within(handle, [&](Call& call) -> pandect_status {
    if (quoted == nullptr || !readable(text, size)) return null_pointer(call, "json_quote");
    if (size > call.room() / 6)
      return call.misuse(PANDECT_TOO_MUCH, "gave too much to json_quote in one call");
    *quoted = call.keep(nlohmann::json(std::string(view({text, size})))
                            .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
    return PANDECT_OK;
  });
}

// What all reports have in common: the kind, the text.
template <typename Work>
pandect_status report(pandect_call handle, const char* function, const char* json, size_t size,
                      std::initializer_list<std::uint32_t> kinds, Work work) {
  return within(handle, [&](Call& call) -> pandect_status {
    if (!readable(json, size)) return null_pointer(call, function);
    if (std::find(kinds.begin(), kinds.end(), call.kind()) == kinds.end())
      return call.misuse(PANDECT_WRONG_KIND,
                         std::string("called ") + function + ", which its kind does not have");
    const std::string_view text = view({json, size});
    if (size > kMaximumPayload)
      return call.misuse(PANDECT_TOO_MUCH, std::string("gave more than 1 MiB to ") + function);
    if (invalid_utf8_at(text) != std::string_view::npos)
      return call.misuse(PANDECT_BAD_TEXT,
                         std::string("gave to ") + function + " a text that is not UTF-8");
    return work(call, text);
  });
}

pandect_status refuse(Call& call, const char* function, const Diagnostics& problems) {
  const Diagnostic& first = problems.front();
  return call.misuse(PANDECT_BAD_JSON, std::string("reported what cannot be taken (") + function +
                                           "): " + first.message +
                                           (first.hint.empty() ? "" : "; " + first.hint));
}

constexpr auto kEveryKind = {std::uint32_t{PANDECT_PROBE}, std::uint32_t{PANDECT_IMPORTER},
                             std::uint32_t{PANDECT_FORMAT}, std::uint32_t{PANDECT_DERIVATION}};

pandect_status report_outcome(pandect_call handle, const char* json, size_t size) {
  return report(handle, "report_outcome", json, size, {PANDECT_PROBE},
                [](Call& call, std::string_view text) -> pandect_status {
                  if (call.has_outcome)
                    return call.misuse(PANDECT_TWICE, "reported a second outcome");
                  auto outcome = read_outcome(text);
                  if (!outcome) return refuse(call, "report_outcome", outcome.errors());
                  call.outcome = std::move(*outcome);
                  call.has_outcome = true;
                  return PANDECT_OK;
                });
}

pandect_status report_proposal(pandect_call handle, const char* json, size_t size) {
  return report(handle, "report_proposal", json, size, {PANDECT_IMPORTER, PANDECT_DERIVATION},
                [](Call& call, std::string_view text) -> pandect_status {
                  const bool derives = call.kind() == PANDECT_DERIVATION;
                  if (call.proposals.size() >= kMaximumProposals)
                    return call.misuse(PANDECT_TOO_MUCH, "proposed more than 100,000 facts");
                  auto proposal = read_proposal(
                      text, derives ? ProposalClass::derived : ProposalClass::suggested);
                  if (!proposal) return refuse(call, "report_proposal", proposal.errors());
                  if (derives && proposal->kind != ProposalClass::derived)
                    return call.misuse(PANDECT_BAD_JSON,
                                       "is a derivation and gave another class than `derived`");
                  call.proposals.push_back(std::move(*proposal));
                  return PANDECT_OK;
                });
}

pandect_status report_bytes(pandect_call handle, const char* bytes, size_t size) {
  return within(handle, [&](Call& call) -> pandect_status {
    if (!readable(bytes, size)) return null_pointer(call, "report_bytes");
    if (call.kind() != PANDECT_FORMAT)
      return call.misuse(PANDECT_WRONG_KIND, "called report_bytes, which its kind does not have");
    if (size > kMaximumReport - call.bytes.size())
      return call.misuse(PANDECT_TOO_MUCH, "wrote a report of more than 256 MiB");
    if (size > 0) call.bytes.append(bytes, size);
    return PANDECT_OK;
  });
}

pandect_status report_diagnostic(pandect_call handle, const char* json, size_t size) {
  return report(handle, "report_diagnostic", json, size, kEveryKind,
                [](Call& call, std::string_view text) -> pandect_status {
                  if (call.diagnostics.size() >= kMaximumDiagnostics)
                    return call.misuse(PANDECT_TOO_MUCH, "reported more than 1000 diagnostics");
                  Diagnostic diagnostic;
                  const Diagnostics problems = read_diagnostic(text, diagnostic);
                  if (!problems.empty()) return refuse(call, "report_diagnostic", problems);
                  call.diagnostics.push_back(std::move(diagnostic));
                  return PANDECT_OK;
                });
}

}  // namespace

const pandect_host& host_functions() {
  static constexpr pandect_host kHost{sizeof(pandect_host),
                                      PANDECT_PLUGIN_ABI,
                                      read_file,
                                      read_part,
                                      list,
                                      glob,
                                      match,
                                      json_get,
                                      json_quote,
                                      report_outcome,
                                      report_proposal,
                                      report_bytes,
                                      report_diagnostic};
  return kHost;
}

}  // namespace pandect::plugins
