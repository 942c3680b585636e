// What a cell says: its answer, as planes of the input, with what axioms and the closed world make
// of it.
#include "bulk/translator.h"

namespace pandect::bulk {

const Fact& Translator::fact_of(CellId cell) const { return program_.facts[cells_.fact_of(cell)]; }

bool Translator::has(State kind, CellId cell, std::uint32_t index) const {
  return slots_.count({kind, cell, index}) > 0;
}

std::uint32_t Translator::slot(State kind, CellId cell, std::uint32_t index) {
  const auto number = static_cast<std::uint32_t>(slots_.size());
  return slots_.try_emplace({kind, cell, index}, number).first->second;
}

Value Translator::get(State kind, CellId cell, std::uint32_t index) {
  const std::uint32_t slot = this->slot(kind, cell, index);
  const bool two = kind == State::excluded || kind == State::closed;
  if (stating_) {
    const Plane yes = circuit_->variable(2 * slot);
    return two ? settled(yes) : Value{yes, circuit_->variable(2 * slot + 1)};
  }
  // Named for the first time: everything is translated once more.
  if (slot >= now_.size()) now_.resize(slot + 1, kUnknown);
  return now_[slot];
}

void Translator::set(State kind, CellId cell, std::uint32_t index, Value value) {
  if (get(kind, cell, index) == value) return;
  now_[slots_.at({kind, cell, index})] = value;
  memo_.clear();
}

Value Translator::input(CellId cell, Part part) {
  const auto value = [&](std::uint32_t vector) {
    return Value{circuit_->input(2 * vector), circuit_->input(2 * vector + 1)};
  };
  auto& parts = plan_.parts_[cell];
  for (const Part& each : parts) {
    if (each.kind == part.kind && each.index == part.index && each.negative == part.negative &&
        each.wanted == part.wanted)
      return value(each.place);
  }
  part.place = input_vectors_++;
  parts.push_back(part);
  return value(part.place);
}

// What an answer says by being there, or not.
Plane Translator::mark(CellId cell, Part::Kind kind, std::uint32_t index) {
  return input(cell, {kind, false, 0, index, {}, {}}).yes;
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
Plane Translator::stated(CellId cell) { return mark(cell, Part::Kind::stated); }
Plane Translator::closed(CellId cell) {
  return closable(cell) ? get(State::closed, cell).yes : kNever;
}
Value Translator::forced(CellId cell) {
  return has(State::forced, cell) ? get(State::forced, cell) : kUnknown;
}
Value Translator::raw(CellId cell) {
  const Value answer = input(cell, {Part::Kind::truth, false, 0, 0, {}, {}});
  return {answer.yes, circuit_->any(answer.no, closed(cell))};
}
// Where the answer, its guard and what axioms force it to be do not agree, both planes are set:
// such a record is void.
Value Translator::effective(CellId cell) {
  const Value forced = this->forced(cell), asked = circuit_->both(raw(cell), guard(cell));
  return {circuit_->any(forced.yes, asked.yes), circuit_->any(forced.no, asked.no)};
}
Value Translator::exists(CellId cell) {
  if (fact_of(cell).optional == 0) return kTrue;
  return input(cell, {Part::Kind::exists, false, 0, 0, {}, {}});
}
Value Translator::stated_member(CellId cell, std::uint32_t index) {
  const Plane in = mark(cell, Part::Kind::in, index);
  return {in, circuit_->all({mark(cell, Part::Kind::listed), complement(in),
                             complement(mark(cell, Part::Kind::open, index))})};
}
// What axioms put in stays in where the world is closed.
Value Translator::member(CellId cell, std::uint32_t index) {
  const bool changes = has(State::member, cell, index);
  const Value own = changes ? get(State::member, cell, index) : stated_member(cell, index);
  if (changes && (stating_ || closing_done_)) return own;
  return {own.yes, circuit_->any(own.no, circuit_->all(closed(cell), complement(own.yes)))};
}
Plane Translator::excluded(CellId cell, std::uint32_t index) {
  return get(State::excluded, cell, index).yes;
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
  return circuit_->cut(id);
}
Value Translator::cut(CellId cell, const std::string& currency, const Number& at, bool above) {
  return cut(cut_id(cell, currency, at, above));
}

}  // namespace pandect::bulk
