#include "checks/lint.h"
#include "tests/drafts/paper_pack.h"

#include <doctest/doctest.h>

using namespace pandect;

namespace {

// The first problem with this code when one line of the paper is changed; its message, or nothing.
std::string problem(const std::string& code, const std::string& before, const std::string& now) {
  REQUIRE(small::kPaper.find(before) != std::string::npos);
  const small::Pack pack = small::load_papers(small::changed(small::kPaper, before, now));
  Diagnostics all = pack.problems;
  if (pack.program != nullptr) {
    for (auto& each : small::checked(pack)) all.push_back(std::move(each));
  }
  for (const auto& each : all) {
    if (each.code != code) continue;
    CHECK(each.where.line > 0);
    return each.message + " (" + each.hint + ")";
  }
  return {};
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("drafts: a template in order has no problem, and lint has none with it") {
  const small::Pack pack = small::load_papers();
  for (const auto& each : pack.problems) FAIL_CHECK(to_string(each));
  REQUIRE(pack.program != nullptr);
  REQUIRE(pack.drafts[0].papers.size() == 1);
  for (const auto& each : small::checked(pack)) FAIL_CHECK(to_string(each));
  for (const auto& each : lint(*pack.program, pack.drafts[0], 0)) FAIL_CHECK(to_string(each));
}

TEST_CASE("drafts: what a template names must be there, and the nearest name is offered") {
  CHECK(holds(problem("unknown-name", "{fact: system.size}", "{fact: system.sise}"),
              "did you mean `system.size`?"));
  CHECK(holds(problem("unknown-name", "conclusion: xx.maker", "conclusion: xx.makr"), "xx.maker"));
  CHECK(holds(problem("unknown-name", "duties: [xx.say_so]", "duties: [xx.say]"), "xx.say_so"));
  CHECK(holds(problem("unknown-name", "xx.say_so/sheet", "xx.say_so/shet"), "sheet"));
  CHECK(holds(problem("unknown-provision", "cite: law:art-2\n", "cite: law:art-22\n"), "art-2"));
  CHECK(holds(problem("unknown-word", "{identity: subject}", "{identity: object}"),
              "organisation, subject, models"));
}

TEST_CASE("drafts: a condition is checked as every condition is") {
  CHECK(holds(problem("unknown-name", "when: system.talks", "when: system.talk"), "system.talks"));
  const small::Pack pack =
      small::load_papers(small::changed(small::kPaper, "when: system.talks", "when: system.size"));
  CHECK(pack.program == nullptr);
}

TEST_CASE("drafts: three languages, a provision, a duty and something to stand in each section") {
  CHECK(holds(problem("missing-text", "asks: {en: How large., ko: 크기., zh: 大小。}",
                      "asks: {en: How large., zh: 大小。}"),
              "is missing in ko"));
  CHECK(
      holds(problem("missing-text", "blank: {en: \"Where?\", ko: \"어디입니까?\", zh: \"何处？\"}",
                    "blank: {en: \"Where?\", ko: \"어디입니까?\"}"),
            "is missing in zh"));
  CHECK(holds(problem("no-provision", "        cite: law:art-1\n", ""), "cites no provision"));
  CHECK(holds(problem("orphan", "    duties: [xx.say_so]\n", ""), "no duty asks for"));
  CHECK(holds(problem("missing-key",
                      "        from: [{identity: organisation}, {identity: subject}, {fact: "
                      "org.maker}, {conclusion: xx.maker}]\n",
                      ""),
              "nothing can ever stand"));
  CHECK(holds(problem("duplicate-id", "id: notice", "id: size"), "stands twice"));
}

TEST_CASE("drafts: wrong shapes are named with their place") {
  CHECK(!problem("wrong-shape", "{fact: org.maker}", "{fact: org.maker, duty: xx.say_so}").empty());
  CHECK(!problem("wrong-shape", "{evidence: xx.say_so/sheet}", "{evidence: xx.say_so}").empty());
  CHECK(!problem("unknown-key", "    purpose:", "    porpose:").empty());
  CHECK(!problem("unknown-word", "    cite: law:art-3\n    duties",
                 "    about: planet\n    cite: law:art-3\n    duties")
             .empty());
  std::string many = small::kPaper;
  for (int i = 0; i < 200; ++i) {
    many +=
        "      - {id: s" + std::to_string(i) +
        ", cite: law:art-3, heading: {en: H, ko: 제목, zh: 题}, asks: {en: A, ko: 기재, zh: 写}, "
        "blank: {en: B, ko: 질문, zh: 问}}\n";
  }
  const small::Pack pack = small::load_papers(many);
  REQUIRE(!pack.problems.empty());
  CHECK(pack.problems[0].code == "too-large");
}
