#include "bulk/encode.h"

#include "logic/kleene.h"

#include <algorithm>
#include <cstring>

namespace pandect::bulk {
namespace {

// The amount in another currency, as Kleene converts it (semantics 2.3).
NumberValue converted(NumberValue value, const std::string& currency, const Rates& rates) {
  if (value.never || currency.empty() || value.currency.empty() || value.currency == currency)
    return value;
  Interval& range = value.range;
  if (range.is_point() && range.low->is_zero()) return value;
  const auto rate = rates.find(std::string(value.currency) + ">" + currency);
  if (rate == rates.end()) {
    const bool positive =
        range.low && (*range.low > Number(0) || (range.low->is_zero() && range.low_open));
    const bool bounded = positive || (range.low && !range.low->is_negative());
    range = {};
    if (bounded) {
      range.low = Number(0);
      range.low_open = positive;
    }
    return value;
  }
  for (auto* end : {&range.low, &range.high}) {
    if (!*end) continue;
    *end = multiply(**end, rate->second);
    value.open = value.open || !*end;
  }
  return value;
}

bool reaches(const std::optional<Number>& end, bool sure, bool open_end, const Cut& cut) {
  if (!end) return !sure;
  if (*end != cut.at) return *end > cut.at;
  if (sure) return !cut.above || open_end;
  return !cut.above && !open_end;
}

Effect::Codes codes_of(const Plan& plan, std::uint32_t column, const NumberValue& value) {
  Effect::Codes codes{column, 0, 0};
  for (const Cut& cut : plan.cuts(column)) {
    const Interval& range = value.range;
    codes.low += !value.open && reaches(range.low, true, range.low_open, cut) ? 1 : 0;
    codes.high += value.open || reaches(range.high, false, range.high_open, cut) ? 1 : 0;
  }
  return codes;
}

NumberValue value_of(const Fact& fact, const Answer* answer) {
  NumberValue value;
  if (answer != nullptr) {
    value.currency = answer->currency;
    value.never = answer->never;
    if (!answer->unknown) {
      value.range = answer->range;
      return value;
    }
  }
  if (fact.has_minimum != 0) value.range.low = fact.minimum;
  return value;
}

void place(const Plan& plan, Effect& effect, std::uint32_t vector, Truth truth) {
  if (truth == Truth::unknown) return;
  const std::uint32_t plane = plan.input_plane(vector, truth);
  if (plane != kDropped) effect.planes.push_back(plane);
}

bool empty_group(const Program& program, const Fact& fact, const Answer& answer) {
  for (std::uint32_t i = 0; i < fact.members.count; ++i) {
    const Member& group = program.members[fact.members.first + i];
    if (!answer.in[i] || group.abstract == 0 || group.has_children == 0) continue;
    bool possible = false;
    for (std::uint32_t j = 0; j < fact.members.count; ++j) {
      possible =
          possible || (program.members[fact.members.first + j].parent == i && !answer.out[j]);
    }
    if (!possible) return true;
  }
  return false;
}

Truth one_of(const Part& part, const Answer& answer) {
  if (answer.unknown || answer.never) return Truth::unknown;
  const bool some = (answer.possible & part.wanted).any(),
             all = (answer.possible & ~part.wanted).none();
  if (all) return truth_of(!part.negative);
  return some ? Truth::unknown : truth_of(part.negative);
}

bool single(const Fact& fact, const Answer& answer) {
  if (answer.unknown) return false;
  if (answer.never || fact.type == FactType::text) return true;
  if (fact.type == FactType::enumeration) return answer.possible.count() == 1;
  return answer.range.is_point();
}

}  // namespace

Effect effect_of(const Plan& plan, CellId cell, const Answer& answer, const Rates& rates) {
  Effect effect;
  set_effect(plan, cell, answer, rates, effect);
  return effect;
}

void set_effect(const Plan& plan, CellId cell, const Answer& answer, const Rates& rates,
                Effect& effect) {
  effect.planes.clear();
  effect.codes.clear();
  const Program& program = plan.program();
  const Fact& fact = program.facts[answer.fact];
  effect.slow =
      plan.slow_cell(cell) || plan.all_slow() ||
      (fact.type == FactType::set && !answer.unknown && empty_group(program, fact, answer));
  for (const Part& part : plan.parts(cell)) {
    switch (part.kind) {
      case Part::Kind::truth:
        place(plan, effect, part.place, answer.unknown ? Truth::unknown : answer.truth);
        break;
      case Part::Kind::stated:
        place(plan, effect, part.place, Truth::true_);
        break;
      case Part::Kind::single:
        if (single(fact, answer)) place(plan, effect, part.place, Truth::true_);
        break;
      case Part::Kind::exists:
        if (!answer.unknown) place(plan, effect, part.place, truth_of(!answer.never));
        break;
      case Part::Kind::listed:
        if (!answer.unknown) place(plan, effect, part.place, Truth::true_);
        break;
      case Part::Kind::in:
        if (!answer.unknown && answer.in[part.index]) place(plan, effect, part.place, Truth::true_);
        break;
      case Part::Kind::open:
        if (!answer.unknown && !answer.in[part.index] && !answer.out[part.index])
          place(plan, effect, part.place, Truth::true_);
        break;
      case Part::Kind::narrowed:
        if (!answer.unknown && !answer.never) place(plan, effect, part.place, Truth::true_);
        break;
      case Part::Kind::possible:
        if (!answer.unknown && !answer.never && answer.possible[part.index])
          place(plan, effect, part.place, Truth::true_);
        break;
      case Part::Kind::one_of:
        place(plan, effect, part.place, one_of(part, answer));
        break;
      case Part::Kind::text_equal:
        if (!answer.unknown)
          place(plan, effect, part.place,
                truth_of((answer.text == program.text(program.words[part.index].en)) !=
                         part.negative));
        break;
      case Part::Kind::column:
        effect.codes.push_back(
            codes_of(plan, part.place, converted(value_of(fact, &answer), part.currency, rates)));
        break;
    }
  }
  while (effect.planes.size() % Effect::kAtOnce != 0) effect.planes.push_back(effect.planes.back());
}

Block::Block(const Plan& plan, std::uint32_t words)
    : plan_(plan), words_(words), kleene_(plan.cells(), {plan.day(), plan.day(), false}, false) {
  blank_.assign(static_cast<std::size_t>(plan.input_planes()) * words, 0);
  for (std::uint32_t column = 0; column < plan.columns(); ++column) {
    const Fact& fact = plan.program().facts[plan.cells().fact_of(plan.column_cell(column))];
    const Effect::Codes codes = codes_of(plan, column, value_of(fact, nullptr));
    auto* bytes = reinterpret_cast<std::uint8_t*>(
        blank_.data() + static_cast<std::size_t>(plan.first_plane(column)) * words);
    std::memset(bytes, codes.low, capacity());
    std::memset(bytes + capacity(), codes.high, capacity());
  }
  slow_.assign(capacity(), 0);
  planes_ = blank_;
}

void Block::clear() {
  std::copy(blank_.begin(), blank_.end(), planes_.begin());
  std::fill(slow_.begin(), slow_.end(), std::uint8_t{0});
  rows_ = 0;
}

namespace {

bool below(const Interval& left, const Interval& right) {
  if (!left.high || !right.low) return false;
  return *left.high < *right.low ||
         (*left.high == *right.low && (left.high_open || right.low_open));
}

// The larger one at least at the smaller one's lower end, and that one at most at its upper end.
bool narrow(Interval& left, Interval& right) {
  const bool raised = left.raise_low(right);
  return right.lower_high(left) || raised;
}

}  // namespace

void Block::mark(std::uint32_t row, std::uint32_t vector, Truth truth) {
  const std::uint32_t plane =
      vector == kNone || truth == Truth::unknown ? kDropped : plan_.input_plane(vector, truth);
  if (plane != kDropped)
    planes_[static_cast<std::size_t>(plane) * words_ + (row >> 6)] |= std::uint64_t{1}
                                                                      << (row & 63u);
}

// Planes hold no currencies, and no interval between two numbers.
void Block::tie_ends(std::uint32_t row, const AnswerOf& answer) {
  static const std::string none;
  std::map<CellId, Interval> ranges;
  const auto range = [&](CellId cell, const Answer* found) -> Interval& {
    const auto [place, fresh] = ranges.try_emplace(cell);
    if (fresh)
      place->second = value_of(plan_.program().facts[plan_.cells().fact_of(cell)], found).range;
    return place->second;
  };
  std::vector<std::pair<Interval*, Interval*>> kept;
  for (const Tie& each : plan_.ties()) {
    const Answer *left = answer(each.left), *right = answer(each.right);
    if ((left != nullptr ? left->currency : none) != (right != nullptr ? right->currency : none))
      continue;
    mark(row, each.active, Truth::true_);
    if (left == nullptr && right == nullptr) continue;
    Interval &larger = range(each.left, left), &smaller = range(each.right, right);
    if (below(larger, smaller)) {
      mark(row, each.broken, Truth::true_);
    } else {
      kept.emplace_back(&larger, &smaller);
    }
  }
  for (bool moved = kept.size() > 1; moved;) {
    moved = false;
    for (const auto& [larger, smaller] : kept) {
      moved = narrow(*larger, *smaller) || moved;
      if (!larger->is_empty() && !smaller->is_empty()) continue;
      slow_[row] = 1;
      return;
    }
  }
}

void Block::compare(std::uint32_t row, const AnswerOf& answer) {
  const Program& program = plan_.program();
  for (const NumberComparison& each : plan_.comparisons()) {
    const bool stated = std::any_of(each.cells.begin(), each.cells.end(),
                                    [&](CellId cell) { return answer(cell) != nullptr; });
    Truth truth = each.unstated;
    if (stated) {
      NumberValue value;
      kleene_.read_numbers_with([&](CellId cell) {
        value = value_of(program.facts[plan_.cells().fact_of(cell)], answer(cell));
        value.never = false;  // whether there is one, planes say
        return &value;
      });
      truth = kleene_.compare(program.nodes[each.node], each.at);
    }
    mark(row, each.vector, truth);
  }
  kleene_.read_numbers_with(nullptr);
}

void Block::add(const Record& record) {
  const std::uint32_t row = add();
  if (!record.determinations.empty() || plan_.all_slow()) set_slow(row);
  const auto facts = static_cast<CellId>(plan_.program().facts.size());
  std::map<CellId, const Answer*> answers;  // the last one that speaks of a cell counts
  const auto put = [&](const Answer& answer, std::size_t subject) {
    answers[static_cast<CellId>(subject * facts + answer.fact)] = &answer;
  };
  const auto deployments = static_cast<std::size_t>(plan_.shape().deployments);
  for (const Answer& answer : record.organisation.answers) put(answer, 0);
  for (const Answer& answer : record.system.answers) {
    const std::uint8_t scopes = plan_.program().facts[answer.fact].scopes;
    if ((scopes & kOrganisation) != 0) put(answer, 0);
    if ((scopes & kSystem) != 0) put(answer, 1);
    for (std::size_t i = 0; (scopes & kDeployment) != 0 && i < deployments; ++i) put(answer, 2 + i);
  }
  for (std::size_t i = 0; i < record.deployments.size(); ++i) {
    for (const Answer& answer : record.deployments[i].answers) put(answer, 2 + i);
  }
  for (std::size_t i = 0; i < record.models.size(); ++i) {
    for (const Answer& answer : record.models[i].answers) put(answer, 2 + deployments + i);
  }
  for (const auto& [cell, answer] : answers)
    set(row, effect_of(plan_, cell, *answer, record.rates));
  tie(row, [&](CellId cell) {
    const auto found = answers.find(cell);
    return found == answers.end() ? nullptr : found->second;
  });
}

}  // namespace pandect::bulk
