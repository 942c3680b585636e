// JUnit XML for pipelines: a suite per subject and jurisdiction, a case per binding duty and per
// classification, and one for each finding that is not the state of one. A duty that is not met
// fails; what nobody has shown, what is open or still to come, and what is waived or known from a
// baseline is skipped with its reason, never passed.
#include "reports/junit.h"

#include "reports/clean.h"

pandect::reports::Format format_junit() {
  using namespace pandect::reports;
  return {"junit", "xml", [](const pandect::Assessment& assessment, const Options& options) {
            return junit_report(cleaned(assessment), options, JUnitDialect::strict);
          }};
}
