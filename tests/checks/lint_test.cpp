#include "checks/lint.h"

#include "tests/checks/small_pack.h"

#include <doctest/doctest.h>

using namespace pandect;

namespace {

struct Found {
  int line = 0;
  Level level = Level::note;
  std::string message;
};

// The finding with this code; line 0 if there is none.
Found find(const small::Pack& pack, const std::string& code) {
  for (const auto& each : pack.problems) {
    if (each.level == Level::error) FAIL(to_string(each));
  }
  REQUIRE(pack.program != nullptr);
  for (const auto& each : lint(*pack.program, pack.drafts[0], 0)) {
    if (each.code == code) return {each.where.line, each.level, each.message};
  }
  return {};
}

small::Pack with(const std::string& before, const std::string& now) {
  return small::load(small::changed(small::kRules, before, now));
}

small::Pack with_added(const std::string& rule) {
  return with("      - {id: art-2-joke,", rule + "      - {id: art-2-joke,");
}

}  // namespace

TEST_CASE("lint finds nothing in a pack that is in order") {
  const small::Pack pack = small::load();
  REQUIRE(pack.program != nullptr);
  for (const auto& each : lint(*pack.program, pack.drafts[0], 0)) FAIL_CHECK(to_string(each));
}

TEST_CASE("lint: texts in three languages") {
  CHECK(find(with("ko: 제조자, ", ""), "missing-text").line == 7);
  CHECK(find(with("ko: \"말합니까?\", ", ""), "missing-text").line == 2);
  CHECK(find(with("zh: \"告知其会说话。\"", "zh: ''"), "missing-text").line == 19);
  const Found placeholder = find(with("ko: 고지", "ko: Please translate"), "placeholder");
  CHECK(placeholder.line == 19);
  CHECK(placeholder.level == Level::warning);
  CHECK(find(small::load(), "placeholder").line == 0);
}

TEST_CASE("lint: what a duty must state") {
  CHECK(find(with("    no_exceptions: true\n", ""), "no-exceptions").line == 19);
  CHECK(find(with("owed_by: xx.maker", "owed_by: org.maker"), "no-addressee").line == 21);
  CHECK(find(with("    cite: law:art-3\n", ""), "no-provision").line == 19);
  CHECK(find(with("no_exceptions: true", "no_exceptions: true\n    prohibition: true"), "modality")
            .line == 19);
  CHECK(find(with("no_exceptions: true",
                  "no_exceptions: true\n    prohibition: true\n    modality: must_not"),
             "modality")
            .line == 0);
  CHECK(find(with("no_exceptions: true", "no_exceptions: true\n    deadline: 2027-01-01"),
             "missing-text")
            .line == 19);
  const std::string undated =
      small::changed(small::changed(small::changed(small::kRules, "from: 2025-06-01, ", ""),
                                    "from: 2025-06-01, ", ""),
                     "    from: 2025-06-01\n", "");
  CHECK(find(small::load(undated), "no-date").line == 19);
}

TEST_CASE("lint: what a pack must state") {
  CHECK(find(small::load(small::kRules, small::kCases,
                         small::changed(small::kManifest, "review_by: 2026-07-01",
                                        "review_by: 2025-07-01")),
             "dates")
            .line == 1);
  CHECK(find(small::load(small::kRules, small::kCases,
                         small::changed(small::kManifest, "checked_on: 2026-01-01\n", "")),
             "missing-key")
            .line == 1);
}

TEST_CASE("lint: provisions, ids and what nothing uses") {
  const Found unknown = find(with("cite: law:art-1,", "cite: law:art-9,"), "unknown-provision");
  CHECK(unknown.line == 11);
  CHECK(unknown.level == Level::error);
  CHECK(find(small::load(), "unknown-provision").line == 0);
}

TEST_CASE("lint: the same rule id in two concepts, a fact and a mapping that nothing reads") {
  CHECK(find(with("{id: art-1, cite", "{id: art-2-joke, cite"), "duplicate-id").line == 17);
  CHECK(find(with("concepts:\n",
                  "  - {fact: system.idle, question: {en: Idle, ko: 휴면, zh: 闲置}}\nconcepts:\n"),
             "unused")
            .line == 6);
  CHECK(
      find(with("concepts:\n", "mappings:\n  - {use: talk, to: 'law:art-2', rel: is}\nconcepts:\n"),
           "unused")
          .line == 7);
}

TEST_CASE("lint: what can never hold") {
  const std::string axiom = "axioms:\n  - {if: system.joke, then: not system.talks}\n";
  const small::Pack impossible =
      small::load(small::changed(small::kRules, "concepts:\n", axiom + "concepts:\n"), "");
  CHECK(find(impossible, "dead-exception").line == 19);
  CHECK(find(small::load(small::changed(small::kRules, "when: system.joke}",
                                        "when: system.joke and not system.joke}"),
                         ""),
             "never-true")
            .line == 17);
  CHECK(find(small::load(small::changed(small::kRules, "when: xx.talker\n",
                                        "when: xx.talker and not xx.maker\n"),
                         ""),
             "never-owed")
            .line == 19);
  CHECK(find(small::load(small::kRules, ""), "never-true").line == 0);
}

TEST_CASE("lint: two rules that can disagree") {
  const std::string fine =
      "  - concept: xx.fine\n    type: number\n    unit: point\n    kind: amount\n    rules:\n"
      "      - {id: fine-1, cite: law:art-2, when: system.talks, then: 1 point}\n"
      "      - {id: fine-2, cite: law:art-2, when: system.joke, then: 2 point}\n";
  const auto pack = [&](const std::string& text) {
    return small::load(small::changed(small::kRules, "obligations:\n", text + "obligations:\n"),
                       "");
  };
  CHECK(find(pack(fine), "conflict").line == 24);
  CHECK(
      find(pack(small::changed(fine, "kind: amount", "kind: amount\n    combine: max")), "conflict")
          .line == 0);
  CHECK(
      find(pack(small::changed(fine, "when: system.joke,", "when: not system.talks,")), "conflict")
          .line == 0);
  CHECK(find(pack(small::changed(fine, "when: system.joke,",
                                 "overrides: fine-1, when: system.joke,")),
             "conflict")
            .line == 0);
}

TEST_CASE("lint: conditions that mean something else than they seem to") {
  const std::string guarded = small::changed(small::kRules, "type: number, question",
                                             "type: number, asked_if: system.joke, question");
  CHECK(find(small::load(small::changed(guarded, "system.size >= 10", "not (system.size < 10)")),
             "negated-comparison")
            .line == 16);
  CHECK(find(small::load(small::changed(guarded, "system.size >= 10",
                                        "system.joke and not (system.size < 10)")),
             "negated-comparison")
            .line == 0);
  CHECK(find(with("system.size >= 10", "not (system.size < 10)"), "negated-comparison").line == 0);
  CHECK(find(with("system.talks and", "known(system.talks) and"), "known").line == 16);
  CHECK(
      find(with("when: xx.talker\n", "when: xx.talker and known(system.talks)\n"), "known").line ==
      0);
  const std::string models = small::changed(small::kRules, "  - {fact: org.maker",
                                            "  - {fact: model.open, scope: model, question: {en: "
                                            "Open, ko: 공개, zh: 开放}}\n  - {fact: org.maker");
  CHECK(find(small::load(small::changed(models, "system.talks and", "all models (model.open) and")),
             "all-without-any")
            .line == 17);
  CHECK(find(small::load(small::changed(models, "system.talks and",
                                        "any model (model.open) and all models (model.open) and")),
             "all-without-any")
            .line == 0);
}

TEST_CASE("lint: versions of one provision") {
  const std::string first =
      "      - {id: old, cite: law:art-2, enacted: 2024-01-01, superseded: 2025-01-01, when: "
      "system.joke}\n";
  const auto later = [&](const std::string& day) {
    return with_added(first + "      - {id: new, cite: law:art-2, enacted: " + day +
                      ", when: system.joke}\n");
  };
  CHECK(find(later("2025-01-01"), "versions-gap").line == 0);
  CHECK(find(later("2025-01-01"), "versions-overlap").line == 0);
  CHECK(find(later("2025-02-01"), "versions-gap").line == 18);
  CHECK(find(later("2024-12-01"), "versions-overlap").line == 18);
}

TEST_CASE("lint: an axiom that forces a guarded fact") {
  const std::string guarded =
      small::changed(small::kRules, "{fact: system.joke, scope: system,",
                     "{fact: system.joke, scope: system, asked_if: org.maker,");
  const auto axiom = [&](const std::string& premise) {
    return small::load(
        small::changed(guarded, "concepts:\n",
                       "axioms:\n  - {if: " + premise + ", then: system.joke}\nconcepts:\n"),
        "");
  };
  CHECK(find(axiom("system.talks"), "axiom-forces-guard").line == 7);
  CHECK(find(axiom("system.talks and org.maker"), "axiom-forces-guard").line == 0);
}

TEST_CASE("lint: a rule that no case exercises") {
  const std::string cases = small::kCases.substr(0, small::kCases.find("  - id: joke"));
  CHECK(find(small::load(small::kRules, cases), "no-case").line == 17);
  CHECK(find(small::load(), "no-case").line == 0);
}
