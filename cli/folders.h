// Manifests below folders, for commands that look at many: `pandect.yaml` wherever it stands,
// bounded in depth and number, links not followed, fetched dependencies passed over.
#pragma once

#include "pandect/assessment.h"
#include "pandect/result.h"

#include <string>
#include <vector>

namespace pandect::cli {

struct Folders {
  std::vector<std::string> found;    // folders with a manifest, each once, as they were found
  std::vector<SkippedItem> skipped;  // what was not looked into, and why
};

inline constexpr std::size_t kMostManifests = 20'000;

// Adds what stands in `folder` and below it, ascending. A file is taken as it is named.
Diagnostics find_manifests(const std::string& folder, Folders& folders);

}  // namespace pandect::cli
