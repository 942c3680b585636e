#include "bulk/translator.h"

#include "language/expression.h"
#include "packs/compiler.h"

#include <algorithm>

namespace pandect::bulk {

Translator::Translator(Plan& plan)
    : plan_(plan),
      program_(*plan.program_),
      cells_(*plan.cells_),
      kleene_(*plan.cells_, {plan.day_, plan.day_, false}) {}

std::size_t Translator::registered() const {
  return slots_.size() + plan_.input_vectors_ + cuts_.size() + columns_.size();
}

// Which vectors axioms change is known only once all have been translated, so everything is
// translated again until nothing new is named.
void Translator::run() {
  plan_.parts_.resize(plan_.cell_count());
  const std::uint32_t roots = static_cast<std::uint32_t>(plan_.roots_.size());
  struct Part {
    std::unique_ptr<Circuit> circuit;
    std::vector<std::pair<std::uint32_t, Value>> stores;
    bool repeat;
  };
  std::vector<Part> parts;
  const auto section = [&](bool repeat, auto build) {
    parts.push_back({std::make_unique<Circuit>(), {}, repeat});
    begin(*parts.back().circuit);
    build();
    parts.back().stores = stores();
  };
  const auto axioms = [&] {
    for (std::uint32_t i = 0; i < components_; ++i) section(true, [&] { propagate(i); });
  };
  component_.assign(cells_.axioms().size(), 0);
  read_.resize(component_.size());
  written_.resize(component_.size());
  std::size_t before = 0;
  do {
    before = registered();
    parts.clear();
    section(false, [&] { first_values(); });
    axioms();
    if (plan_.shape_.closed_world) {
      section(false, [&] { close(); });
      section(true, [&] { reopen(); });
      axioms();
    }
    section(false, [&] { check_groups(); });
    section(false, [&] { results(); });
  } while (find_components() || registered() != before);

  plan_.sorted_.resize(columns_.size());
  plan_.column_cells_.resize(columns_.size());
  plan_.currencies_.resize(columns_.size());
  for (const auto& [key, column] : columns_) {
    plan_.column_cells_[column] = key.first;
    plan_.currencies_[column] = key.second;
    for (const Cut& each : cuts_) {
      if (each.column == column) plan_.sorted_[column].push_back(each);
    }
    auto& sorted = plan_.sorted_[column];
    std::sort(sorted.begin(), sorted.end(), [](const Cut& a, const Cut& b) {
      return a.at != b.at ? a.at < b.at : a.above < b.above;
    });
    if (sorted.size() > 126) plan_.all_slow_ = true;  // a code has seven bits
  }
  Circuit::Layout layout;
  layout.kept = next_slot_ + roots;
  for (const std::uint32_t each : plan_.results_open_) layout.kept += each != kNone ? 1 : 0;
  for (const Cut& each : cuts_) {
    const auto& sorted = plan_.sorted_[each.column];
    std::size_t code = 0;
    while (sorted[code].at != each.at || sorted[code].above != each.above) ++code;
    layout.cuts.emplace_back(2 * plan_.input_vectors_ + 16 * each.column,
                             static_cast<std::uint8_t>(std::min<std::size_t>(code, 126)));
  }
  for (const Part& each : parts) {
    if (!each.stores.empty())
      plan_.sections_.push_back(each.circuit->assemble(each.stores, layout, each.repeat));
  }
  plan_.work_vectors_ = layout.kept + layout.temporaries;
  plan_.slow_nodes_.assign(slow_nodes_.begin(), slow_nodes_.end());
}

void Translator::begin(Circuit& circuit) {
  circuit_ = &circuit;
  now_.clear();
  memo_.clear();
  failures_.clear();
}

std::vector<std::pair<std::uint32_t, Value>> Translator::stores() {
  std::vector<std::pair<std::uint32_t, Value>> list;
  if (!failures_.empty()) {
    failures_.push_back(negate(sound()));
    now_[plan_.contradiction()] = circuit_->either(failures_);
  }
  for (const auto& [slot, value] : now_) {
    // A vector that is only read stays.
    if (value == circuit_->kept(slot, circuit_->two_valued(value)) && slot >= 2) continue;
    list.emplace_back(slot, value);
  }
  return list;
}

void Translator::first_values() {
  now_[plan_.contradiction()] = kFalse;
  for (const auto& [key, slot] : slots_) {
    const auto& [kind, cell, index] = key;
    switch (kind) {
      case State::forced:
        now_[slot] = kUnknown;
        break;
      case State::closed:
        now_[slot] = kFalse;
        break;
      case State::member:
        now_[slot] = input(cell, {Part::Kind::member, false, 0, index, {}, {}});
        break;
      case State::possible:
        now_[slot] =
            negate(circuit_->is_true(input(cell, {Part::Kind::excluded, false, 0, index, {}, {}})));
        break;
      case State::cut:
        now_[slot] = circuit_->cut(cuts_[index].column, index);
        break;
    }
  }
}

void Translator::results() {
  const auto roots = static_cast<std::uint32_t>(plan_.roots_.size());
  std::uint32_t used = 0;
  plan_.results_.assign(roots, kNone);
  plan_.results_open_.assign(roots, kNone);
  for (std::uint32_t i = 0; i < roots; ++i) {
    const Root& root = plan_.roots_[i];
    const bool burden = (program_.nodes[root.node].flags & kHasBurden) != 0;
    for (const bool open : {false, true}) {
      if (open && !burden) continue;
      open_burdens_ = open;
      std::vector<Value> places;
      for (const Binding at : bindings_of(root, plan_.shape_))
        places.push_back(evaluate(root.node, at));
      const std::uint32_t slot = next_slot_ + used++;
      (open ? plan_.results_open_ : plan_.results_)[i] = slot;
      now_[slot] = circuit_->either(places);
    }
  }
  open_burdens_ = false;
}

Value Translator::evaluate(std::uint32_t index, Binding at) {
  const Node& node = program_.nodes[index];
  at = kleene_.narrow(node, at);
  const bool open = open_burdens_ && (node.flags & kHasBurden) != 0;
  const std::tuple key{index, at.deployment, at.model, open};
  if (const auto found = memo_.find(key); found != memo_.end()) return found->second;
  const Value result = compute(node, index, at);
  memo_.emplace(key, result);
  return result;
}

Value Translator::compute(const Node& node, std::uint32_t index, Binding at) {
  const auto children = program_.list(node.children);
  switch (node.op) {
    case Op::true_:
      return kTrue;
    case Op::false_:
      return kFalse;
    case Op::fact:
      return chosen(resolve(node.a, node.amount, at), [&](CellId c) { return effective(c); });
    case Op::and_:
    case Op::or_:
    case Op::at_least: {
      std::vector<Value> values;
      for (const std::uint32_t child : children) values.push_back(evaluate(child, at));
      if (node.op == Op::and_) return circuit_->both(std::move(values));
      if (node.op == Op::or_) return circuit_->either(std::move(values));
      return threshold(values, node.amount);
    }
    case Op::not_:
      return negate(evaluate(children[0], at));
    case Op::compare:
      return compare(node, index, at);
    case Op::one_of:
      return chosen(resolve(node.a, node.amount, at), [&](CellId c) { return one_of(node, c); });
    case Op::text_equal:
      return chosen(resolve(node.a, node.amount, at), [&](CellId c) {
        Part part{Part::Kind::text_equal, false, 0, node.b, {}, {}};
        part.negative = node.comparison != static_cast<std::uint8_t>(language::Comparison::equal);
        return circuit_->both(guard(c), input(c, part));
      });
    case Op::has:
      return chosen(resolve(node.a, node.amount, at),
                    [&](CellId c) { return circuit_->both(guard(c), member(c, node.b)); });
    case Op::known:
      return known(node, at);
    case Op::concept_:
      return evaluate(children[0], at);
    case Op::in_date:
      return kleene_.in_date(program_.rules[node.a]) ? kTrue : kFalse;
    case Op::burden: {
      const Value body = evaluate(children[0], at);
      return open_burdens_ ? body : circuit_->is_true(body);
    }
    case Op::any_model:
    case Op::all_models:
    case Op::any_deployment:
    case Op::all_deployments:
      return quantifier(node, at);
    default:
      return kUnknown;
  }
}

Value Translator::quantifier(const Node& node, Binding at) {
  const bool model = node.op == Op::any_model || node.op == Op::all_models;
  const bool any = node.op == Op::any_model || node.op == Op::any_deployment;
  const int count = model ? plan_.shape_.models : plan_.shape_.deployments;
  std::vector<Value> values;
  if (model && plan_.shape_.models_open) values.push_back(kUnknown);
  for (int i = 0; i < count; ++i) {
    Binding inner = at;
    (model ? inner.model : inner.deployment) = i;
    values.push_back(evaluate(program_.links[node.children.first], inner));
  }
  return any ? circuit_->either(std::move(values)) : circuit_->both(std::move(values));
}

// At least so many, by counting upwards: exact on either plane, since it never negates.
Value Translator::threshold(const std::vector<Value>& values, int needed) {
  if (needed <= 0) return kTrue;
  if (needed > static_cast<int>(values.size())) return kFalse;
  const auto most = static_cast<std::size_t>(needed);
  std::vector<Value> reached(most + 1, kFalse);
  reached[0] = kTrue;
  for (const Value each : values) {
    for (std::size_t i = most; i > 0; --i)
      reached[i] = circuit_->either(reached[i], circuit_->both(reached[i - 1], each));
  }
  return reached[most];
}

Value Translator::one_of(const Node& node, CellId cell) {
  MemberSet wanted;
  for (const std::uint32_t each : program_.list(node.children)) wanted.set(each);
  const bool negative = node.comparison != 0;
  const std::uint32_t count = members_of(cell);
  Value raw = kUnknown;
  if (has(State::possible, cell)) {
    std::vector<Value> inside, outside;
    for (std::uint32_t i = 0; i < count; ++i)
      (wanted[i] ? inside : outside).push_back(possible(cell, i));
    raw = circuit_->join(negate(circuit_->either(outside)), circuit_->either(inside));
    if (negative) raw = bulk::negate(raw);
  } else if (wanted.count() == count) {
    raw = negative ? kFalse : kTrue;
  } else {
    raw = input(cell, {Part::Kind::one_of, negative, 0, 0, {}, wanted});
  }
  return circuit_->both(raw, applies(cell));
}

Value Translator::known(const Node& node, Binding at) {
  return chosen(resolve(node.a, node.amount, at), [&](CellId c) {
    const Fact& fact = fact_of(c);
    const Value asked = guard(c);
    std::vector<Value> ways{circuit_->is_false(asked)};
    if (fact.type == FactType::boolean) {
      ways.push_back(circuit_->is_true(effective(c)));
      ways.push_back(circuit_->is_true(forced(c)));
      ways.push_back(circuit_->is_false(forced(c)));
      ways.push_back(circuit_->is_false(raw(c)));
      return circuit_->either(std::move(ways));
    }
    Value single = kTrue, settled = circuit_->is_true(asked);
    if (fact.type == FactType::set) {
      std::vector<Value> out;
      for (std::uint32_t i = 0; i < fact.members.count; ++i) {
        single = circuit_->both(single, negate(circuit_->is_unknown(member(c, i))));
        out.push_back(negate(circuit_->is_true(member(c, i))));
      }
      settled = circuit_->either(settled, circuit_->both(std::move(out)));
    } else {
      single = circuit_->is_true(input(c, {Part::Kind::single, false, 0, 0, {}, {}}));
      settled = circuit_->either(settled, circuit_->is_false(exists(c)));
      for (std::uint32_t i = 0; has(State::possible, c) && i < fact.members.count; ++i) {
        std::vector<Value> alone{possible(c, i), circuit_->is_true(exists(c))};
        for (std::uint32_t j = 0; j < fact.members.count; ++j) {
          if (j != i) alone.push_back(negate(possible(c, j)));
        }
        single = circuit_->either(single, circuit_->both(std::move(alone)));
      }
      for (const Tie& tie : plan_.ties_) {  // narrowed to a point, perhaps
        if (tie.left == c || tie.right == c) plan_.slow_[tie.left] = plan_.slow_[tie.right] = 1;
      }
    }
    ways.push_back(circuit_->both(single, settled));
    return circuit_->either(std::move(ways));
  });
}

std::vector<Translator::Choice> Translator::resolve(std::uint32_t index, std::int32_t slot,
                                                    Binding at) {
  const CellId own = cells_.cell_id(index, slot, at);
  const Fact& fact = program_.facts[index];
  if (fact.default_fact == kNone) return {{kTrue, own}};
  Value stays = circuit_->either(stated(own), negate(circuit_->is_unknown(forced(own))));
  if (fact.default_if != kNone)
    stays = circuit_->either(stays, negate(circuit_->is_true(evaluate(fact.default_if, at))));
  std::vector<Choice> choices{{stays, own}};
  for (const Choice& each :
       resolve(fact.default_fact, cells_.slot_of(fact.default_fact, slot == kAtModel), at))
    choices.push_back({circuit_->both(negate(stays), each.where), each.cell});
  return choices;
}

// Cells

const Fact& Translator::fact_of(CellId cell) const { return program_.facts[cells_.fact_of(cell)]; }

bool Translator::has(State kind, CellId cell, std::uint32_t index) const {
  return slots_.count({kind, cell, index}) > 0;
}

Value Translator::get(State kind, CellId cell, std::uint32_t index) {
  const auto [found, fresh] = slots_.try_emplace({kind, cell, index}, next_slot_);
  if (fresh) ++next_slot_;
  if (axiom_ != kNone) read_[axiom_].insert(found->second);
  const auto [now, first] = now_.try_emplace(found->second, 0);
  const bool two = kind == State::closed || kind == State::possible;
  if (first) now->second = circuit_->kept(found->second, two);
  return now->second;
}

void Translator::set(State kind, CellId cell, std::uint32_t index, Value value) {
  if (get(kind, cell, index) == value) return;
  const std::uint32_t slot = slots_.at({kind, cell, index});
  if (axiom_ != kNone) written_[axiom_].insert(slot);
  now_[slot] = value;
  memo_.clear();
}

Value Translator::input(CellId cell, Part part) {
  auto& parts = plan_.parts_[cell];
  for (const Part& each : parts) {
    if (each.kind == part.kind && each.index == part.index && each.negative == part.negative &&
        each.wanted == part.wanted)
      return circuit_->input(each.place);
  }
  part.place = plan_.input_vectors_++;
  parts.push_back(part);
  return circuit_->input(part.place);
}

bool Translator::closable(CellId cell) const {
  const Fact& fact = fact_of(cell);
  return plan_.shape_.closed_world && fact.never_closed == 0 && fact.default_fact == kNone &&
         (fact.type == FactType::boolean || fact.type == FactType::set);
}

Value Translator::guard(CellId cell) {
  const std::uint32_t node = cells_.guard_node(cell);
  return node == kNone ? kTrue : evaluate(node, cells_.binding_of(cell));
}
Value Translator::stated(CellId cell) {
  return circuit_->is_true(input(cell, {Part::Kind::stated, false, 0, 0, {}, {}}));
}
Value Translator::closed(CellId cell) { return closable(cell) ? get(State::closed, cell) : kFalse; }
Value Translator::forced(CellId cell) {
  return has(State::forced, cell) ? get(State::forced, cell) : kUnknown;
}
Value Translator::raw(CellId cell) {
  return circuit_->both(input(cell, {Part::Kind::truth, false, 0, 0, {}, {}}),
                        negate(closed(cell)));
}
Value Translator::effective(CellId cell) {
  return circuit_->over(forced(cell), circuit_->both(raw(cell), guard(cell)));
}
Value Translator::exists(CellId cell) {
  if (fact_of(cell).optional == 0) return kTrue;
  return input(cell, {Part::Kind::exists, false, 0, 0, {}, {}});
}
Value Translator::member(CellId cell, std::uint32_t index) {
  const Value own = has(State::member, cell, index)
                        ? get(State::member, cell, index)
                        : input(cell, {Part::Kind::member, false, 0, index, {}, {}});
  // What axioms put in stays in where the world is closed.
  return circuit_->both(own, circuit_->either(negate(closed(cell)), circuit_->is_true(own)));
}
Value Translator::possible(CellId cell, std::uint32_t index) {
  return get(State::possible, cell, index);
}

std::uint32_t Translator::cut_id(CellId cell, const std::string& currency, const Number& at,
                                 bool above) {
  const auto [column, fresh] =
      columns_.try_emplace({cell, currency}, static_cast<std::uint32_t>(columns_.size()));
  if (fresh)
    plan_.parts_[cell].push_back({Part::Kind::column, false, column->second, 0, currency, {}});
  for (std::uint32_t i = 0; i < cuts_.size(); ++i) {
    if (cuts_[i].column == column->second && cuts_[i].at == at && cuts_[i].above == above) return i;
  }
  cuts_.push_back({column->second, at, above});
  return static_cast<std::uint32_t>(cuts_.size() - 1);
}

Value Translator::cut(std::uint32_t id) {
  if (has(State::cut, 0, id)) return get(State::cut, 0, id);
  return circuit_->cut(cuts_[id].column, id);
}
Value Translator::cut(CellId cell, const std::string& currency, const Number& at, bool above) {
  return cut(cut_id(cell, currency, at, above));
}

}  // namespace pandect::bulk
