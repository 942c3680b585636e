// Random laws and records: the engine against a naive reading of the semantics, and the theorems of
// its section 6.2. PANDECT_PROPERTY_ROUNDS asks for more rounds, PANDECT_PROPERTY_SEED for others.
#include "checks/cases.h"
#include "logic/deciding.h"
#include "logic/laws.h"
#include "logic/proof.h"
#include "packs/linker.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include <doctest/doctest.h>

using namespace pandect;

namespace {

constexpr int kRounds = 10'000;

int rounds() {
  const char* stated = std::getenv("PANDECT_PROPERTY_ROUNDS");
  return stated != nullptr ? std::max(1, std::atoi(stated)) : kRounds;
}

std::uint64_t seed() {
  const char* stated = std::getenv("PANDECT_PROPERTY_SEED");
  return stated != nullptr ? std::strtoull(stated, nullptr, 10) : 1;
}

// For a crash, which leaves no message: the pack and record of every round go to this file.
void trace(int round, const naive::Law& law, const naive::Case& input) {
  const char* path = std::getenv("PANDECT_PROPERTY_TRACE");
  if (path == nullptr) return;
  std::ofstream(path) << "# round " << round << "\n"
                      << facts_text(law) << rules_text(law) << "# record\n"
                      << record_text(law, input);
}

PackDraft draft_of(const std::string& id, const std::string& text, Diagnostics& problems) {
  PackDraft draft;
  draft.id = id;
  const auto document = yaml::parse(id + ".yaml", text);
  if (document)
    read_pack_document(*document, draft, problems);
  else
    problems.insert(problems.end(), document.errors().begin(), document.errors().end());
  return draft;
}

// One record evaluated by the engine against packs given as texts.
class Engine {
 public:
  Engine(const std::vector<std::string>& packs, const std::string& record) {
    std::vector<PackDraft> drafts;
    for (std::size_t i = 0; i < packs.size(); ++i)
      drafts.push_back(draft_of("pack" + std::to_string(i), packs[i], problems_));
    linked_ = link(drafts);
    problems_.insert(problems_.end(), linked_.problems.begin(), linked_.problems.end());
    if (has_errors(problems_) || !linked_.program) {
      refused_ = "load";
      return;
    }
    const auto document = yaml::parse("record.yaml", record + "expect: {none: true}\n");
    REQUIRE(document);
    CaseDraft draft;
    draft.id = "random";
    draft.document = *document;
    draft.value = document->root;
    case_ = read_case(*linked_.program, draft, 0, problems_);
    knowledge_ = std::make_unique<Knowledge>(*linked_.program, case_.record, problems_);
    if (!has_errors(problems_)) check_consistency(*knowledge_, problems_);
    if (has_errors(problems_)) {
      refused_ = "input";
    } else {
      timeline_ = std::make_unique<Timeline>(*knowledge_, case_.as_of);
    }
  }

  const std::string& refused() const { return refused_; }
  std::string problems() const {
    std::string text;
    for (const auto& each : problems_) text += "  " + to_string(each) + "\n";
    return text;
  }
  const Program& program() const { return *linked_.program; }
  Timeline& timeline() { return *timeline_; }

  Conclusion concept_of(const std::string& id, int model) {
    return timeline_->now().conclude(program().concepts[program().find_concept(id)].root,
                                     {-1, model});
  }
  Conclusion obligation(const std::string& id) {
    return timeline_->now().conclude(program().obligations[program().find_obligation(id)].root, {});
  }
  DutyStatus status(const std::string& id) {
    return timeline_->status(program().find_obligation(id), {});
  }
  // What the fast evaluator says with every P decided, before exact analysis of the rest.
  Truth fast(const std::string& id, int model) {
    return timeline_->now().kleene().evaluate(program().concepts[program().find_concept(id)].root,
                                              {-1, model});
  }

 private:
  Diagnostics problems_;
  Linked linked_;
  ::Case case_;
  std::unique_ptr<Knowledge> knowledge_;
  std::unique_ptr<Timeline> timeline_;
  std::string refused_;
};

std::string joined(std::vector<std::string> list) {
  std::sort(list.begin(), list.end());
  std::string text;
  for (const auto& each : list) text += (text.empty() ? "" : ", ") + each;
  return "[" + text + "]";
}

std::string shown(const Program& program, const Conclusion& conclusion) {
  static const char* const words[] = {"false", "true", "unknown"};
  std::vector<std::string> open;
  for (const auto& each : conclusion.open) {
    open.push_back(std::string(program.text(program.rules[each.rule].id)) + " " +
                   joined(each.missing));
  }
  return std::string(words[static_cast<int>(conclusion.value)]) + ", missing " +
         joined(conclusion.missing) + ", open " + joined(open);
}

std::string shown(const naive::Conclusion& conclusion) {
  static const char* const words[] = {"false", "true", "unknown"};
  std::vector<std::string> open;
  for (const auto& each : conclusion.open) open.push_back(each.rule + " " + joined(each.missing));
  return std::string(words[static_cast<int>(conclusion.value)]) + ", missing " +
         joined(conclusion.missing) + ", open " + joined(open);
}

std::string shown(const DutyStatus& status) {
  static const char* const words[] = {"due", "upcoming", "undetermined", "ended", "not_applicable"};
  const auto day = [](const std::optional<Day>& each) {
    return each ? to_string(*each) : std::string("-");
  };
  return std::string(words[static_cast<int>(status.status)]) + ", applies_from " +
         day(status.applies_from) + ", earliest " + day(status.earliest) + ", ended_on " +
         day(status.ended_on) + ", missing " + joined(status.missing);
}

std::string shown(const naive::Status& status) {
  const auto day = [](const std::optional<int>& each) {
    return each ? to_string(day_of({2026, 1, 1}) + *each) : std::string("-");
  };
  return status.word + ", applies_from " + day(status.applies_from) + ", earliest " +
         day(status.earliest) + ", ended_on " + day(status.ended_on) + ", missing " +
         joined(status.missing);
}

bool determined_today(const naive::Case& input, int index) {
  return std::any_of(input.determinations.begin(), input.determinations.end(),
                     [&](const naive::Determination& each) {
                       return each.concept_index == index &&
                              (each.made == naive::kNoDay || input.as_of >= each.made) &&
                              (each.through == naive::kNoDay || input.as_of <= each.through);
                     });
}

// Where engine and naive reading differ; empty if nowhere.
std::string compare_concepts(const naive::Law& law, const naive::Case& input,
                             const naive::World& world, Engine& engine) {
  naive::Judge judge(world, input.as_of, input.as_of);
  for (int i = 0; i < static_cast<int>(law.concepts.size()); ++i) {
    const auto& found = law.concepts[static_cast<std::size_t>(i)];
    if (determined_today(input, i)) continue;
    const int first = found.model ? 0 : -1,
              last = found.model ? static_cast<int>(input.models.size()) : 0;
    for (int model = first; model < last; ++model) {
      const std::string wanted = shown(judge.concept_of(i, model));
      const std::string got = shown(engine.program(), engine.concept_of(found.id, model));
      if (wanted != got)
        return found.id + "\n  by the semantics: " + wanted + "\n  by the engine:    " + got + "\n";
    }
  }
  return {};
}

std::string compare_obligations(const naive::Law& law, const naive::Case& input,
                                const naive::World& world, Engine& engine) {
  naive::Judge judge(world, input.as_of, input.as_of);
  for (int i = 0; i < static_cast<int>(law.obligations.size()); ++i) {
    const auto& found = law.obligations[static_cast<std::size_t>(i)];
    std::string wanted = shown(judge.obligation(i));
    std::string got = shown(engine.program(), engine.obligation(found.id));
    if (wanted == got) {
      wanted = shown(naive::status_of(world, i, input.as_of));
      got = shown(engine.status(found.id));
    }
    if (wanted != got)
      return found.id + "\n  by the semantics: " + wanted + "\n  by the engine:    " + got + "\n";
  }
  return {};
}

std::string difference(const naive::Law& law, const naive::Case& input) {
  Engine engine({facts_text(law) + rules_text(law)}, record_text(law, input));
  if (engine.refused() == "load") return "the pack is refused:\n" + engine.problems();
  const naive::World world(law, input);
  const bool possible = !world.completions().empty();
  if (possible != engine.refused().empty()) {
    return std::string("the record has ") + (possible ? "completions" : "no completion") +
           "; the engine says:\n" + engine.problems();
  }
  if (!possible) return {};
  const std::string text = compare_concepts(law, input, world, engine);
  return text.empty() ? compare_obligations(law, input, world, engine) : text;
}

std::string repro(naive::Law law, naive::Case input) {
  // Of the same kind: the same conclusion, and a status or not.
  const auto kind = [](const std::string& text) {
    const bool status = text.find("applies_from") != std::string::npos;
    return text.substr(0, std::min<std::size_t>(text.find('\n'), 30)) + (status ? " status" : "");
  };
  const std::string first = kind(difference(law, input));
  shrink(law, input, [&](const naive::Law& l, const naive::Case& c) {
    if (naive::combinations(l, c) > 5000 || naive::open_facts(l, c) > 8) return false;
    return kind(difference(l, c)) == first;
  });
  return "\n# pack\n" + facts_text(law) + rules_text(law) + "# record\n" + record_text(law, input) +
         "# answers\n" + difference(law, input);
}

}  // namespace

TEST_CASE(
    "random laws and records: value, missing, open exceptions and status are those of a naive "
    "reading") {
  naive::Random random(seed());
  int failures = 0;
  for (int round = 0; round < rounds() && failures < 6; ++round) {
    const std::uint64_t own = seed() * 1'000'003 + static_cast<std::uint64_t>(round);
    naive::Random each(own);
    const naive::Law law = random_law(each);
    const naive::Case input = random_case(each, law, {});
    trace(round, law, input);
    const std::string text = difference(law, input);
    if (text.empty()) continue;
    ++failures;
    FAIL_CHECK("round ", round, ": ", text, repro(law, input));
  }
}

namespace {

bool has_kind(const naive::Formula& formula, naive::Formula::Kind kind) {
  return formula.kind == kind ||
         std::any_of(formula.children.begin(), formula.children.end(),
                     [&](const naive::Formula& child) { return has_kind(child, kind); });
}

bool asks_what_is_known(const naive::Law& law) {
  return std::any_of(law.rules.begin(), law.rules.end(),
                     [](const naive::Rule& rule) {
                       return rule.when && has_kind(*rule.when, naive::Formula::Kind::known);
                     }) ||
         std::any_of(law.obligations.begin(), law.obligations.end(),
                     [](const naive::Obligation& duty) {
                       return has_kind(duty.owed_by, naive::Formula::Kind::known);
                     });
}

bool has_burden(const naive::Law& law) {
  return std::any_of(law.rules.begin(), law.rules.end(),
                     [](const naive::Rule& rule) { return rule.burden; });
}

// Everything that a record says of every concept of the system, and of every obligation.
std::string conclusions(const naive::Law& law, Engine& engine) {
  std::string list;
  for (const auto& each : law.concepts) {
    if (!each.model)
      list += each.id + " " + shown(engine.program(), engine.concept_of(each.id, -1)) + "\n";
  }
  for (const auto& each : law.obligations) {
    list += each.id + " " + shown(engine.program(), engine.obligation(each.id)) + ", " +
            shown(engine.status(each.id)) + "\n";
  }
  return list;
}

struct Round {
  naive::Law law;
  naive::Case input;
  std::string shown() const {
    return facts_text(law) + rules_text(law) + "# record\n" + record_text(law, input);
  }
};

// Runs the theorem on random laws that load with a record that is possible.
using Theorem = std::function<void(Round&, Engine&, naive::Random&)>;

void one_round(std::uint64_t from_seed, int round, const Theorem& theorem) {
  naive::Random random(from_seed * 7'000'003 + static_cast<std::uint64_t>(round));
  Round now;
  now.law = random_law(random);
  now.input = random_case(random, now.law, {100'000, 12});
  trace(round, now.law, now.input);
  Engine engine({facts_text(now.law) + rules_text(now.law)}, record_text(now.law, now.input));
  if (engine.refused().empty()) theorem(now, engine, random);
}

void each_round(int count, const Theorem& theorem) {
  for (int round = 0; round < count; ++round) one_round(seed(), round, theorem);
}

void order_does_not_matter(Round& now, Engine& engine, naive::Random& random) {
  const auto first = conclusions(now.law, engine);
  INFO(now.shown());
  CHECK(first == conclusions(now.law, engine));
  const std::string record = record_text(now.law, now.input);
  Engine shuffled({facts_text(now.law, &random) + rules_text(now.law, &random)}, record);
  CHECK(first == conclusions(now.law, shuffled));
  Engine reversed({rules_text(now.law, &random), facts_text(now.law, &random)}, record);
  CHECK(first == conclusions(now.law, reversed));
}

}  // namespace

TEST_CASE("what the fast evaluator settles, exact analysis settles alike") {
  each_round(rounds() / 4, [](Round& now, Engine& engine, naive::Random&) {
    for (const auto& each : now.law.concepts) {
      if (each.model) continue;
      const Conclusion conclusion = engine.concept_of(each.id, -1);
      const Truth fast = engine.fast(each.id, -1);
      INFO(now.shown(), each.id);
      if (fast != Truth::unknown) CHECK(fast == conclusion.value);
      if (!has_burden(now.law) && conclusion.kleene != Truth::unknown)
        CHECK(conclusion.kleene == conclusion.value);
    }
  });
}

TEST_CASE("a conclusion is unknown exactly if something is missing") {
  each_round(rounds() / 4, [](Round& now, Engine& engine, naive::Random&) {
    for (const auto& each : now.law.concepts) {
      if (each.model) continue;
      const Conclusion conclusion = engine.concept_of(each.id, -1);
      INFO(now.shown(), each.id);
      CHECK((conclusion.value == Truth::unknown) == !conclusion.missing.empty());
    }
  });
}

TEST_CASE("a further answer never reverses what is settled with no open exception") {
  each_round(rounds() / 4, [](Round& now, Engine& engine, naive::Random& random) {
    if (asks_what_is_known(now.law)) return;
    const naive::Case more = with_answer(random, now.law, now.input);
    Engine after({facts_text(now.law) + rules_text(now.law)}, record_text(now.law, more));
    if (!after.refused().empty()) return;
    for (const auto& each : now.law.concepts) {
      if (each.model) continue;
      const Conclusion before = engine.concept_of(each.id, -1);
      if (before.value == Truth::unknown || !before.open.empty()) continue;
      INFO(now.shown(), "# and with one more answer\n", record_text(now.law, more), each.id);
      CHECK(after.concept_of(each.id, -1).value == before.value);
    }
  });
}

TEST_CASE(
    "two evaluations say the same, whatever was asked before and in whatever order packs and rules "
    "stand") {
  each_round(rounds() / 12, order_does_not_matter);
}

TEST_CASE("two dates tied by a distance are cut alike in whatever order packs stand") {
  one_round(7, 15, order_does_not_matter);
}

namespace {

// The leaves of a proof, each once, in the order of the tree.
std::vector<std::string> leaves_of(const ProofNode& proof) {
  std::vector<std::string> cells;
  const auto walk = [&](const ProofNode& node, const auto& go) -> void {
    if (node.kind == ProofKind::fact &&
        std::find(cells.begin(), cells.end(), node.cell) == cells.end())
      cells.push_back(node.cell);
    for (const auto& child : node.children) go(child, go);
  };
  walk(proof, walk);
  return cells;
}

std::vector<std::string> names_of(const Knowledge& knowledge, const std::vector<CellId>& cells) {
  std::vector<std::string> names;
  for (const CellId cell : cells) names.push_back(knowledge.cell_name(cell));
  return names;
}

}  // namespace

TEST_CASE("the deciding facts are the leaves of the fast proof, in its order") {
  each_round(rounds() / 8, [](Round& now, Engine& engine, naive::Random&) {
    Timeline& timeline = engine.timeline();
    Prover prover(timeline, timeline.asked(), Prover::Depth::fast);
    DecidingFacts deciding(timeline, timeline.asked());
    INFO(now.shown());
    for (std::uint32_t i = 0; i < engine.program().concepts.size(); ++i) {
      if (engine.program().concepts[i].scope == kModel) continue;
      CHECK(leaves_of(prover.concept_proof(i, {})) ==
            names_of(timeline.knowledge(), deciding.of_concept(i, {})));
    }
    for (std::uint32_t i = 0; i < engine.program().obligations.size(); ++i) {
      CHECK(leaves_of(prover.obligation_proof(i, {})) ==
            names_of(timeline.knowledge(), deciding.of_obligation(i, {})));
    }
  });
}
