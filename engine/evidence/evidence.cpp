#include "evidence/evidence.h"

#include <algorithm>

namespace pandect {
namespace {

void add(const Look& look, EvidenceItem& piece) {
  piece.looked_for.append(look.looked_for, semicolon());
  piece.note.append(look.note, semicolon());
  piece.seen.insert(piece.seen.end(), look.seen.begin(), look.seen.end());
}

class Scales {
 public:
  Scales(Weighing& weighing, Looker* looker)
      : in_(weighing), looker_(looker), piece_(weighing.base) {}

  EvidenceItem weigh() {
    const bool by_law = piece_.state == PieceState::shown;  // another law's compliance
    piece_.sufficient = true;
    if (in_.entry != nullptr) declared(*in_.entry);
    const Look seen = look();
    const bool says_no =
        piece_.stated && piece_.state != PieceState::shown && piece_.state != PieceState::unchecked;
    if (seen.looked && !by_law && !says_no) {
      if (!declared_done() || (seen.aimed && seen.state != PieceState::unchecked))
        piece_.state = seen.state;
      piece_.stated = piece_.stated || seen.aimed;
    }
    add(seen, piece_);
    const bool proved =
        seen.state == PieceState::shown && in_.suffices == Suffices::yes && !in_.probe.empty();
    if (piece_.state == PieceState::shown)
      piece_.sufficient = by_law || (in_.suffices != Suffices::no && (proved || attested_));
    return std::move(piece_);
  }

 private:
  bool declared_done() const {
    return in_.entry != nullptr && in_.entry->state == EvidenceState::done;
  }

  void declared(const EvidenceEntry& entry) {
    piece_.source = entry.source;
    piece_.by = entry.by;
    piece_.note = {entry.note, "", ""};
    piece_.where = entry.where;
    if (entry.made != kNoDay) piece_.made = entry.made;
    if (entry.through != kNoDay) piece_.through = entry.through;
    piece_.stated = entry.state != EvidenceState::unknown;
    if (entry.state == EvidenceState::not_done) piece_.state = PieceState::absent;
    if (entry.state == EvidenceState::partly) piece_.state = PieceState::failed;
    const bool expired = entry.through != kNoDay && in_.today > entry.through;
    if (entry.state == EvidenceState::done)
      piece_.state = expired ? PieceState::failed : PieceState::shown;
    const bool there = source(entry);
    attested_ = piece_.state == PieceState::shown && there && !entry.by.empty() &&
                entry.made != kNoDay && entry.through != kNoDay &&
                !(entry.scope.empty() && entry.system.empty());
  }

  // Whether the source is there; without a looker it is taken at its word.
  bool source(const EvidenceEntry& entry) {
    if (entry.source.empty() || is_address(entry.source)) return false;
    const bool asserts =
        entry.state == EvidenceState::done || entry.state == EvidenceState::unknown;
    if (looker_ == nullptr || !asserts) return true;
    const Look found = looker_->source(entry.source);
    add(found, piece_);
    if (found.state == PieceState::shown) return true;
    piece_.stated = true;
    piece_.source_missing = entry.state == EvidenceState::done;
    piece_.state = found.state;
    return false;
  }

  Look look() {
    if (looker_ == nullptr) return {};
    ProbeRequest request;
    request.probe = in_.probe;
    request.probe_at = in_.probe_at;
    if (in_.entry != nullptr) {
      request.own = in_.entry->probe;
      request.own_at = in_.entry->where;
      if (!is_address(in_.entry->source) && !piece_.source_missing)
        request.source = in_.entry->source;
    }
    if (request.probe.empty() && request.own.empty()) return {};
    return looker_->probe(request);
  }

  Weighing& in_;
  Looker* looker_;
  EvidenceItem& piece_;
  bool attested_ = false;
};

}  // namespace

Texts file_text(const std::string& pattern) {
  return {"file " + pattern, "파일 " + pattern, "文件 " + pattern};
}

Texts semicolon() { return {"; ", "; ", "；"}; }

bool is_address(std::string_view source) { return source.find("://") != std::string_view::npos; }

EvidenceItem weigh(Weighing weighing, Looker* looker) { return Scales(weighing, looker).weigh(); }

Fulfilment fulfilment_of(const std::vector<EvidenceItem>& pieces) {
  int required = 0, proved = 0, shown = 0, against = 0;
  for (const auto& piece : pieces) {
    if (!piece.required) continue;
    ++required;
    if (piece.state == PieceState::shown) {
      ++shown;
      if (piece.sufficient) ++proved;
    } else if (piece.stated && piece.state != PieceState::unchecked) {
      ++against;  // what nobody pointed at and nobody found says nothing
    }
  }
  if (required > 0 && proved == required) return Fulfilment::met;
  if (shown > 0 && against > 0) return Fulfilment::partly;
  if (against > 0) return Fulfilment::unmet;
  return Fulfilment::unverified;
}

}  // namespace pandect
