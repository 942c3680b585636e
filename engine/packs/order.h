// Compiling a conclusion first compiles those it names, one inside the other. Where chains of them
// are long, this says with which to begin, so that no call goes far down.
#pragma once

#include "packs/draft.h"

#include <cstdint>
#include <vector>

namespace pandect {

// Who reads a linked program goes down by calls, some hundred bytes of stack for each node; so
// what stands below each other is bounded, for threads with little stack too.
inline constexpr std::uint32_t kDeepest = 4000;
inline constexpr std::size_t kMostGuards = 50;

// Concepts that rest on a long chain of others, each after those it names; none in packs whose
// chains are short. `drafts` are those of the concepts of `program`.
std::vector<std::uint32_t> chain_order(const Program& program,
                                       const std::vector<const ConceptDraft*>& drafts);

}  // namespace pandect
