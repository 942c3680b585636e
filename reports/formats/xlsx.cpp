// A workbook to work with: the checklist with filters and lists to choose from, and beside it the
// conclusions, open questions, findings, proofs and sources.
#include "reports/clean.h"
#include "reports/module.h"
#include "reports/report.h"
#include "reports/tables.h"

pandect::reports::Format format_xlsx() {
  using namespace pandect::reports;
  Format format;
  format.name = format.extension = "xlsx";
  format.binary = format.proofs = true;
  format.problem = [] { return module_problem("xlsx"); };
  format.render = [](const pandect::Assessment& assessment, const Options& options) {
    const auto bytes = write_workbook(workbook_of(cleaned(assessment), options));
    return bytes ? *bytes : std::string();
  };
  return format;
}
