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
  bool empty() const { return en.empty(); }
  // Behind what stands there, if anything does. A language that neither has stays without a text.
  void append(const Texts& more, const Texts& between) {
    if (more.empty()) return;
    if (empty()) {
      *this = more;
      return;
    }
    const auto joined = [&](std::string_view lang, bool speaks) {
      return speaks ? in(lang) + between.in(lang) + more.in(lang) : std::string();
    };
    *this = {joined("en", true), joined("ko", !ko.empty() || !more.ko.empty()),
             joined("zh", !zh.empty() || !more.zh.empty())};
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

// One step of the tree from a conclusion to rules to facts, each with its provision or the place
// it came from. Only there where a report asks for it (AssessOptions.with_proofs).
enum class ProofStep : std::uint8_t {
  conclusion,
  obligation,
  rule,
  exception,
  all_of,
  any_of,
  none_of,
  test,
  fact,
  date,
  burden,
  subject,
  determination,
  outside,
  cut  // more lies below than a report carries
};
struct ProofItem {
  ProofStep step = ProofStep::test;
  Truth value = Truth::unknown;
  std::string id;    // conclusion, obligation, rule; the fact with its subject
  std::string text;  // the condition as a person reads it, or a name
  Texts title, note;
  std::vector<Citation> cite;  // of rules
  Confidence confidence = Confidence::high;
  Day from = kNoDay, until = kNoDay;  // of rules that are not in force
  std::string decided_by;             // kleene, exact, budget
  std::string answer, source, remark;
  OriginKind origin = OriginKind::stated;
  Location where;
  bool not_asked = false, open = false;
  std::vector<ProofItem> children;
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
  std::vector<ProofItem> proof;          // one or none
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

// Something a probe saw, with its place.
struct SightingItem {
  Location where;    // file relative to the folder of the manifest
  std::string text;  // what stands there, cut
};

struct EvidenceItem {
  std::string id, kind;
  Texts title;
  bool required = true;
  bool sufficient = true;  // what shows it is proof by its pack; false: a sign
  bool stated = false;  // the manifest says how it stands or where it is, so it can speak against
  bool source_missing = false;  // declared done, and its source is not there
  Texts looked_for;             // by a probe, in words; empty: nothing looked
  std::vector<SightingItem> seen;
  PieceState state = PieceState::unchecked;
  std::string source, by;
  Texts note;  // of the one who declares it, then of probes
  std::optional<Day> made, through;
  Location where;
};

// Why a duty is not acted on for now (design 2.12): by a named person, with a reason, until a day.
// It is active only while the facts that decided the duty are those it was given for.
enum class WaiverKind : std::uint8_t { contested, deferred, risk_accepted };
enum class WaiverState : std::uint8_t { active, expired, lapsed, not_yet };
struct WaiverItem {
  WaiverKind kind = WaiverKind::deferred;
  WaiverState state = WaiverState::active;
  std::string reason, by;
  Day made = kNoDay, until = kNoDay;  // until: last day on which it holds
  std::string facts;                  // hash of the deciding facts it was given for
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
  std::optional<Fulfilment> unwaived;    // where it is waived: what it would be
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
  std::vector<ProofItem> proof;  // one or none
  std::string facts_hash;        // of the deciding facts; what waivers and baselines are bound to
  std::optional<WaiverItem> waiver;
  std::string deployment;  // where a system has several
};

struct Finding {
  std::string id;    // stable: code, subject and what it is about
  std::string code;  // prohibited, unmet, unverified, undetermined, overdue, expired, ...; the
                     // schema lists them
  Severity level = Severity::low;
  std::string about;  // obligation, classification or pack id
  Texts message;
  Location where;
  Texts looked_for;                  // where evidence was looked for: what, and in which places
  std::string fingerprint;           // of code, subject, rule and deciding facts; never of a line
  std::optional<WaiverItem> waived;  // active: it does not block, and is shown all the same
  bool in_baseline = false;          // known when the baseline was written; likewise
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

// What a baseline did: findings that it knew, that are new since, and that are gone.
struct BaselineUsed {
  std::string file, made;
  std::size_t known = 0, added = 0;
  std::vector<std::string> gone;  // ids of findings
};

// What was not looked at while evidence was looked for, and why: "too-large", "unreadable", ...
struct SkippedItem {
  std::string path, reason;
};

struct Assessment {
  Day as_of = 0;
  bool evidence_looked_at = false;
  std::vector<SkippedItem> skipped;
  std::optional<BaselineUsed> baseline;
  std::string engine_version;
  std::string organisation, manifest_digest;
  std::vector<PackUsed> packs;
  std::vector<SubjectAssessment> subjects;

  bool assessed_anything() const;
};

}  // namespace pandect
