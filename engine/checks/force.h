// When a rule is law: its interval of application and its place in the law book (semantics 4.3).
#pragma once

#include "packs/draft.h"

#include "pandect/program.h"

#include <vector>

namespace pandect {

struct Term {
  Day from = kNoDay, until = kNoDay, enacted = kNoDay, superseded = kNoDay;
};

Term term_of(const RuleDraft& rule);
Term term_of(const Rule& rule);

// A day whose law is asked for, and the day on which one asks.
struct Asked {
  Day day = 0;
  Day on = 0;
  Day book() const { return day < on ? day : on; }
};

bool in_force(const Term& term, const Asked& asked);

// One question for each way in which these terms can be in force together, the latest first.
// Without `ahead` only questions for the day on which one asks.
std::vector<Asked> questions(const std::vector<Term>& terms, Day today, bool ahead = true);

}  // namespace pandect
