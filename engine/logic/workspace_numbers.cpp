// Numbers and dates of a workspace: the pieces that no condition can tell apart, and a point in
// each.
#include "language/expression.h"
#include "logic/workspace.h"

#include <algorithm>

namespace pandect {
namespace {

constexpr Day kEarliest = -25567;  // 1900-01-01
constexpr Day kLatest = 84006;     // 2200-01-01

NumberValue at_point(const Number& value, std::string_view currency) {
  NumberValue result;
  result.range.low = result.range.high = value;
  result.currency = currency;
  return result;
}

}  // namespace

Workspace::NumberVariable& Workspace::number_variable(CellId cell) {
  NumberVariable& entry = numbers_[cell];
  if (entry.variable != kNone) return entry;
  const auto saved = assigned_;
  std::set<Number> points = cuts_of(cell);
  for (const Tie& tie : ties_of(cell)) {  // meet the points of partners that are variables already
    if (tie.cells.size() != 2) continue;
    const CellId other = tie.cells[0] == cell ? tie.cells[1] : tie.cells[0];
    const auto known = numbers_.find(other);
    if (known == numbers_.end() || known->second.variable == kNone) continue;
    for (const NumberValue& value : known->second.values) {
      if (value.never) continue;
      assigned_.clear();
      assigned_[other] = value;
      roots(tie, cell, points);
    }
  }
  assigned_ = saved;
  entry.values = representatives(cell, points, component_size_[cell]);
  entry.variable =
      variable(static_cast<std::uint32_t>(entry.values.size()), knowledge_.cell_name(cell));
  return entry;
}

// Comparisons that this cell takes part in, at every binding at which it does.
std::vector<Workspace::Tie> Workspace::ties_of(CellId cell) const {
  std::vector<Tie> ties;
  const Fact& fact = program_.facts[knowledge_.fact_of(cell)];
  for (const std::uint32_t compare : program_.list(fact.comparisons)) {
    const std::uint8_t flags = program_.nodes[compare].flags;
    const int deployments = (flags & kReadsDeployment) != 0 ? knowledge_.deployments() : 1;
    const int models = (flags & kReadsModel) != 0 ? knowledge_.models() : 1;
    for (int deployment = 0; deployment < deployments; ++deployment) {
      for (int model = 0; model < models; ++model) {
        const Binding at{(flags & kReadsDeployment) != 0 ? deployment : -1,
                         (flags & kReadsModel) != 0 ? model : -1};
        Tie tie{compare, at, {}};
        bool counts = false;
        number_cells(compare, at, tie.cells, counts);
        const bool here = std::find(tie.cells.begin(), tie.cells.end(), cell) != tie.cells.end();
        if (here && !counts && tie.cells.size() <= 2) ties.push_back(std::move(tie));
      }
    }
  }
  const std::uint32_t group = knowledge_.axiom_group(cell);
  if (group == kNone) return ties;
  for (const std::size_t each : knowledge_.axioms_of_group(group)) {
    const auto& open = knowledge_.open_axioms()[each];
    if (program_.axioms[open.instance.axiom].kind != AxiomKind::at_least) continue;
    Tie tie{kNone, open.instance.at, knowledge_.axiom_cells(open.instance)};
    if (tie.cells.size() == 2 && (tie.cells[0] == cell || tie.cells[1] == cell))
      ties.push_back(std::move(tie));
  }
  return ties;
}

const std::set<Number>& Workspace::cuts_of(CellId cell) {
  if (cuts_.count(cell) == 0) cut_component(cell);
  return cuts_[cell];
}

// Cuts of all numbers that comparisons tie together: their own, then those that pass from one to
// the other, until none is new. Rounds and sizes are bounded; both count work, not time. A round
// sees what the round before it left, so that the bound cuts alike in whatever order ties stand.
void Workspace::cut_component(CellId first) {
  std::vector<CellId> cells{first};
  std::vector<Tie> ties;
  for (std::size_t i = 0; i < cells.size() && cells.size() < 64; ++i) {
    for (Tie& tie : ties_of(cells[i])) {
      for (const CellId each : tie.cells) {
        if (!knowledge_.single(each) && std::find(cells.begin(), cells.end(), each) == cells.end())
          cells.push_back(each);
      }
      ties.push_back(std::move(tie));
    }
  }
  const auto saved = assigned_;
  for (const CellId cell : cells) {
    component_size_[cell] = static_cast<int>(std::min<std::size_t>(cells.size(), 4));
    std::set<Number>& cuts = cuts_[cell];
    const Interval range = knowledge_.range(cell);
    if (range.low) cuts.insert(*range.low);
    if (range.high) cuts.insert(*range.high);
  }
  bool grew = true;
  for (int round = 0; grew && round < 6; ++round) {
    grew = false;
    Cuts before;
    for (const CellId cell : cells) before[cell] = cuts_[cell];
    for (const Tie& tie : ties) grew = spread(tie, before, round < 2) || grew;
  }
  assigned_ = saved;
}

// `neighbours`: whole numbers beside the cuts of a whole partner are cuts of a number that is not
// whole, for they are the only ones at which the two can be equal.
bool Workspace::spread(const Tie& tie, const Cuts& given, bool neighbours) {
  const auto whole = [&](CellId cell) {
    return program_.facts[knowledge_.fact_of(cell)].type != FactType::number;
  };
  bool grew = false;
  for (const CellId cell : tie.cells) {
    if (knowledge_.single(cell)) continue;
    std::set<Number>& cuts = cuts_[cell];
    const std::size_t before = cuts.size();
    if (given.at(cell).size() > 120) continue;
    if (tie.cells.size() == 1) {
      assigned_.clear();
      roots(tie, cell, cuts);
    } else {
      const CellId other = tie.cells[0] == cell ? tie.cells[1] : tie.cells[0];
      std::set<Number> points;
      if (knowledge_.single(other)) {
        if (!knowledge_.is_never(other)) points.insert(*knowledge_.range(other).low);
      } else {
        points = given.at(other);
        if (neighbours && whole(other) && !whole(cell)) {
          for (const Number& cut : given.at(other)) {
            for (const int step : {-1, 0, 1, 2}) {
              if (const auto near = add(cut.floor(), Number(step))) points.insert(*near);
            }
          }
        }
      }
      for (const Number& point : points) {
        assigned_.clear();
        assigned_[other] = at_point(point, knowledge_.currency(other));
        roots(tie, cell, cuts);
      }
    }
    grew = grew || cuts.size() != before;
  }
  return grew;
}

// Where left(x) - right(x) passes zero, the partner being assigned. Numbers are linear; dates are
// monotone, so they are searched.
void Workspace::roots(const Tie& tie, CellId cell, std::set<Number>& out) {
  if (tie.node == kNone) {  // at_least: equal values
    for (const CellId other : tie.cells) {
      const auto found = assigned_.find(other);
      if (other != cell && found != assigned_.end() && found->second.range.low)
        out.insert(*found->second.range.low);
    }
    return;
  }
  const Node& node = program_.nodes[tie.node];
  const auto children = program_.list(node.children);
  const auto difference = [&](const Number& x) -> std::optional<Number> {
    assigned_[cell] = at_point(x, knowledge_.currency(cell));
    NumberValue left = raw_.number(children[0], tie.at), right = raw_.number(children[1], tie.at);
    if (left.currency != right.currency && !left.currency.empty() && !right.currency.empty()) {
      const std::string name = std::string(left.currency) + ">" + std::string(right.currency);
      const auto rate = knowledge_.record().rates.find(name);
      if (rate == knowledge_.record().rates.end() || !left.range.low) return std::nullopt;
      left.range.low = multiply(*left.range.low, rate->second);
    }
    if (left.open || right.open || left.never || right.never || !left.range.low || !right.range.low)
      return std::nullopt;
    return add(*left.range.low, right.range.low->negated());
  };
  if (program_.facts[knowledge_.fact_of(cell)].type != FactType::date) {
    const auto zero = difference(Number(0)), one = difference(Number(1));
    if (!zero || !one) return;
    const auto slope = add(*one, zero->negated());
    if (!slope || slope->is_zero()) return;
    if (const auto root = divide(zero->negated(), *slope)) out.insert(*root);
    return;
  }
  const auto first = difference(Number(kEarliest)), last = difference(Number(kLatest));
  const bool rising = first && last ? *first < *last : true;
  for (const bool strict : {false, true}) {
    Day low = kEarliest, high = kLatest;
    while (low < high) {
      const Day middle = low + (high - low) / 2;
      const auto value = difference(Number(middle));
      bool beyond = true;
      if (value) {
        const Number signed_value = rising ? *value : value->negated();
        beyond = strict ? signed_value > Number(0) : signed_value >= Number(0);
      }
      if (beyond) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    if (low > kEarliest && low < kLatest) out.insert(Number(low));
  }
}

std::vector<NumberValue> Workspace::points(std::uint32_t node, Binding at, CellId& cell) {
  std::vector<CellId> cells;
  bool counts = false;
  number_cells(node, at, cells, counts);
  if (counts || cells.size() != 1 || knowledge_.single(cells[0])) return {};
  cell = cells[0];
  std::vector<NumberValue> values = representatives(cell, cuts_of(cell), 1);
  std::erase_if(values, [](const NumberValue& each) { return each.never; });
  return values;
}

std::vector<Number> Workspace::images(std::uint32_t node, Binding at) {
  std::vector<Number> result;
  CellId cell = 0;
  for (const NumberValue& value : points(node, at, cell)) {
    assigned_.clear();
    assigned_[cell] = value;
    const NumberValue image = raw_.number(node, at);
    if (!image.open && !image.never && image.range.low) result.push_back(*image.range.low);
  }
  assigned_.clear();
  return result;
}

// One point for each cut and `spacing` points in each stretch between cuts, so that as many numbers
// can stand there in any order.
std::vector<NumberValue> Workspace::representatives(CellId cell, const std::set<Number>& critical,
                                                    int spacing) const {
  const FactType type = program_.facts[knowledge_.fact_of(cell)].type;
  const Interval range = knowledge_.range(cell);
  const bool whole = type != FactType::number;
  const auto inside = [&](const Number& x) {
    if (range.low && (x < *range.low || (x == *range.low && range.low_open))) return false;
    return !range.high || !(x > *range.high || (x == *range.high && range.high_open));
  };
  std::set<Number> points;
  const auto try_point = [&](const std::optional<Number>& x) {
    if (x && (!whole || x->is_integer()) && inside(*x)) points.insert(*x);
  };
  std::set<Number> cuts = critical;
  if (range.low) cuts.insert(*range.low);
  if (range.high) cuts.insert(*range.high);
  if (cuts.empty()) cuts.insert(Number(0));
  std::optional<Number> previous;
  for (const Number& cut : cuts) {
    try_point(cut);
    if (whole) {
      for (int step = -spacing; step <= spacing + 1; ++step)
        try_point(add(cut.floor(), Number(step)));
    } else if (previous) {
      for (int step = 1; step <= spacing; ++step) {
        const auto width = add(cut, previous->negated());
        const auto part =
            width ? multiply(*width, *Number::fraction(step, spacing + 1)) : std::nullopt;
        if (part) try_point(add(*previous, *part));
      }
    }
    previous = cut;
  }
  for (int step = 1; !whole && step <= spacing; ++step) {
    try_point(add(*cuts.begin(), Number(-step)));
    try_point(add(*cuts.rbegin(), Number(step)));
  }
  std::vector<NumberValue> values;
  for (const Number& point : points) values.push_back(at_point(point, knowledge_.currency(cell)));
  if (knowledge_.may_be_never(cell) || values.empty()) {
    NumberValue never;
    never.never = true;
    values.push_back(never);
  }
  return values;
}

}  // namespace pandect
