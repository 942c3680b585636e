#include "checks/lint_parts.h"

#include <algorithm>
#include <map>

namespace pandect {
namespace {

using Condition = Satisfiability::Condition;

class Logic {
 public:
  explicit Logic(LintJob& job) : job_(job) {
    for (const auto& entry : job.rules) by_rule_[entry.rule] = &entry;
  }

  void run() {
    for (const auto& entry : job_.rules) {
      if (!ever(entry)) continue;
      if (entry.exception) exception(entry);
    }
    for (const auto& each : job_.pack.concepts) {
      const bool valued = each.type != FactType::boolean && each.combine == Combine::none;
      if (valued) conflicts(job_.program.find_concept(each.id));
    }
    for (const auto& fact : job_.pack.facts) {
      for (const auto& each : fact.axioms) axiom(each);
    }
    for (const auto& each : job_.pack.axioms) axiom(each);
  }

 private:
  enum class Together { never_law, never_true, possible };

  // Whether conditions can hold on some day on which all of these rules are law.
  Together together(const std::vector<const RuleEntry*>& rules,
                    const std::vector<Condition>& conditions, Scope scope, bool shown) {
    std::vector<Term> own, terms = job_.satisfiability.terms(conditions);
    for (const RuleEntry* each : rules) own.push_back(term_of(*each->draft));
    terms.insert(terms.end(), own.begin(), own.end());
    bool law = false;
    for (const Asked& asked : questions(terms, job_.pack.state_of_law)) {
      if (!std::all_of(own.begin(), own.end(),
                       [&](const Term& each) { return in_force(each, asked); }))
        continue;
      law = true;
      if (shown || job_.satisfiability.possible(conditions, scope, asked).value_or(true))
        return Together::possible;
    }
    return law ? Together::never_true : Together::never_law;
  }

  // A case in which the conditions of all these rules hold spares the analysis.
  bool shown_by_case(const std::vector<const RuleEntry*>& rules) const {
    return std::any_of(job_.suite.use.begin(), job_.suite.use.end(), [&](const RuleUse& use) {
      return std::all_of(rules.begin(), rules.end(),
                         [&](const RuleEntry* each) { return use.applied[each->rule] != 0; });
    });
  }

  // A case that passes and expects the duty to be owed, now or later.
  bool owed_in_case(std::uint32_t duty) const {
    const auto wanted = static_cast<std::uint32_t>(job_.program.concepts.size()) + duty;
    for (std::size_t i = 0; i < job_.suite.cases.size(); ++i) {
      for (std::size_t k = 0; job_.suite.passed[i] && k < job_.suite.conclusions[i].size(); ++k) {
        if (job_.suite.conclusions[i][k] != wanted) continue;
        const yaml::Value& value = job_.suite.cases[i].expect[k].value;
        const yaml::Value* status = value.shape == yaml::Shape::map ? value.find("status") : &value;
        if (status != nullptr && (status->text == "due" || status->text == "upcoming")) return true;
      }
    }
    return false;
  }

  std::vector<Condition> conditions(const RuleEntry& entry) const {
    std::vector<Condition> list{{job_.program.rules[entry.rule].when, false}};
    if (entry.duty != nullptr)
      list.push_back({job_.program.obligations[entry.owner].owed_by, false});
    return list;
  }

  bool ever(const RuleEntry& entry) {
    const bool shown =
        shown_by_case({&entry}) && (entry.duty == nullptr || owed_in_case(entry.owner));
    const Together result = together({&entry}, conditions(entry), job_.scope_of(entry), shown);
    if (result == Together::never_law) {
      job_.error(entry.draft->where, "never-law", name_of(entry) + " is law on no day",
                 "look at its dates");
    } else if (result == Together::never_true) {
      const bool duty = entry.duty != nullptr && !entry.exception;
      job_.error(
          entry.draft->where, duty ? "never-owed" : "never-true",
          duty ? name_of(entry) + " can never be owed: `owed_by` and `when` never hold together"
               : "the condition of " + name_of(entry) + " can never be true",
          "look for parts that exclude each other, by themselves or through an axiom");
    }
    return result == Together::possible;
  }

  // An exception must be able to meet each rule that it names; one that names none, some rule of
  // the duty.
  void exception(const RuleEntry& entry) {
    const auto targets = job_.program.list(job_.program.rules[entry.rule].overrides);
    const bool named = !entry.draft->overrides.empty();
    bool meets = false;
    for (const std::uint32_t target : targets) {
      const RuleEntry* base = by_rule_.count(target) > 0 ? by_rule_[target] : nullptr;
      if (base == nullptr) return;
      auto both = conditions(entry);
      both.push_back({job_.program.rules[target].when, false});
      const Together result =
          together({&entry, base}, both, job_.scope_of(entry), shown_by_case({&entry, base}));
      meets = meets || result == Together::possible;
      if (named && result != Together::possible) {
        job_.error(entry.draft->where, "dead-exception",
                   name_of(entry) + " can never meet " + base->draft->id +
                       (result == Together::never_law ? ": they are law on no day together"
                                                      : ": their conditions exclude each other"),
                   "drop it from `overrides`, or mend the condition");
      }
    }
    if (!named && !meets && !targets.empty()) {
      job_.error(entry.draft->where, "dead-exception",
                 name_of(entry) + " can never meet the duty that it lifts",
                 "mend its condition or its dates");
    }
  }

  void conflicts(std::uint32_t index) {
    if (index == kNone) return;
    const Concept& subject = job_.program.concepts[index];
    for (std::uint32_t a = subject.rules.first; a < subject.rules.first + subject.rules.count;
         ++a) {
      for (std::uint32_t b = a + 1; b < subject.rules.first + subject.rules.count; ++b)
        conflict(subject, a, b);
    }
  }

  // ", as on 2026-08-02 with system.talks: true".
  std::string shown(const std::vector<const RuleEntry*>& rules,
                    const std::vector<Condition>& conditions, Scope scope) {
    std::vector<Term> own, terms = job_.satisfiability.terms(conditions);
    for (const RuleEntry* each : rules) own.push_back(term_of(*each->draft));
    terms.insert(terms.end(), own.begin(), own.end());
    for (const Asked& asked : questions(terms, job_.pack.state_of_law)) {
      if (!std::all_of(own.begin(), own.end(),
                       [&](const Term& each) { return in_force(each, asked); }))
        continue;
      if (const auto example = job_.examples.example(conditions, scope, asked))
        return ", as on " + to_string(asked.day) + " with " + example->text();
    }
    return " (no record of one model was found that shows it)";
  }

  void conflict(const Concept& subject, std::uint32_t a, std::uint32_t b) {
    const Rule &first = job_.program.rules[a], &second = job_.program.rules[b];
    if (first.exception != 0 || second.exception != 0 || first.then == second.then) return;
    const RuleEntry &one = *by_rule_[a], &other = *by_rule_[b];
    const bool free = first.attackers.count == 0 && second.attackers.count == 0;
    const std::vector<Condition> both{{first.applies, false}, {second.applies, false}};
    const Together result =
        together({&one, &other}, both, subject.scope, free && shown_by_case({&one, &other}));
    if (result != Together::possible) return;
    job_.error(other.draft->where, "conflict",
               name_of(other) + " and " + one.draft->id +
                   " can both apply and give different values" +
                   shown({&one, &other}, both, subject.scope),
               "let one override the other, or say `combine: max`, `min` or `sum`");
  }

  // `if A then f`: where f is asked only if g, whoever states A states g too.
  void axiom(const AxiomDraft& draft) {
    const Location where = draft.consequence.locate(0);
    for (const auto& each : job_.program.axioms.all()) {
      if (each.kind != AxiomKind::formula || static_cast<int>(each.line) != where.line ||
          job_.program.text(each.file) != where.file)
        continue;
      forced(each, draft, where);
      return;
    }
  }

  void forced(const Axiom& axiom, const AxiomDraft& draft, const Location& where) {
    const Node& root = job_.program.nodes[axiom.node];
    if (root.op != Op::or_) return;
    const Scope scope = axiom.scopes == kModel ? kModel : kDeployment;
    const auto parts = job_.program.list(root.children);
    for (const std::uint32_t part : parts) {
      const Node& last = job_.program.nodes[part];
      if (last.op != Op::fact) continue;
      const Fact& fact = job_.program.facts[last.a];
      const std::uint32_t guard = scope == kModel ? fact.guard_model : fact.guard;
      if (guard == kNone) continue;
      std::vector<Condition> conditions{{guard, true}};
      for (const std::uint32_t other : parts) {
        if (other != part) conditions.push_back({other, true});
      }
      const Asked today{job_.pack.state_of_law, job_.pack.state_of_law};
      if (!job_.satisfiability.possible_by_form(conditions, scope, today).value_or(false)) continue;
      job_.warn(where, "axiom-forces-guard",
                "this axiom forces `" + std::string(job_.program.text(fact.id)) +
                    "` and with it its guard (" + std::string(job_.program.text(fact.guard_text)) +
                    ")",
                "add the guard to the premise of `" +
                    (draft.fact.empty() ? draft.condition.text : draft.fact) + "`");
    }
  }

  LintJob& job_;
  std::map<std::uint32_t, const RuleEntry*> by_rule_;
};

}  // namespace

void lint_logic(LintJob& job) { Logic(job).run(); }

}  // namespace pandect
