// How a duty stands in words: evidence looked for and found, an internal exception, findings.
#pragma once

#include "reports/words.h"

#include <string>
#include <vector>

namespace pandect::reports {

// pandect.yaml:12; empty where there is no file.
std::string place_text(const Location& where);

// "Notice text: shown".
std::string piece_line(const EvidenceItem& piece, const Wording& words);
// Who made it, when, until when, where it stands, what was looked for and what was seen.
std::vector<std::string> piece_details(const EvidenceItem& piece, const Wording& words);
// Pieces of which nothing was said and for which nothing looked are left out.
std::vector<std::string> evidence_found(const ObligationItem& item, const Wording& words);

std::string waiver_text(const WaiverItem& waiver, const Wording& words);
bool is_active(const WaiverItem& waiver);

// Findings from the highest level down, those that are known or waived last.
std::vector<const Finding*> sorted_findings(const SubjectAssessment& subject);
// Files that were to be looked at and could not be.
std::vector<std::string> skipped_lines(const Assessment& assessment, const Wording& words);
// The message, and why it does not block where it does not.
std::string finding_line(const Finding& finding, const Wording& words);

}  // namespace pandect::reports
