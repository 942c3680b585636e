// The changes that `pack test --mutate` makes to a pack, one at a time: a rule that is gone, a
// condition turned round, a day or a threshold that is off by one step, an exception that no longer
// defeats. Works on drafts; neither links nor runs anything.
#pragma once

#include "checks/force.h"
#include "packs/draft.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pandect {

struct Mutant {
  enum class Section { concepts, obligations, mappings };
  Section section = Section::concepts;
  std::size_t index = 0;  // of the concept, obligation or mapping in its section
  std::string owner;      // id of the concept or obligation; of a mapping: use and target
  std::string rule;       // empty: the obligation or mapping itself
  std::string change;     // "condition negated"
  std::string kind;       // for the summary: "removed", "negated", "date", ...
  Location where;
  Day day = kNoDay;           // the day that was moved
  std::optional<Term> moved;  // the dates of the rule after that
  bool drops_role = false;    // owed by everyone
  std::string equivalent;     // why no case could ever notice; empty: some case should
  std::function<void(PackDraft&)> apply;
};

// `duty_reads(id)` tells whether some obligation depends on a concept: only duties look beyond the
// day.
std::vector<Mutant> list_mutants(const PackDraft& pack,
                                 const std::function<bool(const std::string&)>& duty_reads);

// Puts back what `mutant.apply` changed.
void restore(const Mutant& mutant, const PackDraft& pristine, PackDraft& pack);

}  // namespace pandect
