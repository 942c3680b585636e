// Misuse and hostile input: an error with a reason, never a crash, never half a result.
#include "kit.h"

#include <cstring>

#include <doctest/doctest.h>

using namespace kit;

namespace {

const std::string kSmall = "pandect: 1\norganisation: {id: o}\nsystems: [{id: s}]\n";

// A pointer that is not what it was before, so that forgotten out parameters show.
template <typename T>
T* rubbish() {
  static char memory[64];
  return reinterpret_cast<T*>(memory);
}

}  // namespace

TEST_CASE("c api: null where there must be none is an error and leaves nothing behind") {
  const auto stated = options();
  auto* answer = rubbish<pandect_answer>();
  CHECK(pandect_assess(nullptr, text_of(kSmall), &stated, &answer) == PANDECT_ERROR_CALL);
  REQUIRE(answer != nullptr);
  CHECK(pandect_answer_problem_count(answer) == 1);
  CHECK(pandect_answer_text(answer).size == 0);
  CHECK(pandect_answer_verdict(answer) == -1);
  pandect_answer_free(answer);
  CHECK(pandect_assess(korea(), text_of(kSmall), &stated, nullptr) == PANDECT_ERROR_CALL);
  CHECK(reply(pandect_assess(korea(), text_of(kSmall), nullptr, &answer), answer).error ==
        PANDECT_ERROR_CALL);
  CHECK(reply(pandect_assess(korea(), {nullptr, 5}, &stated, &answer), answer).error ==
        PANDECT_ERROR_CALL);
  CHECK(reply(pandect_packs_image(nullptr, &answer), answer).error == PANDECT_ERROR_CALL);
  CHECK(reply(pandect_packs_list(nullptr, text_of("en"), &answer), answer).error ==
        PANDECT_ERROR_CALL);
  auto* packs = rubbish<pandect_packs>();
  const auto error = pandect_packs_open(text_of("/none"), nullptr, 1, &packs, &answer);
  CHECK(reply(error, answer).error == PANDECT_ERROR_CALL);
  CHECK(packs == nullptr);
  CHECK(pandect_packs_open(text_of("/none"), nullptr, 0, nullptr, &answer) == PANDECT_ERROR_CALL);
  CHECK(answer == nullptr);
  packs = rubbish<pandect_packs>();
  CHECK(pandect_packs_open(text_of("/none"), nullptr, 0, &packs, nullptr) == PANDECT_ERROR_CALL);
  CHECK(packs == nullptr);
  CHECK(reply(pandect_packs_read(nullptr, 3, &packs, &answer), answer).error == PANDECT_ERROR_CALL);
}

TEST_CASE("c api: what reads an answer takes none as well") {
  CHECK(pandect_answer_text(nullptr).size == 0);
  CHECK(pandect_answer_problem_count(nullptr) == 0);
  CHECK(pandect_answer_verdict(nullptr) == -1);
  pandect_problem problem{};
  problem.size = sizeof problem;
  CHECK(pandect_answer_problem(nullptr, 0, &problem) == PANDECT_ERROR_CALL);
  const auto stated = options();
  pandect_answer* raw = nullptr;
  pandect_assess(korea(), text_of("pandect: 2\n"), &stated, &raw);
  const Answer answer(raw);
  CHECK(pandect_answer_problem(raw, 0, nullptr) == PANDECT_ERROR_CALL);
  CHECK(pandect_answer_problem(raw, 99, &problem) == PANDECT_ERROR_NOT_FOUND);
  problem.size = 8;
  CHECK(pandect_answer_problem(raw, 0, &problem) == PANDECT_ERROR_CALL);
  CHECK(problem.message.data == nullptr);
  pandect_answer_free(nullptr);
  pandect_packs_free(nullptr);
}

TEST_CASE("c api: options of another size, with unknown flags or words, are refused") {
  const auto error_of = [](const pandect_options& stated) {
    return assess(korea(), kSmall, stated).error;
  };
  auto stated = options();
  stated.size = sizeof stated - 8;
  CHECK(error_of(stated) == PANDECT_ERROR_CALL);
  stated = options();
  stated.flags = 1u << 31;
  CHECK(error_of(stated) == PANDECT_ERROR_CALL);
  for (const char* day : {"", "2026-02-30", "yesterday", "2026-11-21x"})
    CHECK(error_of(options(day)) == PANDECT_ERROR_CALL);
  stated = options();
  stated.lang = text_of("de");
  CHECK(error_of(stated) == PANDECT_ERROR_CALL);
  stated = options();
  stated.fail_on = text_of("\xff");
  CHECK(error_of(stated) == PANDECT_ERROR_CALL);
  stated = options();
  stated.jurisdictions = nullptr;
  CHECK(error_of(stated) == PANDECT_ERROR_CALL);

  // A program made for a later library: members that this one does not know must be zero.
  struct Later {
    pandect_options known;
    std::uint64_t more;
  } later{options(), 0};
  later.known.size = sizeof later;
  CHECK(error_of(later.known) == PANDECT_ERROR_NONE);
  later.more = 1;
  CHECK(error_of(later.known) == PANDECT_ERROR_CALL);
}

TEST_CASE("c api: packs that are not there, or wrong, are told with their places") {
  pandect_packs* packs = nullptr;
  pandect_answer* answer = nullptr;
  auto error = pandect_packs_open(text_of("/nonexistent"), nullptr, 0, &packs, &answer);
  CHECK(reply(error, answer).error == PANDECT_ERROR_INPUT);
  CHECK(packs == nullptr);
  const pandect_string id = text_of("kr-ai-basic-atc");
  error = pandect_packs_open(text_of(PANDECT_SOURCE "/rules"), &id, 1, &packs, &answer);
  const Reply misspelt = reply(error, answer);
  CHECK(misspelt.error == PANDECT_ERROR_NOT_FOUND);
  CHECK(misspelt.problems[0].find("kr-ai-basic-act") != std::string::npos);

  Packs none;
  Files files;
  CHECK(files.load(none).error == PANDECT_ERROR_INPUT);
  files.add("core");
  files.list.emplace_back("mine/pack.yaml", "id: mine\nversion: [\n");
  const Reply broken = files.load(none);
  CHECK(broken.error == PANDECT_ERROR_INPUT);
  CHECK(none == nullptr);
  REQUIRE(!broken.problems.empty());
  CHECK(broken.problems[0].find("mine/pack.yaml:") != std::string::npos);
}

TEST_CASE("c api: names of files in memory stay within their pack") {
  for (const char* name :
       {"pack.yaml", "../x.yaml", "a/../../x.yaml", "/etc/x.yaml", "a/", "", "core/pack.yaml"}) {
    Files files;
    files.add("core");
    files.list.emplace_back(name, "id: x\n");
    Packs packs;
    CHECK_MESSAGE(files.load(packs).error == PANDECT_ERROR_INPUT, name);
  }
}

TEST_CASE("c api: bounds of hostile manifests hold") {
  CHECK(assess(korea(), std::string(9u << 20, ' '), options()).error == PANDECT_ERROR_INPUT);
  CHECK(assess(korea(), std::string(100'000, '['), options()).error == PANDECT_ERROR_INPUT);
  CHECK(assess(korea(), std::string("\0\0\0", 3), options()).error == PANDECT_ERROR_INPUT);
  std::string long_id(1'000'000, 'x');
  const auto stated = options();
  pandect_answer* answer = nullptr;
  const auto error =
      pandect_explain(korea(), text_of(kSmall), &stated, text_of("s"), text_of(long_id), &answer);
  CHECK(reply(error, answer).error == PANDECT_ERROR_NOT_FOUND);
}

TEST_CASE("c api: an answer outlives the packs it came from") {
  Packs packs = open({"kr-ai-basic-act"});
  const auto stated = options();
  pandect_answer* raw = nullptr;
  REQUIRE(pandect_assess(packs.get(), text_of(kSmall), &stated, &raw) == PANDECT_ERROR_NONE);
  const Answer answer(raw);
  packs.reset();
  CHECK(string_of(pandect_answer_text(raw)).starts_with("{\n  \"schema\""));
}

TEST_CASE("c api: the version is that of the program") {
  CHECK(cli("--version").out == std::string("pandect ") + pandect_version() + "\n");
  CHECK(pandect_abi() == PANDECT_ABI);
}
