// Compiles one condition: names to facts and concepts, types, units, scopes, nodes.
// The linker calls it; concepts that a condition names are compiled first through a callback.
#pragma once

#include "language/expression.h"
#include "packs/builder.h"
#include "packs/draft.h"
#include "packs/yaml.h"

#include <functional>
#include <map>
#include <string>

namespace pandect {

// Where a condition stands, and so what it may see (semantics 2.4).
struct Site {
  Scope scope = kSystem;
  bool in_model = false;
  bool in_deployment = false;
  bool facts_only = false;           // guards and axioms
  std::string_view facts_only_what;  // "a guard", "an axiom"
};

// Where a fact is read: the subject that holds the answer.
enum Slot : std::int32_t { kAtOrganisation = 0, kAtSystem = 1, kAtDeployment = 2, kAtModel = 3 };

struct Value {  // a compiled operand
  enum class Type {
    none,
    boolean,
    number,
    date,
    enumeration,
    set,
    text,
    concept_enum,
    concept_number
  } type = Type::none;
  std::uint32_t node = kNone;  // numbers, dates and bools
  std::string unit;
  std::uint32_t subject = kNone;  // fact or concept
  Slot slot = kAtSystem;
  Range members;     // enum, set
  std::string text;  // literal text
  bool literal = false;
  Number number;
};

class Compiler {
 public:
  using ConceptReady = std::function<bool(std::uint32_t)>;  // false: cyclic

  Compiler(Builder& builder, Diagnostics& problems, ConceptReady ready)
      : builder_(builder), problems_(problems), ready_(std::move(ready)) {}

  // Node of a condition, or kNone after reporting why not.
  std::uint32_t condition(const yaml::Source& source, const Site& site);
  // Node of a date expression, or of an amount in `unit`.
  std::uint32_t date(const yaml::Source& source, const Site& site);
  std::uint32_t amount(const yaml::Source& source, const Site& site, std::string_view unit,
                       std::string_view currency);

  // The slot at which `fact` is read from `site`; empty if it cannot be seen from there.
  std::optional<Slot> slot_of(const Fact& fact, const Site& site) const;
  std::uint32_t fact_test(std::uint32_t fact, Slot slot);
  std::uint32_t has(std::uint32_t fact, Slot slot, std::uint32_t member);
  std::uint32_t fact_number(std::uint32_t fact, Slot slot);
  std::uint32_t comparison(language::Comparison op, std::uint32_t left, std::uint32_t right);

  // Every name in the text that is a fact (for axioms and guards); unknown names are skipped.
  std::vector<std::uint32_t> facts_in(const yaml::Source& source) const;

  std::map<std::string, std::uint32_t, std::less<>> calendars;
  std::map<std::string, const PredicateTable*, std::less<>> predicates;

 private:
  using Expression = language::Expression;

  std::optional<Expression> parse(const yaml::Source& source);
  std::uint32_t boolean(const Expression& e, const Site& site);
  Value value(const Expression& e, const Site& site);
  std::uint32_t compare(const Expression& e, const Site& site);
  std::uint32_t compare_member(const Expression& e, const Value& left, language::Comparison op);
  std::uint32_t one_of(const Value& subject, const std::vector<std::uint32_t>& members,
                       bool negative);
  std::uint32_t concept_one_of(std::uint32_t subject, const std::vector<std::uint32_t>& members,
                               bool negative);
  std::uint32_t compare_concept(const Expression& e, std::uint32_t subject, language::Comparison op,
                                std::uint32_t right);
  std::uint32_t membership(const Expression& e, const Site& site);
  std::uint32_t quantifier(const Expression& e, const Site& site);
  std::uint32_t maps(const Expression& e, const Site& site);
  Value name(const Expression& e, const Site& site);
  Value named_predicate(const Expression& e, const PredicateTable& table, const Site& site);
  Value named_fact(const Expression& e, std::uint32_t fact, const Site& site);
  Value named_concept(const Expression& e, std::uint32_t subject, const Site& site);
  Value arithmetic(const Expression& e, const Site& site);
  Value shift(const Expression& e, const Site& site);
  Value literal(const Expression& e);
  std::optional<std::uint32_t> member(const language::Word& word, Range members);
  void fail(language::Span at, std::string code, std::string message, std::string hint = {});
  std::vector<std::string_view> names() const;

  Builder& builder_;
  Diagnostics& problems_;
  ConceptReady ready_;
  const yaml::Source* source_ = nullptr;
};

}  // namespace pandect
