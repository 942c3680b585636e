// A record made ready for evaluation: answers laid out by subject and fact, defaults resolved,
// axioms propagated to a fixpoint, the closed world closed (semantics 1.2 to 1.6). Independent of
// the day.
#pragma once

#include "pandect/program.h"
#include "pandect/record.h"

#include <memory>
#include <string>
#include <vector>

namespace pandect {

// Which deployment and which model a condition is read at; -1 where none is bound.
struct Binding {
  int deployment = -1;
  int model = -1;
  friend bool operator==(const Binding&, const Binding&) = default;
};

struct Cell {
  const Answer* answer = nullptr;  // null: unstated
  bool closed = false;             // set by the closed world
  Truth forced = Truth::unknown;   // effective value settled by axioms
  std::uint32_t narrowed = kNone;  // in Knowledge::ranges
  std::uint32_t members = kNone;   // in Knowledge::member_states (set) or enum_states
  std::uint32_t axiom = kNone;     // the axiom that settled it
};

struct MemberState {
  MemberSet in, out;  // effective, by statement or axiom
};

using CellId = std::uint32_t;

struct AxiomInstance {
  std::uint32_t axiom = 0;
  Binding at;
};

class Knowledge {
 public:
  // The record must outlive the knowledge. Contradictions come back as problems.
  Knowledge(const Program& program, const Record& record, Diagnostics& problems);

  const Program& program() const { return program_; }
  const Record& record() const { return record_; }
  int deployments() const { return deployments_; }
  int models() const { return static_cast<int>(record_.models.size()); }
  bool models_open() const { return models_open_; }

  CellId cell_id(std::uint32_t fact, std::int32_t slot, Binding at) const;
  const Cell& cell(CellId id) const { return cells_[id]; }
  std::uint32_t fact_of(CellId id) const { return id % facts_; }
  // "model.compute@ranker", or the id alone where only one subject can be meant.
  std::string cell_name(CellId id) const;

  // The cell that answers a fact at a slot: itself, or its default while unstated.
  // `via` says under which condition the default stands where that is still open.
  CellId resolve(std::uint32_t fact, std::int32_t slot, Binding at) const;
  std::int32_t slot_of(std::uint32_t fact, bool model) const;
  // The member of another fact with the same id.
  std::uint32_t counterpart(std::uint32_t from, std::uint32_t member, std::uint32_t to) const;

  // Raw values within what is stated and what axioms left.
  Truth raw_truth(CellId id) const;
  Interval range(CellId id) const;
  bool is_never(CellId id) const;
  bool may_be_never(CellId id) const;
  MemberSet possible(CellId id) const;       // enum
  MemberState members(CellId id) const;      // set
  const std::string* text(CellId id) const;  // null: unknown
  const std::string& currency(CellId id) const;
  bool single(CellId id) const;  // one raw value only

  // Truth of the guard of the fact in this cell, at this binding.
  std::uint32_t guard_node(CellId id) const;
  Binding binding_of(CellId id) const;

  const std::vector<AxiomInstance>& axioms() const { return instances_; }
  // Those that what is known does not settle, with the open cells that they tie together.
  struct OpenAxiom {
    AxiomInstance instance;
    std::vector<CellId> cells;
  };
  const std::vector<OpenAxiom>& open_axioms() const { return open_axioms_; }
  // Open axioms that share cells, also through others, are a group: what one of them binds depends
  // on no other group. kNone: no open axiom ties this cell.
  std::uint32_t axiom_group(CellId cell) const {
    return axiom_group_.empty() ? kNone : axiom_group_[cell];
  }
  // Indices into open_axioms, ascending.
  const std::vector<std::size_t>& axioms_of_group(std::uint32_t group) const {
    return groups_[group];
  }
  Truth axiom_truth(const AxiomInstance& instance) const;
  std::vector<CellId> axiom_cells(const AxiomInstance& instance) const;
  std::vector<std::string> closed_facts() const;
  // A group that holds only through a leaf, with every leaf out, is an input error.
  void check_groups(Diagnostics& problems) const;
  // The input error of an axiom that no completion can keep: its text and the answers it names.
  Diagnostic contradiction(const AxiomInstance& instance) const;

  const Determination* determination(std::uint32_t concept_index, Binding at, Day day) const;
  // On some day; a filter over all days must not rely on the rules then.
  bool ever_determined(std::uint32_t concept_index) const {
    return !by_concept_[concept_index].empty();
  }
  const std::vector<Determination>& determinations() const { return record_.determinations; }

 private:
  friend class Propagation;
  void guard_cells(CellId cell, std::vector<CellId>& out) const;
  void condition_cells(std::uint32_t node, Binding at, std::vector<CellId>& out) const;
  void place_answers();
  void list_axioms();
  void group_open_axioms();
  void settle(Diagnostics& problems);
  bool close_world();

  const Program& program_;
  const Record& record_;
  std::uint32_t facts_ = 0;
  int deployments_ = 1;
  bool models_open_ = false;
  std::vector<Cell> cells_;
  std::vector<Interval> ranges_;
  std::vector<MemberState> member_states_;
  std::vector<MemberSet> enum_states_;
  std::vector<AxiomInstance> instances_;
  std::vector<OpenAxiom> open_axioms_;
  std::vector<std::uint32_t> axiom_group_;  // by cell; empty: no axiom is open
  std::vector<std::vector<std::size_t>> groups_;
  std::vector<std::vector<const Determination*>> by_concept_;
  std::string no_currency_;
};

}  // namespace pandect
