#include "reports/calendar.h"

#include "reports/uuid.h"

#include <algorithm>

namespace pandect::reports {
namespace {

using Kind = CalendarEvent::Kind;

class Collector {
 public:
  Collector(const Assessment& assessment, bool past) : assessment_(assessment), past_(past) {}

  std::vector<CalendarEvent> collect() {
    for (const auto& subject : assessment_.subjects) {
      subject_ = &subject;
      first_ = events_.size();
      for (const auto& item : subject.obligations) duty(item);
      for (const auto& item : subject.classifications) {
        if (item.determination_through)
          add(Kind::determination_ends, *item.determination_through, nullptr, &item);
      }
    }
    std::stable_sort(events_.begin(), events_.end(),
                     [](const CalendarEvent& a, const CalendarEvent& b) { return a.day < b.day; });
    return std::move(events_);
  }

 private:
  void duty(const ObligationItem& item) {
    if (item.applies_from) add(Kind::begins, *item.applies_from, &item);
    if (item.earliest) add(Kind::may_begin, *item.earliest, &item);
    if (item.ended_on) add(Kind::ended, *item.ended_on, &item);
    if (item.deadline) add(item.overdue ? Kind::overdue : Kind::deadline, *item.deadline, &item);
    if (item.waiver && item.waiver->state == WaiverState::active)
      add(Kind::waiver_ends, item.waiver->until, &item);
    for (const auto& piece : item.evidence) {
      if (piece.through) add(Kind::evidence_expires, *piece.through, &item, nullptr, &piece);
    }
  }

  void add(Kind kind, Day day, const ObligationItem* item,
           const ClassificationItem* conclusion = nullptr, const EvidenceItem* piece = nullptr) {
    if (!past_ && day < assessment_.as_of && kind != Kind::overdue) return;
    CalendarEvent event;
    event.day = day, event.kind = kind, event.subject = subject_;
    event.duty = item, event.conclusion = conclusion;
    if (auto* same = find(event)) {  // another deployment, or another piece of evidence
      if (item != nullptr && !item->deployment.empty() &&
          std::find(same->deployments.begin(), same->deployments.end(), item->deployment) ==
              same->deployments.end())
        same->deployments.push_back(item->deployment);
      if (piece != nullptr) add_piece(*same, *piece);
      return;
    }
    if (item != nullptr && !item->deployment.empty()) event.deployments = {item->deployment};
    if (piece != nullptr) add_piece(event, *piece);
    event.uid = uid_of(event, piece);
    events_.push_back(std::move(event));
  }

  CalendarEvent* find(const CalendarEvent& wanted) {
    for (std::size_t i = first_; i < events_.size(); ++i) {
      CalendarEvent& each = events_[i];
      if (each.day == wanted.day && each.kind == wanted.kind && each.id() == wanted.id() &&
          (each.duty == nullptr) == (wanted.duty == nullptr))
        return &each;
    }
    return nullptr;
  }

  static void add_piece(CalendarEvent& event, const EvidenceItem& piece) {
    Texts title = piece.title;
    if (title.en.empty()) title = {piece.id, piece.id, piece.id};
    for (const auto& each : event.pieces) {
      if (each.en == title.en) return;
    }
    event.pieces.push_back(std::move(title));
  }

  // A deadline that passes stays the same entry, and so does a day that becomes certain.
  static const char* key_of(const CalendarEvent& event) {
    switch (event.kind) {
      case Kind::may_begin:
        return event.duty->applies_from ? "earliest" : "begins";
      case Kind::begins:
        return "begins";
      case Kind::ended:
        return "ended";
      case Kind::deadline:
      case Kind::overdue:
        return "deadline";
      case Kind::evidence_expires:
        return "evidence";
      case Kind::determination_ends:
        return "determination";
      case Kind::waiver_ends:
        break;
    }
    return "waiver";
  }

  std::string uid_of(const CalendarEvent& event, const EvidenceItem* piece) const {
    std::string name = "calendar";
    for (const auto& part :
         {assessment_.organisation, subject_->kind, subject_->id, event.id(),
          std::string(key_of(event)), event.duty != nullptr ? event.duty->deployment : "",
          piece != nullptr ? piece->id : ""})
      name += "\x1f" + part;
    return uuid_of(name);
  }

  const Assessment& assessment_;
  bool past_;
  const SubjectAssessment* subject_ = nullptr;
  std::size_t first_ = 0;  // event of the subject
  std::vector<CalendarEvent> events_;
};

struct KindWord {
  std::string_view key;
  Word word;
};
KindWord word_of(Kind kind) {
  switch (kind) {
    case Kind::begins:
      return {"begins", Word::begins};
    case Kind::may_begin:
      return {"may begin", Word::may_begin};
    case Kind::ended:
      return {"ended", Word::no_longer};
    case Kind::deadline:
      return {"deadline", Word::deadline};
    case Kind::overdue:
      return {"overdue", Word::overdue};
    case Kind::evidence_expires:
      return {"evidence expires", Word::evidence_expires};
    case Kind::determination_ends:
      return {"determination ends", Word::determination_ends};
    case Kind::waiver_ends:
      break;
  }
  return {"waiver ends", Word::waiver_ends};
}

}  // namespace

std::vector<CalendarEvent> calendar_of(const Assessment& assessment, bool past) {
  return Collector(assessment, past).collect();
}

std::string event_kind(Kind kind, const Wording& words) {
  return std::string(words(word_of(kind).word));
}

std::string_view event_word(Kind kind) { return word_of(kind).key; }

}  // namespace pandect::reports
