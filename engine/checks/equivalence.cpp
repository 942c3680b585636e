#include "checks/equivalence.h"

namespace pandect {

Equivalence::Equivalence(const Program& program, const PackDraft& pack, const Reach& reach)
    : program_(program),
      pack_(pack),
      reach_(reach),
      rules_(rules_of(program, pack)),
      satisfiability_(program) {}

std::string Equivalence::reason(const Mutant& mutant) {
  if (mutant.section == Mutant::Section::mappings)
    return unread(mutant) ? "no condition collects this mapping" : "";
  if (mutant.kind == "owed_by" && mutant.drops_role)
    return role_implied(mutant) ? "the condition implies the role" : "";
  if (never_asked(mutant)) return "replaced before it applied, and no duty looks ahead to it";
  if (mutant.moved) return date_masked(mutant) ? "on that day it changes nothing" : "";
  return "";
}

bool Equivalence::unread(const Mutant& mutant) const {
  for (std::uint32_t i = 0; i < program_.concepts.size() + program_.obligations.size(); ++i) {
    if (reach_.reads_mapping(i, static_cast<std::uint32_t>(mutant.index))) return false;
  }
  return true;
}

bool Equivalence::role_implied(const Mutant& mutant) {
  const std::uint32_t owner = program_.find_obligation(mutant.owner);
  const Obligation& duty = program_.obligations[owner];
  for (const auto& entry : rules_) {
    if (entry.duty == nullptr || entry.owner != owner || entry.exception) continue;
    const Conditions conditions{{program_.rules[entry.rule].when, false}, {duty.owed_by, true}};
    std::vector<Term> terms = satisfiability_.terms(conditions);
    terms.push_back(term_of(*entry.draft));
    for (const Asked& asked : questions(terms, pack_.state_of_law)) {
      if (!in_force(term_of(*entry.draft), asked)) continue;
      if (satisfiability_.possible(conditions, duty.scope, asked).value_or(true)) return false;
    }
  }
  return true;
}

const RuleEntry* Equivalence::entry_of(const Mutant& mutant) const {
  for (const auto& entry : rules_) {
    const std::string& id = entry.draft->id;
    if (entry.owner_id() == mutant.owner &&
        (mutant.rule.empty() ? id == mutant.owner : id == mutant.rule))
      return &entry;
  }
  return nullptr;
}

// A concept is asked for the day on which one asks; only a duty sees what was still to come.
bool Equivalence::never_asked(const Mutant& mutant) const {
  const RuleEntry* entry =
      mutant.moved || mutant.section == Mutant::Section::obligations ? nullptr : entry_of(mutant);
  if (entry == nullptr || reach_.read_by_duty(entry->owner)) return false;
  const Term term = term_of(*entry->draft);
  for (const Asked& asked : questions({term}, pack_.state_of_law, false)) {
    if (in_force(term, asked)) return false;
  }
  return true;
}

// The other rules of a yes-or-no conclusion that hold it up already.
Equivalence::Conditions Equivalence::without_others(const RuleEntry& entry) const {
  Conditions conditions;
  const bool valued = entry.subject != nullptr && entry.subject->type != FactType::boolean;
  if (valued) return conditions;
  for (const auto& other : rules_) {
    const bool same =
        (other.duty == nullptr) == (entry.duty == nullptr) && other.owner == entry.owner;
    if (same && other.rule != entry.rule && !other.exception)
      conditions.push_back({program_.rules[other.rule].applies, true});
  }
  return conditions;
}

// Can a rule, or an exception and something that it defeats, be at work when asked so?
bool Equivalence::met(const RuleEntry& entry, const Asked& asked, Scope scope) {
  Conditions conditions{{program_.rules[entry.rule].when, false}};
  if (entry.duty != nullptr)
    conditions.push_back({program_.obligations[entry.owner].owed_by, false});
  if (!entry.exception) {
    const Conditions others = without_others(entry);
    conditions.insert(conditions.end(), others.begin(), others.end());
    for (const std::uint32_t attacker : program_.list(program_.rules[entry.rule].attackers)) {
      const Rule& rule = program_.rules[attacker];
      if (rule.burden == 0) conditions.push_back({rule.applies, true});
    }
    return satisfiability_.possible(conditions, scope, asked).value_or(true);
  }
  for (const std::uint32_t target : program_.list(program_.rules[entry.rule].overrides)) {
    if (!in_force(term_of(program_.rules[target]), asked)) continue;
    Conditions both = conditions;
    both.push_back({program_.rules[target].when, false});
    if (satisfiability_.possible(both, scope, asked).value_or(true)) return true;
  }
  return false;
}

bool Equivalence::date_masked(const Mutant& mutant) {
  const RuleEntry* entry = entry_of(mutant);
  if (entry == nullptr) return false;
  const bool of_duty = entry->duty != nullptr;
  const Scope scope =
      of_duty ? program_.obligations[entry->owner].scope : program_.concepts[entry->owner].scope;
  Conditions cone{{program_.rules[entry->rule].when, false}};
  if (of_duty) cone.push_back({program_.obligations[entry->owner].root, false});
  if (!entry->exception) {
    for (const auto& other : without_others(*entry)) cone.push_back(other);
  }
  std::vector<Term> terms = satisfiability_.terms(cone);
  for (const std::uint32_t target : program_.list(program_.rules[entry->rule].overrides))
    terms.push_back(term_of(program_.rules[target]));
  const Term now = term_of(*entry->draft), moved = *mutant.moved;
  terms.insert(terms.end(), {now, moved});
  const bool ahead = of_duty || reach_.read_by_duty(entry->owner);
  for (const Asked& asked : questions(terms, kNoDay, ahead)) {
    if (in_force(now, asked) != in_force(moved, asked) && met(*entry, asked, scope)) return false;
  }
  return true;
}

}  // namespace pandect
