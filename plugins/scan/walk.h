// Which files of a root a scan reads: not what is ignored, vendored or generated.
#pragma once

#include "files/root.h"
#include "plugins/scan/scan.h"

#include <vector>

namespace pandect::scan {

struct Selection {
  std::vector<FoundFile> files;  // ascending by path
  std::vector<Skipped> skipped;
};

Selection select_files(const Root& root, const ScanLimits& limits);

// All plain files that are neither ignored nor vendored, whatever their kind.
std::vector<FoundFile> select_documents(const Root& root, const ScanLimits& limits);

}  // namespace pandect::scan
