// Exact analysis of one condition of one record on one day: its value over all completions that
// axioms and guards allow, the facts in minimal differences, the exceptions that stay open
// (semantics 5 and 6). Each question gets a workspace of its own, so that no answer depends on
// what was asked before.
#pragma once

#include "logic/kleene.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace pandect {

enum class DecidedBy : std::uint8_t { kleene, exact, budget };

struct OpenException {
  std::uint32_t rule = 0;
  std::vector<std::string> missing;  // sorted
};

struct Conclusion {
  Truth value = Truth::unknown;
  Truth kleene = Truth::unknown;  // what the fast evaluator alone says
  DecidedBy decided_by = DecidedBy::kleene;
  std::vector<std::string> missing;  // sorted names of facts; empty unless unknown
  std::vector<OpenException> open;   // sorted by rule id
  bool over_approximated = false;    // missing is an upper bound (budget)
};

// Evaluates one record on one day. Holds the memo of burdens that were decided.
class Evaluation {
 public:
  static constexpr std::size_t kDefaultBudget = 60'000;

  Evaluation(const Knowledge& knowledge, Day day, Day book, std::size_t budget = kDefaultBudget);
  Evaluation(const Evaluation&) = delete;
  Evaluation& operator=(const Evaluation&) = delete;
  ~Evaluation();

  const Knowledge& knowledge() const { return knowledge_; }
  Kleene& kleene() { return kleene_; }

  // Value only: Kleene, then exact where that leaves it unknown.
  Truth value(std::uint32_t node, Binding at, DecidedBy* decided = nullptr);
  // Everything there is to say.
  Conclusion conclude(std::uint32_t node, Binding at);
  // Two completions that differ in a minimal set of facts, for proofs: name and value on each side.
  struct Witness {
    std::vector<std::pair<std::string, std::pair<std::string, std::string>>> facts;
  };

  struct NumberConclusion {
    NumberValue value;
    bool settled = false;
    bool conflict = false;
    std::vector<std::string> missing;
    std::uint32_t member = kNone;  // enum concepts
    std::vector<std::uint32_t> possible_members;
  };
  NumberConclusion conclude_number(std::uint32_t concept_index, Binding at);
  NumberConclusion conclude_enum(std::uint32_t concept_index, Binding at);

  // Facts that are open in the cone of a condition as Kleene sees it.
  std::vector<std::string> open_cone(std::uint32_t node, Binding at);

  // Drops what it keeps of the question that was asked last.
  void forget_question();

  // A node where it is read.
  struct Key {
    std::uint32_t node;
    Binding at;
    friend bool operator<(const Key& a, const Key& b) {
      if (a.node != b.node) return a.node < b.node;
      if (a.at.deployment != b.at.deployment) return a.at.deployment < b.at.deployment;
      return a.at.model < b.at.model;
    }
  };

 private:
  friend class Workspace;
  enum class Body : std::uint8_t { always, never, undecided, budget };
  struct Question;

  // Kept until the next one: what is undecided is asked once more, for the reasons.
  Question& ask(std::uint32_t node, Binding at);

  bool decide_burden(std::uint32_t node, Binding at);
  bool touches_open_burden(std::uint32_t node, Binding at);
  Body body_of(std::uint32_t node, Binding at);

  const Knowledge& knowledge_;
  const Program& program_;
  std::size_t budget_;
  Kleene kleene_;
  Kleene alone_;
  std::map<Key, bool> burdens_;
  std::map<Key, Body> bodies_;
  std::map<Key, bool> touches_;
  std::map<Key, std::pair<Truth, DecidedBy>> values_;
  bool burden_out_of_budget_ = false;
  std::unique_ptr<Question> question_;
};

// Some completion must exist (semantics 1.1): what propagation leaves open is looked at exactly.
// Adds an input error that names the axiom and the answers; out of budget it says nothing.
void check_consistency(const Knowledge& knowledge, Diagnostics& problems);

}  // namespace pandect
