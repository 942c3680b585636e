// Turns conditions and axioms into a plan. Internal to plan.cpp.
#pragma once

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
  // What axioms and the closed world change in a block: vectors that outlive a section.
  enum class State : std::uint8_t { forced, closed, member, possible, cut };
  using StateKey = std::tuple<State, std::uint32_t, std::uint32_t>;

  struct Choice {  // a cell that answers, where the condition is true
    Value where;
    CellId cell;
  };

  // Sections
  void begin(Circuit& circuit);
  std::vector<std::pair<std::uint32_t, Value>> stores();
  void first_values();
  void propagate(std::uint32_t component);
  bool find_components();
  void close();
  void reopen();
  void results();
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
  Value stated(CellId cell);
  Value closed(CellId cell);
  Value exists(CellId cell);  // a value there is, if it is asked
  Value applies(CellId cell) { return circuit_->both(guard(cell), exists(cell)); }
  Value member(CellId cell, std::uint32_t index);
  Value possible(CellId cell, std::uint32_t index);
  Value cut(CellId cell, const std::string& currency, const Number& at, bool above);
  Value cut(std::uint32_t id);
  std::uint32_t cut_id(CellId cell, const std::string& currency, const Number& at, bool above);
  bool closable(CellId cell) const;
  const Fact& fact_of(CellId cell) const;
  std::uint32_t members_of(CellId cell) const { return fact_of(cell).members.count; }
  Value input(CellId cell, Part part);
  bool has(State kind, CellId cell, std::uint32_t index = 0) const;
  Value get(State kind, CellId cell, std::uint32_t index = 0);
  void set(State kind, CellId cell, std::uint32_t index, Value value);

  // Axioms (translator_axioms.cpp)
  void force(std::uint32_t node, Binding at, bool value, Value where);
  void force_guard(CellId cell, bool value, Value where);
  void force_fact(CellId cell, bool value, Value where);
  void force_member(CellId cell, std::uint32_t index, bool value, Value where);
  void at_least(const Axiom& axiom, Binding at);
  void subset(CellId left, CellId right, const Axiom& axiom, Value where);
  void contains(CellId set, CellId one, const Axiom& axiom, Value where);
  void check_groups();
  void fail(Value where);
  Value sound();
  Value broken(const AxiomInstance& instance);
  Value subset_broken(CellId left, CellId right, const Axiom& axiom);
  Value contains_broken(CellId set, CellId one, const Axiom& axiom);
  std::vector<Choice> answers(std::uint32_t fact, const Axiom& axiom, Binding at);

  Plan& plan_;
  const Program& program_;
  const Knowledge& cells_;
  Kleene kleene_;  // of a record that says nothing: constants, and the date of rules
  Circuit* circuit_ = nullptr;
  bool open_burdens_ = false;
  std::map<StateKey, std::uint32_t> slots_;
  std::map<std::uint32_t, Value> now_;  // by slot, in this section
  std::map<std::tuple<std::uint32_t, int, int, bool>, Value> memo_;
  std::vector<Cut> cuts_;
  // Axioms that change nothing that another one reads come to their fixpoint by themselves.
  std::vector<std::uint32_t> component_;  // by instance of an axiom
  std::uint32_t components_ = 1;
  std::vector<std::set<std::uint32_t>> read_, written_;  // slots, by instance
  std::uint32_t axiom_ = kNone;                          // the instance that is being translated
  std::vector<Value> failures_;                          // of this section
  std::map<std::pair<CellId, std::string>, std::uint32_t> columns_;
  std::set<std::uint32_t> slow_nodes_;
  std::uint32_t next_slot_ = 3;
};

}  // namespace pandect::bulk
