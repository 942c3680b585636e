#include "checks/analysis_find.h"
#include "checks/lint.h"
#include "manifest/answers.h"
#include "tests/checks/analysis_laws.h"
#include "tests/checks/small_pack.h"

#include <doctest/doctest.h>

using namespace pandect;
using tried::Law;
using tried::Stated;
using tried::World;

namespace {

struct Loaded {
  PackDraft draft;
  ProgramPtr program;
};

Loaded load(const std::string& text) {
  Loaded loaded;
  loaded.draft.id = "pack0";
  loaded.draft.state_of_law = day_of({2026, 1, 1});
  const auto document = yaml::parse("pack0.yaml", text);
  REQUIRE(document);
  Diagnostics problems;
  read_pack_document(*document, loaded.draft, problems);
  const Linked linked = link({loaded.draft});
  problems.insert(problems.end(), linked.problems.begin(), linked.problems.end());
  for (const auto& each : problems) {
    if (each.level == Level::error) FAIL(to_string(each));
  }
  loaded.program = linked.program;
  return loaded;
}

// "covered r1" and the like, of the codes that analysis gives.
using Findings = std::set<std::string>;

std::string word_after(const std::string& text, const std::string& mark) {
  const std::size_t at = text.find(mark);
  if (at == std::string::npos) return {};
  const std::size_t from = at + mark.size();
  return text.substr(from, text.find_first_of(" ,`", from) - from);
}

Findings by_engine(const Law& law, std::string* conflict) {
  const Loaded loaded = load(law.text());
  Findings found;
  for (const auto& each : lint(*loaded.program, loaded.draft, 0)) {
    if (each.code == "covered" || each.code == "always-defeated")
      found.insert(each.code + " " + word_after(each.message, "c.one / "));
    if (each.code == "never-true" && each.message.find("c.one") != std::string::npos)
      found.insert(each.code + " " + word_after(each.message, "c.one / "));
    if (each.code == "fact-without-effect")
      found.insert(each.code + " " + word_after(each.message, "`"));
    if (each.code == "conflict") {
      found.insert(each.code);
      *conflict = each.message;
    }
    CHECK(each.code != "not-analysed");
  }
  return found;
}

bool reads(const tried::Formula& formula, int fact) {
  if (formula.kind == tried::Formula::Kind::fact) return formula.fact == fact;
  return std::any_of(formula.parts.begin(), formula.parts.end(),
                     [&](const tried::Formula& each) { return reads(each, fact); });
}

void facts_by_trying(const Law& law, const std::vector<World>& all, Findings& found) {
  for (int fact = 0; fact < tried::kFacts; ++fact) {
    bool read = false, matters = false;
    for (const auto& rule : law.rules) read = read || reads(rule.when, fact);
    if (law.first) read = read || reads(*law.first, fact) || reads(*law.second, fact);
    for (const World& one : all) {
      for (const World& other : all) {
        World same = other;
        same[static_cast<std::size_t>(fact)] = one[static_cast<std::size_t>(fact)];
        if (same != one) continue;
        const std::vector<bool> shown(law.rules.size(), false);
        // Under a burden of proof the condition itself can come to count.
        for (int i = 0; i < static_cast<int>(law.rules.size()); ++i) {
          const bool burden = law.rules[static_cast<std::size_t>(i)].burden;
          matters = matters || (burden && law.when(i, one) != law.when(i, other));
        }
        matters = matters || law.conclusion(one, shown) != law.conclusion(other, shown);
        if (!law.first) continue;
        matters = matters || law.first->holds(one) != law.first->holds(other) ||
                  law.second->holds(one) != law.second->holds(other);
      }
    }
    if (read && !matters) found.insert("fact-without-effect " + tried::fact_id(fact));
  }
}

// Without burdens of proof.
Findings by_trying(const Law& law) {
  const auto all = tried::worlds(law, tried::kNothing);
  const std::vector<bool> shown(law.rules.size(), false);
  Findings found;
  const int count = static_cast<int>(law.rules.size());
  for (int i = 0; i < count; ++i) {
    const std::string id = " r" + std::to_string(i);
    bool true_once = false, applies_once = false, alone = false, meets = false;
    for (const World& each : all) {
      true_once = true_once || law.when(i, each);
      const bool applies = law.applies(i, each, shown);
      applies_once = applies_once || applies;
      if (!law.exception(i)) {
        bool other = false;
        for (int k = 0; k < count; ++k)
          other = other || (k != i && !law.exception(k) && law.applies(k, each, shown));
        alone = alone || (applies && !other);
        continue;
      }
      for (const int target : law.rules[static_cast<std::size_t>(i)].overrides) {
        if (!applies || !law.when(target, each)) continue;
        meets = true;
        bool other = false;
        for (const int k : law.attackers(target)) other = other || (k != i && law.when(k, each));
        alone = alone || !other;
      }
    }
    if (!true_once) found.insert("never-true" + id);
    if (true_once && !applies_once && !law.exception(i)) found.insert("always-defeated" + id);
    if (applies_once && !alone && (!law.exception(i) || meets)) found.insert("covered" + id);
  }
  facts_by_trying(law, all, found);
  if (!law.first) return found;
  for (const World& each : all) {
    if (law.first->holds(each) && law.second->holds(each)) found.insert("conflict");
  }
  return found;
}

std::string listed(const Findings& findings) {
  std::string text;
  for (const auto& each : findings) text += each + "\n";
  return text;
}

Stated stated_in(const std::string& message) {
  Stated stated = tried::kNothing;
  for (int fact = 0; fact < tried::kFacts; ++fact) {
    const std::string text = word_after(message, tried::fact_id(fact) + ": ");
    for (int value = 0; value < (fact == tried::kFacts - 1 ? tried::kMembers : 2); ++value) {
      if (text == tried::value_text(fact, value)) stated[static_cast<std::size_t>(fact)] = value;
    }
  }
  return stated;
}

Answer answer_of(const Program& program, int fact, int value) {
  Answer answer;
  answer.fact = program.find_fact(tried::fact_id(fact));
  if (fact == tried::kFacts - 1) {
    answer.possible.set(static_cast<std::size_t>(value));
  } else {
    answer.truth = truth_of(value != 0);
  }
  return answer;
}

using Change = std::map<std::string, std::string>;

// Every way to set `left` further facts.
void each_change(const Stated& stated, int from, int left, Stated& now,
                 const std::function<void(const Stated&)>& look) {
  if (left == 0) return look(now);
  for (int fact = from; fact < tried::kFacts; ++fact) {
    for (int value = 0; value < (fact == tried::kFacts - 1 ? tried::kMembers : 2); ++value) {
      const auto at = static_cast<std::size_t>(fact);
      if (stated[at] == value) continue;
      now[at] = value;
      each_change(stated, fact + 1, left - 1, now, look);
      now[at] = stated[at];
    }
  }
}

std::set<Change> changes_by_trying(const Law& law, const Stated& stated, int wanted) {
  std::set<Change> found;
  for (int size = 1; size <= 3 && found.empty(); ++size) {
    Stated now = stated;
    each_change(stated, 0, size, now, [&](const Stated& changed) {
      if (tried::value(law, changed) != wanted) return;
      Change change;
      for (int fact = 0; fact < tried::kFacts; ++fact) {
        const auto at = static_cast<std::size_t>(fact);
        if (changed[at] != stated[at])
          change[tried::fact_id(fact)] = tried::value_text(fact, changed[at]);
      }
      found.insert(change);
    });
  }
  return found;
}

std::set<std::string> facts_of(const Change& change) {
  std::set<std::string> facts;
  for (const auto& [fact, value] : change) facts.insert(fact);
  return facts;
}

int rounds() {
  const char* text = std::getenv("PANDECT_PROPERTY_ROUNDS");
  return text == nullptr ? 1000 : std::max(1, std::atoi(text));
}

small::Pack with(const std::string& before, const std::string& now) {
  return small::load(small::changed(small::kRules, before, now), "");
}

std::string message_of(const small::Pack& pack, const std::string& code) {
  REQUIRE(pack.program != nullptr);
  for (const auto& each : lint(*pack.program, pack.drafts[0], 0)) {
    if (each.code == code) return each.message;
  }
  return {};
}

}  // namespace

TEST_CASE("analysis: what lint says of random rules is what trying every system says") {
  for (int round = 0; round < rounds(); ++round) {
    tried::Random random(static_cast<std::uint64_t>(round) + 1);
    const Law law = tried::random_law(random, false);
    if (tried::worlds(law, tried::kNothing).empty()) continue;
    std::string conflict;
    const std::string got = listed(by_engine(law, &conflict)), wanted = listed(by_trying(law));
    CAPTURE(round);
    CAPTURE(law.text());
    CHECK(got == wanted);
    if (conflict.empty()) continue;
    CAPTURE(conflict);
    const auto shown = tried::worlds(law, stated_in(conflict));  // the example shows it
    CHECK_FALSE(shown.empty());
    for (const World& each : shown) {
      CHECK(law.first->holds(each));
      CHECK(law.second->holds(each));
    }
  }
}

TEST_CASE("analysis: the smallest changes of a random record are those that trying all finds") {
  for (int round = 0; round < rounds(); ++round) {
    tried::Random random(static_cast<std::uint64_t>(round) + 500'000);
    const Law law = tried::random_law(random, true);
    Stated stated = tried::kNothing;
    for (int fact = 0; fact < tried::kFacts; ++fact) {
      if (random.chance(75))
        stated[static_cast<std::size_t>(fact)] = random.below(fact == tried::kFacts - 1 ? 3 : 2);
    }
    if (tried::worlds(law, stated).empty()) continue;
    const Loaded loaded = load(law.text());
    Record record;
    for (int fact = 0; fact < tried::kFacts; ++fact) {
      const int value = stated[static_cast<std::size_t>(fact)];
      if (value >= 0) record.system.answers.push_back(answer_of(*loaded.program, fact, value));
    }
    for (const int wanted : {0, 1}) {
      const auto goal = read_goal(*loaded.program, wanted != 0 ? "c.one=true" : "c.one=false");
      REQUIRE(goal);
      const auto result = find_changes(*loaded.program, record, *goal, FindOptions{});
      REQUIRE(result);
      CAPTURE(round);
      CAPTURE(law.text());
      CAPTURE(wanted);
      if (tried::value(law, stated) == wanted) {
        CHECK(result->changes.empty());
        CHECK(result->before == truth_of(wanted != 0));
        continue;
      }
      const std::set<Change> all = changes_by_trying(law, stated, wanted);
      std::set<std::set<std::string>> got, expected;
      for (const auto& each : all) expected.insert(facts_of(each));
      for (const auto& each : result->changes) {
        Change change;
        for (const auto& fact : each) change[fact.fact] = fact.after;
        CHECK(all.count(change) == 1);
        got.insert(facts_of(change));
      }
      CHECK(got == expected);
      CHECK_FALSE(result->out_of_trials);
    }
  }
}

TEST_CASE("analysis: a rule that another covers, and one that an exception always defeats") {
  CHECK(message_of(small::load(small::kRules, ""), "covered").empty());
  const std::string narrower = message_of(
      with("      - {id: art-2-joke,",
           "      - {id: art-2-b, cite: law:art-2, from: 2025-06-01, when: system.talks and "
           "system.size >= 20}\n      - {id: art-2-joke,"),
      "covered");
  // art-2-joke lifts art-2 only: then the narrower rule decides.
  CHECK(narrower.empty());
  const std::string both = message_of(
      with("      - {id: art-2-joke, cite: law:art-2, overrides: art-2,",
           "      - {id: art-2-b, cite: law:art-2, from: 2025-06-01, when: system.talks and "
           "system.size >= 20}\n      - {id: art-2-joke, cite: law:art-2, overrides: "
           "[art-2, art-2-b],"),
      "covered");
  CHECK(both.find("xx.talker / art-2-b never decides: whenever it applies, art-2 does too") == 0);
  const std::string earlier = message_of(
      with("      - {id: art-2-joke, cite: law:art-2, overrides: art-2,",
           "      - {id: art-2-b, cite: law:art-2, from: 2025-01-01, when: system.talks and "
           "system.size >= 20}\n      - {id: art-2-joke, cite: law:art-2, overrides: "
           "[art-2, art-2-b],"),
      "covered");
  CHECK(earlier.empty());  // for half a year it stood alone
  CHECK(message_of(with("when: system.joke}", "when: system.talks}"), "always-defeated")
            .find("xx.talker / art-2 can never apply") == 0);
}

TEST_CASE("analysis: a conflict comes with a system that shows it") {
  const std::string fine =
      "  - concept: xx.fine\n    type: number\n    unit: point\n    kind: amount\n    rules:\n"
      "      - {id: fine-1, cite: law:art-2, when: system.talks, then: 1 point}\n"
      "      - {id: fine-2, cite: law:art-2, when: system.size > 7, then: 2 point}\n";
  const std::string message = message_of(
      small::load(small::changed(small::kRules, "obligations:\n", fine + "obligations:\n"), ""),
      "conflict");
  CAPTURE(message);
  CHECK(message.find("system.talks: true") != std::string::npos);
  CHECK(message.find("system.size: ") != std::string::npos);
}

TEST_CASE("analysis: a goal that is none") {
  const small::Pack pack = small::load();
  REQUIRE(pack.program != nullptr);
  for (const char* text : {"", "xx.talker", "=true", "xx.talkr=true", "xx.talker=due",
                           "xx.say_so=true", "system.talks=true"}) {
    CAPTURE(text);
    CHECK_FALSE(read_goal(*pack.program, text));
  }
  CHECK(read_goal(*pack.program, "xx.talkr=true").errors()[0].hint.find("xx.talker") !=
        std::string::npos);
  CHECK(read_goal(*pack.program, "xx.say_so=not_due"));
}
