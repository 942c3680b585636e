#include "checks/force.h"

#include <set>

namespace pandect {

Term term_of(const RuleDraft& rule) {
  return {rule.from, rule.until, rule.enacted, rule.superseded};
}
Term term_of(const Rule& rule) { return {rule.from, rule.until, rule.enacted, rule.superseded}; }

bool in_force(const Term& term, const Asked& asked) {
  if (term.from != kNoDay && asked.day < term.from) return false;
  if (term.until != kNoDay && asked.day >= term.until) return false;
  if (term.enacted != kNoDay && asked.book() < term.enacted) return false;
  return term.superseded == kNoDay || asked.book() < term.superseded;
}

std::vector<Asked> questions(const std::vector<Term>& terms, Day today, bool ahead) {
  std::set<Day> days;
  if (today != kNoDay) days.insert(today);
  for (const Term& term : terms) {
    for (const Day day : {term.from, term.until, term.enacted, term.superseded}) {
      if (day != kNoDay) days.insert({day - 1, day});
    }
  }
  std::vector<Asked> list;
  std::set<std::vector<bool>> seen;
  const auto add = [&](const Asked& asked) {
    std::vector<bool> now;
    for (const Term& term : terms) now.push_back(in_force(term, asked));
    if (seen.insert(std::move(now)).second) list.push_back(asked);
  };
  for (auto day = days.rbegin(); day != days.rend(); ++day) add({*day, *day});
  if (!ahead) return list;
  for (auto day = days.rbegin(); day != days.rend(); ++day) {
    for (auto on = days.rbegin(); on != days.rend(); ++on) {
      if (*on < *day) add({*day, *on});
    }
  }
  return list;
}

}  // namespace pandect
