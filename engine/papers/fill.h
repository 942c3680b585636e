// Fills the template of a paper from a manifest and the packs. A blank that a person must write is
// filled by an evidence entry of the manifest with the topic `PAPER/SECTION`, and by nothing else.
#pragma once

#include "assessment/assess.h"
#include "packs/papers.h"
#include "papers/paper.h"

namespace pandect {

// What the template names and the packs do not have: facts, conclusions, duties, pieces of
// evidence, provisions; texts that are not in all languages.
Diagnostics check_paper(const Program& program, const PaperDraft& paper);

// Contradictory answers are errors. The paper must have passed `check_paper`.
Result<FilledPaper> fill_paper(const Program& program, const Manifest& manifest,
                               const Assessable& subject, const PaperDraft& paper,
                               std::uint32_t pack, const AssessOptions& options);

// Topics of the manifest that name this paper and none of its sections.
Diagnostics stray_topics(const Manifest& manifest, const PaperDraft& paper);

}  // namespace pandect
