// Puts the headings of a document that a pack describes once (`documents:`) into each probe that
// names it with `document: {preset: ID}`. Knows nothing of files or of how headings are compared.
#pragma once

#include "packs/draft.h"

namespace pandect {

// A piece without a probe of its own takes that of its kind, where a pack states one.
void expand_kind(const std::vector<PackDraft>& packs, EvidenceDraft& piece);

// `preset` becomes `headings`; a preset that the pack does not describe is an error.
void expand_documents(PackDraft& draft, Diagnostics& problems);

}  // namespace pandect
