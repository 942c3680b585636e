// A direct reading of the semantics, for tests: laws of a few facts, evaluated by trying every
// completion of a record. It shares nothing with the engine but the meaning it was written from,
// and prefers the words of a definition to speed.
#pragma once

#include <climits>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace naive {

inline constexpr int kNever = INT_MIN;  // not applicable
inline constexpr int kNoDay = INT_MIN;  // no date stated
// Numbers are counted in eighths: constants are halves, twice a number is cut at quarters, and
// something stands between.
inline constexpr int kOne = 8;

enum class Type { boolean, integer, number, date, enumeration, set };
enum class Order { less, less_equal, greater, greater_equal, equal, different };

struct Member {
  std::string id;
  int parent = -1;
  bool abstract = false;
};

// A sum of facts times factors and a constant, or a date moved by months and then days.
struct Term {
  std::vector<std::pair<int, int>> parts;  // factor, fact
  int constant = 0;                        // eighths, or a day
  bool as_of = false;
  int months = 0, days = 0;
};

struct Formula {
  enum class Kind {
    yes,
    no,
    fact,
    not_,
    and_,
    or_,
    at_least,
    compare,
    equals,
    differs,
    in,
    has,
    has_any,
    has_all,
    count,
    known,
    concept_,
    any_model,
    all_models
  };
  Kind kind = Kind::yes;
  int index = -1;  // fact or concept
  int amount = 0;  // N of at least, bound of count
  Order order = Order::less;
  bool dates = false;  // compare: dates, not numbers
  std::vector<int> members;
  std::vector<Term> sides;
  std::vector<Formula> children;
};

struct Fact {
  std::string id;
  Type type = Type::boolean;
  bool model = false;
  bool optional = false;
  std::vector<Member> members;
  std::optional<Formula> guard;
};

struct Axiom {
  enum class Kind { implies, excludes, if_then, at_least, at_most, subset_of, contains };
  Kind kind = Kind::if_then;
  int fact = -1, other = -1;
  Formula premise, consequence;
};

struct Rule {
  std::string id;
  std::optional<Formula> when;
  std::vector<int> overrides;  // rules of the law
  int concept_index = -1, obligation = -1;
  bool burden = false;
  int from = kNoDay, until = kNoDay, enacted = kNoDay, superseded = kNoDay;
};

struct Concept {
  std::string id;
  bool model = false;
};

struct Obligation {
  std::string id;
  Formula owed_by;
  std::optional<Term> starts, ends;
};

struct Law {
  std::vector<Fact> facts;
  std::vector<Axiom> axioms;
  std::vector<Concept> concepts;
  std::vector<Rule> rules;
  std::vector<Obligation> obligations;
  int first_day = 0, last_day = 0;  // every day that matters lies between
};

struct Answer {
  std::string text;         // as a record states it; empty: unstated
  std::vector<int> values;  // raw values that this allows; a set is a mask of members
};

struct Determination {
  int concept_index = 0;
  bool value = false;
  int made = kNoDay, through = kNoDay;
};

struct Case {
  std::vector<Answer> facts;  // by fact; model facts stand below
  std::vector<std::vector<Answer>> models;
  std::vector<Determination> determinations;
  int as_of = 0;
};

enum class Value { no, yes, unknown };

struct Open {
  std::string rule;
  std::vector<std::string> missing;
  friend bool operator==(const Open&, const Open&) = default;
};

struct Conclusion {
  Value value = Value::unknown;
  std::vector<std::string> missing;
  std::vector<Open> open;
  friend bool operator==(const Conclusion&, const Conclusion&) = default;
};

struct Status {
  std::string word;
  std::optional<int> applies_from, earliest, ended_on;
  std::vector<std::string> missing;
  friend bool operator==(const Status&, const Status&) = default;
};

// Every answer of one fact at one subject: a variable of the completions.
struct Variable {
  std::string name;
  int fact = 0;
  int model = -1;
  std::vector<int> values;
};

using Completion = std::vector<int>;  // by variable

// The completions of a record: raw values within what is stated that break no axiom.
class World {
 public:
  World(const Law& law, const Case& input);

  const Law& law() const { return law_; }
  const Case& input() const { return input_; }
  const std::vector<Variable>& variables() const { return variables_; }
  const std::vector<Completion>& completions() const { return completions_; }
  int variable(int fact, int model) const {
    return index_[static_cast<std::size_t>(model + 1)][static_cast<std::size_t>(fact)];
  }
  bool known(int fact, int model) const;

  // Facts in some minimal difference between two completions with different values. The values of a
  // completion are one for each choice: choices are free of the facts, so that a minimal difference
  // in facts lies within one choice.
  std::vector<std::string> missing(const std::vector<std::vector<int>>& values) const;

 private:
  bool possible(const Completion& completion) const;
  bool differ_within(const std::vector<std::vector<int>>& values, const std::vector<int>& open,
                     unsigned part) const;

  const Law& law_;
  const Case& input_;
  std::vector<Variable> variables_;
  std::vector<std::vector<int>> index_;
  std::vector<Completion> completions_;
};

// How many combinations of raw values a record leaves, before axioms; and how many facts are open.
double combinations(const Law& law, const Case& input);
int open_facts(const Law& law, const Case& input);

// What a law says of a record on one day, by the law book of another.
class Judge {
 public:
  Judge(const World& world, int day, int book);

  Conclusion concept_of(int index, int model = -1);
  Conclusion obligation(int index);
  Value obligation_value(int index);

 private:
  using Function = std::function<bool()>;  // of the current completion and choice

  bool in_date(const Rule& rule) const;
  bool asked(int fact, int model);  // its guard holds
  int effective(int fact, int model);
  bool evaluate(const Formula& formula, int model);
  bool compare(const Formula& formula, int model);
  int term(const Term& term, bool dates, int model);
  bool applies(int rule, int model);
  bool concept_value(int index, int model);
  bool obligation_now(int index);
  bool shown(int rule, int model);  // P
  std::vector<bool> over_completions(const Function& function);
  Conclusion conclude(const Function& function, const std::vector<int>& burdens);
  std::vector<int> burdens_below(int rule);
  void collect(const Formula& formula, std::vector<int>& rules) const;
  void collect_concept(int index, std::vector<int>& rules) const;
  bool undecided(int rule);
  std::vector<int> undecided_of(const std::vector<int>& burdens);
  bool pivotal(int rule, const std::vector<int>& undecided, const Function& function);
  std::vector<std::string> missing_of_body(int rule);
  void each_choice(const std::vector<int>& rules, const std::function<void()>& visit);

  const World& world_;
  int day_, book_;
  const Completion* now_ = nullptr;
  std::map<int, bool> choice_, proven_, undecided_;
  friend class World;
};

Status status_of(const World& world, int obligation, int asked);

}  // namespace naive
