// Comparisons as thresholds of one number: what a comparison demands of `at + 3 months` it demands
// of the fact, further back.
#include "bulk/translator.h"
#include "language/expression.h"

#include <algorithm>
#include <functional>

namespace pandect::bulk {

using language::Comparison;

bool Translator::fixed(std::uint32_t index) const {
  const Node& node = program_.nodes[index];
  switch (node.op) {
    case Op::constant:
    case Op::as_of:
      return true;
    case Op::add:
    case Op::subtract:
    case Op::scale:
    case Op::shift:
    case Op::working_days:
    case Op::convert:
      for (const std::uint32_t child : program_.list(node.children)) {
        if (!fixed(child)) return false;
      }
      return true;
    default:
      return false;
  }
}

// The comparison of a value with a constant, from "at least it" and "above it".
Value Translator::ordered(std::uint8_t comparison, Value at_least, Value above) {
  const auto equal = [&] { return circuit_->both(at_least, bulk::negate(above)); };
  switch (static_cast<Comparison>(comparison)) {
    case Comparison::less:
      return bulk::negate(at_least);
    case Comparison::less_equal:
      return bulk::negate(above);
    case Comparison::greater:
      return above;
    case Comparison::greater_equal:
      return at_least;
    case Comparison::equal:
      return equal();
    case Comparison::not_equal:
      return bulk::negate(equal());
  }
  return kUnknown;
}

namespace {

std::uint8_t mirrored(std::uint8_t comparison) {
  switch (static_cast<Comparison>(comparison)) {
    case Comparison::less:
      return static_cast<std::uint8_t>(Comparison::greater);
    case Comparison::less_equal:
      return static_cast<std::uint8_t>(Comparison::greater_equal);
    case Comparison::greater:
      return static_cast<std::uint8_t>(Comparison::less);
    case Comparison::greater_equal:
      return static_cast<std::uint8_t>(Comparison::less_equal);
    default:
      return comparison;
  }
}

// The first day that `months` later is `day` or after it.
Day first_reaching(Day day, int months) {
  Day first = add_months(day, -months) - 6;
  while (add_months(first, months) < day) ++first;
  return first;
}

}  // namespace

Value Translator::compare(const Node& node, std::uint32_t index, Binding at) {
  const auto children = program_.list(node.children);
  const bool left = fixed(children[0]), right = fixed(children[1]);
  if (left && right) {
    const Truth value = kleene_.compare(node, at);
    return value == Truth::unknown ? kUnknown : value == Truth::true_ ? kTrue : kFalse;
  }
  if (!left && !right) return opaque(node, index, at);
  const NumberValue with = kleene_.number(children[left ? 0 : 1], {});
  // The left amount is converted into the currency of the right one.
  if (left && !with.currency.empty()) return opaque(node, index, at);
  const std::uint8_t how = left ? mirrored(node.comparison) : node.comparison;
  const std::optional<Value> result = against(children[left ? 1 : 0], with, how, at);
  return result ? *result : opaque(node, index, at);
}

std::optional<Value> Translator::against(std::uint32_t index, const NumberValue& with,
                                         std::uint8_t how, Binding at) {
  if (with.open || with.never || !with.range.is_point()) return std::nullopt;
  struct Threshold {
    Number at;
    bool above;
  };
  std::vector<Threshold> wanted{{*with.range.low, false}, {*with.range.low, true}};
  std::uint32_t inner = index;
  if (program_.nodes[index].op == Op::count)
    return compare_count(program_.nodes[index], *with.range.low, how, at);
  while (program_.nodes[inner].op != Op::fact_number) {
    const Node& node = program_.nodes[inner];
    const auto children = program_.list(node.children);
    for (Threshold& each : wanted) {
      std::optional<Number> moved;
      if (node.op == Op::scale && program_.numbers[node.a] > Number(0)) {
        moved = divide(each.at, program_.numbers[node.a]);
      } else if (node.op == Op::shift && node.b == 0) {
        moved = pandect::add(each.at, Number(-std::int64_t{node.amount}));
      } else if (node.op == Op::shift && each.at.is_integer()) {
        const Day day = static_cast<Day>(each.at.to_int()) + (each.above ? 1 : 0);
        moved = Number(first_reaching(day, node.amount));
        each.above = false;
      } else if ((node.op == Op::add || node.op == Op::subtract) && with.currency.empty() &&
                 fixed(children[1])) {
        const NumberValue term = kleene_.number(children[1], {});
        if (term.range.is_point() && !term.open && term.currency.empty())
          moved = pandect::add(each.at,
                               node.op == Op::add ? term.range.low->negated() : *term.range.low);
      }
      if (!moved) return std::nullopt;
      each.at = *moved;
    }
    inner = children[0];
  }
  const Node& fact = program_.nodes[inner];
  const bool money = program_.text(program_.facts[fact.a].unit) == "money";
  if (money && inner != index && program_.nodes[index].op != Op::scale) return std::nullopt;
  const std::string currency = money ? std::string(with.currency) : std::string();
  return chosen(resolve(fact.a, fact.amount, at), [&](CellId cell) {
    const Value reached = cut(cell, currency, wanted[0].at, wanted[0].above);
    const Value above = cut(cell, currency, wanted[1].at, wanted[1].above);
    return circuit_->both(ordered(how, reached, above), applies(cell));
  });
}

// `count` is an interval: members that are in with none in below them, to members that may be.
Value Translator::compare_count(const Node& count, const Number& with, std::uint8_t how,
                                Binding at) {
  const auto least = static_cast<int>(with.ceil().to_int());
  const auto more = static_cast<int>(with.floor().to_int()) + 1;
  const auto reaching = [&](int needed) {
    return chosen(resolve(count.a, count.amount, at), [&](CellId cell) {
      if (needed <= 0) return kTrue;
      const Fact& fact = fact_of(cell);
      std::vector<Value> counted;
      for (std::uint32_t i = 0; i < fact.members.count; ++i) {
        std::vector<Plane> none_in, none_possible;
        for (std::uint32_t j = 0; j < fact.members.count; ++j) {
          if (j == i || !program_.below(fact.members, j, i)) continue;
          none_in.push_back(complement(member(cell, j).yes));
          none_possible.push_back(member(cell, j).no);
        }
        const Value alone{circuit_->all(std::move(none_in)),
                          complement(circuit_->all(std::move(none_possible)))};
        counted.push_back(circuit_->both(member(cell, i), alone));
      }
      return circuit_->both(guard(cell), threshold(counted, needed));
    });
  };
  return ordered(how, reaching(least), reaching(more));
}

void Translator::number_cells(std::uint32_t index, Binding at,
                              std::vector<std::vector<Choice>>& cells, bool& other) {
  const Node& node = program_.nodes[index];
  if (node.op == Op::fact_number) cells.push_back(resolve(node.a, node.amount, at));
  other = other || node.op == Op::count || node.op == Op::concept_number;
  for (const std::uint32_t child : program_.list(node.children))
    number_cells(child, at, cells, other);
}

// A comparison of several numbers. The encoder makes it, unless axioms move one of them, or it
// hangs on other answers which cell speaks: then a record that states one goes to the one-record
// evaluator.
Value Translator::opaque(const Node& node, std::uint32_t index, Binding at) {
  std::vector<std::vector<Choice>> choices;
  bool other = false;
  number_cells(index, at, choices, other);
  if (other) {
    slow_nodes_.insert(index);
    plan_.all_slow_ = true;
    return kUnknown;
  }
  std::vector<Value> parts{compared(node, index, at, choices)};
  for (const auto& each : choices)
    parts.push_back(chosen(each, [&](CellId cell) { return applies(cell); }));
  return circuit_->both(parts);
}

Value Translator::compared(const Node& node, std::uint32_t index, Binding at,
                           const std::vector<std::vector<Choice>>& choices) {
  NumberValue unstated;
  kleene_.read_numbers_with([&](CellId cell) {
    unstated = {};
    if (fact_of(cell).has_minimum != 0) unstated.range.low = fact_of(cell).minimum;
    return &unstated;
  });
  const Truth value = kleene_.compare(node, at);
  kleene_.read_numbers_with(nullptr);
  const auto tied = [&](CellId cell) {
    return std::any_of(plan_.ties_.begin(), plan_.ties_.end(),
                       [&](const Tie& each) { return each.left == cell || each.right == cell; });
  };
  const bool plain = std::all_of(choices.begin(), choices.end(), [&](const auto& each) {
    return each.size() == 1 && !tied(each[0].cell);
  });
  if (!plain) {
    slow_nodes_.insert(index);
    for (const auto& each : choices) {
      for (const Choice& choice : each) slow_cell(choice.cell);
    }
    return value == Truth::unknown ? kUnknown : value == Truth::true_ ? kTrue : kFalse;
  }
  auto found = std::find_if(
      plan_.comparisons_.begin(), plan_.comparisons_.end(),
      [&](const NumberComparison& each) { return each.node == index && each.at == at; });
  if (found == plan_.comparisons_.end()) {
    NumberComparison fresh{index, at, {}, input_vectors_++, value};
    for (const auto& each : choices) fresh.cells.push_back(each[0].cell);
    found = plan_.comparisons_.insert(found, std::move(fresh));
  }
  return {circuit_->input(2 * found->vector), circuit_->input(2 * found->vector + 1)};
}

// And whatever axioms tie to it.
void Translator::slow_cell(CellId cell) {
  plan_.slow_[cell] = 1;
  for (bool more = true; more;) {
    more = false;
    for (const Tie& tie : plan_.ties_) {
      if (plan_.slow_[tie.left] == plan_.slow_[tie.right]) continue;
      plan_.slow_[tie.left] = plan_.slow_[tie.right] = 1;
      more = true;
    }
  }
}

}  // namespace pandect::bulk
