// Why a change that no case noticed could not have been noticed by any: asked only of survivors.
#pragma once

#include "checks/mutants.h"
#include "checks/outline.h"
#include "checks/reach.h"
#include "checks/satisfy.h"

#include <string>

namespace pandect {

class Equivalence {
 public:
  Equivalence(const Program& program, const PackDraft& pack, const Reach& reach);

  // Empty if some case should have noticed.
  std::string reason(const Mutant& mutant);

 private:
  using Conditions = std::vector<Satisfiability::Condition>;

  bool unread(const Mutant& mutant) const;
  bool role_implied(const Mutant& mutant);
  bool date_masked(const Mutant& mutant);
  bool never_asked(const Mutant& mutant) const;
  Conditions without_others(const RuleEntry& entry) const;
  bool met(const RuleEntry& entry, const Asked& asked, Scope scope);
  const RuleEntry* entry_of(const Mutant& mutant) const;

  const Program& program_;
  const PackDraft& pack_;
  const Reach& reach_;
  std::vector<RuleEntry> rules_;
  Satisfiability satisfiability_;
};

}  // namespace pandect
