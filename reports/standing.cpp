#include "reports/standing.h"

#include <algorithm>

namespace pandect::reports {
namespace {

constexpr std::size_t kMostSightings = 8;  // of one piece of evidence

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const auto& each : parts) out.append(out.empty() ? "" : " · ").append(each);
  return out;
}

}  // namespace

std::string place_text(const Location& where) {
  if (where.file.empty()) return {};
  return where.line > 0 ? where.file + ":" + std::to_string(where.line) : where.file;
}

std::string piece_line(const EvidenceItem& piece, const Wording& words) {
  const std::string& title = words.in(piece.title);
  std::string text = words.labelled(title.empty() ? piece.id : title, words.piece(piece.state));
  if (!piece.sufficient && piece.state == PieceState::shown)
    text += words.bracketed(words(Word::sign_only));
  if (!piece.required) text += words.bracketed(words(Word::optional_piece));
  return text;
}

std::vector<std::string> piece_details(const EvidenceItem& piece, const Wording& words) {
  std::vector<std::string> out, head;
  if (!piece.by.empty()) head.push_back(words(Word::by_person, {piece.by}));
  if (piece.made) head.push_back(words(Word::dated, {words.date(*piece.made)}));
  if (piece.through) head.push_back(words(Word::valid_through, {words.date(*piece.through)}));
  if (!piece.source.empty()) head.push_back(piece.source);
  if (const std::string place = place_text(piece.where); !place.empty()) head.push_back(place);
  if (!head.empty()) out.push_back(joined(head));
  if (!piece.note.empty()) out.push_back(words.in(piece.note));
  if (!piece.looked_for.empty())
    out.push_back(words.labelled(words(Word::gate_looked_for), words.in(piece.looked_for)));
  for (std::size_t i = 0; i < piece.seen.size() && i < kMostSightings; ++i) {
    const SightingItem& seen = piece.seen[i];
    const std::string place = place_text(seen.where);
    out.push_back(
        words.labelled(words(Word::seen_at),
                       place + (place.empty() || seen.text.empty() ? "" : "  ") + seen.text));
  }
  if (piece.seen.size() > kMostSightings)
    out.push_back("+" + std::to_string(piece.seen.size() - kMostSightings));
  if (!piece.looked_for.empty() && piece.seen.empty()) out.emplace_back(words(Word::not_seen));
  return out;
}

std::vector<std::string> evidence_found(const ObligationItem& item, const Wording& words) {
  std::vector<std::string> out;
  for (const auto& piece : item.evidence) {
    const auto details = piece_details(piece, words);
    if (piece.state == PieceState::unchecked && details.empty()) continue;
    std::string line = piece_line(piece, words);
    for (const auto& each : details) line += " · " + each;
    out.push_back(std::move(line));
  }
  return out;
}

bool is_active(const WaiverItem& waiver) { return waiver.state == WaiverState::active; }

std::string waiver_text(const WaiverItem& waiver, const Wording& words) {
  static constexpr Word kKinds[] = {Word::gate_contested, Word::gate_deferred,
                                    Word::gate_risk_accepted};
  static constexpr Word kStates[] = {Word::none, Word::waiver_expired, Word::waiver_lapsed,
                                     Word::waiver_not_yet};
  std::string text =
      words(Word::waiver_by, {std::string(words(kKinds[static_cast<std::size_t>(waiver.kind)])),
                              waiver.by, words.date(waiver.made), words.date(waiver.until)});
  if (!is_active(waiver))
    text += words.bracketed(words(kStates[static_cast<std::size_t>(waiver.state)]));
  if (!waiver.reason.empty()) text += " · " + waiver.reason;
  return text;
}

std::vector<const Finding*> sorted_findings(const SubjectAssessment& subject) {
  std::vector<const Finding*> out;
  for (const auto& each : subject.findings) out.push_back(&each);
  std::stable_sort(out.begin(), out.end(), [](const Finding* a, const Finding* b) {
    const bool left = a->waived || a->in_baseline, right = b->waived || b->in_baseline;
    if (left != right) return !left;
    return a->level > b->level;
  });
  return out;
}

std::string finding_line(const Finding& finding, const Wording& words) {
  std::string text = words.in(finding.message);
  if (!finding.looked_for.empty())
    text +=
        words.bracketed(words.labelled(words(Word::gate_looked_for), words.in(finding.looked_for)));
  if (finding.waived) text += words.bracketed(waiver_text(*finding.waived, words));
  if (finding.in_baseline) text += words.bracketed(words(Word::gate_known));
  return text;
}

std::vector<std::string> skipped_lines(const Assessment& assessment, const Wording& words) {
  std::vector<std::string> out;
  for (const auto& each : assessment.skipped)
    out.push_back(
        words.labelled(words(Word::gate_skipped),
                       each.path + (each.reason.empty() ? "" : words.bracketed(each.reason))));
  return out;
}

}  // namespace pandect::reports
