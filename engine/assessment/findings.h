// Findings: how they are made, named and told apart from run to run, and what keeps one from
// blocking. Knows no law and no file.
#pragma once

#include "manifest/waivers.h"

#include "pandect/assessment.h"

#include <string>
#include <vector>

namespace pandect {

// Digest of the deciding facts and their answers; never of lines, sources or order.
std::string hash_of(const std::vector<Reason>& because);

// Of code, subject, what it is about and the hash of the deciding facts.
std::string fingerprint_of(const Finding& finding, const std::string& subject,
                           const std::string& facts);

// A prohibition is never waived and never hidden by a baseline.
bool is_prohibition(const Finding& finding);

// Whether it may stop a release: not waived, and not known already.
inline bool can_block(const Finding& finding) {
  return is_prohibition(finding) || (!finding.waived && !finding.in_baseline);
}

// Findings that others made (a scan, a label checker) become findings of a subject: identified,
// marked and sorted like its own. A finding without a code is a `contradiction`. False if the
// assessment has no such subject.
bool add_outside_findings(Assessment& assessment, const std::string& subject,
                          std::vector<Finding> findings);

void sort_findings(SubjectAssessment& subject);

// Gives each waiver its state, marks the duties and findings that an active one covers, and adds
// a finding for each that no longer holds.
void apply_waivers(Assessment& assessment, const std::vector<WaiverEntry>& waivers);

}  // namespace pandect
