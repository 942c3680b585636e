// A Program is a set of packs, parsed, checked and linked into one hash-consed graph of conditions.
// It is plain data in flat arrays (no pointers), so that it can be written to a file and mapped
// back. It knows nothing of records, dates of evaluation or output; `engine/logic` gives it
// meaning. Built by `engine/packs`. Immutable and safe to share between threads once built.
#pragma once

#include "pandect/date.h"
#include "pandect/number.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace pandect {

inline constexpr std::uint32_t kNone = 0xFFFFFFFFu;

struct Text {
  std::uint32_t offset = 0;
  std::uint32_t size = 0;
};
struct Words {  // a text for people in the three languages
  Text en, ko, zh;
};
struct Range {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
};

enum class Confidence : std::uint8_t { high, medium, low };
enum class Severity : std::uint8_t { low, medium, high, critical };
enum class FactType : std::uint8_t { boolean, integer, number, date, enumeration, set, text };
enum Scope : std::uint8_t { kOrganisation = 1, kSystem = 2, kDeployment = 4, kModel = 8 };

struct PackInfo {
  Text id, version, jurisdiction, digest, folder;
  Words title;
  Day state_of_law = kNoDay, checked_on = kNoDay, review_by = kNoDay;
  Range instruments;
  Range notes;  // in `words`
};

enum class InstrumentStatus : std::uint8_t {
  in_force,
  voluntary,
  guideline,
  draft,
  adjacent,
  superseded
};

struct Instrument {
  Text id, number, url;
  Words title, short_title;
  Day date = kNoDay;
  std::uint32_t pack = 0;
  InstrumentStatus status = InstrumentStatus::in_force;
  Confidence confidence = Confidence::high;
  std::uint8_t spare[2] = {};
};

enum class Disposition : std::uint8_t {
  encoded,
  definition,
  context,
  authority,
  procedure,
  out_of_scope,
  draft,
  lead
};

struct Provision {
  Text id, title, url, reason;
  std::uint32_t instrument = kNone;
  std::uint32_t pack = 0;
  Disposition disposition = Disposition::encoded;
  Confidence confidence = Confidence::high;
  std::uint8_t spare[2] = {};
};

struct Member {
  Text id;
  Words label, means;
  Text example, counterexample;
  std::uint32_t parent = kNone;  // position within the tree
  std::uint8_t abstract = 0;
  std::uint8_t has_children = 0;
  std::uint8_t spare[2] = {};
};

struct Fact {
  Text id, unit;
  Words question, help;
  Number minimum;
  Range members;                      // in `members`; enum and set
  std::uint32_t guard = kNone;        // node, at its organisation, system or deployment
  std::uint32_t guard_model = kNone;  // node, at a model
  std::uint32_t default_fact = kNone;
  std::uint32_t default_if = kNone;  // node; kNone: always
  std::uint32_t pack = 0;
  std::uint32_t screening = kNone;  // place in the order of an interview
  Range comparisons;                // in `links`: nodes that compare this fact
  Text guard_text;
  FactType type = FactType::boolean;
  std::uint8_t scopes = kSystem;
  std::uint8_t optional = 0;  // may be `never`
  std::uint8_t has_minimum = 0;
  std::uint8_t never_closed = 0;
  std::uint8_t spare[11] = {};
};

// A constraint on completions (semantics 1.4).
enum class AxiomKind : std::uint8_t { formula, at_least, subset_of, contains };
struct Axiom {
  Text text;  // as a person reads it
  Text file;
  std::uint32_t line = 0;
  std::uint32_t node = kNone;  // formula: must be true
  std::uint32_t left = kNone;  // at_least: left >= right; subset_of: left in right; contains: set
                               // left has enum right
  std::uint32_t right = kNone;
  Range facts;  // in `links`: all facts it names, guards aside
  AxiomKind kind = AxiomKind::formula;
  std::uint8_t scopes = 0;  // scopes whose subjects it binds
  std::uint8_t spare[2] = {};
};

enum class Op : std::uint8_t {
  // bool
  true_,
  false_,
  fact,
  and_,
  or_,
  not_,
  at_least,
  compare,
  one_of,
  text_equal,
  has,
  known,
  concept_,
  concept_in,
  in_date,
  burden,
  any_model,
  all_models,
  any_deployment,
  all_deployments,
  open,  // settled neither way (a certain conflict, a calendar that ends)
  // numbers and dates
  constant,
  fact_number,
  as_of,
  add,
  subtract,
  scale,
  shift,
  working_days,
  count,
  concept_number,
  convert,
};

enum NodeFlag : std::uint8_t {
  kReadsModel = 1,       // has a fact of a model outside a quantifier
  kReadsDeployment = 2,  // likewise of a deployment
  kHasBurden = 4,        // an exception under burden of proof somewhere below
  kHasDate = 8,          // depends on the day
  kNumeric = 16,
};

struct Node {
  Op op = Op::false_;
  std::uint8_t flags = 0;
  std::uint8_t comparison = 0;  // language::Comparison of compare and text_equal
  std::uint8_t unit = 0;
  std::int32_t amount =
      0;  // at_least: N; shift: days or months, with `b` telling which; working_days: N
  std::uint32_t a = kNone;  // fact, concept, rule, constant (in `numbers`), calendar, member
  std::uint32_t b = kNone;
  Range children;  // in `links`
};

enum class ConceptKind : std::uint8_t { classification, role, scope, amount, element, lead };
enum class Combine : std::uint8_t { none, maximum, minimum, sum };

struct Concept {
  Text id, unit, currency;
  Words title, help, note;
  Range rules;                          // in `rules`, supporting and exceptions
  Range values;                         // enum: in `members`
  std::uint32_t root = kNone;           // bool: node of its value
  std::uint32_t default_value = kNone;  // enum: member; number: node
  std::uint32_t pack = 0;
  std::uint32_t line = 0;
  Text file;
  ConceptKind kind = ConceptKind::element;
  FactType type = FactType::boolean;
  Combine combine = Combine::none;
  Scope scope = kDeployment;
  Confidence confidence = Confidence::high;
  Severity severity = Severity::medium;
  std::uint8_t flags = 0;  // NodeFlag of all its rules
  std::uint8_t spare = 0;
};

struct Rule {
  Text id, file, when_text;
  Words note;
  Range cites;                    // in `links`: provisions
  Range overrides;                // in `links`: rules
  Range attackers;                // in `links`: rules that override this one
  std::uint32_t owner = 0;        // concept, or obligation where of_obligation
  std::uint32_t when = kNone;     // node
  std::uint32_t applies = kNone;  // node
  std::uint32_t then = kNone;     // node of a number, or member of an enum
  std::uint32_t line = 0;
  Day from = kNoDay, until = kNoDay, enacted = kNoDay,
      superseded = kNoDay;  // until: first day no longer
  Day checked_on = kNoDay;
  Confidence confidence = Confidence::high;
  std::uint8_t of_obligation = 0;
  std::uint8_t exception = 0;  // defeats and supports nothing
  std::uint8_t burden = 0;     // the operator must show it
};

enum class Modality : std::uint8_t { must, must_not, effort, should, may };

// Whether a piece that is shown is proof or only a sign. By default what a probe sees is a sign,
// and a person's attestation with its document is proof (semantics 7.6).
enum class Suffices : std::uint8_t { no, yes, by_default };

struct Evidence {
  Text id, kind, probe;  // probe: as JSON text, read by who looks
  Words title;
  std::uint32_t when = kNone;  // equivalent: node
  std::uint8_t required = 1;
  Suffices sufficient = Suffices::by_default;
  std::uint8_t spare[2] = {};
};

struct Obligation {
  Text id, owed_text, when_text, file;
  Words title, duty, timing, note;
  Range rules;       // base rules and exceptions
  Range cites;       // in `links`: provisions
  Range penalties;   // in `links`
  Range evidence;    // in `evidence`
  Range addressees;  // in `links`: concepts named by owed_by
  Range dates;       // in `days`: days on which its value can change by the law
  Range clocks;      // in `links`: nodes that compare as_of with a date of the subject
  std::uint32_t owed_by = kNone;
  std::uint32_t root = kNone;
  std::uint32_t starts = kNone, ends = kNone, deadline = kNone;
  std::uint32_t pack = 0;
  std::uint32_t line = 0;
  Scope scope = kDeployment;
  Modality modality = Modality::must;
  Severity severity = Severity::medium;
  Confidence confidence = Confidence::high;
  std::uint8_t prohibition = 0;
  std::uint8_t states_no_exceptions = 0;
  std::uint8_t spare[2] = {};
};

enum class PenaltyKind : std::uint8_t {
  direct,
  after_order,
  criminal,
  civil,
  administrative,
  private_action,
  none
};

struct Penalty {
  Text id;
  Words title, text;
  Range cites;
  Range schedule;                // in `amounts`
  std::uint32_t amount = kNone;  // number concept
  std::uint32_t pack = 0;
  PenaltyKind kind = PenaltyKind::none;
  std::uint8_t spare[3] = {};
};

struct Amount {
  Number value;
  Text currency;
  std::uint32_t spare[2] = {};
};

struct Calendar {
  Text id;
  Day from = kNoDay, through = kNoDay;
  Range holidays, extra;  // in `days`, ascending
  std::uint32_t pack = 0;
};

enum class Relation : std::uint8_t { is, may, out };
struct Mapping {
  Words note;
  Text use, klass, condition;
  std::uint32_t provision = kNone;
  std::uint32_t pack = 0;
  std::uint32_t when = kNone;  // node, with may
  Relation relation = Relation::is;
  std::uint8_t spare[3] = {};
};

// An array that is owned while a program is built, and a view into a mapped file afterwards.
template <typename T>
class Pool {
  static_assert(std::is_trivially_copyable_v<T>);
  // Images of equal programs are equal byte for byte, and what padding holds is anybody's guess.
  static_assert(std::has_unique_object_representations_v<T>, "fill it up with `spare`");

 public:
  std::size_t size() const { return view_.data() != nullptr ? view_.size() : owned_.size(); }
  const T* begin() const { return view_.data() != nullptr ? view_.data() : owned_.data(); }
  const T* end() const { return begin() + size(); }
  const T& operator[](std::size_t index) const { return begin()[index]; }
  std::span<const T> slice(Range range) const { return {begin() + range.first, range.count}; }
  std::span<const T> all() const { return {begin(), size()}; }

  T& edit(std::size_t index) { return owned_[index]; }
  std::uint32_t push(const T& value) {
    owned_.push_back(value);
    return static_cast<std::uint32_t>(owned_.size() - 1);
  }
  Range append(std::span<const T> values) {
    const Range range{static_cast<std::uint32_t>(owned_.size()),
                      static_cast<std::uint32_t>(values.size())};
    owned_.insert(owned_.end(), values.begin(), values.end());
    return range;
  }
  void view(std::span<const T> mapped) { view_ = mapped; }

 private:
  std::vector<T> owned_;
  std::span<const T> view_;
};

class Program {
 public:
  Pool<char> texts;
  Pool<Words> words;
  Pool<std::uint32_t> links;
  Pool<Day> days;
  Pool<Number> numbers;
  Pool<Amount> amounts;
  Pool<PackInfo> packs;
  Pool<Instrument> instruments;
  Pool<Provision> provisions;
  Pool<Member> members;
  Pool<Fact> facts;  // ordered by id
  Pool<Axiom> axioms;
  Pool<Node> nodes;        // children stand before their parents
  Pool<Concept> concepts;  // ordered by id
  Pool<Rule> rules;
  Pool<Evidence> evidence;
  Pool<Obligation> obligations;  // ordered by id
  Pool<Penalty> penalties;
  Pool<Calendar> calendars;
  Pool<Mapping> mappings;

  std::string_view text(Text t) const { return {texts.begin() + t.offset, t.size}; }
  std::span<const std::uint32_t> list(Range range) const { return links.slice(range); }

  // Index by id; kNone if there is none.
  std::uint32_t find_fact(std::string_view id) const;
  std::uint32_t find_concept(std::string_view id) const;
  std::uint32_t find_obligation(std::string_view id) const;
  std::uint32_t find_rule(std::string_view id) const;
  // Position within the members of an enum, set or enum concept.
  std::uint32_t find_member(Range members, std::string_view id) const;
  // True if `member` is `group` or stands below it (positions within the same tree).
  bool below(Range members, std::uint32_t member, std::uint32_t group) const;

  // Keeps a mapped file alive as long as the program.
  std::shared_ptr<const void> backing;
};

using ProgramPtr = std::shared_ptr<const Program>;

}  // namespace pandect
