// Builds decision diagrams of conditions over the open answers of a record. Internal to `exact`.
#pragma once

#include "logic/diagram.h"
#include "logic/exact.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace pandect {

class Workspace {
 public:
  using Ref = Diagrams::Ref;

  // With choices, the P of an undecided burden is a variable; else it is the constant it is.
  // `roots` are the conditions that will be built: what they cannot tell apart is one variable.
  struct Root {
    std::uint32_t node;
    Binding at;
  };
  Workspace(Evaluation& evaluation, bool choices, const std::vector<Root>& roots);

  Ref build(std::uint32_t node, Binding at);
  // What axioms and statements allow for the cells used so far; call after the last build.
  Ref constraint();
  // What the answers themselves demand of the sets used so far.
  Ref statements();
  // Open axioms that can bind what has been built so far (indices into Knowledge::open_axioms);
  // of a workspace without roots those that can bind at all.
  std::vector<std::size_t> binding_axioms() const;
  // One open axiom by itself.
  Ref axiom(const AxiomInstance& instance);
  std::vector<std::string> missing(Ref condition, Ref allowed);
  // Answers to facts that make a condition true, whatever else is answered: as few as there can be.
  // What no fact answers (a choice, a model that is not listed) is left out. Not of kFalse.
  std::vector<std::pair<CellId, Answer>> example(Ref condition) const;
  // Whether the condition can change with the answers to one fact alone.
  bool turns_on(Ref condition, Ref allowed, std::uint32_t fact);
  bool pivotal(Ref condition, Ref allowed, std::uint32_t choice);
  bool exhausted() const { return diagrams_.exhausted(); }
  Diagrams& diagrams() { return diagrams_; }

  struct Choice {
    std::uint32_t variable;
    std::uint32_t node;  // burden
    Binding at;
  };
  const std::vector<Choice>& choices() const { return choice_list_; }
  // What the one open number or date of a comparison or expression may be: its cuts, and next to
  // them. Empty if it has more than one.
  std::vector<NumberValue> points(std::uint32_t node, Binding at, CellId& cell);
  // Values that a date expression takes at the cuts of its open fact, and next to them.
  std::vector<Number> images(std::uint32_t number_node, Binding at);
  // A value in each piece of an open number or date that no condition can tell apart.
  const std::vector<NumberValue>& pieces(CellId cell) { return number_variable(cell).values; }

 private:
  struct NumberVariable {
    std::uint32_t variable = kNone;
    std::vector<NumberValue> values;
  };
  struct MemberVariable {
    std::uint32_t variable = kNone;
    std::vector<std::uint32_t> values;  // enum: members; kNone: never
  };

  std::uint32_t variable(std::uint32_t domain, const std::string& group);
  Ref compute(std::uint32_t index, Binding at);
  Ref guarded(CellId cell, Ref raw);
  Ref fact(const Node& node, Binding at);
  Ref has(CellId cell, std::uint32_t member);
  Ref has_raw(CellId cell, std::uint32_t member);
  Ref one_of(const Node& node, Binding at);
  Ref text(const Node& node, Binding at);
  Ref compare(const Node& node, std::uint32_t index, Binding at);
  Ref compare_count(const Node& node, Binding at);
  Ref quantifier(const Node& node, Binding at);
  Ref threshold(const std::vector<Ref>& parts, int needed);
  Ref opaque(std::uint32_t index, Binding at, const std::string& group);
  std::vector<std::size_t> axioms_in_reach() const;
  Ref statement(CellId cell);
  bool statement_open(CellId cell) const;
  bool escapes(CellId cell, Truth value, const std::vector<std::size_t>& axioms) const;
  Truth with(std::uint32_t node, Binding at, CellId cell, Truth value) const;
  Ref table(const std::vector<CellId>& cells, std::size_t at, const std::function<Ref()>& leaf);
  std::uint32_t hidden_variable();
  MemberVariable& member_variable(CellId cell);
  NumberVariable& number_variable(CellId cell);
  void use(CellId cell);
  Answer& answer_in(std::map<CellId, Answer>& answers, CellId cell) const;
  void number_cells(std::uint32_t node, Binding at, std::vector<CellId>& cells, bool& counts) const;
  struct Tie {  // a comparison, or an at_least axiom (node == kNone), of one or two number cells
    std::uint32_t node;
    Binding at;
    std::vector<CellId> cells;
  };
  using Cuts = std::map<CellId, std::set<Number>>;
  void survey(std::uint32_t node, Binding at, std::uint32_t parent);
  void survey(const Knowledge::OpenAxiom& open);
  void merge_members();
  std::vector<Tie> ties_of(CellId cell) const;
  const std::set<Number>& cuts_of(CellId cell);
  void cut_component(CellId first);
  bool spread(const Tie& tie, const Cuts& given, bool neighbours);
  void roots(const Tie& tie, CellId cell, std::set<Number>& out);
  std::vector<NumberValue> representatives(CellId cell, const std::set<Number>& critical,
                                           int spacing) const;
  NumberValue fixed(CellId cell) const;

  Evaluation& evaluation_;
  const Knowledge& knowledge_;
  const Program& program_;
  bool choices_, all_axioms_;
  Diagrams diagrams_;
  Kleene raw_;  // reads numbers from `assigned_`
  std::map<CellId, NumberValue> assigned_;
  std::map<Evaluation::Key, Ref> memo_;
  std::map<Evaluation::Key, std::uint32_t> opaque_, choice_;
  std::map<CellId, std::uint32_t> bools_, texts_;
  std::map<CellId, MemberVariable> enums_;
  std::map<CellId, NumberVariable> numbers_;
  std::map<std::pair<CellId, std::uint32_t>, std::uint32_t> members_;
  std::map<std::uint32_t, std::vector<std::vector<std::uint32_t>>> below_;
  std::vector<std::uint32_t> group_of_;  // of each variable
  std::vector<std::string> groups_;
  std::map<std::string, std::uint32_t> group_ids_;
  std::set<CellId> used_;
  Cuts cuts_;
  std::map<CellId, int> component_size_;
  std::set<Evaluation::Key> surveyed_;
  std::set<std::uint32_t> groups_read_;  // of open axioms
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::set<std::uint32_t>>
      parents_;                                                             // of (fact, member)
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> class_;  // of (fact, member)
  std::set<std::uint32_t> unmerged_;  // facts read member by member
  std::vector<Choice> choice_list_;
};

}  // namespace pandect
