// Finds the proof that answers "why" or "why not" for one conclusion or duty of one subject. What
// the proof looks like on paper is told by the reports.
#pragma once

#include "logic/proof.h"
#include "manifest/manifest.h"

#include "pandect/result.h"

#include <string>

namespace pandect {

struct Explanation {
  std::string heading;  // of a duty: its course over the days, a line or two; else empty
  ProofNode proof;
};

// `id` may carry @deployment or @model. Errors: `unknown-name` with the nearest one,
// `not-asked` of this subject, contradictory answers.
Result<Explanation> explain(const Program& program, const Assessable& subject,
                            const std::string& id, Day as_of);

// One subject of a manifest by id; the first one if the id is empty.
Result<Assessable> find_subject(const Manifest& manifest, const std::string& id);

}  // namespace pandect
