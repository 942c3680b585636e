// Proposals of scans and importers as text, JSON and a manifest fragment. Pure: from proposals to
// bytes. Only what a source states goes into the fragment as a fact; the rest stands in comments.
#pragma once

#include "reports/words.h"

#include "pandect/program.h"
#include "pandect/proposal.h"

#include <string>
#include <vector>

namespace pandect::reports {

std::string proposals_text(const std::vector<Proposal>& proposals, const Wording& words);
std::string proposals_json(const std::vector<Proposal>& proposals, const Diagnostics& warnings);
// A manifest that `pandect check` reads: a person confirms, moves and completes it.
std::string proposals_yaml(const std::vector<Proposal>& proposals, const Program& program);

}  // namespace pandect::reports
