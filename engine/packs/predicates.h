// Opaque predicates: a function of a script is asked once for every combination of what it declares
// to ask, and its answers become an ordinary part of the graph. So proofs, questions, exact
// analysis and bulk evaluation need not know of it.
#pragma once

#include "packs/builder.h"
#include "packs/draft.h"

namespace pandect {

inline constexpr std::size_t kMaximumCombinations = 4096;

// Fills `draft.table`, once; facts are those of the program.
void tabulate(const PredicateDraft& draft, const Program& program, Diagnostics& problems);

// The node of the answers, given the node of each branch of each input.
std::uint32_t predicate_node(Builder& builder, const PredicateTable& table,
                             const std::vector<std::vector<std::uint32_t>>& branches);

}  // namespace pandect
