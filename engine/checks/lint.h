// What is wrong or missing in a pack though it loads: what a rule or a duty must state and does
// not, conditions that can never hold, rules that can disagree, texts that are missing in a
// language. An error must be mended; a warning is worth a look. Says nothing of what the law means.
#pragma once

#include "packs/draft.h"

#include "pandect/program.h"
#include "pandect/result.h"

namespace pandect {

// `pack_number` is the place of the pack in `program.packs`. Findings are sorted by place.
Diagnostics lint(const Program& program, const PackDraft& pack, std::uint32_t pack_number);

}  // namespace pandect
