// Turns pack drafts into one Program: resolves names, checks types, units, scopes and cycles, and
// compiles every condition into the shared graph. All problems of all packs come back together.
#pragma once

#include "packs/draft.h"

#include "pandect/program.h"
#include "pandect/result.h"

#include <vector>

namespace pandect {

struct Linked {
  ProgramPtr program;    // null if there was an error
  Diagnostics problems;  // errors and warnings
};

Linked link(const std::vector<PackDraft>& packs);

}  // namespace pandect
