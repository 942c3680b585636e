// Builds decision diagrams of conditions over the open answers of a record. Internal to `exact`.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "logic/diagram.h"
#include "logic/exact.h"

namespace pandect {

class Workspace {
 public:
  using Ref = Diagrams::Ref;

  // With choices, the P of an undecided burden is a variable; else it is the constant it is.
  Workspace(Evaluation& evaluation, bool choices);

  Ref build(std::uint32_t node, Binding at);
  // What axioms and statements allow for the cells used so far; call after the last build.
  Ref constraint();
  std::vector<std::string> missing(Ref condition, Ref allowed);
  bool pivotal(Ref condition, Ref allowed, std::uint32_t choice);
  bool exhausted() const { return diagrams_.exhausted(); }
  Diagrams& diagrams() { return diagrams_; }

  struct Choice {
    std::uint32_t variable;
    std::uint32_t node;  // burden
    Binding at;
  };
  const std::vector<Choice>& choices() const { return choice_list_; }

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
  Ref axiom(const AxiomInstance& instance);
  Ref statement(CellId cell);
  Ref table(const std::vector<CellId>& cells, std::size_t at, const std::function<Ref()>& leaf);
  std::uint32_t hidden_variable();
  MemberVariable& member_variable(CellId cell);
  NumberVariable& number_variable(CellId cell);
  void use(CellId cell);
  void number_cells(std::uint32_t node, Binding at, std::vector<CellId>& cells, bool& counts) const;
  void criticals(CellId cell, std::set<Number>& out, int depth);
  void roots(std::uint32_t compare, CellId cell, Binding at, std::set<Number>& out);
  std::vector<NumberValue> representatives(CellId cell, const std::set<Number>& critical) const;
  NumberValue fixed(CellId cell) const;

  Evaluation& evaluation_;
  const Knowledge& knowledge_;
  const Program& program_;
  bool choices_;
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
  std::uint32_t models_variable_ = kNone;
  std::vector<Choice> choice_list_;
};

}  // namespace pandect
