// Findings as pipelines read them, told alike in every format for machines: the rule and the place
// of each, what kind of statement it is, whether it stops the release and what keeps it from that.
#pragma once

#include "reports/run.h"
#include "reports/words.h"

#include <string>
#include <vector>

namespace pandect::reports {

// fail: speaks against the release, or stops it at the threshold of this run. open: a fact or a
// proof is missing. review: persons disagree with rules. informational: still to come.
enum class NoticeKind { fail, open, review, informational };

// Points into the assessment, which must outlive it.
struct Notice {
  const SubjectAssessment* subject = nullptr;
  const Finding* finding = nullptr;
  const ObligationItem* duty = nullptr;                // that it is about
  const ClassificationItem* classification = nullptr;  // likewise
  std::string jurisdiction;                            // empty: of none
  std::string rule;  // id of the duty or conclusion, or pandect.CODE
  NoticeKind kind = NoticeKind::fail;
  bool blocks = false;
  Place place;
  std::string fingerprint;  // unique within the assessment

  bool quiet() const { return finding->waived.has_value() || finding->in_baseline; }
};

// Those that stop the release first, then by level; waived and known ones last.
std::vector<Notice> notices_of(const Assessment& assessment, const Run& run);

const std::string& name_of(const SubjectAssessment& subject);

// What the rule of a notice is called.
std::string rule_title(const Notice& notice, const Wording& words);
// "CV Screener: Not met: ... · AI Basic Act Art 31(1) · looked for: ...", with the waiver and the
// baseline that keep it from blocking.
std::string notice_text(const Notice& notice, const Wording& words);

// One sentence on whether the release may go out.
std::string verdict_line(const Assessment& assessment, const Run& run, const Wording& words);

}  // namespace pandect::reports
