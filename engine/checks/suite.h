// The cases of one pack, read once, with what each of them reaches and which rules it makes true.
// Lint, coverage and mutation all look at the same suite.
#pragma once

#include "checks/cases.h"
#include "checks/reach.h"

#include <vector>

namespace pandect {

struct Suite {
  std::vector<Case> cases;
  std::vector<std::vector<std::uint32_t>> conclusions;  // of each expectation; kNone: unknown name
  std::vector<RuleUse> use;                             // of each case
  std::vector<bool> passed;
  RuleUse together;  // over all cases
  Diagnostics problems;
};

Suite run_suite(const Program& program, const PackDraft& pack);

}  // namespace pandect
