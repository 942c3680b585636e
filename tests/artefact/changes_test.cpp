#include "artefact/changes.h"

#include "artefact/changelog.h"
#include "checks/small_pack.h"

#include <doctest/doctest.h>

namespace {

using namespace pandect;
using namespace pandect::artefact;

std::string changed_by(const std::string& before, const std::string& now) {
  const auto old = small::load();
  const auto fresh = small::load(small::changed(small::kRules, before, now));
  REQUIRE(fresh.program);
  return to_text(changes_between(old.drafts[0], fresh.drafts[0]));
}

Diagnostics lint_of(const std::string& version, const std::string& entries) {
  return lint_changelog("pack.yaml", "id: a\nversion: " + version + "\nchangelog:\n" + entries);
}

}  // namespace

TEST_CASE("changes: the same pack") {
  const auto pack = small::load();
  CHECK(to_text(changes_between(pack.drafts[0], pack.drafts[0])) == "nothing differs\n");
}

TEST_CASE("changes: thresholds, dates, rules, texts and provisions in words") {
  CHECK(changed_by("system.size >= 10", "system.size >= 25") ==
        "Thresholds\n  ~ rule art-2 of xx.talker, condition: system.talks and system.size >= 10 -> "
        "system.talks and system.size >= 25\n\nchanged: 1 threshold\n");
  // A name is no number, even if a number stands beside it.
  CHECK(changed_by("system.talks and system.size >= 10", "system.joke and system.size >= 25")
            .starts_with("Rules\n  ~ rule art-2 of xx.talker, condition: "));
  CHECK(changed_by("cite: law:art-1, from: 2025-06-01", "cite: law:art-1, from: 2025-07-01") ==
        "Dates\n  ~ rule art-1 of xx.maker, applies from: 2025-06-01 -> 2025-07-01\n\nchanged: 1 "
        "date\n");
  CHECK(
      changed_by("      - {id: art-2-joke, cite: law:art-2, overrides: art-2, when: system.joke}\n",
                 "") ==
      "Rules\n  - rule art-2-joke of xx.talker: when system.joke\n\nchanged: 1 rule\n");
  CHECK(changed_by("ko: 고지", "ko: 알림") ==
        "Texts\n  ~ duty xx.say_so, title (ko): 고지 -> 알림\n\nchanged: 1 text\n");
  CHECK(changed_by("title: Maker, disposition: encoded}\n",
                   "title: Maker, disposition: encoded}\n  - {id: \"law:art-9\", title: End, "
                   "disposition: context}\n") ==
        "Provisions\n  + provision law:art-9: End\n\nchanged: 1 provision\n");
  CHECK(changed_by("    no_exceptions: true\n",
                   "    no_exceptions: true\n    severity: critical\n") ==
        "Duties\n  ~ duty xx.say_so, severity: medium -> critical\n\nchanged: 1 part of a duty\n");
}

TEST_CASE("changes: what comes and what goes is told from both sides") {
  const auto old = small::load();
  const auto fresh =
      small::load(small::changed(small::kRules, "system.size, scope: system, type: number,",
                                 "system.size, scope: system, type: integer,"));
  const auto there = changes_between(old.drafts[0], fresh.drafts[0]);
  const auto back = changes_between(fresh.drafts[0], old.drafts[0]);
  REQUIRE(there.size() == 1);
  REQUIRE(back.size() == 1);
  CHECK(there[0].before == back[0].after);
  CHECK(there[0].kind == PackChangeKind::fact);
}

TEST_CASE("changelog: the version rises by what changed") {
  const std::string first = "  - {version: 1.0.0, law: [first]}\n";
  CHECK(lint_of("1.0.0", first).empty());
  CHECK(lint_of("2.0.0", "  - {version: 2.0.0, law: [amended]}\n" + first).empty());
  CHECK(lint_of("1.1.0", first + "  - {version: 1.1.0, reading: [guideline]}\n").empty());
  CHECK(lint_of("1.0.1", first + "  - {version: 1.0.1, mistake: [date]}\n").empty());
  const auto message = [&](const std::string& version, const std::string& entry) {
    const auto found = lint_of(version, first + "  - {version: " + version + ", " + entry + "}\n");
    return found.empty() ? std::string() : found.front().message;
  };
  CHECK(message("1.1.0", "law: [amended]").find("too small a step") != std::string::npos);
  CHECK(message("1.0.1", "law: [amended]").find("too small a step") != std::string::npos);
  CHECK(message("1.0.1", "reading: [guideline]").find("too small a step") != std::string::npos);
  CHECK(message("2.0.0", "mistake: [date]").find("says major") != std::string::npos);
  CHECK(message("1.0.1", "date: 2026-01-01").find("names no change") != std::string::npos);
  CHECK(message("1.0.0", "mistake: [date]").find("two entries") != std::string::npos);
}

TEST_CASE("changelog: an entry for the version that the pack has") {
  CHECK(lint_of("1.0.1", "  - {version: 1.0.0, law: [first]}\n")[0].message.find(
            "no entry for 1.0.1") != std::string::npos);
  CHECK(lint_of("1.0.0", "  []\n").size() == 1);
  CHECK(lint_of("1.0.0", "  - {law: [first]}\n")[0].message.find("has no version") !=
        std::string::npos);
  CHECK(lint_of("1.0.0", "  - {version: 1.0.0, laws: [first]}\n")[0].code == "unknown-key");
}
