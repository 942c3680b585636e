// Which findings a report for people shows at its top, and the words that stand with them: where
// the reason is, what was looked for, who waived it and whether it was known. Formats lay them out.
#pragma once

#include "reports/words.h"

#include <string>
#include <vector>

namespace pandect::reports {

// Those that can stop a release, those about evidence and waivers, and all that are waived; what
// is merely not verified yet stands with its duty.
std::vector<const Finding*> attention_of(const SubjectAssessment& subject);

// "pandect.yaml:12:5"; empty where there is no place.
std::string place_line(const Location& where);

// "[High]", or why it does not block: the waiver, the baseline.
std::string standing_line(const Finding& finding, const Wording& words);

// Kind, person, reason and last day of a waiver.
std::string waiver_line(const WaiverItem& waiver, const Wording& words);

// Empty without a baseline.
std::string baseline_line(const Assessment& assessment, const Wording& words);

}  // namespace pandect::reports
