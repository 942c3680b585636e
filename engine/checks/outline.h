// The rules of a pack as drafted, each beside its place in the linked program.
#pragma once

#include "packs/draft.h"

#include "pandect/program.h"

#include <vector>

namespace pandect {

struct RuleEntry {
  const RuleDraft* draft = nullptr;
  const ConceptDraft* subject = nullptr;  // one of these two owns it
  const ObligationDraft* duty = nullptr;
  std::uint32_t owner = kNone;  // concept or obligation of the program
  std::uint32_t rule = kNone;
  bool exception = false;  // defeats and supports nothing

  const std::string& owner_id() const { return subject != nullptr ? subject->id : duty->id; }
};

std::vector<RuleEntry> rules_of(const Program& program, const PackDraft& pack);

}  // namespace pandect
