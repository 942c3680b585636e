// Assesses a manifest: conclusions, duties, evidence, findings and questions for each subject.
// Pure: the same program, manifest and day give the same assessment, byte for byte.
#pragma once

#include "evidence/evidence.h"
#include "manifest/manifest.h"

#include "pandect/assessment.h"
#include "pandect/result.h"

namespace pandect {

struct AssessOptions {
  Day as_of = 0;
  std::vector<std::string> jurisdictions;  // empty: all that are loaded
  std::string engine_version;
  bool with_not_applicable = false;
  // The one language, besides English, in which texts are wanted ("en", "ko", "zh"); empty: all.
  std::string lang;
  bool with_proofs = false;     // for reports that show the whole tree; costs a little
  std::size_t budget = 60'000;  // work of one exact question, not time
  Looker* looker = nullptr;     // who looks at evidence; null: nobody does
};

// The words of a pack in the languages that are wanted.
Texts texts_of(const Program& program, const Words& words, const std::string& lang);

// Contradictory answers are errors; nothing is assessed then.
Result<Assessment> assess(const Program& program, const Manifest& manifest,
                          const AssessOptions& options);

// What the exit status of a check follows from (design section 4).
struct Verdict {
  bool blocking = false;      // a finding at or above the threshold
  bool undetermined = false;  // by --fail-on-unknown
  bool nothing = false;       // nothing was assessed
};
Verdict verdict_of(const Assessment& assessment, const std::string& fail_on,
                   const std::string& fail_on_unknown);

}  // namespace pandect
