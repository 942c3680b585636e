#include "checks/mutate.h"

#include "tests/checks/small_pack.h"

#include <algorithm>

#include <doctest/doctest.h>

using namespace pandect;

namespace {

MutationReport of(const small::Pack& pack, const std::string& only = "") {
  REQUIRE(pack.program != nullptr);
  return mutate(*pack.program, pack.drafts, {only, 2});
}

std::vector<std::string> names(const std::vector<MutationReport::Entry>& list) {
  std::vector<std::string> result;
  for (const auto& each : list) result.push_back(each.what);
  return result;
}

bool contains(const std::vector<std::string>& list, const std::string& text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

}  // namespace

TEST_CASE("mutate: every change to a well tested pack is noticed") {
  const MutationReport report = of(small::load());
  CHECK(names(report.survivors) == std::vector<std::string>{});
  CHECK(report.mutants > 15);
  CHECK(report.failing.empty());
  CHECK(to_text(report).find(" mutants, 0 survived\n") != std::string::npos);
}

TEST_CASE("mutate: a threshold that no case stands on survives, with its place") {
  const std::string cases = small::changed(
      small::changed(
          small::changed(small::changed(small::kCases, "system.size: 10", "system.size: 12"),
                         "system.size: 10", "system.size: 12"),
          "system.size: 10", "system.size: 12"),
      "system.size: 10", "system.size: 12");
  const MutationReport report =
      of(small::load(small::kRules, small::changed(cases, "system.size: 10", "system.size: 12")));
  REQUIRE(report.survivors.size() == 1);
  CHECK(report.survivors[0].what == "xx.talker / art-2: `system.size >= 10` made `>`");
  CHECK(report.survivors[0].where.line == 16);
}

TEST_CASE("mutate: without the case of the exception its removal survives") {
  const std::string joke = small::kCases.substr(
      small::kCases.find("  - id: joke"),
      small::kCases.find("  - id: bought") - small::kCases.find("  - id: joke"));
  const auto survivors =
      names(of(small::load(small::kRules, small::changed(small::kCases, joke, ""))).survivors);
  CHECK(contains(survivors, "xx.talker / art-2-joke: removed"));
}

TEST_CASE("mutate: dates are noticed by the day itself and the day before") {
  const std::string cases =
      small::changed(small::kCases.substr(0, small::kCases.find("  - id: the-first-day")),
                     ", applies_from: 2025-06-01", "");
  const auto survivors = names(of(small::load(small::kRules, cases)).survivors);
  CHECK(contains(survivors, "xx.talker / art-2: `from` moved from 2025-06-01 to 2025-06-02"));
  CHECK_FALSE(contains(survivors, "xx.talker / art-2: `from` moved from 2025-06-01 to 2025-05-31"));
}

TEST_CASE("mutate: a day on which nothing can hold is skipped with the reason") {
  const MutationReport report = of(small::load());
  REQUIRE(contains(names(report.skipped), "xx.say_so: `from` moved from 2025-06-01 to 2025-05-31"));
  CHECK(report.skipped[0].reason == "on that day it changes nothing");
}

TEST_CASE("mutate: only the rules asked for, and failing cases prove nothing") {
  const MutationReport one = of(small::load(), "art-1");
  CHECK(one.mutants == 4);
  const MutationReport failing = of(small::load(
      small::kRules, small::changed(small::kCases, "xx.talker: true", "xx.talker: false")));
  CHECK(failing.failing == std::vector<std::string>{"talks"});
}

TEST_CASE("mutate: a day on which another rule holds the conclusion up already is skipped") {
  const std::string wider =
      "      - {id: art-2-new, cite: law:art-2, from: 2025-09-01, when: system.talks}\n";
  const std::string old =
      small::changed(small::kRules, "{id: art-2, cite: law:art-2, from: 2025-06-01,",
                     "{id: art-2, cite: law:art-2, from: 2025-06-01, until: 2025-09-01,");
  const std::string both = small::changed(
      small::changed(old, "      - {id: art-2-joke,", wider + "      - {id: art-2-joke,"),
      "overrides: art-2,", "overrides: [art-2, art-2-new],");
  const MutationReport report = of(small::load(both), "art-2");
  CHECK(contains(names(report.skipped),
                 "xx.talker / art-2: `until` moved from 2025-09-01 to 2025-09-02"));
  CHECK_FALSE(contains(names(report.skipped),
                       "xx.talker / art-2: `until` moved from 2025-09-01 to 2025-08-31"));
}
