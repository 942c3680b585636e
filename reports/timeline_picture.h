// What begins and what falls due, as a drawing: a lane for each jurisdiction, time from left to
// right, a mark for each day with the number of duties in it.
#pragma once

#include "reports/outline.h"
#include "reports/picture.h"

#include <vector>

namespace pandect::reports {

struct Moment {
  enum class Kind { overdue, begins, deadline };
  Day day = kNoDay;
  Kind kind = Kind::begins;
  Duty duty;
};

// Deadlines that have passed, days on which duties begin, deadlines ahead; ascending.
std::vector<Moment> moments_of(const Outline& outline);

// Empty (width 0) where there is nothing to show.
Picture timeline_picture(const std::vector<Moment>& moments, Day as_of, const Wording& words);

std::string moment_kind(const Moment& moment, const Wording& words);

}  // namespace pandect::reports
