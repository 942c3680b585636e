// A checklist of duties for a spreadsheet: one row per duty, dates as ISO days. Starts with a byte
// order mark, without which spreadsheets misread Korean and Chinese; no cell can be a formula.
#include "reports/csv.h"

#include "reports/citation.h"
#include "reports/clean.h"
#include "reports/outline.h"
#include "reports/report.h"
#include "reports/standing.h"

namespace pandect::reports {
namespace {

std::string iso(const std::optional<Day>& day) {
  return day && *day != kNoDay ? to_string(*day) : "";
}

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const auto& each : parts) out += (out.empty() ? "" : "; ") + each;
  return out;
}

class Table {
 public:
  Table(const Assessment& assessment, const Options& options)
      : assessment_(assessment), words_(options.lang) {}

  std::string render() const {
    std::string out = std::string(kByteOrderMark) + header();
    for (const auto& subject : assessment_.subjects) {
      for (const auto& item : subject.obligations) out += line(subject, item);
    }
    return out;
  }

 private:
  std::string header() const {
    std::vector<std::string> cells;
    for (const Word word : {Word::subject,
                            Word::jurisdiction,
                            Word::status,
                            Word::severity,
                            Word::kind,
                            Word::duty,
                            Word::note,
                            Word::addressee,
                            Word::provision,
                            Word::applies_from,
                            Word::deadline,
                            Word::fulfilment,
                            Word::maximum_penalty,
                            Word::evidence,
                            Word::evidence_needed,
                            Word::waiver,
                            Word::facts_missing,
                            Word::confidence,
                            Word::checked_on,
                            Word::official_text}) {
      cells.push_back(words_.title(word));
    }
    cells.emplace_back("ID");
    return csv_row(cells);
  }

  std::string line(const SubjectAssessment& subject, const ObligationItem& item) const {
    const std::string name = subject.name.empty() ? subject.id : subject.name;
    const std::string state =
        item.overdue ? std::string(words_(Word::overdue)) : std::string(words_.status(item.status));
    const std::string done = item.fulfilment && !item.prohibition
                                 ? std::string(words_.fulfilment(*item.fulfilment))
                                 : "";
    return csv_row({item.deployment.empty() ? name : name + " / " + item.deployment,
                    words_.jurisdiction(item.jurisdiction),
                    state,
                    std::string(words_.severity(item.severity)),
                    std::string(words_.modality(item.modality)),
                    words_.title(item.title),
                    words_.in(item.duty),
                    addressees(item, words_),
                    cites(item.cite, words_, 50),
                    iso(item.applies_from),
                    iso(item.deadline),
                    done,
                    penalty_line(item, words_),
                    joined(evidence_found(item, words_)),
                    item.prohibition ? "" : joined(evidence_needed(item, words_)),
                    item.waiver ? waiver_text(*item.waiver, words_) : "",
                    joined(item.missing),
                    std::string(words_.confidence(item.confidence)),
                    iso(item.checked_on),
                    item.cite.empty() ? "" : item.cite.front().url,
                    item.id});
  }

  const Assessment& assessment_;
  Wording words_;
};

}  // namespace
}  // namespace pandect::reports

pandect::reports::Format format_csv() {
  using namespace pandect::reports;
  Format format{"csv", "csv", [](const pandect::Assessment& assessment, const Options& options) {
                  return Table(cleaned(assessment), options).render();
                }};
  format.one_language = true;
  return format;
}
