// What a report for people says of one subject, in the order in which it says it: chosen, merged
// and sorted, but not yet worded for a format. Points into the assessment, which must outlive it.
#pragma once

#include "reports/words.h"

#include <string>
#include <vector>

namespace pandect::reports {

// A duty; where it stands alike for several deployments, it is listed once.
struct Duty {
  const ObligationItem* item = nullptr;
  std::vector<std::string> deployments;  // empty: all
};

struct DutyGroup {
  enum class Kind { prohibited, overdue, severity, met } kind = Kind::severity;
  Severity severity = Severity::medium;
  std::vector<Duty> duties;
};

// What a jurisdiction makes of the subject.
struct PlaceView {
  std::string id;
  std::vector<const ClassificationItem*> classes, open, roles, in_scope, out_of_scope, leads;
  std::size_t due = 0, met = 0, upcoming = 0, undetermined = 0;
};

struct DateEntry {
  Day day = kNoDay;
  bool deadline = false;  // else the day it begins
  Duty duty;
};

struct Outline {
  const SubjectAssessment* subject = nullptr;
  std::vector<PlaceView> places;    // in the order of the packs
  std::vector<DutyGroup> now;       // prohibited, overdue, then by severity, met last
  std::vector<DateEntry> dates;     // ascending
  std::vector<Duty> voluntary;      // due or upcoming: endeavour, recommended, may
  std::vector<Duty> open, ended;    // by severity; as they stand
  std::vector<Question> questions;  // as asked
  std::size_t deployments = 0;      // how many are told apart
  std::size_t prohibited = 0, overdue = 0, due = 0, met = 0, upcoming = 0, undetermined = 0;
};

Outline outline_of(const SubjectAssessment& subject, const Assessment& assessment);

// Whether the duty binds, as a duty to endeavour or a recommendation does not.
bool is_binding(const ObligationItem& item);

// Parts of sentences that the formats share.
std::string group_title(const DutyGroup& group, const Wording& words);
std::string addressees(const ObligationItem& item, const Wording& words);
// Since or from which day, and by when.
std::string timing(const ObligationItem& item, const Wording& words);
// The highest sanction and how it comes about; empty where the pack names none.
std::string penalty_line(const ObligationItem& item, const Wording& words);
std::vector<std::string> evidence_needed(const ObligationItem& item, const Wording& words);
// Title with what a person must know at once: who determined it, whether it is provisional, and for
// which deployments where it is not all.
std::string class_line(const ClassificationItem& item, const Wording& words,
                       std::size_t deployments);
std::string title_of(const ClassificationItem& item, const Wording& words);
// What casts doubt on a conclusion; nothing where all is settled.
std::vector<std::string> doubts(const Outline& outline, const Wording& words);
std::vector<std::string> pack_lines(const Assessment& assessment, const Wording& words);
std::string missing_line(const std::vector<std::string>& missing, const Wording& words,
                         std::size_t most);

}  // namespace pandect::reports
