#include "logic/kleene.h"

#include "language/expression.h"

#include <algorithm>

namespace pandect {
namespace {

using language::Comparison;

constexpr std::uint8_t kUnset = 0xFF;

NumberValue point(const Number& value) {
  NumberValue result;
  result.range.low = result.range.high = value;
  return result;
}

NumberValue open_value() {
  NumberValue result;
  result.open = true;
  return result;
}

bool surely_less(const Interval& a, const Interval& b) {  // every a < every b
  if (!a.high || !b.low) return false;
  return *a.high < *b.low || (*a.high == *b.low && (a.high_open || b.low_open));
}
bool surely_at_most(const Interval& a, const Interval& b) {
  return a.high && b.low && *a.high <= *b.low;
}
bool never_less(const Interval& a, const Interval& b) {
  return a.low && b.high && *a.low >= *b.high;
}
bool never_at_most(const Interval& a, const Interval& b) { return surely_less(b, a); }

Truth order(Comparison op, const Interval& a, const Interval& b) {
  switch (op) {
    case Comparison::less:
      return surely_less(a, b) ? Truth::true_ : never_less(a, b) ? Truth::false_ : Truth::unknown;
    case Comparison::less_equal:
      return surely_at_most(a, b)  ? Truth::true_
             : never_at_most(a, b) ? Truth::false_
                                   : Truth::unknown;
    case Comparison::greater:
      return order(Comparison::less, b, a);
    case Comparison::greater_equal:
      return order(Comparison::less_equal, b, a);
    case Comparison::equal:
      if (a.is_point() && b.is_point() && *a.low == *b.low) return Truth::true_;
      return surely_less(a, b) || surely_less(b, a) ? Truth::false_ : Truth::unknown;
    case Comparison::not_equal:
      return negate(order(Comparison::equal, a, b));
  }
  return Truth::unknown;
}

// Applies a monotone function to both ends.
template <typename F>
NumberValue mapped(NumberValue value, F function, bool falling = false) {
  if (value.never || value.open) return value;
  Interval result;
  const auto end = [&](const std::optional<Number>& from) -> std::optional<Number> {
    if (!from) return std::nullopt;
    const std::optional<Number> to = function(*from);
    if (!to) value.open = true;
    return to;
  };
  result.low = end(falling ? value.range.high : value.range.low);
  result.low_open = falling ? value.range.high_open : value.range.low_open;
  result.high = end(falling ? value.range.low : value.range.high);
  result.high_open = falling ? value.range.low_open : value.range.high_open;
  value.range = result;
  return value;
}

Interval hull(const Interval& a, const Interval& b) {
  Interval result;
  if (a.low && b.low) {
    const bool a_first = *a.low < *b.low || (*a.low == *b.low && !a.low_open);
    result.low = a_first ? a.low : b.low;
    result.low_open = a_first ? a.low_open : b.low_open;
  }
  if (a.high && b.high) {
    const bool a_last = *a.high > *b.high || (*a.high == *b.high && !a.high_open);
    result.high = a_last ? a.high : b.high;
    result.high_open = a_last ? a.high_open : b.high_open;
  }
  return result;
}

// max of two ranges, end by end.
Interval larger(const Interval& a, const Interval& b) {
  Interval result;
  if (!a.low || !b.low) {
    result.low = a.low ? a.low : b.low;
    result.low_open = a.low ? a.low_open : b.low_open;
  } else {
    const bool first = *a.low > *b.low || (*a.low == *b.low && a.low_open);
    result.low = first ? a.low : b.low;
    result.low_open = first ? a.low_open : b.low_open;
  }
  if (a.high && b.high) {
    const bool first = *a.high > *b.high || (*a.high == *b.high && !a.high_open);
    result.high = first ? a.high : b.high;
    result.high_open = first ? a.high_open : b.high_open;
  }
  return result;
}

Interval mirrored(const Interval& a) {
  Interval result;
  if (a.high) result.low = a.high->negated();
  if (a.low) result.high = a.low->negated();
  result.low_open = a.high_open;
  result.high_open = a.low_open;
  return result;
}

Interval smaller(const Interval& a, const Interval& b) {
  return mirrored(larger(mirrored(a), mirrored(b)));
}

Interval sum(const Interval& a, const Interval& b, bool& overflow) {
  Interval result;
  const auto end = [&](const std::optional<Number>& x,
                       const std::optional<Number>& y) -> std::optional<Number> {
    if (!x || !y) return std::nullopt;
    const auto total = add(*x, *y);
    if (!total) overflow = true;
    return total;
  };
  result.low = end(a.low, b.low);
  result.high = end(a.high, b.high);
  result.low_open = a.low_open || b.low_open;
  result.high_open = a.high_open || b.high_open;
  return result;
}

}  // namespace

Truth compare_intervals(std::uint8_t comparison, const NumberValue& left,
                        const NumberValue& right) {
  if (left.never || right.never) return Truth::false_;
  if (left.open || right.open) return Truth::unknown;
  const Truth result = order(static_cast<Comparison>(comparison), left.range, right.range);
  if (result == Truth::true_ && (left.may_be_never || right.may_be_never)) return Truth::unknown;
  return result;
}

std::optional<Day> add_working_days(const Program& program, const Calendar& calendar, Day day,
                                    int count) {
  const auto holidays = program.days.slice(calendar.holidays);
  const auto extra = program.days.slice(calendar.extra);
  if (count > 0 && day < calendar.from - 1) return std::nullopt;
  while (count > 0) {
    ++day;
    if (day > calendar.through) return std::nullopt;
    const bool works =
        std::binary_search(extra.begin(), extra.end(), day) ||
        (!is_weekend(day) && !std::binary_search(holidays.begin(), holidays.end(), day));
    if (works) --count;
  }
  return day;
}

Kleene::Kleene(const Knowledge& knowledge, Moment moment, bool memo)
    : knowledge_(knowledge), program_(knowledge.program()), moment_(moment), use_memo_(memo) {
  if (!memo) return;
  const auto bindings =
      static_cast<std::size_t>((knowledge.deployments() + 1) * (knowledge.models() + 1));
  memo_.resize(bindings);
}

void Kleene::forget() {
  for (auto& each : memo_) each.clear();
}

Binding Kleene::narrow(const Node& node, Binding at) const {
  if ((node.flags & kReadsDeployment) == 0) at.deployment = -1;
  if ((node.flags & kReadsModel) == 0) at.model = -1;
  return at;
}

Truth Kleene::evaluate(std::uint32_t index, Binding at) {
  const Node& node = program_.nodes[index];
  if (node.op == Op::true_) return Truth::true_;
  if (node.op == Op::false_) return Truth::false_;
  at = narrow(node, at);
  if (!use_memo_ || number_rule_) return compute(node, index, at);
  auto& memo = memo_[static_cast<std::size_t>((at.deployment + 1) * (knowledge_.models() + 1) +
                                              at.model + 1)];
  if (memo.empty()) memo.assign(program_.nodes.size(), kUnset);
  if (memo[index] != kUnset) return static_cast<Truth>(memo[index]);
  const Truth result = compute(node, index, at);
  memo[index] = static_cast<std::uint8_t>(result);
  return result;
}

Truth Kleene::compute(const Node& node, std::uint32_t index, Binding at) {
  switch (node.op) {
    case Op::true_:
      return Truth::true_;
    case Op::false_:
      return Truth::false_;
    case Op::fact:
      return fact_truth(node.a, node.amount, at);
    case Op::and_:
    case Op::or_:
    case Op::at_least:
      return junction(node, at);
    case Op::not_:
      return negate(evaluate(program_.links[node.children.first], at));
    case Op::compare:
      return compare(node, at);
    case Op::one_of:
      return one_of_truth(node, at);
    case Op::text_equal:
      return text_truth(node, at);
    case Op::has:
      return has_truth(node, at);
    case Op::known:
      return truth_of(is_known(node, at));
    case Op::concept_:
      if (moment_.timeless && knowledge_.ever_determined(node.a)) return Truth::unknown;
      if (const Determination* set = knowledge_.determination(node.a, at, moment_.day);
          set != nullptr)
        return set->value;
      return evaluate(program_.links[node.children.first], at);
    case Op::in_date:
      if (moment_.timeless) return Truth::unknown;
      return truth_of(in_date(program_.rules[node.a]));
    case Op::burden: {
      const Truth body = evaluate(program_.links[node.children.first], at);
      if (body != Truth::unknown) return body;
      if (moment_.timeless) return Truth::unknown;
      return truth_of(burden_rule_ && burden_rule_(index, at));
    }
    case Op::any_model:
    case Op::all_models:
    case Op::any_deployment:
    case Op::all_deployments:
      return quantifier(node, at);
    default:
      return Truth::unknown;
  }
}

Truth Kleene::junction(const Node& node, Binding at) {
  int yes = 0, open = 0;
  const auto children = program_.list(node.children);
  const int total = static_cast<int>(children.size());
  const int needed = node.op == Op::and_ ? total : node.op == Op::or_ ? 1 : node.amount;
  for (int i = 0; i < total; ++i) {
    const Truth value = evaluate(children[static_cast<std::size_t>(i)], at);
    if (value == Truth::true_) ++yes;
    if (value == Truth::unknown) ++open;
    if (yes >= needed) return Truth::true_;
    if (yes + open + (total - 1 - i) < needed) return Truth::false_;
  }
  return Truth::unknown;
}

Truth Kleene::quantifier(const Node& node, Binding at) {
  const bool model = node.op == Op::any_model || node.op == Op::all_models;
  const bool any = node.op == Op::any_model || node.op == Op::any_deployment;
  const Truth decisive = truth_of(any);
  const int count = model ? knowledge_.models() : knowledge_.deployments();
  bool open = model && knowledge_.models_open();
  for (int i = 0; i < count; ++i) {
    Binding inner = at;
    (model ? inner.model : inner.deployment) = i;
    const Truth value = evaluate(program_.links[node.children.first], inner);
    if (value == decisive) return decisive;
    open = open || value == Truth::unknown;
  }
  return open ? Truth::unknown : negate(decisive);
}

Truth Kleene::guard_truth(CellId cell) {
  const std::uint32_t guard = knowledge_.guard_node(cell);
  return guard == kNone ? Truth::true_ : evaluate(guard, knowledge_.binding_of(cell));
}

Truth Kleene::fact_truth(std::uint32_t fact, std::int32_t slot, Binding at) {
  const CellId cell = knowledge_.resolve(fact, slot, at);
  const Cell& state = knowledge_.cell(cell);
  if (state.forced != Truth::unknown) return state.forced;
  const Truth raw = knowledge_.raw_truth(cell);
  if (raw == Truth::false_) return raw;
  const Truth guard = guard_truth(cell);
  if (guard == Truth::false_) return Truth::false_;
  return raw == Truth::true_ && guard == Truth::true_ ? Truth::true_ : Truth::unknown;
}

Truth Kleene::has_truth(const Node& node, Binding at) {
  const CellId cell = knowledge_.resolve(node.a, node.amount, at);
  const MemberState state = knowledge_.members(cell);
  if (state.out[node.b]) return Truth::false_;
  const Truth guard = guard_truth(cell);
  if (guard == Truth::false_) return Truth::false_;
  return state.in[node.b] && guard == Truth::true_ ? Truth::true_ : Truth::unknown;
}

Truth Kleene::one_of_truth(const Node& node, Binding at) {
  const CellId cell = knowledge_.resolve(node.a, node.amount, at);
  if (knowledge_.is_never(cell)) return Truth::false_;
  const Truth guard = guard_truth(cell);
  if (guard == Truth::false_) return Truth::false_;
  MemberSet wanted;
  for (const std::uint32_t member : program_.list(node.children)) wanted.set(member);
  const MemberSet possible = knowledge_.possible(cell);
  const bool negative = node.comparison != 0;
  const bool some = (possible & wanted).any(), all = (possible & ~wanted).none();
  const Truth raw = all ? truth_of(!negative) : some ? Truth::unknown : truth_of(negative);
  if (raw != Truth::true_) return raw;
  return guard == Truth::true_ && !knowledge_.may_be_never(cell) ? Truth::true_ : Truth::unknown;
}

Truth Kleene::text_truth(const Node& node, Binding at) {
  const CellId cell = knowledge_.resolve(node.a, node.amount, at);
  const Truth guard = guard_truth(cell);
  if (guard == Truth::false_) return Truth::false_;
  const std::string* text = knowledge_.text(cell);
  if (text == nullptr) return Truth::unknown;
  const bool equal = *text == program_.text(program_.words[node.b].en);
  const bool wanted = static_cast<Comparison>(node.comparison) == Comparison::equal;
  if (equal != wanted) return Truth::false_;
  return guard == Truth::true_ ? Truth::true_ : Truth::unknown;
}

// known(f): the effective value after propagation is single (semantics 2.6).
bool Kleene::is_known(const Node& node, Binding at) {
  const CellId cell = knowledge_.resolve(node.a, node.amount, at);
  const Truth guard = guard_truth(cell);
  if (guard == Truth::false_) return true;
  if (knowledge_.cell(cell).forced != Truth::unknown) return true;
  const Fact& fact = program_.facts[knowledge_.fact_of(cell)];
  if (fact.type == FactType::boolean) {
    const Truth raw = knowledge_.raw_truth(cell);
    return raw == Truth::false_ || (raw == Truth::true_ && guard == Truth::true_);
  }
  if (!knowledge_.single(cell)) return false;
  if (guard == Truth::true_ || knowledge_.is_never(cell)) return true;
  return fact.type == FactType::set && knowledge_.members(cell).in.none();  // empty either way
}

bool Kleene::in_date(const Rule& rule) const {
  if (rule.enacted != kNoDay && moment_.book < rule.enacted) return false;
  if (rule.superseded != kNoDay && moment_.book >= rule.superseded) return false;
  if (rule.from != kNoDay && moment_.day < rule.from) return false;
  return rule.until == kNoDay || moment_.day < rule.until;
}

NumberValue Kleene::convert(NumberValue value, std::string_view currency, std::string* missing) {
  if (value.never || value.open || value.currency == currency || currency.empty() ||
      value.currency.empty()) {
    if (value.currency.empty()) value.currency = currency;
    return value;
  }
  if (value.range.is_point() && value.range.low->is_zero()) {
    value.currency = currency;
    return value;
  }
  const std::string name = std::string(value.currency) + ">" + std::string(currency);
  const auto rate = knowledge_.record().rates.find(name);
  NumberValue result = value;
  result.currency = currency;
  if (rate == knowledge_.record().rates.end()) {
    if (missing != nullptr) *missing = "rate:" + name;
    const bool positive = value.range.low && (*value.range.low > Number(0) ||
                                              (value.range.low->is_zero() && value.range.low_open));
    result.range = Interval{};
    if (positive || (value.range.low && !value.range.low->is_negative())) {
      result.range.low = Number(0);
      result.range.low_open = positive;
    }
    return result;
  }
  return mapped(result, [&](const Number& n) { return multiply(n, rate->second); });
}

Truth Kleene::compare(const Node& node, Binding at) {
  const auto children = program_.list(node.children);
  NumberValue left = number(children[0], at), right = number(children[1], at);
  if (!right.currency.empty() || !left.currency.empty())
    left = convert(left, right.currency, nullptr);
  return compare_intervals(node.comparison, left, right);
}

std::string Kleene::missing_rate(const Node& node, Binding at) {
  const auto children = program_.list(node.children);
  const NumberValue left = number(children[0], at), right = number(children[1], at);
  std::string missing;
  convert(left, right.currency, &missing);
  return missing;
}

NumberValue Kleene::number(std::uint32_t index, Binding at) {
  const Node& node = program_.nodes[index];
  const auto children = program_.list(node.children);
  switch (node.op) {
    case Op::constant: {
      NumberValue value = point(program_.numbers[node.a]);
      if (node.b != kNone) value.currency = program_.text(program_.amounts[node.b].currency);
      return value;
    }
    case Op::as_of: {
      if (!moment_.timeless) return point(Number(moment_.day));
      NumberValue any;
      return any;
    }
    case Op::fact_number: {
      const CellId cell = knowledge_.resolve(node.a, node.amount, at);
      NumberValue value;
      const NumberValue* chosen = number_rule_ ? number_rule_(cell) : nullptr;
      if (chosen != nullptr) return *chosen;
      const Truth guard = guard_truth(cell);
      value.currency = knowledge_.currency(cell);
      value.never = knowledge_.is_never(cell) || guard == Truth::false_;
      value.may_be_never = value.never || guard == Truth::unknown || knowledge_.may_be_never(cell);
      value.range = knowledge_.range(cell);
      return value;
    }
    case Op::add:
    case Op::subtract: {
      NumberValue left = number(children[0], at), right = number(children[1], at);
      left = convert(left, right.currency, nullptr);
      NumberValue result = left;
      result.never = left.never || right.never;
      result.may_be_never = left.may_be_never || right.may_be_never;
      result.open = left.open || right.open;
      result.range =
          sum(left.range, node.op == Op::add ? right.range : mirrored(right.range), result.open);
      return result;
    }
    case Op::scale: {
      const Number factor = program_.numbers[node.a];
      return mapped(
          number(children[0], at), [&](const Number& n) { return multiply(n, factor); },
          factor.is_negative());
    }
    case Op::shift:
      return mapped(number(children[0], at), [&](const Number& n) -> std::optional<Number> {
        const Day day = static_cast<Day>(n.to_int());
        return Number(node.b == 0 ? day + node.amount : add_months(day, node.amount));
      });
    case Op::working_days:
      return working_days(node, at);
    case Op::count:
      return count(node, at);
    case Op::concept_number:
      return concept_number(node.a, at);
    case Op::convert:
      return convert(number(children[0], at), program_.text(program_.amounts[node.a].currency),
                     nullptr);
    default:
      return open_value();
  }
}

NumberValue Kleene::working_days(const Node& node, Binding at) {
  return mapped(number(program_.links[node.children.first], at),
                [&](const Number& n) -> std::optional<Number> {
                  const auto day = add_working_days(program_, program_.calendars[node.a],
                                                    static_cast<Day>(n.to_int()), node.amount);
                  return day ? std::optional<Number>(Number(*day)) : std::nullopt;
                });
}

NumberValue Kleene::count(const Node& node, Binding at) {
  const CellId cell = knowledge_.resolve(node.a, node.amount, at);
  const Truth guard = guard_truth(cell);
  if (guard == Truth::false_) return point(Number(0));
  const Fact& fact = program_.facts[node.a];
  const MemberState state = knowledge_.members(cell);
  const auto members = program_.members.slice(fact.members);
  MemberSet above_in, above_possible;  // members with a listed, or possibly listed, member below
  std::int64_t low = 0, high = 0;
  for (std::uint32_t i = 0; i < members.size(); ++i) {
    for (std::uint32_t up = members[i].parent; up != kNone; up = members[up].parent) {
      if (state.in[i]) above_in.set(up);
      if (!state.out[i]) above_possible.set(up);
    }
  }
  for (std::uint32_t i = 0; i < members.size(); ++i) {
    if (state.in[i] && !above_in[i]) ++low;
    if (!state.out[i] && !above_possible[i]) ++high;
  }
  NumberValue value;
  value.range.low = Number(guard == Truth::true_ ? low : 0);
  value.range.high = Number(high);
  return value;
}

// The rules that surely apply are combined first; those that may apply widen the result.
NumberValue Kleene::concept_number(std::uint32_t index, Binding at, bool* conflict) {
  const Concept& found = program_.concepts[index];
  NumberValue result;
  bool any = false, certain = false, sure_conflict = false;
  const auto combined = [&](const Interval& a, const Interval& b) {
    switch (found.combine) {
      case Combine::maximum:
        return larger(a, b);
      case Combine::minimum:
        return smaller(a, b);
      case Combine::sum:
        return sum(a, b, result.open);
      case Combine::none:
        break;
    }
    return hull(a, b);
  };
  for (const bool sure : {true, false}) {
    for (std::uint32_t i = found.rules.first; i < found.rules.first + found.rules.count; ++i) {
      const Rule& rule = program_.rules[i];
      if (rule.exception != 0 || rule.then == kNone) continue;
      const Truth applies = evaluate(rule.applies, at);
      if (applies == Truth::false_) continue;
      const NumberValue value = number(rule.then, at);
      if (value.never || (applies == Truth::true_ && !value.may_be_never) != sure) continue;
      result.open = result.open || value.open;
      if (result.currency.empty()) result.currency = value.currency;
      if (!any) {
        result.range = value.range;
      } else if (sure) {
        sure_conflict =
            sure_conflict || (found.combine == Combine::none &&
                              order(Comparison::equal, result.range, value.range) == Truth::false_);
        result.range = combined(result.range, value.range);
      } else {
        const Interval both = combined(result.range, value.range);
        result.range = hull(result.range, certain ? both : hull(both, value.range));
      }
      any = true;
      certain = certain || sure;
    }
  }
  if (!certain && found.default_value != kNone) {
    const NumberValue value = number(found.default_value, at);
    result.range = any ? hull(result.range, value.range) : value.range;
    if (result.currency.empty()) result.currency = value.currency;
    any = certain = true;
  }
  result.never = !any;
  result.may_be_never = !certain;
  if (sure_conflict) result.open = true;
  if (conflict != nullptr) *conflict = sure_conflict;
  return result;
}

}  // namespace pandect
