// Where a repository speaks against its manifest: the manifest states the opposite of what a strong
// sign shows. What is unknown or left out is never contradicted, and nothing weak, of tests or of
// development tools accuses anybody.
#pragma once

#include "manifest/manifest.h"
#include "plugins/scan/scan.h"

#include "pandect/assessment.h"

#include <vector>

namespace pandect::scan {

// A proposal below this confidence contradicts nothing.
inline constexpr double kStrong = 0.8;

// Findings of code `contradiction` at level medium, by fact; `where` is the place in the
// repository. A system of the manifest that agrees, or leaves the fact open, may be the one that is
// meant: then there is no finding.
std::vector<Finding> contradictions(const Program& program, const Manifest& manifest,
                                    const ScanResult& result);

}  // namespace pandect::scan
