// The report on paper: a cover, side by side, the timeline, duties by role, proofs and sources,
// with bookmarks and links to the official texts.
#include "reports/clean.h"
#include "reports/module.h"
#include "reports/paper.h"
#include "reports/report.h"

pandect::reports::Format format_pdf() {
  using namespace pandect::reports;
  Format format;
  format.name = format.extension = "pdf";
  format.binary = format.proofs = true;
  format.problem = [] { return module_problem("pdf"); };
  format.render = [](const pandect::Assessment& assessment, const Options& options) {
    const auto bytes = write_document(document_of(cleaned(assessment), options));
    return bytes ? *bytes : std::string();
  };
  return format;
}
