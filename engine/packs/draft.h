// A pack as its author wrote it: every section read and checked for shape, nothing linked yet.
// Conditions are still text with a place. `linker` turns drafts into a Program.
#pragma once

#include "packs/fields.h"
#include "packs/papers.h"

#include "pandect/program.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace pandect {

namespace script {
struct Value;
}

struct MemberDraft {
  std::string id, example, counterexample;
  Phrases label, means;
  bool abstract = false;
  Location where;
};

struct TreeDraft {
  std::string id;
  std::vector<MemberDraft> members;
  Location where;
};

struct AxiomDraft {
  std::string kind;  // implies, excludes, at_least, at_most, subset_of, contains; or "if"
  std::string fact;  // the fact it stands at; empty for if/then
  yaml::Source condition, consequence;
};

struct FactDraft {
  std::string id, unit, members_of, default_fact;
  std::vector<std::string> scopes, source;
  std::vector<MemberDraft> members;
  std::vector<AxiomDraft> axioms;
  Phrases question, help;
  yaml::Source asked_if, default_if;
  FactType type = FactType::boolean;
  std::optional<Number> minimum = Number(0);
  bool optional = false;
  Location where;
};

struct RuleDraft {
  std::string id;
  std::vector<std::string> cites, overrides;
  yaml::Source when, then;
  Day from = kNoDay, until = kNoDay, enacted = kNoDay, superseded = kNoDay, checked_on = kNoDay;
  Phrases note;
  std::optional<Confidence> confidence;
  bool burden = false;
  Location where;
};

struct ConceptDraft {
  std::string id, unit, currency;
  ConceptKind kind = ConceptKind::element;
  FactType type = FactType::boolean;
  Combine combine = Combine::none;
  std::string scope;
  Phrases title, help, note;
  Severity severity = Severity::medium;
  Confidence confidence = Confidence::high;
  std::vector<MemberDraft> values;
  yaml::Source otherwise;  // default
  std::vector<RuleDraft> rules;
  Location where;
};

struct EvidenceDraft {
  std::string id, kind, probe;
  Phrases title;
  bool required = true;
  Suffices sufficient = Suffices::by_default;
  yaml::Source when;
  Location where;
};

// Where evidence of a kind is looked for if its duty does not say: `{id}` is the piece.
struct EvidenceKindDraft {
  std::string kind, probe;
  Suffices sufficient = Suffices::by_default;
  Location where;
};

// What a document of a kind must contain, once for all pieces of evidence that name it.
struct DocumentDraft {
  std::string id, headings;  // headings: as JSON text
  std::vector<std::string> cites;
  Location where;
};

struct ObligationDraft {
  std::string id, scope;
  yaml::Source owed_by, when, starts, ends, deadline;
  std::vector<std::string> cites, penalties;
  std::vector<RuleDraft> rules;  // base versions; one made from `when` and the dates if none
  std::vector<RuleDraft> exceptions;
  std::vector<EvidenceDraft> evidence;
  Phrases title, duty, timing, note;
  Modality modality = Modality::must;
  Severity severity = Severity::medium;
  Confidence confidence = Confidence::high;
  bool prohibition = false;
  bool no_exceptions = false;
  Location where;
};

struct PenaltyDraft {
  std::string id, amount;
  std::vector<std::string> cites, schedule;
  Phrases title, text;
  PenaltyKind kind = PenaltyKind::none;
  Location where;
};

struct ProvisionDraft {
  std::string id, title, url, reason;
  Disposition disposition = Disposition::encoded;
  Confidence confidence = Confidence::high;
  Location where;
};

struct InstrumentDraft {
  std::string id, number, url;
  Phrases title, short_title;
  Day date = kNoDay;
  InstrumentStatus status = InstrumentStatus::in_force;
  Confidence confidence = Confidence::high;
};

struct CalendarDraft {
  std::string id;
  Day from = kNoDay, through = kNoDay;
  std::vector<Day> holidays, extra;
};

struct MappingDraft {
  std::string use, to, klass;
  yaml::Source condition;
  Relation relation = Relation::is;
  Phrases note;
  Location where;
};

// What a predicate answers for every combination of what it asks; made once, when it is linked.
struct PredicateTable {
  struct Input {
    std::uint32_t fact = kNone;  // a fact of type bool or enum, or
    yaml::Source condition;      // a condition
    std::vector<std::uint32_t>
        members;  // enum: those that can hold; the last branch is none of them
    std::size_t branches() const { return members.empty() ? 2 : members.size() + 1; }
  };
  enum class Answer : std::uint8_t { no, yes, open };
  std::vector<Input> inputs;
  std::vector<Answer> answers;  // the first input changes slowest; its true branch comes first
};

struct PredicateDraft {  // a function of a script: facts in, true, false or nil out
  std::string id;
  std::vector<std::string> facts;
  std::vector<std::pair<std::string, yaml::Source>> conditions;  // `where`
  std::function<Result<script::Value>(const script::Value&)> test;
  std::shared_ptr<PredicateTable> table = std::make_shared<PredicateTable>();
  Location where;
};

struct CaseDraft {  // kept as YAML: the test room reads it with the record room
  std::string id;
  yaml::Document document;  // shares the file
  yaml::Value value;
  Location where;
};

struct PackDraft {
  std::string id, version, jurisdiction, folder, digest;
  std::string scope = "system";
  Phrases title;
  Day state_of_law = kNoDay, checked_on = kNoDay, review_by = kNoDay;
  std::vector<InstrumentDraft> instruments;
  std::vector<Phrases> notes;
  std::vector<CalendarDraft> calendars;
  std::vector<std::string> never_closed, screening;
  std::vector<TreeDraft> trees;
  std::vector<FactDraft> facts;
  std::vector<AxiomDraft> axioms;
  std::vector<MappingDraft> mappings;
  std::vector<ConceptDraft> concepts;
  std::vector<ObligationDraft> obligations;
  std::vector<PenaltyDraft> penalties;
  std::vector<ProvisionDraft> provisions;
  std::vector<EvidenceKindDraft> evidence_kinds;
  std::vector<DocumentDraft> documents;
  std::vector<PaperDraft> papers;
  std::vector<ConceptDraft> paper_conditions;  // when their sections apply
  std::vector<CaseDraft> cases;
  std::vector<PredicateDraft> predicates;
  bool has_manifest = false;  // a pack.yaml was read
  bool incomplete =
      false;  // a file could not be read at all: names may be missing through no fault of theirs
  Location where;
};

// One file of a pack, read into `draft`. `name` decides what it is: pack.yaml, or any other.
void read_pack_file(const std::string& name, std::string text, PackDraft& draft,
                    Diagnostics& problems);

// The sections of a document that was read elsewhere (tests, generated packs).
void read_pack_document(const yaml::Document& document, PackDraft& draft, Diagnostics& problems);

// The words of one predicate, but for its function.
void read_predicate(const yaml::Document& document, const yaml::Value& value, PredicateDraft& draft,
                    Diagnostics& problems);

// Checks what only the whole can tell (an id, a state of law); call after the last file.
void finish_pack(PackDraft& draft, Diagnostics& problems);

}  // namespace pandect
