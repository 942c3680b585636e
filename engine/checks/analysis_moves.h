// Which other answers to one fact are worth trying: one for each way in which conditions can tell
// them apart.
#pragma once

#include "logic/exact.h"

#include <string>
#include <vector>

namespace pandect {

struct Moves {
  std::vector<Answer> answers;
  std::string excluded;  // why none is tried: "passed" (a day before the one asked for) or "text"
};

Moves moves_of(const Knowledge& knowledge, CellId cell, Day as_of);

}  // namespace pandect
