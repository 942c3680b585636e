// One step of a proof in words.
#pragma once

#include "reports/words.h"

#include <string>

namespace pandect::reports {

// Without the value, the citations and the place of a fact, which formats show in their own way.
std::string proof_line(const ProofItem& item, const Wording& words);
// What casts doubt on the step or comments it; may be empty.
std::string proof_remark(const ProofItem& item, const Wording& words);
// Whether the step is a conclusion that the subject's own list proves.
bool has_own_proof(const SubjectAssessment& subject, const ProofItem& item);

}  // namespace pandect::reports
