// JUnit XML in two dialects that differ in what readers of test results accept.
#pragma once

#include "reports/report.h"

#include <string>

namespace pandect::reports {

// strict: valid against the schemas of Ant and of the Jenkins xUnit plugin, which know no place of
// a test. gitlab: with `file` and `line`, which GitLab and others turn into links.
enum class JUnitDialect { strict, gitlab };

std::string junit_report(const Assessment& assessment, const Options& options,
                         JUnitDialect dialect);

}  // namespace pandect::reports
