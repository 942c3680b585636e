// Axioms, as Propagation in logic/knowledge.cpp drives them, for all records of a block at once. A
// step says of which records (`where`) what becomes settled, from planes that only grow, so that
// the order of steps does not matter. Where answers and axioms contradict each other, planes of one
// truth come to overlap, or a step fails: such records are void, and go to the one-record
// evaluator.
#include "bulk/translator.h"

#include <algorithm>

namespace pandect::bulk {

void Translator::fail(Plane where) {
  if (where != kNever) failures_.push_back(where);
}

void Translator::step(State kind, CellId cell, std::uint32_t index, bool value, Plane where) {
  if (where != kNever) equations_->add(2 * slot(kind, cell, index) + (value ? 0 : 1), where);
}

std::vector<Translator::Choice> Translator::answers(std::uint32_t fact, const Axiom& axiom,
                                                    Binding at) {
  return resolve(fact, cells_.slot_of(fact, axiom.scopes == kModel), at);
}

void Translator::force(std::uint32_t index, Binding at, bool value, Plane where) {
  if (where == kNever) return;
  const Node& node = program_.nodes[index];
  const auto children = program_.list(node.children);
  const auto against = [&](std::uint32_t child) {
    const Value now = evaluate(child, at);
    return value ? now.no : now.yes;
  };
  switch (node.op) {
    case Op::not_:
      force(children[0], at, !value, where);
      return;
    case Op::and_:
    case Op::or_:
      for (std::size_t i = 0; i < children.size(); ++i) {
        // All others are against it: the last one decides.
        std::vector<Plane> last{where};
        for (std::size_t k = 0; (node.op == Op::and_) != value && k < children.size(); ++k) {
          if (k != i) last.push_back(against(children[k]));
        }
        force(children[i], at, value, circuit_->all(std::move(last)));
      }
      return;
    case Op::fact:
      for (const Choice& each : resolve(node.a, node.amount, at))
        force_fact(each.cell, value, circuit_->all(where, each.where.yes));
      return;
    case Op::has:
      for (const Choice& each : resolve(node.a, node.amount, at)) {
        const Plane here = circuit_->all(where, each.where.yes);
        force_member(each.cell, node.b, value, here);
        if (value) force_guard(each.cell, true, here);
      }
      return;
    case Op::any_deployment:
    case Op::all_deployments:
      if (plan_.shape_.deployments == 1) {
        force(children[0], {0, at.model}, value, where);
        return;
      }
      [[fallthrough]];
    default:
      fail(circuit_->all(where, against(index)));
  }
}

void Translator::force_guard(CellId cell, bool value, Plane where) {
  const std::uint32_t node = cells_.guard_node(cell);
  if (node != kNone) {
    force(node, cells_.binding_of(cell), value, where);
  } else if (!value) {
    fail(where);
  }
}

void Translator::force_fact(CellId cell, bool value, Plane where) {
  step(State::forced, cell, 0, value, where);
  force_guard(cell, value, value ? where : circuit_->all(where, raw(cell).yes));
}

// Without the guard of a member that is in. One that was stated as in cannot be put out: then
// nothing of the set may be asked.
void Translator::force_member(CellId cell, std::uint32_t index, bool value, Plane where) {
  if (value) {
    for (std::uint32_t up = index; up != kNone;
         up = program_.members[fact_of(cell).members.first + up].parent)
      step(State::member, cell, up, true, where);
    return;
  }
  const Plane in = stated_member(cell, index).yes;
  put_out(cell, index, circuit_->all(where, complement(in)));
  force_guard(cell, false, circuit_->all(where, in));
}

void Translator::put_out(CellId cell, std::uint32_t index, Plane where) {
  const Range members = fact_of(cell).members;
  for (std::uint32_t i = 0; i < members.count; ++i) {
    if (program_.below(members, i, index)) step(State::member, cell, i, false, where);
  }
}

void Translator::at_least(const Axiom& axiom, Binding at) {
  for (const Choice& left : answers(axiom.left, axiom, at)) {
    for (const Choice& right : answers(axiom.right, axiom, at)) {
      if (left.cell == right.cell) continue;
      Tie* tie = nullptr;
      for (Tie& each : plan_.ties_) {
        if (each.left == left.cell && each.right == right.cell) tie = &each;
      }
      if (tie == nullptr) {
        tie = &plan_.ties_.emplace_back(Tie{left.cell, right.cell, kNone, input_vectors_++});
        if (program_.text(fact_of(left.cell).unit) == "money") tie->active = input_vectors_++;
      }
      const Plane active = tie->active == kNone ? kAlways : circuit_->input(2 * tie->active);
      const Plane broken = circuit_->input(2 * tie->broken);
      const Plane here = circuit_->all({left.where.yes, right.where.yes, active});
      const Plane left_sure = applies(left.cell).yes, right_sure = applies(right.cell).yes;
      fail(circuit_->all({here, broken, left_sure, right_sure}));
      // With one of them perhaps never asked for, neither moves the other.
      const Plane where = circuit_->all(here, complement(broken));
      tie_cuts(left.cell, right.cell, circuit_->all(where, left_sure),
               circuit_->all(where, right_sure));
    }
  }
}

// Ends move threshold by threshold: what the smaller one surely reaches, the larger one does; what
// the larger one surely stays below, the smaller one does. What becomes empty between three of them
// is seen by the encoder.
void Translator::tie_cuts(CellId left, CellId right, Plane left_sure, Plane right_sure) {
  std::map<std::uint32_t, std::pair<CellId, std::string>> columns;
  for (const auto& [key, column] : columns_) columns[column] = key;
  const std::size_t known = cuts_.size();
  for (std::size_t i = 0; i < known; ++i) {
    const auto& [of, currency] = columns.at(cuts_[i].column);
    if (of != left && of != right) continue;
    const Cut wanted = cuts_[i];
    const std::uint32_t a = cut_id(left, currency, wanted.at, wanted.above),
                        b = cut_id(right, currency, wanted.at, wanted.above);
    step(State::cut, 0, a, true, circuit_->all(right_sure, get(State::cut, 0, b).yes));
    step(State::cut, 0, b, false, circuit_->all(left_sure, get(State::cut, 0, a).no));
  }
}

void Translator::subset(CellId left, CellId right, const Axiom& axiom, Plane where) {
  const Value left_asked = applies(left), right_asked = applies(right);
  const bool one_tree = fact_of(left).members.first == fact_of(right).members.first;
  std::vector<Plane> all_in, fresh_in, stated_out;
  for (std::uint32_t i = 0; i < members_of(left); ++i) {
    const std::uint32_t same = cells_.counterpart(axiom.left, i, axiom.right);
    const Plane in = circuit_->all({where, member(left, i).yes, left_asked.yes});
    const Plane out = circuit_->all(where, circuit_->any(member(right, same).no, right_asked.no));
    const Plane stated = stated_member(left, i).yes;
    if (one_tree) {  // what is in has its groups beside it, what is out its parts
      step(State::member, right, same, true, in);
      step(State::member, left, i, false, circuit_->all(out, complement(stated)));
    } else {
      force_member(right, same, true, in);
      put_out(left, i, circuit_->all(out, complement(stated)));
    }
    all_in.push_back(in);
    // A member that was stated as in asks nothing of its guard.
    fresh_in.push_back(circuit_->all(in, complement(stated_member(right, same).yes)));
    stated_out.push_back(circuit_->all(out, stated));
  }
  fail(circuit_->all(circuit_->any(std::move(all_in)), right_asked.no));
  force_guard(right, true, circuit_->any(std::move(fresh_in)));
  force_guard(left, false, circuit_->any(std::move(stated_out)));
}

void Translator::contains(CellId set, CellId one, const Axiom& axiom, Plane where) {
  const Value set_asked = applies(set), one_asked = applies(one);
  const std::uint32_t count = members_of(one);
  std::vector<Plane> before(count + 1, kAlways), after(count + 1, kAlways), none;
  for (std::uint32_t i = 0; i < count; ++i)
    before[i + 1] = circuit_->all(before[i], excluded(one, i));
  for (std::uint32_t i = count; i > 0; --i)
    after[i - 1] = circuit_->all(after[i], excluded(one, i - 1));
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint32_t same = cells_.counterpart(axiom.right, i, axiom.left);
    const Plane out = member(set, same).no;
    none.push_back(circuit_->any(excluded(one, i), out));
    step(State::excluded, one, i, true, circuit_->all({where, set_asked.yes, out}));
    const Plane only = circuit_->all({where, one_asked.yes, before[i], after[i + 1]});
    force_member(set, same, true, circuit_->all(only, set_asked.yes));
  }
  // A set that nobody is asked for need have nothing.
  none.insert(none.end(), {where, one_asked.yes});
  force_guard(set, false, circuit_->all(std::move(none)));
}

// The closed world (semantics 1.5).
void Translator::close() {
  for (const auto& [key, slot] : slots_) {
    const auto& [kind, cell, index] = key;
    if (kind != State::closed) continue;
    Plane now = complement(stated(cell));
    if (fact_of(cell).type == FactType::boolean) {
      const Value forced = this->forced(cell);
      now = circuit_->all({now, complement(forced.yes), complement(forced.no)});
    }
    now_[slot] = settled(now);
  }
  memo_.clear();
}

void Translator::reopen() {
  std::vector<std::uint32_t> slots;
  std::vector<Plane> first, next;
  for (const auto& [key, slot] : slots_) {
    if (std::get<0>(key) != State::closed) continue;
    slots.push_back(slot);
    first.push_back(now_[slot].yes);
  }
  const std::vector<Plane> carried = circuit_->begin_loop(first);
  for (std::size_t i = 0; i < slots.size(); ++i) now_[slots[i]] = settled(carried[i]);
  memo_.clear();
  for (const AxiomInstance& each : cells_.axioms()) {
    const Axiom& axiom = program_.axioms[each.axiom];
    const Plane where = broken(each);
    if (where == kNever) continue;
    for (const std::uint32_t fact : program_.list(axiom.facts)) {
      for (const Choice& choice : answers(fact, axiom, each.at)) {
        if (!closable(choice.cell)) continue;
        const Plane opened = circuit_->all(where, choice.where.yes);
        set(State::closed, choice.cell, 0,
            settled(circuit_->all(closed(choice.cell), complement(opened))));
      }
    }
  }
  for (std::size_t i = 0; i < slots.size(); ++i) {
    next.push_back(now_[slots[i]].yes);
    now_[slots[i]] = settled(carried[i]);
  }
  circuit_->end_loop(std::move(next));
  memo_.clear();
}

// Where an axiom is false. One about numbers names nothing that could be closed.
Plane Translator::broken(const AxiomInstance& instance) {
  const Axiom& axiom = program_.axioms[instance.axiom];
  if (axiom.kind == AxiomKind::at_least) return kNever;
  if (axiom.kind == AxiomKind::formula) return evaluate(axiom.node, instance.at).no;
  std::vector<Plane> places;
  for (const Choice& left : answers(axiom.left, axiom, instance.at)) {
    for (const Choice& right : answers(axiom.right, axiom, instance.at)) {
      if (left.cell == right.cell) continue;
      const Plane here = axiom.kind == AxiomKind::contains
                             ? contains_broken(left.cell, right.cell, axiom)
                             : subset_broken(left.cell, right.cell, axiom);
      places.push_back(circuit_->all({left.where.yes, right.where.yes, here}));
    }
  }
  return circuit_->any(std::move(places));
}

Plane Translator::subset_broken(CellId left, CellId right, const Axiom& axiom) {
  std::vector<Plane> ways;
  for (std::uint32_t i = 0; i < members_of(left); ++i) {
    const std::uint32_t same = cells_.counterpart(axiom.left, i, axiom.right);
    ways.push_back(
        circuit_->all(member(left, i).yes, circuit_->any(member(right, same).no, guard(right).no)));
  }
  return circuit_->all(guard(left).yes, circuit_->any(std::move(ways)));
}

Plane Translator::contains_broken(CellId set, CellId one, const Axiom& axiom) {
  std::vector<Plane> parts{applies(set).yes, applies(one).yes};
  for (std::uint32_t i = 0; i < members_of(one); ++i) {
    const std::uint32_t same = cells_.counterpart(axiom.right, i, axiom.left);
    parts.push_back(circuit_->any(excluded(one, i), member(set, same).no));
  }
  return circuit_->all(std::move(parts));
}

// Where an axiom surely holds, whatever the open facts are.
Plane Translator::kept(const AxiomInstance& instance) {
  const Axiom& axiom = program_.axioms[instance.axiom];
  if (axiom.kind == AxiomKind::formula) return evaluate(axiom.node, instance.at).yes;
  std::vector<Plane> places;
  for (const Choice& left : answers(axiom.left, axiom, instance.at)) {
    for (const Choice& right : answers(axiom.right, axiom, instance.at)) {
      if (left.cell == right.cell) continue;
      const Value left_asked = applies(left.cell), right_asked = applies(right.cell);
      std::vector<Plane> members, ways{left_asked.no, left.where.no, right.where.no};
      if (axiom.kind != AxiomKind::subset_of) ways.push_back(right_asked.no);
      const bool contains = axiom.kind == AxiomKind::contains;
      const CellId smaller = contains ? right.cell : left.cell;
      for (std::uint32_t i = 0; axiom.kind != AxiomKind::at_least && i < members_of(smaller); ++i) {
        const Plane out = contains ? excluded(smaller, i) : member(smaller, i).no;
        const Plane in =
            contains ? member(left.cell, cells_.counterpart(axiom.right, i, axiom.left)).yes
                     : circuit_->all(
                           member(right.cell, cells_.counterpart(axiom.left, i, axiom.right)).yes,
                           right_asked.yes);
        members.push_back(circuit_->any(out, in));
      }
      if (!members.empty()) ways.push_back(circuit_->all(std::move(members)));
      places.push_back(circuit_->any(std::move(ways)));
    }
  }
  return circuit_->all(std::move(places));
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
      std::vector<Plane> all{member(cell, i).yes};
      for (std::uint32_t j = 0; j < fact.members.count; ++j) {
        if (program_.members[fact.members.first + j].parent == i) all.push_back(member(cell, j).no);
      }
      outputs_[0] = circuit_->any(outputs_[0], circuit_->all(std::move(all)));
    }
  }
}

// Planes of one truth that overlap, and enums of which nothing is left.
void Translator::check_states() {
  std::vector<Plane> overlaps{outputs_[0]};
  std::map<CellId, std::vector<Plane>> excluded;
  for (const auto& [key, slot] : slots_) {
    const auto& [kind, cell, index] = key;
    if (kind == State::excluded) excluded[cell].push_back(now_[slot].yes);
    if (kind == State::excluded || kind == State::closed) continue;
    const Value now = kind == State::forced ? effective(cell) : now_[slot];
    overlaps.push_back(circuit_->all(now.yes, now.no));
  }
  for (auto& [cell, members] : excluded) overlaps.push_back(circuit_->all(std::move(members)));
  outputs_[0] = circuit_->any(std::move(overlaps));
}

}  // namespace pandect::bulk
