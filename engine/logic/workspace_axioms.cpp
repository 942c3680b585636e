// What restricts the completions of a workspace: axioms, and statements on groups of members.
#include "language/expression.h"
#include "logic/workspace.h"

#include <algorithm>
#include <numeric>

namespace pandect {

using language::Comparison;

Workspace::Ref Workspace::statement(CellId cell) {
  const Fact& fact = program_.facts[knowledge_.fact_of(cell)];
  Ref result = Diagrams::kTrue;
  if (fact.type != FactType::set) return result;
  const MemberState state = knowledge_.members(cell);
  for (std::uint32_t i = 0; i < fact.members.count; ++i) {
    const Member& member = program_.members[fact.members.first + i];
    if (!state.in[i] || member.abstract == 0 || member.has_children == 0) continue;
    result = diagrams_.both(result, has_raw(cell, i));
  }
  return result;
}

Workspace::Ref Workspace::axiom(const AxiomInstance& instance) {
  const Axiom& axiom = program_.axioms[instance.axiom];
  if (axiom.kind == AxiomKind::formula) return build(axiom.node, instance.at);
  const bool model = axiom.scopes == kModel;
  const CellId left =
      knowledge_.resolve(axiom.left, knowledge_.slot_of(axiom.left, model), instance.at);
  const CellId right =
      knowledge_.resolve(axiom.right, knowledge_.slot_of(axiom.right, model), instance.at);
  use(left);
  use(right);
  const Ref left_holds = guarded(left, Diagrams::kTrue),
            right_holds = guarded(right, Diagrams::kTrue);
  Ref result = Diagrams::kTrue;
  if (axiom.kind == AxiomKind::at_least) {
    std::vector<CellId> open;
    assigned_.clear();
    assigned_[left] = fixed(left);
    assigned_[right] = fixed(right);
    for (const CellId cell : {left, right}) {
      if (!knowledge_.single(cell)) {
        const auto saved = assigned_;
        number_variable(cell);
        assigned_ = saved;
        open.push_back(cell);
      }
    }
    std::sort(open.begin(), open.end(),
              [&](CellId a, CellId b) { return numbers_[a].variable < numbers_[b].variable; });
    const Ref order = table(open, 0, [&]() -> Ref {
      const NumberValue &a = assigned_[left], &b = assigned_[right];
      if (a.never || b.never || a.currency != b.currency) return Diagrams::kTrue;
      const Truth value =
          compare_intervals(static_cast<std::uint8_t>(Comparison::greater_equal), a, b);
      return value == Truth::false_ ? Diagrams::kFalse : Diagrams::kTrue;
    });
    assigned_.clear();
    result = diagrams_.either(order, diagrams_.negate(diagrams_.both(left_holds, right_holds)));
  } else if (axiom.kind == AxiomKind::subset_of) {
    const MemberState state = knowledge_.members(left);
    for (std::uint32_t i = 0; i < program_.facts[axiom.left].members.count; ++i) {
      if (state.out[i]) continue;
      const std::uint32_t same = knowledge_.counterpart(axiom.left, i, axiom.right);
      const Ref part = guarded(left, has(left, i)), whole = guarded(right, has(right, same));
      result = diagrams_.both(result, diagrams_.either(diagrams_.negate(part), whole));
    }
  } else {
    const bool never = knowledge_.is_never(right);
    if (never) return result;
    const MemberVariable& entry = member_variable(right);
    Ref holds = Diagrams::kFalse;
    for (std::uint32_t i = 0; i < entry.values.size(); ++i) {
      const Ref chosen = diagrams_.test(entry.variable, i);
      const Ref inside =
          entry.values[i] == kNone
              ? Diagrams::kTrue
              : has(left, knowledge_.counterpart(axiom.right, entry.values[i], axiom.left));
      holds = diagrams_.either(
          holds, diagrams_.both(entry.values.size() == 1 ? Diagrams::kTrue : chosen, inside));
    }
    result = diagrams_.either(holds, diagrams_.negate(diagrams_.both(left_holds, right_holds)));
  }
  return result;
}

// Truth of an axiom's condition if the answer in `cell` were `value` (a set: empty), all else as
// known.
Truth Workspace::with(std::uint32_t index, Binding at, CellId cell, Truth value) const {
  const Node& node = program_.nodes[index];
  const auto children = program_.list(node.children);
  switch (node.op) {
    case Op::and_:
    case Op::or_: {
      const Truth decisive = truth_of(node.op == Op::or_);
      bool open = false;
      for (const std::uint32_t child : children) {
        const Truth each = with(child, at, cell, value);
        if (each == decisive) return decisive;
        open = open || each == Truth::unknown;
      }
      return open ? Truth::unknown : negate(decisive);
    }
    case Op::not_:
      return negate(with(children[0], at, cell, value));
    case Op::fact:
    case Op::has: {
      if (knowledge_.resolve(node.a, node.amount, at) != cell) break;
      if (node.op == Op::has) {
        const bool listed = knowledge_.members(cell).in[node.b];
        return listed ? evaluation_.kleene_.evaluate(index, at) : Truth::false_;
      }
      if (value == Truth::false_) return Truth::false_;
      return evaluation_.kleene_.guard_truth(cell) == Truth::true_ ? Truth::true_ : Truth::unknown;
    }
    default:
      break;
  }
  return evaluation_.kleene_.evaluate(index, at);
}

bool Workspace::escapes(CellId cell, Truth value, const std::vector<std::size_t>& axioms) const {
  for (const std::size_t each : axioms) {
    const auto& open = knowledge_.open_axioms()[each];
    if (std::find(open.cells.begin(), open.cells.end(), cell) == open.cells.end()) continue;
    const Axiom& axiom = program_.axioms[open.instance.axiom];
    if (axiom.kind == AxiomKind::formula) {
      if (with(axiom.node, open.instance.at, cell, value) != Truth::true_) return false;
      continue;
    }
    const bool model = axiom.scopes == kModel;
    const CellId left =
        knowledge_.resolve(axiom.left, knowledge_.slot_of(axiom.left, model), open.instance.at);
    const bool empty_part =
        axiom.kind == AxiomKind::subset_of && left == cell && knowledge_.members(cell).in.none();
    if (!empty_part) return false;
  }
  return true;
}

// Those of the groups of which a cell has been used; no other can bind it.
std::vector<std::size_t> Workspace::axioms_in_reach() const {
  std::vector<std::size_t> axioms;
  if (all_axioms_) {
    axioms.resize(knowledge_.open_axioms().size());
    std::iota(axioms.begin(), axioms.end(), std::size_t{0});
    return axioms;
  }
  std::set<std::uint32_t> groups;
  for (const CellId cell : used_) {
    if (const std::uint32_t group = knowledge_.axiom_group(cell); group != kNone)
      groups.insert(group);
  }
  for (const std::uint32_t group : groups) {
    const auto& list = knowledge_.axioms_of_group(group);
    axioms.insert(axioms.end(), list.begin(), list.end());
  }
  std::sort(axioms.begin(), axioms.end());
  return axioms;
}

// Axioms that can bind the conditions built so far. A fact outside them that keeps all its axioms
// by one answer frees them: no completion is lost and no minimal difference needs it.
std::vector<std::size_t> Workspace::binding_axioms() const {
  std::vector<std::size_t> left = axioms_in_reach();
  bool dropped = true;
  while (dropped) {
    dropped = false;
    std::set<CellId> cells;
    for (const std::size_t each : left) {
      for (const CellId cell : knowledge_.open_axioms()[each].cells) {
        if (used_.count(cell) == 0) cells.insert(cell);
      }
    }
    for (const CellId cell : cells) {
      const FactType type = program_.facts[knowledge_.fact_of(cell)].type;
      const bool set = type == FactType::set;
      if (!set && (type != FactType::boolean || knowledge_.raw_truth(cell) != Truth::unknown))
        continue;
      if (set && statement_open(cell)) continue;
      if (knowledge_.cell(cell).forced != Truth::unknown)
        continue;  // an axiom has spoken: not free
      if (!escapes(cell, Truth::false_, left) && (set || !escapes(cell, Truth::true_, left)))
        continue;
      const auto holds = [&](std::size_t each) {
        const auto& list = knowledge_.open_axioms()[each].cells;
        return std::find(list.begin(), list.end(), cell) != list.end();
      };
      left.erase(std::remove_if(left.begin(), left.end(), holds), left.end());
      dropped = true;
    }
  }
  return left;
}

Workspace::Ref Workspace::statements() {
  Ref result = Diagrams::kTrue;
  const std::vector<CellId> now(used_.begin(), used_.end());
  for (const CellId cell : now) result = diagrams_.both(result, statement(cell));
  return result;
}

// A group that is in through a member still to be named cannot be emptied.
bool Workspace::statement_open(CellId cell) const {
  const Fact& fact = program_.facts[knowledge_.fact_of(cell)];
  const MemberState state = knowledge_.members(cell);
  for (std::uint32_t i = 0; i < fact.members.count; ++i) {
    const Member& member = program_.members[fact.members.first + i];
    if (state.in[i] && member.abstract != 0 && member.has_children != 0) return true;
  }
  return false;
}

Workspace::Ref Workspace::constraint() {
  Ref result = Diagrams::kTrue;
  std::vector<bool> taken(knowledge_.open_axioms().size(), false);
  std::set<CellId> stated;
  bool grew = true;
  while (grew && !exhausted()) {
    grew = false;
    const std::vector<CellId> now(used_.begin(), used_.end());
    for (const CellId cell : now) {
      if (stated.insert(cell).second) result = diagrams_.both(result, statement(cell));
    }
    for (const std::size_t i : binding_axioms()) {
      if (taken[i]) continue;
      const auto& open = knowledge_.open_axioms()[i];
      bool touches = false;
      for (const CellId cell : open.cells) touches = touches || used_.count(cell) > 0;
      if (!touches) continue;
      taken[i] = grew = true;
      result = diagrams_.both(result, axiom(open.instance));
      break;  // what is used has grown: look again which axioms bind
    }
    grew = grew || used_.size() != now.size();
  }
  return result;
}

}  // namespace pandect
