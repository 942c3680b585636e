// What reports for machines must know of the run that makes them. Looks at folders, not at files.
#pragma once

#include "cli/inputs.h"
#include "reports/run.h"

#include <string>

namespace pandect::cli {

// Paths are told from the repository that holds the manifest (the nearest folder with `.git`), else
// from the working folder.
reports::Run run_of(const Inputs& inputs, std::string fail_on, std::string fail_on_unknown);

}  // namespace pandect::cli
