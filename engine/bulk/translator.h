// Turns conditions and axioms into a plan. Internal to plan.cpp.
#pragma once

#include "bulk/equations.h"
#include "bulk/plan.h"
#include "logic/kleene.h"

#include <map>
#include <set>
#include <tuple>

namespace pandect::bulk {

class Translator {
 public:
  explicit Translator(Plan& plan);
  void run();

 private:
  // What axioms and the closed world change. `excluded` (members of an enum) and `closed` are
  // two-valued.
  enum class State : std::uint8_t { forced, closed, member, excluded, cut };
  using StateKey = std::tuple<State, CellId, std::uint32_t>;

  struct Choice {  // a cell that answers, where the condition is true
    Value where;
    CellId cell;
  };

  // Steps of a translation
  void translate(Circuit& circuit);
  void state_axioms();
  void solve_axioms();
  void close();
  void reopen();
  void results();
  void assemble_plan(const Circuit& circuit);
  std::vector<CutPlace> sort_cuts();
  std::size_t registered() const;

  // Conditions
  Value evaluate(std::uint32_t node, Binding at);
  Value compute(const Node& node, std::uint32_t index, Binding at);
  Value quantifier(const Node& node, Binding at);
  Value threshold(const std::vector<Value>& values, int needed);
  Value known(const Node& node, Binding at);
  Value one_of(const Node& node, CellId cell);
  std::vector<Choice> resolve(std::uint32_t fact, std::int32_t slot, Binding at);
  template <typename F>
  Value chosen(const std::vector<Choice>& choices, F of) {
    if (choices.size() == 1) return of(choices[0].cell);
    std::vector<Value> list;
    for (const Choice& each : choices) list.push_back(circuit_->both(each.where, of(each.cell)));
    return circuit_->either(std::move(list));
  }

  // Comparisons
  Value compare(const Node& node, std::uint32_t index, Binding at);
  Value compare_count(const Node& count, const Number& with, std::uint8_t how, Binding at);
  Value opaque(const Node& node, std::uint32_t index, Binding at);
  Value compared(const Node& node, std::uint32_t index, Binding at,
                 const std::vector<std::vector<Choice>>& choices);
  void slow_cell(CellId cell);
  bool fixed(std::uint32_t node) const;
  std::optional<Value> against(std::uint32_t chain, const NumberValue& with, std::uint8_t how,
                               Binding at);
  void number_cells(std::uint32_t node, Binding at, std::vector<std::vector<Choice>>& cells,
                    bool& other);
  Value ordered(std::uint8_t comparison, Value at_least, Value above);

  // Cells
  Value guard(CellId cell);
  Value effective(CellId cell);  // bool
  Value raw(CellId cell);        // bool
  Value forced(CellId cell);
  Plane stated(CellId cell);
  Plane closed(CellId cell);
  Value exists(CellId cell);  // a value there is, if it is asked
  Value applies(CellId cell) { return circuit_->both(guard(cell), exists(cell)); }
  Value stated_member(CellId cell, std::uint32_t index);
  Value member(CellId cell, std::uint32_t index);
  Plane excluded(CellId cell, std::uint32_t index);
  Value cut(CellId cell, const std::string& currency, const Number& at, bool above);
  Value cut(std::uint32_t id);
  std::uint32_t cut_id(CellId cell, const std::string& currency, const Number& at, bool above);
  bool closable(CellId cell) const;
  const Fact& fact_of(CellId cell) const;
  std::uint32_t members_of(CellId cell) const { return fact_of(cell).members.count; }
  Value input(CellId cell, Part part);
  Plane mark(CellId cell, Part::Kind kind, std::uint32_t index = 0);
  bool has(State kind, CellId cell, std::uint32_t index = 0) const;
  std::uint32_t slot(State kind, CellId cell, std::uint32_t index);
  Value get(State kind, CellId cell, std::uint32_t index = 0);
  void set(State kind, CellId cell, std::uint32_t index, Value value);

  // Axioms (translator_axioms.cpp)
  void step(State kind, CellId cell, std::uint32_t index, bool value, Plane where);
  void force(std::uint32_t node, Binding at, bool value, Plane where);
  void force_guard(CellId cell, bool value, Plane where);
  void force_fact(CellId cell, bool value, Plane where);
  void force_member(CellId cell, std::uint32_t index, bool value, Plane where);
  void put_out(CellId cell, std::uint32_t index, Plane where);
  void at_least(const Axiom& axiom, Binding at);
  void tie_cuts(CellId left, CellId right, Plane left_sure, Plane right_sure);
  void subset(CellId left, CellId right, const Axiom& axiom, Plane where);
  void contains(CellId set, CellId one, const Axiom& axiom, Plane where);
  Plane kept(const AxiomInstance& instance);
  void check_groups();
  void check_states();
  void fail(Plane where);
  Plane broken(const AxiomInstance& instance);
  Plane subset_broken(CellId left, CellId right, const Axiom& axiom);
  Plane contains_broken(CellId set, CellId one, const Axiom& axiom);
  std::vector<Choice> answers(std::uint32_t fact, const Axiom& axiom, Binding at);

  Plan& plan_;
  const Program& program_;
  const Knowledge& cells_;
  Kleene kleene_;  // of a record that says nothing: constants, and the date of rules
  Circuit* circuit_ = nullptr;
  bool open_burdens_ = false;
  std::uint32_t input_vectors_ = 0;
  std::map<StateKey, std::uint32_t> slots_;
  // By slot. While axioms are stated: unknowns 2 * slot (true) and 2 * slot + 1 (false) of the
  // equations.
  std::vector<Value> now_;
  std::map<std::tuple<std::uint32_t, int, int, bool>, Value> memo_;
  std::vector<Cut> cuts_;
  std::unique_ptr<Equations> equations_;
  bool stating_ = false;
  bool closing_done_ = false;    // what closed sets leave out stands in their members
  std::vector<Plane> failures_;  // of the axioms, as terms of the equations, or of the plan
  std::vector<Plane>
      outputs_;  // contradiction and doubt, then true, false and standing of each root
  std::map<std::pair<CellId, std::string>, std::uint32_t> columns_;
  std::set<std::uint32_t> slow_nodes_;
};

}  // namespace pandect::bulk
