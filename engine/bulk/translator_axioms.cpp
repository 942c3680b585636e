// Axioms, as Propagation in logic/knowledge.cpp drives them, for all records of a block at once:
// `where` says for which records a step is taken. Records that contradict an axiom are noted and
// left alone.
#include "bulk/translator.h"

#include <algorithm>

namespace pandect::bulk {

void Translator::fail(Value where) {
  if (where != kFalse) failures_.push_back(where);
}

std::vector<Translator::Choice> Translator::answers(std::uint32_t fact, const Axiom& axiom,
                                                    Binding at) {
  return resolve(fact, cells_.slot_of(fact, axiom.scopes == kModel), at);
}

// Records that have failed in an earlier pass are left alone, so that every pass comes to an end.
Value Translator::sound() { return negate(circuit_->kept(plan_.contradiction(), true)); }

// Joins axioms of which one reads what the other writes. True if that changed.
bool Translator::find_components() {
  const auto count = static_cast<std::uint32_t>(component_.size());
  std::vector<std::uint32_t> group(count);
  for (std::uint32_t i = 0; i < count; ++i) group[i] = i;
  for (std::uint32_t writer = 0; writer < count; ++writer) {
    for (std::uint32_t reader = 0; reader < count; ++reader) {
      const bool tied =
          group[writer] != group[reader] &&
          std::any_of(written_[writer].begin(), written_[writer].end(),
                      [&](std::uint32_t slot) { return read_[reader].count(slot) > 0; });
      const std::uint32_t from = group[reader], to = group[writer];
      if (tied) std::replace(group.begin(), group.end(), from, to);
    }
  }
  std::map<std::uint32_t, std::uint32_t> numbers;
  for (std::uint32_t& each : group)
    each = numbers.emplace(each, static_cast<std::uint32_t>(numbers.size())).first->second;
  components_ = std::max<std::uint32_t>(1, static_cast<std::uint32_t>(numbers.size()));
  const bool changed = group != component_;
  component_ = std::move(group);
  return changed;
}

void Translator::propagate(std::uint32_t component) {
  const Value sound = this->sound();
  for (std::uint32_t i = 0; i < component_.size(); ++i) {
    if (component_[i] != component) continue;
    const AxiomInstance& each = cells_.axioms()[i];
    axiom_ = i;
    memo_.clear();  // so that what this axiom reads is seen
    const Axiom& axiom = program_.axioms[each.axiom];
    if (axiom.kind == AxiomKind::formula) {
      force(axiom.node, each.at, true, sound);
    } else if (axiom.kind == AxiomKind::at_least) {
      at_least(axiom, each.at);
    } else {
      const auto lefts = answers(axiom.left, axiom, each.at);
      const auto rights = answers(axiom.right, axiom, each.at);
      for (const Choice& left : lefts) {
        for (const Choice& right : rights) {
          const Value where = circuit_->both({sound, left.where, right.where});
          if (where == kFalse) continue;
          if (axiom.kind == AxiomKind::contains) {
            contains(left.cell, right.cell, axiom, where);
          } else if (left.cell != right.cell) {
            subset(left.cell, right.cell, axiom, where);
          }
        }
      }
    }
  }
  axiom_ = kNone;
}

void Translator::force(std::uint32_t index, Binding at, bool value, Value where) {
  const Value now = evaluate(index, at);
  fail(circuit_->both(where, circuit_->is_true(value ? negate(now) : now)));
  where = circuit_->both(where, circuit_->is_unknown(now));
  if (where == kFalse) return;
  const Node& node = program_.nodes[index];
  const auto children = program_.list(node.children);
  switch (node.op) {
    case Op::not_:
      force(children[0], at, !value, where);
      return;
    case Op::and_:
    case Op::or_: {
      if ((node.op == Op::and_) == value) {
        for (const std::uint32_t child : children) force(child, at, value, where);
        return;
      }
      // All but one are against it: the last one decides.
      std::vector<Value> against, open;
      for (const std::uint32_t child : children) {
        const Value each = evaluate(child, at);
        against.push_back(circuit_->is_true(value ? negate(each) : each));
        open.push_back(circuit_->is_unknown(each));
      }
      std::vector<Value> last;
      for (std::size_t i = 0; i < children.size(); ++i) {
        std::vector<Value> parts{where, open[i]};
        for (std::size_t k = 0; k < children.size(); ++k) {
          if (k != i) parts.push_back(against[k]);
        }
        last.push_back(circuit_->both(std::move(parts)));
      }
      for (std::size_t i = 0; i < children.size(); ++i) {
        if (last[i] != kFalse) force(children[i], at, value, last[i]);
      }
      return;
    }
    case Op::fact:
      for (const Choice& each : resolve(node.a, node.amount, at))
        force_fact(each.cell, value, circuit_->both(where, each.where));
      return;
    case Op::has:
      for (const Choice& each : resolve(node.a, node.amount, at))
        force_member(each.cell, node.b, value, circuit_->both(where, each.where));
      return;
    case Op::any_deployment:
    case Op::all_deployments:
      if (plan_.shape_.deployments == 1) force(children[0], {0, at.model}, value, where);
      return;
    default:
      return;
  }
}

void Translator::force_guard(CellId cell, bool value, Value where) {
  if (where == kFalse) return;
  const std::uint32_t node = cells_.guard_node(cell);
  if (node != kNone) {
    force(node, cells_.binding_of(cell), value, where);
  } else if (!value) {
    fail(where);
  }
}

void Translator::force_fact(CellId cell, bool value, Value where) {
  if (where == kFalse) return;
  const Value before = get(State::forced, cell);
  set(State::forced, cell, 0,
      value ? circuit_->either(before, where) : circuit_->both(before, negate(where)));
  if (value) {
    force_guard(cell, true, where);
  } else {
    force_guard(cell, false, circuit_->both(where, circuit_->is_true(raw(cell))));
  }
}

void Translator::force_member(CellId cell, std::uint32_t index, bool value, Value where) {
  if (where == kFalse) return;
  const Fact& fact = fact_of(cell);
  if (value) {
    for (std::uint32_t up = index; up != kNone;
         up = program_.members[fact.members.first + up].parent) {
      fail(circuit_->both(where, circuit_->is_false(member(cell, up))));
      set(State::member, cell, up, circuit_->either(get(State::member, cell, up), where));
    }
    force_guard(cell, true, where);
    return;
  }
  std::vector<Value> stopped;  // a member below is in: then nothing of it may be asked
  for (std::uint32_t i = 0; i < fact.members.count; ++i) {
    if (!program_.below(fact.members, i, index)) continue;
    const Value in = circuit_->both(where, circuit_->is_true(member(cell, i)));
    stopped.push_back(in);
    where = circuit_->both(where, negate(in));
    set(State::member, cell, i, circuit_->both(get(State::member, cell, i), negate(where)));
  }
  force_guard(cell, false, circuit_->either(std::move(stopped)));
}

// Ends move threshold by threshold: what the smaller one surely reaches, the larger one does; what
// the larger one surely stays below, the smaller one does. An interval that becomes empty is seen
// by the encoder.
void Translator::at_least(const Axiom& axiom, Binding at) {
  for (const Choice& left : answers(axiom.left, axiom, at)) {
    for (const Choice& right : answers(axiom.right, axiom, at)) {
      if (left.cell == right.cell) continue;
      Tie* tie = nullptr;
      for (Tie& each : plan_.ties_) {
        if (each.left == left.cell && each.right == right.cell) tie = &each;
      }
      if (tie == nullptr) {
        tie = &plan_.ties_.emplace_back(Tie{left.cell, right.cell, kNone});
        if (program_.text(fact_of(left.cell).unit) == "money") tie->active = plan_.input_vectors_++;
      }
      const Value active =
          tie->active == kNone ? kTrue : circuit_->is_true(circuit_->input(tie->active));
      const Value where = circuit_->both({sound(), left.where, right.where, active});
      const Value left_sure = circuit_->both(where, circuit_->is_true(applies(left.cell)));
      const Value right_sure = circuit_->both(where, circuit_->is_true(applies(right.cell)));
      const Value neither_never = circuit_->both(negate(circuit_->is_false(applies(left.cell))),
                                                 negate(circuit_->is_false(applies(right.cell))));
      const std::size_t known = cuts_.size();
      for (std::size_t i = 0; i < known; ++i) {
        const CellId of = [&] {
          for (const auto& [key, column] : columns_) {
            if (column == cuts_[i].column) return key.first;
          }
          return CellId{kNone};
        }();
        if (of != left.cell && of != right.cell) continue;
        const std::string currency = [&] {
          for (const auto& [key, column] : columns_) {
            if (column == cuts_[i].column) return key.second;
          }
          return std::string();
        }();
        const Cut wanted = cuts_[i];
        const std::uint32_t a = cut_id(left.cell, currency, wanted.at, wanted.above),
                            b = cut_id(right.cell, currency, wanted.at, wanted.above);
        const Value low = get(State::cut, 0, a), high = get(State::cut, 0, b);
        set(State::cut, 0, a,
            circuit_->either(low,
                             circuit_->both({right_sure, neither_never, circuit_->is_true(high)})));
        set(State::cut, 0, b,
            circuit_->both(
                high, negate(circuit_->both({left_sure, neither_never, circuit_->is_false(low)}))));
      }
    }
  }
}

void Translator::subset(CellId left, CellId right, const Axiom& axiom, Value where) {
  const Value left_asked = applies(left), right_asked = applies(right);
  const Value left_holds = circuit_->is_true(left_asked);
  const Value right_empty = circuit_->is_false(right_asked);
  where = circuit_->both(where, negate(circuit_->is_false(left_asked)));
  for (std::uint32_t i = 0; i < members_of(left); ++i) {
    const std::uint32_t same = cells_.counterpart(axiom.left, i, axiom.right);
    const Value a = member(left, i), b = member(right, same);
    const Value in = circuit_->both({where, circuit_->is_true(a), left_holds});
    fail(circuit_->both(in, right_empty));
    const Value out = circuit_->both({where, circuit_->either(circuit_->is_false(b), right_empty),
                                      negate(circuit_->is_false(a))});
    force_member(right, same, true,
                 circuit_->both({in, negate(right_empty), negate(circuit_->is_true(b))}));
    force_member(left, i, false, out);
  }
}

void Translator::contains(CellId set, CellId one, const Axiom& axiom, Value where) {
  const Value set_asked = applies(set), one_asked = applies(one);
  const Value set_sure = circuit_->is_true(set_asked), one_sure = circuit_->is_true(one_asked);
  where = circuit_->both(
      {where, negate(circuit_->is_false(set_asked)), negate(circuit_->is_false(one_asked))});
  const std::uint32_t count = members_of(one);
  std::vector<Value> out, force, some, at(count);
  std::vector<Value> none_before(count + 1, kTrue), none_after(count + 1, kTrue);
  for (std::uint32_t i = 0; i < count; ++i) at[i] = possible(one, i);
  for (std::uint32_t i = 0; i < count; ++i)
    none_before[i + 1] = circuit_->both(none_before[i], negate(at[i]));
  for (std::uint32_t i = count; i > 0; --i)
    none_after[i - 1] = circuit_->both(none_after[i], negate(at[i - 1]));
  for (std::uint32_t i = 0; i < count; ++i) {
    const Value has = member(set, cells_.counterpart(axiom.right, i, axiom.left));
    out.push_back(circuit_->is_false(has));
    force.push_back(circuit_->both({where, at[i], none_before[i], none_after[i + 1], one_sure,
                                    negate(circuit_->is_true(has))}));
    some.push_back(circuit_->both(at[i], negate(out.back())));
  }
  const Value rest = circuit_->both(where, negate(circuit_->either(force)));
  const Value possible_at_all = circuit_->either(some);
  fail(circuit_->both({rest, negate(possible_at_all), one_sure}));
  const Value narrow = circuit_->both({rest, possible_at_all, set_sure});
  for (std::uint32_t i = 0; i < count; ++i)
    this->set(State::possible, one, i,
              circuit_->both(at[i], negate(circuit_->both(narrow, out[i]))));
  for (std::uint32_t i = 0; i < count; ++i)
    force_member(set, cells_.counterpart(axiom.right, i, axiom.left), true, force[i]);
}

// The closed world (semantics 1.5).
void Translator::close() {
  for (const auto& [key, slot] : slots_) {
    const auto& [kind, cell, index] = key;
    if (kind != State::closed) continue;
    Value now = negate(stated(cell));
    if (fact_of(cell).type == FactType::boolean)
      now = circuit_->both(now, circuit_->is_unknown(forced(cell)));
    now_[slot] = now;
  }
}

void Translator::reopen() {
  for (const AxiomInstance& each : cells_.axioms()) {
    const Axiom& axiom = program_.axioms[each.axiom];
    const Value where = broken(each);
    if (where == kFalse) continue;
    for (const std::uint32_t fact : program_.list(axiom.facts)) {
      for (const Choice& choice : answers(fact, axiom, each.at)) {
        if (!closable(choice.cell)) continue;
        set(State::closed, choice.cell, 0,
            circuit_->both(get(State::closed, choice.cell),
                           negate(circuit_->both(where, choice.where))));
      }
    }
  }
}

// Where an axiom is false. One about numbers names nothing that could be closed.
Value Translator::broken(const AxiomInstance& instance) {
  const Axiom& axiom = program_.axioms[instance.axiom];
  if (axiom.kind == AxiomKind::at_least) return kFalse;
  if (axiom.kind == AxiomKind::formula)
    return circuit_->is_false(evaluate(axiom.node, instance.at));
  std::vector<Value> places;
  for (const Choice& left : answers(axiom.left, axiom, instance.at)) {
    for (const Choice& right : answers(axiom.right, axiom, instance.at)) {
      if (left.cell == right.cell) continue;
      const Value here = axiom.kind == AxiomKind::contains
                             ? contains_broken(left.cell, right.cell, axiom)
                             : subset_broken(left.cell, right.cell, axiom);
      places.push_back(circuit_->both({left.where, right.where, here}));
    }
  }
  return circuit_->either(std::move(places));
}

Value Translator::subset_broken(CellId left, CellId right, const Axiom& axiom) {
  const Value right_empty = circuit_->is_false(guard(right));
  std::vector<Value> ways;
  for (std::uint32_t i = 0; i < members_of(left); ++i) {
    const std::uint32_t same = cells_.counterpart(axiom.left, i, axiom.right);
    const Value out = circuit_->either(circuit_->is_false(member(right, same)), right_empty);
    ways.push_back(circuit_->both(circuit_->is_true(member(left, i)), out));
  }
  return circuit_->both(circuit_->is_true(guard(left)), circuit_->either(std::move(ways)));
}

Value Translator::contains_broken(CellId set, CellId one, const Axiom& axiom) {
  std::vector<Value> ways;
  for (std::uint32_t i = 0; i < members_of(one); ++i) {
    const std::uint32_t same = cells_.counterpart(axiom.right, i, axiom.left);
    ways.push_back(circuit_->both(possible(one, i), negate(circuit_->is_false(member(set, same)))));
  }
  return circuit_->both({circuit_->is_true(applies(set)), circuit_->is_true(applies(one)),
                         negate(circuit_->either(std::move(ways)))});
}

// An abstract group that is in with everything below it out is an input error. Of sets that no
// axiom changes the encoder sees it.
void Translator::check_groups() {
  for (CellId cell = 0; cell < plan_.cell_count(); ++cell) {
    const Fact& fact = fact_of(cell);
    if (fact.type != FactType::set) continue;
    bool changes = false;
    for (std::uint32_t i = 0; i < fact.members.count; ++i)
      changes = changes || has(State::member, cell, i);
    for (std::uint32_t i = 0; i < fact.members.count; ++i) {
      const Member& group = program_.members[fact.members.first + i];
      if (group.abstract == 0 || group.has_children == 0 || !changes) continue;
      std::vector<Value> all{circuit_->is_true(member(cell, i))};
      for (std::uint32_t j = 0; j < fact.members.count; ++j) {
        if (program_.members[fact.members.first + j].parent == i)
          all.push_back(circuit_->is_false(member(cell, j)));
      }
      fail(circuit_->both(std::move(all)));
    }
  }
}

}  // namespace pandect::bulk
