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
  return slots_.size() + input_vectors_ + cuts_.size() + columns_.size();
}

// Which states axioms change is known only once all have been translated, so everything is
// translated again until nothing new is named.
void Translator::run() {
  plan_.parts_.resize(plan_.cell_count());
  std::unique_ptr<Circuit> circuit;
  std::size_t before = 0;
  do {
    before = registered();
    circuit = std::make_unique<Circuit>();
    translate(*circuit);
  } while (registered() != before);
  assemble_plan(*circuit);
  plan_.slow_nodes_.assign(slow_nodes_.begin(), slow_nodes_.end());
}

void Translator::translate(Circuit& circuit) {
  outputs_.assign(2, kNever);
  closing_done_ = false;
  state_axioms();
  circuit_ = &circuit;
  memo_.clear();
  now_.assign(slots_.size(), kUnknown);
  for (const auto& [key, slot] : slots_) {
    const auto& [kind, cell, index] = key;
    switch (kind) {
      case State::forced:
        break;
      case State::closed:
        now_[slot] = kFalse;
        break;
      case State::member:
        now_[slot] = stated_member(cell, index);
        break;
      case State::excluded:
        now_[slot] = settled(circuit_->all(mark(cell, Part::Kind::narrowed),
                                           complement(mark(cell, Part::Kind::possible, index))));
        break;
      case State::cut:
        now_[slot] = circuit_->cut(index);
        break;
    }
  }
  solve_axioms();
  if (plan_.shape_.closed_world) {
    close();
    reopen();
    for (const auto& [key, slot] : slots_) {
      const auto& [kind, cell, index] = key;
      if (kind == State::member) now_[slot] = member(cell, index);
    }
    solve_axioms();
  }
  closing_done_ = true;
  check_groups();
  check_states();
  if (plan_.weighs_axioms_) {
    std::vector<Plane> kept;
    for (const AxiomInstance& each : cells_.axioms()) kept.push_back(this->kept(each));
    outputs_[1] = complement(circuit_->all(std::move(kept)));
  }
  results();
}

// The axioms as equations between the planes of states.
void Translator::state_axioms() {
  equations_ = std::make_unique<Equations>();
  circuit_ = &equations_->circuit();
  stating_ = true;
  memo_.clear();
  failures_.clear();
  for (const AxiomInstance& each : cells_.axioms()) {
    const Axiom& axiom = program_.axioms[each.axiom];
    if (axiom.kind == AxiomKind::formula) {
      force(axiom.node, each.at, true, kAlways);
      continue;
    }
    if (axiom.kind == AxiomKind::at_least) {
      at_least(axiom, each.at);
      continue;
    }
    for (const Choice& left : answers(axiom.left, axiom, each.at)) {
      for (const Choice& right : answers(axiom.right, axiom, each.at)) {
        const Plane where = circuit_->all(left.where.yes, right.where.yes);
        if (axiom.kind == AxiomKind::contains) {
          contains(left.cell, right.cell, axiom, where);
        } else if (left.cell != right.cell) {
          subset(left.cell, right.cell, axiom, where);
        }
      }
    }
  }
  stating_ = false;
}

// From what the states are now to where the axioms drive them.
void Translator::solve_axioms() {
  std::vector<Plane> first(2 * slots_.size(), kNever);
  for (std::size_t i = 0; i < now_.size(); ++i) {
    first[2 * i] = now_[i].yes;
    first[2 * i + 1] = now_[i].no;
  }
  Equations::Solution solution = equations_->solve(first, *circuit_);
  for (const auto& [key, slot] : slots_) {
    const State kind = std::get<0>(key);
    const Plane yes = solution.unknown(2 * slot);
    now_[slot] = kind == State::excluded || kind == State::closed
                     ? settled(yes)
                     : Value{yes, solution.unknown(2 * slot + 1)};
  }
  memo_.clear();
  std::vector<Plane> failures{outputs_[0]};
  for (const Plane each : failures_) failures.push_back(solution(each));
  outputs_[0] = circuit_->any(std::move(failures));
}

// Thresholds of each column in order, and where each cut then lies.
std::vector<CutPlace> Translator::sort_cuts() {
  plan_.sorted_.assign(columns_.size(), {});
  plan_.column_cells_.resize(columns_.size());
  plan_.currencies_.resize(columns_.size());
  for (const auto& [key, column] : columns_) {
    plan_.column_cells_[column] = key.first;
    plan_.currencies_[column] = key.second;
  }
  for (const Cut& each : cuts_) plan_.sorted_[each.column].push_back(each);
  for (auto& sorted : plan_.sorted_) {
    std::sort(sorted.begin(), sorted.end(), [](const Cut& a, const Cut& b) {
      return a.at != b.at ? a.at < b.at : a.above < b.above;
    });
    if (sorted.size() > 126) plan_.all_slow_ = true;  // a code has seven bits
  }
  std::vector<CutPlace> places;
  for (const Cut& each : cuts_) {
    const auto& sorted = plan_.sorted_[each.column];
    std::size_t code = 0;
    while (sorted[code].at != each.at || sorted[code].above != each.above) ++code;
    places.push_back({each.column, static_cast<std::uint8_t>(std::min<std::size_t>(code, 126))});
  }
  return places;
}

void Translator::assemble_plan(const Circuit& circuit) {
  plan_.assembly_ = assemble(circuit, outputs_, sort_cuts());
  const auto& places = plan_.assembly_.outputs;
  plan_.contradiction_ = places[0];
  plan_.doubt_ = places[1];
  plan_.results_.clear();
  std::size_t at = 2;
  for (const Root& root : plan_.roots_) {
    Plan::Result result{places[at], places[at + 1]};
    at += 2;
    if ((program_.nodes[root.node].flags & kHasBurden) != 0) result.standing = places[at++];
    plan_.results_.push_back(result);
  }
}

void Translator::results() {
  for (const Root& root : plan_.roots_) {
    const bool burden = (program_.nodes[root.node].flags & kHasBurden) != 0;
    const auto value = [&](bool open) {
      open_burdens_ = open;
      std::vector<Value> places;
      for (const Binding at : bindings_of(root, plan_.shape_))
        places.push_back(evaluate(root.node, at));
      return circuit_->either(std::move(places));
    };
    const Value kept = value(false);
    outputs_.push_back(kept.yes);
    outputs_.push_back(kept.no);
    if (!burden) continue;
    const Value open = value(true);
    outputs_.push_back(circuit_->all(
        {circuit_->any(kept.yes, kept.no), complement(open.yes), complement(open.no)}));
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
      return bulk::negate(evaluate(children[0], at));
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
      return open_burdens_ ? body : settled(body.yes);
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
  if (has(State::excluded, cell)) {
    std::vector<Plane> inside, outside;
    for (std::uint32_t i = 0; i < count; ++i)
      (wanted[i] ? inside : outside).push_back(excluded(cell, i));
    raw = {circuit_->all(std::move(outside)), circuit_->all(std::move(inside))};
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
    std::vector<Plane> ways{asked.no};
    if (fact.type == FactType::boolean) {
      const Value forced = this->forced(c);
      ways.insert(ways.end(), {effective(c).yes, forced.yes, forced.no, raw(c).no});
      return settled(circuit_->any(std::move(ways)));
    }
    Plane single = kAlways, holds = asked.yes;
    if (fact.type == FactType::set) {
      std::vector<Plane> each_single, out;
      for (std::uint32_t i = 0; i < fact.members.count; ++i) {
        const Value each = member(c, i);
        each_single.push_back(circuit_->any(each.yes, each.no));
        out.push_back(complement(each.yes));
      }
      single = circuit_->all(std::move(each_single));
      holds = circuit_->any(holds, circuit_->all(std::move(out)));
    } else {
      std::vector<Plane> points{mark(c, Part::Kind::single)};
      holds = circuit_->any(holds, exists(c).no);
      for (std::uint32_t i = 0; has(State::excluded, c) && i < fact.members.count; ++i) {
        std::vector<Plane> alone{complement(excluded(c, i)), exists(c).yes};
        for (std::uint32_t j = 0; j < fact.members.count; ++j) {
          if (j != i) alone.push_back(excluded(c, j));
        }
        points.push_back(circuit_->all(std::move(alone)));
      }
      single = circuit_->any(std::move(points));
      for (const Tie& tie : plan_.ties_) {  // narrowed to a point, perhaps
        if (tie.left == c || tie.right == c) plan_.slow_[tie.left] = plan_.slow_[tie.right] = 1;
      }
    }
    ways.push_back(circuit_->all(single, holds));
    return settled(circuit_->any(std::move(ways)));
  });
}

std::vector<Translator::Choice> Translator::resolve(std::uint32_t index, std::int32_t slot,
                                                    Binding at) {
  const CellId own = cells_.cell_id(index, slot, at);
  const Fact& fact = program_.facts[index];
  if (fact.default_fact == kNone) return {{kTrue, own}};
  const Value forced = this->forced(own);
  Plane stays = circuit_->any({stated(own), forced.yes, forced.no});
  if (fact.default_if != kNone)
    stays = circuit_->any(stays, complement(evaluate(fact.default_if, at).yes));
  std::vector<Choice> choices{{settled(stays), own}};
  for (const Choice& each :
       resolve(fact.default_fact, cells_.slot_of(fact.default_fact, slot == kAtModel), at))
    choices.push_back({circuit_->both(settled(complement(stays)), each.where), each.cell});
  return choices;
}

}  // namespace pandect::bulk
