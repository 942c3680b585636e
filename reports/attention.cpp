#include "reports/attention.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace pandect::reports {

std::vector<const Finding*> attention_of(const SubjectAssessment& subject) {
  static constexpr std::array<std::string_view, 7> kAlways{
      "expired",       "source-missing", "waiver-expired", "waiver-lapsed",
      "waiver-unused", "contradiction",  "contrary"};
  std::vector<const Finding*> list;
  for (const auto& finding : subject.findings) {
    const bool shown = finding.level >= Severity::high || finding.waived ||
                       std::find(kAlways.begin(), kAlways.end(), finding.code) != kAlways.end();
    if (shown) list.push_back(&finding);
  }
  return list;
}

std::string place_line(const Location& where) {
  if (where.file.empty()) return {};
  std::string text = where.file;
  if (where.line > 0) text += ":" + std::to_string(where.line);
  if (where.line > 0 && where.column > 0) text += ":" + std::to_string(where.column);
  return text;
}

std::string standing_line(const Finding& finding, const Wording& words) {
  std::string text = "[" + std::string(words.severity(finding.level)) + "]";
  if (finding.waived) text += " [" + std::string(words(Word::gate_waived)) + "]";
  if (finding.in_baseline) text += " [" + std::string(words(Word::gate_known)) + "]";
  return text;
}

std::string waiver_line(const WaiverItem& waiver, const Wording& words) {
  const Word kind = waiver.kind == WaiverKind::contested  ? Word::gate_contested
                    : waiver.kind == WaiverKind::deferred ? Word::gate_deferred
                                                          : Word::gate_risk_accepted;
  return words(Word::gate_waiver,
               {std::string(words(kind)), waiver.by, words.date(waiver.until), waiver.reason});
}

std::string baseline_line(const Assessment& assessment, const Wording& words) {
  if (!assessment.baseline) return {};
  const BaselineUsed& used = *assessment.baseline;
  return words(Word::gate_baseline, {used.file, words.count(used.known), words.count(used.added),
                                     words.count(used.gone.size())});
}

}  // namespace pandect::reports
