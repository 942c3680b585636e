// Findings for a spreadsheet or a tracker: one row each, with the place that is the reason, what
// was looked for, the waiver and the baseline. Duties stand in `csv`.
#include "reports/attention.h"
#include "reports/citation.h"
#include "reports/clean.h"
#include "reports/csv.h"
#include "reports/notices.h"
#include "reports/report.h"

namespace pandect::reports {
namespace {

std::string render(const Assessment& assessment, const Options& options) {
  const Wording words(options.lang);
  std::vector<std::string> cells;
  for (const Word word : {Word::subject, Word::jurisdiction, Word::severity, Word::pipe_stops,
                          Word::kind, Word::finding, Word::provision, Word::gate_reason,
                          Word::gate_looked_for, Word::gate_waived, Word::gate_known}) {
    cells.push_back(words.title(word));
  }
  cells.insert(cells.end(), {"ID", "Fingerprint"});
  std::string out = std::string(kByteOrderMark) + csv_row(cells);
  for (const auto& notice : notices_of(assessment, options.run)) {
    const Finding& finding = *notice.finding;
    const auto* cited = notice.duty != nullptr             ? &notice.duty->cite
                        : notice.classification != nullptr ? &notice.classification->cite
                                                           : nullptr;
    const auto yes = [&](bool holds) { return std::string(words(holds ? Word::yes : Word::no)); };
    out += csv_row(
        {name_of(*notice.subject),
         notice.jurisdiction.empty() ? "" : words.jurisdiction(notice.jurisdiction),
         std::string(words.severity(finding.level)), yes(notice.blocks), finding.code,
         words.in(finding.message), cited == nullptr ? "" : cites(*cited, words, 50),
         notice.place.path + ":" + std::to_string(notice.place.line), words.in(finding.looked_for),
         finding.waived ? waiver_line(*finding.waived, words) : "",
         assessment.baseline ? yes(finding.in_baseline) : "", finding.id, notice.fingerprint});
  }
  return out;
}

}  // namespace
}  // namespace pandect::reports

pandect::reports::Format format_csv_findings() {
  using namespace pandect::reports;
  Format format{"csv-findings", "csv",
                [](const pandect::Assessment& assessment, const Options& options) {
                  return render(cleaned(assessment), options);
                }};
  format.one_language = true;
  return format;
}
