// The days on which something begins, ends, falls due or expires for the subjects of an assessment,
// and how they read as text, JSON, iCalendar (RFC 5545) and as a page. Knows no clock: which days
// lie ahead is said by the day of the assessment.
#pragma once

#include "reports/words.h"

#include <optional>
#include <string>
#include <vector>

namespace pandect::reports {

struct CalendarEvent {
  enum class Kind {
    begins,
    may_begin,
    ended,
    deadline,
    overdue,
    evidence_expires,
    determination_ends,
    waiver_ends
  };
  Day day = kNoDay;
  Kind kind = Kind::begins;
  const SubjectAssessment* subject = nullptr;
  const ObligationItem* duty = nullptr;            // or
  const ClassificationItem* conclusion = nullptr;  // where a determination ends
  std::vector<std::string> deployments;            // those it stands alike for; empty: all
  std::vector<Texts> pieces;                       // of evidence that expires
  // The same for the same thing in every assessment, whatever its day: a calendar that knows it
  // moves the entry instead of adding another.
  std::string uid;

  const std::string& id() const { return duty != nullptr ? duty->id : conclusion->id; }
  const Texts& title() const { return duty != nullptr ? duty->title : conclusion->title; }
  const std::string& jurisdiction() const {
    return duty != nullptr ? duty->jurisdiction : conclusion->jurisdiction;
  }
  const std::vector<Citation>& cite() const {
    return duty != nullptr ? duty->cite : conclusion->cite;
  }
};

struct CalendarOptions {
  std::string lang = "en";
  int width = 80;
  bool colour = false;
  bool past = false;          // also days that have passed; what is overdue is always there
  std::optional<int> remind;  // iCalendar: an alarm so many days before
};

// Ascending by day; points into the assessment, which must outlive it.
std::vector<CalendarEvent> calendar_of(const Assessment& assessment, bool past);

std::string event_kind(CalendarEvent::Kind kind, const Wording& words);
// The stable English word of JSON.
std::string_view event_word(CalendarEvent::Kind kind);

// Each takes an assessment as it is and cleans what is foreign in it.
std::string calendar_text(const Assessment& assessment, const CalendarOptions& options);
std::string calendar_json(const Assessment& assessment, const CalendarOptions& options);
std::string calendar_ics(const Assessment& assessment, const CalendarOptions& options);
std::string calendar_page(const Assessment& assessment, const CalendarOptions& options);

}  // namespace pandect::reports
