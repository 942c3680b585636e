#include "checks/analysis_grounds.h"

namespace pandect {

const Grounds::Cells& Grounds::of(std::uint32_t node, Binding at) {
  at = evaluation_.kleene().narrow(program_.nodes[node], at);
  const Evaluation::Key key{node, at};
  if (const auto found = memo_.find(key); found != memo_.end()) return found->second;
  return memo_.emplace(key, compute(node, at)).first->second;
}

Grounds::Cells Grounds::compute(std::uint32_t index, Binding at) {
  const Node& node = program_.nodes[index];
  const auto children = program_.list(node.children);
  const Truth whole = evaluation_.kleene().evaluate(index, at);
  Cells cells;
  switch (node.op) {
    case Op::true_:
    case Op::false_:
    case Op::in_date:
      return cells;
    case Op::and_:
    case Op::or_:
      return junction(node, at, whole);
    case Op::not_:
      return of(children[0], at);
    case Op::at_least:
      for (const std::uint32_t child : children) {
        const Cells& each = of(child, at);
        cells.insert(each.begin(), each.end());
      }
      return cells;
    case Op::concept_:
      if (knowledge_.determination(node.a, at, evaluation_.kleene().moment().day) != nullptr)
        return cells;
      return of(children[0], at);
    case Op::burden:
      // Shown or refuted by the answers; else any of what it reads may come to show it.
      if (evaluation_.kleene().evaluate(children[0], at) != Truth::unknown)
        return of(children[0], at);
      everything(children[0], at, cells);
      return cells;
    case Op::any_model:
    case Op::all_models:
    case Op::any_deployment:
    case Op::all_deployments:
      return quantifier(node, at, whole);
    case Op::fact:
    case Op::has:
    case Op::one_of:
    case Op::text_equal:
      leaf(node, at, whole, cells);
      return cells;
    default:
      everything(index, at, cells);
      return cells;
  }
}

// One child is reason enough for a false `and` or a true `or`: the one that rests on the fewest.
Grounds::Cells Grounds::junction(const Node& node, Binding at, Truth whole) {
  const Truth decisive = truth_of(node.op == Op::or_);
  Cells cells;
  const Cells* best = nullptr;
  for (const std::uint32_t child : program_.list(node.children)) {
    if (whole == decisive) {
      if (evaluation_.kleene().evaluate(child, at) != whole) continue;
      const Cells& each = of(child, at);
      if (best == nullptr || each.size() < best->size()) best = &each;
    } else {
      const Cells& each = of(child, at);
      cells.insert(each.begin(), each.end());
    }
  }
  return best != nullptr ? *best : cells;
}

Grounds::Cells Grounds::quantifier(const Node& node, Binding at, Truth whole) {
  const bool model = node.op == Op::any_model || node.op == Op::all_models;
  const bool any = node.op == Op::any_model || node.op == Op::any_deployment;
  const std::uint32_t body = program_.links[node.children.first];
  const int count = model ? knowledge_.models() : knowledge_.deployments();
  Cells cells;
  for (int i = 0; i < count; ++i) {
    Binding inner = at;
    (model ? inner.model : inner.deployment) = i;
    const bool decisive = whole == truth_of(any);
    if (decisive && evaluation_.kleene().evaluate(body, inner) != whole) continue;
    const Cells& each = of(body, inner);
    cells.insert(each.begin(), each.end());
    if (decisive) break;
  }
  return cells;
}

void Grounds::leaf(const Node& node, Binding at, Truth whole, Cells& cells) {
  const CellId cell = knowledge_.resolve(node.a, node.amount, at);
  const std::uint32_t guard = knowledge_.guard_node(cell);
  if (guard != kNone) {
    const Binding where = knowledge_.binding_of(cell);
    const Truth holds = evaluation_.kleene().evaluate(guard, where);
    if (whole == Truth::false_ && holds == Truth::false_) {
      const Cells& reason = of(guard, where);
      cells.insert(reason.begin(), reason.end());
      return;
    }
    if (whole != Truth::false_) {
      const Cells& reason = of(guard, where);
      cells.insert(reason.begin(), reason.end());
    }
  }
  place(node.a, node.amount, at, cells);
}

// The cell that answers a fact, and the cells on the way to it that would answer first.
void Grounds::place(std::uint32_t fact, std::int32_t slot, Binding at, Cells& cells) const {
  const CellId last = knowledge_.resolve(fact, slot, at);
  for (int steps = 0; steps < 8; ++steps) {
    const CellId cell = knowledge_.cell_id(fact, slot, at);
    cells.insert(cell);
    const Fact& found = program_.facts[fact];
    if (found.default_if != kNone) everything(found.default_if, at, cells);
    if (cell == last || found.default_fact == kNone) break;
    const bool model = knowledge_.binding_of(cell).model >= 0;
    fact = found.default_fact;
    slot = knowledge_.slot_of(fact, model);
  }
  cells.insert(last);
}

void Grounds::everything(std::uint32_t root, Binding at, Cells& cells) const {
  std::set<Evaluation::Key> seen;
  const auto walk = [&](std::uint32_t index, Binding where, const auto& go) -> void {
    const Node& node = program_.nodes[index];
    where = evaluation_.kleene().narrow(node, where);
    if (!seen.insert({index, where}).second) return;
    const bool model = node.op == Op::any_model || node.op == Op::all_models;
    if (model || node.op == Op::any_deployment || node.op == Op::all_deployments) {
      const int count = model ? knowledge_.models() : knowledge_.deployments();
      for (int i = 0; i < count; ++i) {
        Binding inner = where;
        (model ? inner.model : inner.deployment) = i;
        go(program_.links[node.children.first], inner, go);
      }
      return;
    }
    switch (node.op) {
      case Op::fact:
      case Op::has:
      case Op::one_of:
      case Op::text_equal:
      case Op::known:
      case Op::fact_number:
      case Op::count: {
        place(node.a, node.amount, where, cells);
        const CellId cell = knowledge_.resolve(node.a, node.amount, where);
        if (const std::uint32_t guard = knowledge_.guard_node(cell); guard != kNone)
          go(guard, knowledge_.binding_of(cell), go);
        return;
      }
      case Op::concept_number: {
        const Concept& amount = program_.concepts[node.a];
        for (std::uint32_t i = amount.rules.first; i < amount.rules.first + amount.rules.count;
             ++i) {
          go(program_.rules[i].applies, where, go);
          if (amount.type != FactType::enumeration && program_.rules[i].then != kNone)
            go(program_.rules[i].then, where, go);
        }
        return;
      }
      default:
        break;
    }
    for (const std::uint32_t child : program_.list(node.children)) go(child, where, go);
  };
  walk(root, at, walk);
}

void Grounds::with_guard(CellId cell, Cells& cells) const {
  cells.insert(cell);
  if (const std::uint32_t guard = knowledge_.guard_node(cell); guard != kNone)
    everything(guard, knowledge_.binding_of(cell), cells);
}

bool Grounds::stated(CellId cell) const {
  const Cell& found = knowledge_.cell(cell);
  return found.answer != nullptr && found.axiom == kNone && knowledge_.single(cell);
}

// Stated answers stand on their own; through all others an axiom may pass on a change.
void Grounds::close(Cells& cells) const {
  Cells open;
  for (const CellId cell : cells) {
    if (!stated(cell)) open.insert(cell);
  }
  const Cells more = tied(open);
  cells.insert(more.begin(), more.end());
}

Grounds::Cells Grounds::tied(const Cells& cells) const {
  Cells found = cells, seen;
  std::vector<CellId> todo(cells.begin(), cells.end());
  std::vector<Cells> groups;
  for (const auto& instance : knowledge_.axioms()) {
    Cells group;
    for (const CellId cell : knowledge_.axiom_cells(instance)) with_guard(cell, group);
    groups.push_back(std::move(group));
  }
  while (!todo.empty()) {
    const CellId cell = todo.back();
    todo.pop_back();
    if (!seen.insert(cell).second) continue;
    for (const Cells& group : groups) {
      if (group.count(cell) == 0) continue;
      for (const CellId other : group) {
        if (found.insert(other).second && !stated(other)) todo.push_back(other);
      }
    }
  }
  return found;
}

}  // namespace pandect
