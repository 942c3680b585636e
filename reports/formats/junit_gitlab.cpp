// JUnit XML with the file and line of each case, for GitLab and for readers that link to the place.
#include "reports/clean.h"
#include "reports/junit.h"

pandect::reports::Format format_junit_gitlab() {
  using namespace pandect::reports;
  return {"junit-gitlab", "xml", [](const pandect::Assessment& assessment, const Options& options) {
            return junit_report(cleaned(assessment), options, JUnitDialect::gitlab);
          }};
}
