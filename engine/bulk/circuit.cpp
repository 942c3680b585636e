#include "bulk/circuit.h"

#include <algorithm>

namespace pandect::bulk {

Circuit::Circuit() {
  terms_.push_back({Kind::constant, true, {}});   // true
  terms_.push_back({Kind::constant, false, {}});  // unknown
}

Value Circuit::add(Kind kind, std::vector<std::uint32_t> operands, bool two_valued) {
  const auto [found, fresh] = known_.try_emplace({kind, operands}, 0);
  if (fresh) {
    found->second = static_cast<Value>(terms_.size() * 2);
    terms_.push_back({kind, two_valued, std::move(operands)});
  }
  return found->second;
}

Value Circuit::input(std::uint32_t vector) { return add(Kind::input, {vector}, false); }
Value Circuit::kept(std::uint32_t slot, bool two) { return add(Kind::kept, {slot}, two); }
Value Circuit::cut(std::uint32_t column, std::uint32_t id) {
  return add(Kind::cut, {column, id}, false);
}

Value Circuit::both(std::vector<Value> values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  if (!values.empty() && values.front() == kTrue) values.erase(values.begin());
  if (values.empty()) return kTrue;
  if (values.front() == kFalse) return kFalse;
  if (values.size() == 1) return values.front();
  bool two = true;
  for (std::size_t i = 0; i < values.size(); ++i) {
    two = two && two_valued(values[i]);
    // Both x and not x: false where x is settled, so false if x always is.
    if (i > 0 && values[i] == (values[i - 1] ^ 1u) && two_valued(values[i])) return kFalse;
  }
  return add(Kind::both, std::move(values), two);
}

Value Circuit::either(std::vector<Value> values) {
  for (Value& each : values) each = negate(each);
  return negate(both(std::move(values)));
}

Value Circuit::over(Value a, Value b) {
  if (a == kUnknown || a == b) return b;
  if (two_valued(a)) return a;
  return add(Kind::over, {a, b}, two_valued(b));
}

Value Circuit::is_true(Value value) {
  if (value == kUnknown) return kFalse;
  if (two_valued(value)) return value;
  return add(Kind::is_true, {value}, true);
}

Value Circuit::join(Value a, Value b) {
  if (a == b) return a;
  return add(Kind::join, {a, b}, false);
}

Section Circuit::assemble(const std::vector<std::pair<std::uint32_t, Value>>& stores,
                          Layout& layout, bool repeat) const {
  constexpr std::uint32_t kUnset = 0xFFFFFFFFu;
  Section section;
  section.repeat = repeat;
  std::vector<std::uint32_t> last(terms_.size(), kUnset);  // place of the last use
  std::vector<std::uint32_t> todo;
  const auto use = [&](std::uint32_t term, std::uint32_t at) {
    if (last[term] == kUnset) todo.push_back(term);
    last[term] = last[term] == kUnset ? at : std::max(last[term], at);
  };
  const auto reads_values = [](Kind kind) {
    return kind == Kind::both || kind == Kind::over || kind == Kind::is_true || kind == Kind::join;
  };
  for (const auto& [slot, value] : stores)
    use(value >> 1, static_cast<std::uint32_t>(terms_.size()));
  while (!todo.empty()) {
    const std::uint32_t term = todo.back();
    todo.pop_back();
    if (!reads_values(terms_[term].kind)) continue;
    for (const std::uint32_t each : terms_[term].operands) use(each >> 1, term);
  }
  std::vector<std::uint32_t> place(terms_.size(), kUnset);  // vector, or input vector with the bit
  std::vector<std::uint32_t> free;
  const auto plane = [&](Value value) {
    const std::uint32_t at = place[value >> 1];
    return ((at << 1) | (at & kInputPlane)) ^ (value & 1u);
  };
  for (std::uint32_t i = 0; i < terms_.size(); ++i) {
    const Term& term = terms_[i];
    if (last[i] == kUnset) continue;
    if (term.kind == Kind::constant) place[i] = i;
    if (term.kind == Kind::input) place[i] = term.operands[0] | kInputPlane;
    if (term.kind == Kind::kept) place[i] = term.operands[0];
    if (place[i] != kUnset) continue;
    Instruction next;
    next.first = static_cast<std::uint32_t>(section.operands.size());
    if (term.kind == Kind::cut) {
      const auto [column, code] = layout.cuts[term.operands[1]];
      next.op = OpCode::cut;
      next.code = code;
      next.first = column;
    } else {
      next.op = term.kind == Kind::both      ? OpCode::both
                : term.kind == Kind::over    ? OpCode::over
                : term.kind == Kind::is_true ? OpCode::is_true
                                             : OpCode::join;
      next.count = static_cast<std::uint16_t>(term.operands.size());
      for (const Value each : term.operands) {
        section.operands.push_back(plane(each));
        const std::uint32_t from = each >> 1;
        const bool temporary = reads_values(terms_[from].kind) || terms_[from].kind == Kind::cut;
        if (temporary && last[from] == i) {
          free.push_back(place[from]);
          last[from] = kUnset - 1;  // an operand that stands twice is freed once
        }
      }
    }
    // Loads of a step come before its stores, so an operand that ends here lends its place.
    if (free.empty()) {
      place[i] = layout.kept + layout.temporaries++;
    } else {
      place[i] = free.back();
      free.pop_back();
    }
    next.target = place[i] << 1;
    section.code.push_back(next);
  }
  // A kept vector that another store reads is saved before it is overwritten.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> moves;
  for (const auto& [slot, value] : stores) {
    std::uint32_t source = plane(value);
    if (terms_[value >> 1].kind == Kind::kept && terms_[value >> 1].operands[0] != slot) {
      Instruction save;
      save.count = 1;
      save.first = static_cast<std::uint32_t>(section.operands.size());
      section.operands.push_back(source);
      save.target = (layout.kept + layout.temporaries++) << 1;
      section.code.push_back(save);
      source = save.target;
    }
    moves.emplace_back(slot, source);
  }
  for (const auto& [slot, source] : moves) {
    Instruction move;
    move.op = OpCode::store;
    move.count = 1;
    move.first = static_cast<std::uint32_t>(section.operands.size());
    section.operands.push_back(source);
    move.target = slot << 1;
    section.code.push_back(move);
  }
  return section;
}

}  // namespace pandect::bulk
