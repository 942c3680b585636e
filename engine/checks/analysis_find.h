// The smallest changes of facts that change one conclusion of a record: which answers would have to
// be others, one, two or three of them. Each is found by evaluating the changed record, so each is
// its own proof; that there is no smaller one follows from looking only at facts without which the
// conclusion cannot change, and at all of those.
//
// What is tried: yes and no; each member of an enum; a number or day in each stretch that
// conditions tell apart while the other numbers stand; a set with one member more, one less, one
// alone or none. What is not: days that have passed, texts, further models or deployments,
// determinations.
#pragma once

#include "pandect/program.h"
#include "pandect/record.h"
#include "pandect/result.h"

#include <string>
#include <vector>

namespace pandect {

struct Goal {
  std::uint32_t concept_index = kNone;  // yes-or-no; or
  std::uint32_t obligation = kNone;     // owed on the day
  bool value = false;
};

struct FindOptions {
  Day as_of = 0;
  int most = 3;                 // facts that change together
  std::size_t trials = 20'000;  // records that are evaluated
  std::size_t listed = 50;      // changes that are kept
  std::size_t budget = 60'000;  // work of one exact question
};

struct FactChange {
  std::string fact, subject;  // subject: empty, or the id of the deployment or model
  std::string before, after;
};

struct FindResult {
  Truth before = Truth::unknown;
  bool determined = false;                       // by a person: no fact changes it
  std::vector<std::vector<FactChange>> changes;  // all of one size, the smallest
  bool more = false;                             // there are others of this size
  int searched = 0;                              // all changes of so many facts were tried
  bool out_of_trials = false;
  std::size_t trials = 0;
  struct Kept {
    std::string fact, reason;  // passed: a day before the one asked for; text
  };
  std::vector<Kept> kept;  // facts that matter and were left as they are
};

// `true`, `false` of a yes-or-no conclusion; `due`, `not_due` of a duty.
Result<Goal> read_goal(const Program& program, const std::string& text);

// Contradictory answers are errors.
Result<FindResult> find_changes(const Program& program, const Record& record, const Goal& goal,
                                const FindOptions& options);

}  // namespace pandect
