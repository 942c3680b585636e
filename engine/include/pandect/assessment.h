// The immutable outcome of assessing a manifest on one day: plain, self-contained values, so that
// everything printed, stored or exported is a rendering of one. Texts stand in all three languages.
#pragma once

#include "pandect/program.h"
#include "pandect/record.h"

#include <optional>
#include <string>
#include <vector>

namespace pandect {

struct Texts {
  std::string en, ko, zh;
  const std::string& in(std::string_view lang) const {
    const std::string& chosen = lang == "ko" ? ko : lang == "zh" ? zh : en;
    return chosen.empty() ? en : chosen;
  }
};

struct Citation {
  std::string provision;   // kr-aiba:art-31:par-1
  std::string instrument;  // kr-aiba
  Texts instrument_title;  // short
  std::string title;
  std::string url;
  InstrumentStatus status = InstrumentStatus::in_force;
};

struct OpenExceptionItem {
  std::string rule;
  std::vector<Citation> cite;
  std::string condition;
  std::vector<std::string> missing;
};

struct Reason {      // a fact that decided
  std::string fact;  // with @subject where needed
  Texts question;
  std::string answer;  // as stated; empty: open
  std::string source, note;
  OriginKind origin = OriginKind::stated;
  Location where;
};

struct ClassificationItem {
  std::string id, jurisdiction, pack;
  ConceptKind kind = ConceptKind::classification;
  Truth value = Truth::unknown;
  Texts title, help, note;
  std::vector<Citation> cite;
  std::vector<OpenExceptionItem> open_exceptions;
  std::vector<std::string> missing;
  std::string decided_by;  // kleene, exact, budget
  bool over_approximated = false;
  std::optional<std::string> determined_by;  // who; with the rest of the entry in `determination`
  std::string determination_reason;
  std::optional<Day> determination_through;
  std::optional<Truth> rules_say;  // where a determination differs from settled rules
  Confidence confidence = Confidence::high;
  Severity severity = Severity::medium;
  Day checked_on = kNoDay;
  std::vector<Texts> rule_notes;
  std::vector<Reason> because;
  std::vector<std::string> deployments;  // those it holds for, where a system has several
};

struct PenaltyItem {
  std::string id;
  PenaltyKind kind = PenaltyKind::none;
  Texts title, text;
  std::optional<Number> maximum;       // for this organisation
  std::optional<Number> maximum_from;  // where it is an interval
  std::string currency;
  std::vector<Amount> schedule_amounts;  // `currency` of each is unused here
  std::string schedule_currency;
  std::vector<std::string> missing;
  std::vector<Citation> cite;
};

enum class PieceState : std::uint8_t { shown, failed, absent, unchecked };
enum class Fulfilment : std::uint8_t { met, partly, unmet, unverified, waived };

struct EvidenceItem {
  std::string id, kind;
  Texts title;
  bool required = true;
  PieceState state = PieceState::unchecked;
  std::string source, by, note;
  std::optional<Day> made, through;
  Location where;
};

struct ObligationItem {
  std::string id, jurisdiction, pack;
  std::string status;                  // due, upcoming, undetermined, ended, not_applicable
  std::vector<std::string> addressee;  // role ids
  std::vector<Texts> addressee_title;
  std::optional<Day> applies_from, earliest, ended_on, deadline, deadline_first;
  bool overdue = false;
  std::optional<Fulfilment> fulfilment;  // due and upcoming only
  Severity severity = Severity::medium;
  Modality modality = Modality::must;
  bool prohibition = false;
  bool provisional = false;  // stands until shown otherwise (open exceptions)
  Confidence confidence = Confidence::high;
  Day checked_on = kNoDay;
  Texts title, duty, timing, note;
  std::vector<Citation> cite;
  std::vector<PenaltyItem> penalty;
  std::vector<EvidenceItem> evidence;
  std::vector<std::string> missing;
  std::vector<OpenExceptionItem> open_exceptions;
  std::vector<Reason> because;
  std::string deployment;  // where a system has several
};

struct Finding {
  std::string id;    // stable: code, subject and what it is about
  std::string code;  // prohibited, unmet, unverified, undetermined, overdue, deadline, expired,
                     // old-pack, contrary
  Severity level = Severity::low;
  std::string about;  // obligation, classification or pack id
  Texts message;
  Location where;
};

struct Question {
  std::string fact, question_fact;  // with and without @subject
  Texts question, help;
  std::vector<std::string> settles;
};

struct SubjectAssessment {
  std::string kind;  // system, model
  std::string id, name;
  std::vector<ClassificationItem> classifications;
  std::vector<ObligationItem> obligations;
  std::vector<Finding> findings;
  std::vector<Question> questions;
  std::vector<std::string> closed_facts;
  std::size_t not_applicable = 0;
};

struct PackUsed {
  std::string id, version, digest, jurisdiction;
  Texts title;
  Day checked_on = kNoDay, state_of_law = kNoDay, review_by = kNoDay;
  std::vector<Texts> notes;
};

struct Assessment {
  Day as_of = 0;
  std::string engine_version;
  std::string organisation, manifest_digest;
  std::vector<PackUsed> packs;
  std::vector<SubjectAssessment> subjects;

  bool assessed_anything() const;
};

}  // namespace pandect
