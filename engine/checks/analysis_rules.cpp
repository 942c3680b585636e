// Rules that can never decide anything: those that an exception always defeats, and those whose
// conclusion holds without them whenever they apply.
#include "checks/lint_parts.h"

#include <algorithm>
#include <optional>

namespace pandect {
namespace {

using Condition = Satisfiability::Condition;
using Entries = std::vector<const RuleEntry*>;

class Rules {
 public:
  explicit Rules(LintJob& job) : job_(job), limit_(job.satisfiability.work() + kAnalysisWork) {}

  void run() {
    for (const auto& entry : job_.rules) {
      if (entry.subject != nullptr && entry.subject->type != FactType::boolean) continue;
      if (entry.exception) {
        exception(entry);
      } else {
        supporting(entry);
      }
    }
    if (over_budget_.empty()) return;
    job_.note(over_budget_.front()->draft->where, "not-analysed",
              std::to_string(over_budget_.size()) +
                  " rules were left out of the search for rules that others cover, which grew too "
                  "large: " +
                  names(over_budget_));
  }

 private:
  enum class Answer { possible, never, never_law, unknown };

  const Rule& rule(const RuleEntry& entry) const { return job_.program.rules[entry.rule]; }

  static std::string names(const Entries& entries) {
    std::string text;
    for (const RuleEntry* each : entries) text += (text.empty() ? "" : ", ") + each->draft->id;
    return text;
  }

  // Whether the conditions can hold together on some day on which all these rules are law.
  Answer ask(const Entries& rules, const std::vector<Condition>& conditions, Scope scope) {
    std::vector<Term> own, terms = job_.satisfiability.terms(conditions);
    for (const RuleEntry* each : rules) own.push_back(term_of(*each->draft));
    terms.insert(terms.end(), own.begin(), own.end());
    Answer answer = Answer::never_law;
    for (const Asked& asked : questions(terms, job_.pack.state_of_law)) {
      if (!std::all_of(own.begin(), own.end(),
                       [&](const Term& each) { return in_force(each, asked); }))
        continue;
      if (job_.satisfiability.work() > limit_) return Answer::unknown;
      const auto possible = job_.satisfiability.possible(conditions, scope, asked);
      if (!possible) return Answer::unknown;
      if (*possible) return Answer::possible;
      answer = Answer::never;
    }
    return answer;
  }

  Entries others_of(const RuleEntry& entry) const {
    Entries others;
    for (const auto& each : job_.rules) {
      const bool same = (each.duty == nullptr) == (entry.duty == nullptr) &&
                        each.owner == entry.owner && each.rule != entry.rule;
      if (same && !each.exception) others.push_back(&each);
    }
    return others;
  }

  // A case in which this rule holds the conclusion up alone spares the analysis.
  bool decides_in_case(const RuleEntry& entry, const Entries& others) const {
    const auto attackers = job_.program.list(rule(entry).attackers);
    return std::any_of(job_.suite.use.begin(), job_.suite.use.end(), [&](const RuleUse& use) {
      return use.applied[entry.rule] != 0 &&
             std::all_of(others.begin(), others.end(),
                         [&](const RuleEntry* each) { return use.failed[each->rule] != 0; }) &&
             std::all_of(attackers.begin(), attackers.end(),
                         [&](std::uint32_t each) { return use.failed[each] != 0; });
    });
  }

  std::vector<Condition> holding(const RuleEntry& entry) const {
    std::vector<Condition> list{{rule(entry).applies, false}};
    if (entry.duty != nullptr)
      list.push_back({job_.program.obligations[entry.owner].owed_by, false});
    return list;
  }

  void supporting(const RuleEntry& entry) {
    const Entries others = others_of(entry);
    if (decides_in_case(entry, others)) return;
    const Scope scope = job_.scope_of(entry);
    std::vector<Condition> alone = holding(entry);
    if (rule(entry).attackers.count > 0 && ask({&entry}, alone, scope) == Answer::never &&
        ever_true(entry, scope)) {
      job_.error(entry.draft->where, "always-defeated",
                 name_of(entry) + " can never apply: whenever its condition holds, an exception " +
                     "defeats it",
                 "mend the exceptions or drop the rule");
      return;
    }
    if (others.empty()) return;
    for (const RuleEntry* each : others) alone.push_back({rule(*each).applies, true});
    report(entry, others, alone, scope, [&](const Entries& covering) {
      std::vector<Condition> conditions = holding(entry);
      for (const RuleEntry* each : covering) conditions.push_back({rule(*each).applies, true});
      return conditions;
    });
  }

  bool ever_true(const RuleEntry& entry, Scope scope) {
    std::vector<Condition> when{{rule(entry).when, false}};
    if (entry.duty != nullptr)
      when.push_back({job_.program.obligations[entry.owner].owed_by, false});
    return ask({&entry}, when, scope) == Answer::possible;
  }

  template <typename Conditions>
  void report(const RuleEntry& entry, const Entries& others, const std::vector<Condition>& all,
              Scope scope, const Conditions& without) {
    const Answer answer = ask({&entry}, all, scope);
    if (answer == Answer::unknown) over_budget_.push_back(&entry);
    if (answer != Answer::never || !ever_true(entry, scope)) return;
    Entries covering = others;  // as few as cover it
    for (const RuleEntry* each : others) {
      Entries fewer = covering;
      fewer.erase(std::find(fewer.begin(), fewer.end(), each));
      if (ask({&entry}, without(fewer), scope) == Answer::never) covering = std::move(fewer);
    }
    if (covering.empty()) return;  // it never applies, and that is said elsewhere
    job_.warn(entry.draft->where, "covered",
              name_of(entry) + " never decides: whenever it applies, " + names(covering) +
                  (covering.size() == 1 ? " does too" : " apply between them"),
              "drop it, or narrow what covers it; keep it if the law says it twice");
  }

  // An exception must change the fate of some rule that no other exception defeats already.
  void exception(const RuleEntry& entry) {
    const Scope scope = job_.scope_of(entry);
    Entries covering;
    for (const std::uint32_t target : job_.program.list(rule(entry).overrides)) {
      const RuleEntry* base = find(target);
      if (base == nullptr) return;
      std::vector<Condition> conditions{{rule(entry).applies, false}, {rule(*base).when, false}};
      const Answer meets = ask({&entry, base}, conditions, scope);
      if (meets == Answer::never || meets == Answer::never_law) continue;
      Entries others;
      for (const std::uint32_t each : job_.program.list(rule(*base).attackers)) {
        const RuleEntry* other = find(each);
        if (other == nullptr) return;
        if (each != entry.rule && rule(*other).burden == 0) others.push_back(other);
      }
      if (others.empty()) return;
      for (const RuleEntry* each : others) conditions.push_back({rule(*each).applies, true});
      const Answer answer = ask({&entry, base}, conditions, scope);
      if (answer == Answer::unknown) over_budget_.push_back(&entry);
      if (answer != Answer::never) return;
      for (const RuleEntry* each : others) {
        if (std::find(covering.begin(), covering.end(), each) == covering.end())
          covering.push_back(each);
      }
    }
    if (covering.empty()) return;
    job_.warn(entry.draft->where, "covered",
              name_of(entry) + " never decides: whatever it defeats, " + names(covering) +
                  (covering.size() == 1 ? " defeats already" : " defeat already"),
              "drop it, or narrow what covers it; keep it if the law says it twice");
  }

  const RuleEntry* find(std::uint32_t rule) const {
    const auto found = std::find_if(job_.rules.begin(), job_.rules.end(),
                                    [&](const RuleEntry& each) { return each.rule == rule; });
    return found == job_.rules.end() ? nullptr : &*found;
  }

  LintJob& job_;
  std::size_t limit_;
  Entries over_budget_;
};

}  // namespace

void lint_coverage_of_rules(LintJob& job) { Rules(job).run(); }

}  // namespace pandect
