#include "logic/workspace.h"

#include "language/expression.h"

#include <algorithm>

namespace pandect {
namespace {

using language::Comparison;

constexpr Day kEarliest = -25567;  // 1900-01-01
constexpr Day kLatest = 84006;     // 2200-01-01
constexpr char kHidden = '\x01';
constexpr std::size_t kLargestTable = 20'000;

NumberValue at_point(const Number& value, std::string_view currency) {
  NumberValue result;
  result.range.low = result.range.high = value;
  result.currency = currency;
  return result;
}

}  // namespace

Workspace::Workspace(Evaluation& evaluation, bool choices, const std::vector<Root>& roots)
    : evaluation_(evaluation),
      knowledge_(evaluation.knowledge()),
      program_(evaluation.knowledge().program()),
      choices_(choices),
      diagrams_(evaluation.budget_),
      raw_(evaluation.knowledge(), evaluation.kleene_.moment(), false) {
  raw_.read_numbers_with([this](CellId cell) -> const NumberValue* {
    const auto found = assigned_.find(cell);
    return found == assigned_.end() ? nullptr : &found->second;
  });
  for (const Root& root : roots) survey(root.node, root.at, kNone);
  for (const auto& open : knowledge_.open_axioms()) {
    const Axiom& axiom = program_.axioms[open.instance.axiom];
    if (axiom.kind == AxiomKind::formula) {
      survey(axiom.node, open.instance.at, kNone);
    } else {
      unmerged_.insert(axiom.left);
      unmerged_.insert(axiom.right);
    }
    for (const CellId cell : open.cells) {
      if (const std::uint32_t guard = knowledge_.guard_node(cell); guard != kNone)
        survey(guard, knowledge_.binding_of(cell), kNone);
    }
  }
  merge_members();
}

// Notes under which `or` each member test stands. Members of one set that stand under the same ones
// only cannot be told apart: one variable says that some of them is in.
void Workspace::survey(std::uint32_t index, Binding at, std::uint32_t parent) {
  const Node& node = program_.nodes[index];
  at = raw_.narrow(node, at);
  if (node.op == Op::has) {
    const CellId cell = knowledge_.resolve(node.a, node.amount, at);
    parents_[{knowledge_.fact_of(cell), node.b}].insert(parent == kNone ? index + (1u << 31)
                                                                        : parent);
  }
  if (node.op == Op::count)
    unmerged_.insert(knowledge_.fact_of(knowledge_.resolve(node.a, node.amount, at)));
  if (!surveyed_.insert({index, at}).second) return;
  const bool fixed_choice = !choices_ || (node.flags & kHasBurden) == 0;
  if ((node.flags & kNumeric) == 0 && fixed_choice &&
      evaluation_.kleene_.evaluate(index, at) != Truth::unknown)
    return;
  switch (node.op) {
    case Op::fact:
    case Op::has:
    case Op::one_of:
    case Op::text_equal:
    case Op::fact_number:
    case Op::count: {
      const CellId cell = knowledge_.resolve(node.a, node.amount, at);
      if (const std::uint32_t guard = knowledge_.guard_node(cell); guard != kNone)
        survey(guard, knowledge_.binding_of(cell), kNone);
      return;
    }
    case Op::any_model:
    case Op::all_models:
      for (int i = 0; i < knowledge_.models(); ++i)
        survey(program_.links[node.children.first], {at.deployment, i}, kNone);
      return;
    case Op::any_deployment:
    case Op::all_deployments:
      for (int i = 0; i < knowledge_.deployments(); ++i)
        survey(program_.links[node.children.first], {i, at.model}, kNone);
      return;
    default:
      break;
  }
  for (const std::uint32_t child : program_.list(node.children))
    survey(child, at, node.op == Op::or_ ? index : kNone);
}

void Workspace::merge_members() {
  std::map<std::pair<std::uint32_t, std::set<std::uint32_t>>, std::uint32_t> classes;
  std::set<std::uint32_t> facts;
  for (const auto& [key, parents] : parents_) facts.insert(key.first);
  for (const std::uint32_t fact : facts) {
    if (unmerged_.count(fact) > 0) continue;
    const Range members = program_.facts[fact].members;
    for (std::uint32_t i = 0; i < members.count; ++i) {
      std::set<std::uint32_t> parents;
      for (std::uint32_t up = i; up != kNone; up = program_.members[members.first + up].parent) {
        const auto found = parents_.find({fact, up});
        if (found == parents_.end()) continue;
        parents.insert(found->second.begin(), found->second.end());
        if (up != i) parents.insert(up + (1u << 30));
      }
      class_[{fact, i}] = classes.try_emplace({fact, std::move(parents)}, i).first->second;
    }
  }
}

std::uint32_t Workspace::variable(std::uint32_t domain, const std::string& group) {
  const auto [at, fresh] =
      group_ids_.try_emplace(group, static_cast<std::uint32_t>(groups_.size()));
  if (fresh) groups_.push_back(group);
  group_of_.push_back(at->second);
  return diagrams_.add_variable(domain);
}

// A variable that no fact answers: a choice of P, a calendar that ends. Each is a group of its own.
std::uint32_t Workspace::hidden_variable() {
  return variable(2, std::string(1, kHidden) + std::to_string(group_of_.size()));
}

void Workspace::use(CellId cell) { used_.insert(cell); }

Workspace::Ref Workspace::build(std::uint32_t index, Binding at) {
  const Node& node = program_.nodes[index];
  if (node.op == Op::true_) return Diagrams::kTrue;
  if (node.op == Op::false_) return Diagrams::kFalse;
  at = raw_.narrow(node, at);
  if (!choices_ || (node.flags & kHasBurden) == 0) {
    const Truth known = evaluation_.kleene_.evaluate(index, at);
    if (known != Truth::unknown) return known == Truth::true_ ? Diagrams::kTrue : Diagrams::kFalse;
  }
  const Evaluation::Key key{index, at};
  if (const auto found = memo_.find(key); found != memo_.end()) return found->second;
  const Ref result = compute(index, at);
  memo_.emplace(key, result);
  return result;
}

Workspace::Ref Workspace::compute(std::uint32_t index, Binding at) {
  const Node& node = program_.nodes[index];
  const auto children = program_.list(node.children);
  switch (node.op) {
    case Op::fact:
      return fact(node, at);
    case Op::and_:
    case Op::or_: {
      Ref result = node.op == Op::and_ ? Diagrams::kTrue : Diagrams::kFalse;
      for (const std::uint32_t child : children) {
        const Ref each = build(child, at);
        result =
            node.op == Op::and_ ? diagrams_.both(result, each) : diagrams_.either(result, each);
        if (result == (node.op == Op::and_ ? Diagrams::kFalse : Diagrams::kTrue)) break;
      }
      return result;
    }
    case Op::not_:
      return diagrams_.negate(build(children[0], at));
    case Op::at_least: {
      std::vector<Ref> parts;
      for (const std::uint32_t child : children) parts.push_back(build(child, at));
      return threshold(parts, node.amount);
    }
    case Op::compare:
      return compare(node, index, at);
    case Op::one_of:
      return one_of(node, at);
    case Op::text_equal:
      return text(node, at);
    case Op::has: {
      const CellId cell = knowledge_.resolve(node.a, node.amount, at);
      return guarded(cell, has(cell, node.b));
    }
    case Op::concept_:
      if (const auto* set = knowledge_.determination(node.a, at, raw_.moment().day);
          set != nullptr) {
        return set->value == Truth::true_ ? Diagrams::kTrue : Diagrams::kFalse;
      }
      return build(children[0], at);
    case Op::burden: {
      if (!choices_)
        return evaluation_.kleene_.evaluate(index, at) == Truth::true_ ? Diagrams::kTrue
                                                                       : Diagrams::kFalse;
      const auto body = evaluation_.body_of(index, at);
      if (body == Evaluation::Body::always) return Diagrams::kTrue;
      if (body != Evaluation::Body::undecided) return Diagrams::kFalse;
      const auto [found, fresh] = choice_.try_emplace({index, at}, 0);
      if (fresh) {
        found->second = hidden_variable();
        choice_list_.push_back({found->second, index, at});
      }
      return diagrams_.test(found->second, 1);
    }
    case Op::any_model:
    case Op::all_models:
    case Op::any_deployment:
    case Op::all_deployments:
      return quantifier(node, at);
    case Op::open:
      return opaque(index, at, "");
    default:
      return evaluation_.kleene_.evaluate(index, at) == Truth::true_ ? Diagrams::kTrue
                                                                     : Diagrams::kFalse;
  }
}

Workspace::Ref Workspace::opaque(std::uint32_t index, Binding at, const std::string& group) {
  const auto [found, fresh] = opaque_.try_emplace({index, at}, 0);
  if (fresh) found->second = group.empty() ? hidden_variable() : variable(2, group);
  return diagrams_.test(found->second, 1);
}

Workspace::Ref Workspace::guarded(CellId cell, Ref raw) {
  if (raw == Diagrams::kFalse) return raw;
  const std::uint32_t guard = knowledge_.guard_node(cell);
  if (guard == kNone) return raw;
  return diagrams_.both(build(guard, knowledge_.binding_of(cell)), raw);
}

Workspace::Ref Workspace::fact(const Node& node, Binding at) {
  const CellId cell = knowledge_.resolve(node.a, node.amount, at);
  use(cell);
  const Truth raw = knowledge_.raw_truth(cell);
  if (raw != Truth::unknown)
    return guarded(cell, raw == Truth::true_ ? Diagrams::kTrue : Diagrams::kFalse);
  const auto [found, fresh] = bools_.try_emplace(cell, 0);
  if (fresh) found->second = variable(2, knowledge_.cell_name(cell));
  return guarded(cell, diagrams_.test(found->second, 1));
}

Workspace::Ref Workspace::has(CellId cell, std::uint32_t member) {
  use(cell);
  const MemberState state = knowledge_.members(cell);
  if (state.in[member]) return Diagrams::kTrue;
  return has_raw(cell, member);
}

// A member is listed by itself or through a member below it; a group that is abstract only through
// one.
Workspace::Ref Workspace::has_raw(CellId cell, std::uint32_t member) {
  const std::uint32_t fact_index = knowledge_.fact_of(cell);
  const Fact& fact = program_.facts[fact_index];
  const MemberState state = knowledge_.members(cell);
  if (state.out[member]) return Diagrams::kFalse;
  auto& below = below_[fact_index];
  if (below.empty()) {
    below.resize(fact.members.count);
    for (std::uint32_t i = 0; i < fact.members.count; ++i) {
      const std::uint32_t parent = program_.members[fact.members.first + i].parent;
      if (parent != kNone) below[parent].push_back(i);
    }
  }
  Ref result = Diagrams::kFalse;
  for (const std::uint32_t child : below[member]) {
    result = diagrams_.either(result, state.in[child] ? Diagrams::kTrue : has_raw(cell, child));
  }
  if (program_.members[fact.members.first + member].abstract != 0 && !below[member].empty())
    return result;
  const auto shared = class_.find({fact_index, member});
  const std::uint32_t key = shared == class_.end() ? member : shared->second;
  const auto [found, fresh] = members_.try_emplace({cell, key}, 0);
  if (fresh) found->second = variable(2, knowledge_.cell_name(cell));
  return diagrams_.either(result, diagrams_.test(found->second, 1));
}

Workspace::MemberVariable& Workspace::member_variable(CellId cell) {
  MemberVariable& entry = enums_[cell];
  if (entry.variable != kNone) return entry;
  const MemberSet possible = knowledge_.possible(cell);
  for (std::uint32_t i = 0; i < program_.facts[knowledge_.fact_of(cell)].members.count; ++i) {
    if (possible[i]) entry.values.push_back(i);
  }
  if (knowledge_.may_be_never(cell)) entry.values.push_back(kNone);
  entry.variable =
      variable(static_cast<std::uint32_t>(entry.values.size()), knowledge_.cell_name(cell));
  return entry;
}

Workspace::Ref Workspace::one_of(const Node& node, Binding at) {
  const CellId cell = knowledge_.resolve(node.a, node.amount, at);
  use(cell);
  if (knowledge_.is_never(cell)) return Diagrams::kFalse;
  const auto wanted = program_.list(node.children);
  const MemberVariable& entry = member_variable(cell);
  std::vector<Ref> children;
  for (const std::uint32_t value : entry.values) {
    const bool inside =
        value != kNone && std::find(wanted.begin(), wanted.end(), value) != wanted.end();
    const bool holds = node.comparison == 0 ? inside : value != kNone && !inside;
    children.push_back(holds ? Diagrams::kTrue : Diagrams::kFalse);
  }
  if (children.empty()) return Diagrams::kFalse;
  return guarded(cell, diagrams_.make(entry.variable, children));
}

Workspace::Ref Workspace::text(const Node& node, Binding at) {
  const CellId cell = knowledge_.resolve(node.a, node.amount, at);
  use(cell);
  const bool wanted = static_cast<Comparison>(node.comparison) == Comparison::equal;
  if (const std::string* known = knowledge_.text(cell); known != nullptr) {
    const bool equal = *known == program_.text(program_.words[node.b].en);
    return guarded(cell, equal == wanted ? Diagrams::kTrue : Diagrams::kFalse);
  }
  std::vector<std::uint32_t> literals;  // every text that any condition compares this fact with
  for (const Node& each : program_.nodes.all()) {
    if (each.op == Op::text_equal && each.a == node.a &&
        std::find(literals.begin(), literals.end(), each.b) == literals.end()) {
      literals.push_back(each.b);
    }
  }
  const auto [found, fresh] = texts_.try_emplace(cell, 0);
  if (fresh)
    found->second =
        variable(static_cast<std::uint32_t>(literals.size() + 1), knowledge_.cell_name(cell));
  const auto place = static_cast<std::uint32_t>(
      std::find(literals.begin(), literals.end(), node.b) - literals.begin());
  const Ref equal = diagrams_.test(found->second, place);
  return guarded(cell, wanted ? equal : diagrams_.negate(equal));
}

Workspace::Ref Workspace::threshold(const std::vector<Ref>& parts, int needed) {
  if (needed <= 0) return Diagrams::kTrue;
  std::vector<Ref> row(static_cast<std::size_t>(needed) + 1,
                       Diagrams::kFalse);  // row[k]: k more are needed
  row[0] = Diagrams::kTrue;
  for (std::size_t i = parts.size(); i-- > 0;) {
    for (std::size_t k = static_cast<std::size_t>(needed); k > 0; --k) {
      row[k] = diagrams_.either(row[k], diagrams_.both(parts[i], row[k - 1]));
    }
  }
  return row[static_cast<std::size_t>(needed)];
}

Workspace::Ref Workspace::quantifier(const Node& node, Binding at) {
  const bool model = node.op == Op::any_model || node.op == Op::all_models;
  const bool any = node.op == Op::any_model || node.op == Op::any_deployment;
  const int count = model ? knowledge_.models() : knowledge_.deployments();
  Ref result = any ? Diagrams::kFalse : Diagrams::kTrue;
  for (int i = 0; i < count; ++i) {
    Binding inner = at;
    (model ? inner.model : inner.deployment) = i;
    const Ref each = build(program_.links[node.children.first], inner);
    result = any ? diagrams_.either(result, each) : diagrams_.both(result, each);
  }
  if (model && knowledge_.models_open()) {
    const std::uint32_t open = variable(2, "models");
    result = any ? diagrams_.either(result, diagrams_.test(open, 1))
                 : diagrams_.both(result, diagrams_.test(open, 1));
  }
  return result;
}

void Workspace::number_cells(std::uint32_t index, Binding at, std::vector<CellId>& cells,
                             bool& counts) const {
  const Node& node = program_.nodes[index];
  if (node.op == Op::count || node.op == Op::concept_number) counts = true;
  if (node.op == Op::fact_number) {
    const CellId cell = knowledge_.resolve(node.a, node.amount, at);
    if (std::find(cells.begin(), cells.end(), cell) == cells.end()) cells.push_back(cell);
  }
  for (const std::uint32_t child : program_.list(node.children))
    number_cells(child, at, cells, counts);
}

NumberValue Workspace::fixed(CellId cell) const {
  NumberValue value;
  value.currency = knowledge_.currency(cell);
  value.never = knowledge_.is_never(cell);
  value.range = knowledge_.range(cell);
  return value;
}

Workspace::Ref Workspace::compare(const Node& node, std::uint32_t index, Binding at) {
  std::vector<CellId> cells;
  bool counts = false;
  number_cells(index, at, cells, counts);
  if (counts) {
    const Ref result = compare_count(node, at);
    return result != kNone ? result : opaque(index, at, "");
  }
  std::vector<CellId> open;
  std::size_t size = 1;
  assigned_.clear();
  for (const CellId cell : cells) {
    use(cell);
    if (knowledge_.single(cell)) continue;
    open.push_back(cell);
    size *= number_variable(cell).values.size();
  }
  for (const CellId cell : cells) assigned_[cell] = fixed(cell);
  if (size > kLargestTable || open.size() > 2)
    return opaque(index, at, knowledge_.cell_name(open[0]));
  std::sort(open.begin(), open.end(),
            [&](CellId a, CellId b) { return numbers_[a].variable < numbers_[b].variable; });
  // Only where a rate or a calendar is missing can a comparison of points stay open.
  const auto leaf = [&]() -> Ref {
    const Truth value = raw_.compare(node, at);
    if (value != Truth::unknown) return value == Truth::true_ ? Diagrams::kTrue : Diagrams::kFalse;
    return opaque(index, at, raw_.missing_rate(node, at));
  };
  Ref result = table(open, 0, leaf);
  assigned_.clear();
  for (const CellId cell : cells) result = guarded(cell, result);
  return result;
}

Workspace::Ref Workspace::table(const std::vector<CellId>& cells, std::size_t at,
                                const std::function<Ref()>& leaf) {
  if (at == cells.size()) return leaf();
  const NumberVariable& entry = numbers_[cells[at]];
  std::vector<Ref> children;
  bool ordered = true;
  for (const NumberValue& value : entry.values) {
    assigned_[cells[at]] = value;
    children.push_back(table(cells, at + 1, leaf));
    ordered = ordered && diagrams_.top(children.back()) > entry.variable;
  }
  if (ordered) return diagrams_.make(entry.variable, children);
  Ref result = Diagrams::kFalse;  // an opaque part stands above this variable
  for (std::uint32_t i = 0; i < children.size(); ++i) {
    result =
        diagrams_.either(result, diagrams_.both(diagrams_.test(entry.variable, i), children[i]));
  }
  return result;
}

// count(s) against a constant: so many members listed with none listed below them.
Workspace::Ref Workspace::compare_count(const Node& node, Binding at) {
  const auto children = program_.list(node.children);
  const Node& left = program_.nodes[children[0]];
  const Node& right = program_.nodes[children[1]];
  auto op = static_cast<Comparison>(node.comparison);
  const bool turned = left.op == Op::constant && right.op == Op::count;
  if (!turned && !(left.op == Op::count && right.op == Op::constant)) return kNone;
  if (turned) {
    if (op == Comparison::less)
      op = Comparison::greater;
    else if (op == Comparison::less_equal)
      op = Comparison::greater_equal;
    else if (op == Comparison::greater)
      op = Comparison::less;
    else if (op == Comparison::greater_equal)
      op = Comparison::less_equal;
  }
  const Node& counted = turned ? right : left;
  const Number limit = program_.numbers[(turned ? left : right).a];
  const CellId cell = knowledge_.resolve(counted.a, counted.amount, at);
  const Fact& fact = program_.facts[counted.a];
  std::vector<Ref> parts;
  for (std::uint32_t i = 0; i < fact.members.count; ++i) {
    if (knowledge_.members(cell).out[i]) continue;
    Ref lowest = guarded(cell, has(cell, i));
    for (std::uint32_t j = 0; j < fact.members.count; ++j) {
      if (program_.members[fact.members.first + j].parent != i || knowledge_.members(cell).out[j])
        continue;
      lowest = diagrams_.both(lowest, diagrams_.negate(guarded(cell, has(cell, j))));
    }
    parts.push_back(lowest);
  }
  const auto at_least = [&](const Number& n) {
    return threshold(parts, static_cast<int>(n.to_int()));
  };
  const Number next = *add(limit.floor(), Number(1));
  const Ref more = at_least(next), same_or_more = at_least(limit.ceil());
  switch (op) {
    case Comparison::greater:
      return more;
    case Comparison::greater_equal:
      return same_or_more;
    case Comparison::less:
      return diagrams_.negate(same_or_more);
    case Comparison::less_equal:
      return diagrams_.negate(more);
    case Comparison::equal:
      return limit.is_integer() ? diagrams_.both(same_or_more, diagrams_.negate(more))
                                : Diagrams::kFalse;
    case Comparison::not_equal:
      return limit.is_integer() ? diagrams_.either(diagrams_.negate(same_or_more), more)
                                : Diagrams::kTrue;
  }
  return kNone;
}

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
  for (const auto& open : knowledge_.open_axioms()) {
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
// the other, until none is new. Rounds and sizes are bounded; both count work, not time.
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
    for (const Tie& tie : ties) grew = spread(tie) || grew;
  }
  assigned_ = saved;
}

bool Workspace::spread(const Tie& tie) {
  bool grew = false;
  for (const CellId cell : tie.cells) {
    if (knowledge_.single(cell)) continue;
    std::set<Number>& cuts = cuts_[cell];
    const std::size_t before = cuts.size();
    if (before > 120) continue;
    if (tie.cells.size() == 1) {
      assigned_.clear();
      roots(tie, cell, cuts);
    } else {
      const CellId other = tie.cells[0] == cell ? tie.cells[1] : tie.cells[0];
      std::set<Number> points;
      if (knowledge_.single(other)) {
        if (!knowledge_.is_never(other)) points.insert(*knowledge_.range(other).low);
      } else {
        points = cuts_[other];
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

std::vector<Number> Workspace::images(std::uint32_t node, Binding at) {
  std::vector<Number> result;
  std::vector<CellId> cells;
  bool counts = false;
  number_cells(node, at, cells, counts);
  if (counts || cells.size() != 1 || knowledge_.single(cells[0])) return result;
  const auto values = representatives(cells[0], cuts_of(cells[0]), 1);
  for (const NumberValue& value : values) {
    if (value.never) continue;
    assigned_.clear();
    assigned_[cells[0]] = value;
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

Workspace::Ref Workspace::statement(CellId cell) {
  const Fact& fact = program_.facts[knowledge_.fact_of(cell)];
  Ref result = Diagrams::kTrue;
  if (fact.type != FactType::set) return result;
  const MemberState state = knowledge_.members(cell);
  for (std::uint32_t i = 0; i < fact.members.count; ++i) {
    const Member& member = program_.members[fact.members.first + i];
    if (!state.in[i] || member.abstract == 0 || member.has_children == 0) continue;
    result = diagrams_.both(result, has_raw(cell, i));
  }
  return result;
}

Workspace::Ref Workspace::axiom(const AxiomInstance& instance) {
  const Axiom& axiom = program_.axioms[instance.axiom];
  if (axiom.kind == AxiomKind::formula) return build(axiom.node, instance.at);
  const bool model = axiom.scopes == kModel;
  const CellId left =
      knowledge_.resolve(axiom.left, knowledge_.slot_of(axiom.left, model), instance.at);
  const CellId right =
      knowledge_.resolve(axiom.right, knowledge_.slot_of(axiom.right, model), instance.at);
  use(left);
  use(right);
  const Ref left_holds = guarded(left, Diagrams::kTrue),
            right_holds = guarded(right, Diagrams::kTrue);
  Ref result = Diagrams::kTrue;
  if (axiom.kind == AxiomKind::at_least) {
    std::vector<CellId> open;
    assigned_.clear();
    assigned_[left] = fixed(left);
    assigned_[right] = fixed(right);
    for (const CellId cell : {left, right}) {
      if (!knowledge_.single(cell)) {
        const auto saved = assigned_;
        number_variable(cell);
        assigned_ = saved;
        open.push_back(cell);
      }
    }
    std::sort(open.begin(), open.end(),
              [&](CellId a, CellId b) { return numbers_[a].variable < numbers_[b].variable; });
    const Ref order = table(open, 0, [&]() -> Ref {
      const NumberValue &a = assigned_[left], &b = assigned_[right];
      if (a.never || b.never || a.currency != b.currency) return Diagrams::kTrue;
      const Truth value =
          compare_intervals(static_cast<std::uint8_t>(Comparison::greater_equal), a, b);
      return value == Truth::false_ ? Diagrams::kFalse : Diagrams::kTrue;
    });
    assigned_.clear();
    result = diagrams_.either(order, diagrams_.negate(diagrams_.both(left_holds, right_holds)));
  } else if (axiom.kind == AxiomKind::subset_of) {
    const MemberState state = knowledge_.members(left);
    for (std::uint32_t i = 0; i < program_.facts[axiom.left].members.count; ++i) {
      if (state.out[i]) continue;
      const std::uint32_t same = knowledge_.counterpart(axiom.left, i, axiom.right);
      const Ref part = guarded(left, has(left, i)), whole = guarded(right, has(right, same));
      result = diagrams_.both(result, diagrams_.either(diagrams_.negate(part), whole));
    }
  } else {
    const bool never = knowledge_.is_never(right);
    if (never) return result;
    const MemberVariable& entry = member_variable(right);
    Ref holds = Diagrams::kFalse;
    for (std::uint32_t i = 0; i < entry.values.size(); ++i) {
      const Ref chosen = diagrams_.test(entry.variable, i);
      const Ref inside =
          entry.values[i] == kNone
              ? Diagrams::kTrue
              : has(left, knowledge_.counterpart(axiom.right, entry.values[i], axiom.left));
      holds = diagrams_.either(
          holds, diagrams_.both(entry.values.size() == 1 ? Diagrams::kTrue : chosen, inside));
    }
    result = diagrams_.either(holds, diagrams_.negate(diagrams_.both(left_holds, right_holds)));
  }
  return result;
}

// Truth of an axiom's condition if the answer in `cell` were `value` (a set: empty), all else as
// known.
Truth Workspace::with(std::uint32_t index, Binding at, CellId cell, Truth value) const {
  const Node& node = program_.nodes[index];
  const auto children = program_.list(node.children);
  switch (node.op) {
    case Op::and_:
    case Op::or_: {
      const Truth decisive = truth_of(node.op == Op::or_);
      bool open = false;
      for (const std::uint32_t child : children) {
        const Truth each = with(child, at, cell, value);
        if (each == decisive) return decisive;
        open = open || each == Truth::unknown;
      }
      return open ? Truth::unknown : negate(decisive);
    }
    case Op::not_:
      return negate(with(children[0], at, cell, value));
    case Op::fact:
    case Op::has: {
      if (knowledge_.resolve(node.a, node.amount, at) != cell) break;
      if (node.op == Op::has) {
        const bool listed = knowledge_.members(cell).in[node.b];
        return listed ? evaluation_.kleene_.evaluate(index, at) : Truth::false_;
      }
      if (value == Truth::false_) return Truth::false_;
      return evaluation_.kleene_.guard_truth(cell) == Truth::true_ ? Truth::true_ : Truth::unknown;
    }
    default:
      break;
  }
  return evaluation_.kleene_.evaluate(index, at);
}

bool Workspace::escapes(CellId cell, Truth value, const std::vector<std::size_t>& axioms) const {
  for (const std::size_t each : axioms) {
    const auto& open = knowledge_.open_axioms()[each];
    if (std::find(open.cells.begin(), open.cells.end(), cell) == open.cells.end()) continue;
    const Axiom& axiom = program_.axioms[open.instance.axiom];
    if (axiom.kind == AxiomKind::formula) {
      if (with(axiom.node, open.instance.at, cell, value) != Truth::true_) return false;
      continue;
    }
    const bool model = axiom.scopes == kModel;
    const CellId left =
        knowledge_.resolve(axiom.left, knowledge_.slot_of(axiom.left, model), open.instance.at);
    const bool empty_part =
        axiom.kind == AxiomKind::subset_of && left == cell && knowledge_.members(cell).in.none();
    if (!empty_part) return false;
  }
  return true;
}

// Axioms that can bind the conditions built so far. A fact outside them that keeps all its axioms
// by one answer frees them: no completion is lost and no minimal difference needs it.
std::vector<std::size_t> Workspace::binding_axioms() const {
  std::vector<std::size_t> left(knowledge_.open_axioms().size());
  for (std::size_t i = 0; i < left.size(); ++i) left[i] = i;
  bool dropped = true;
  while (dropped) {
    dropped = false;
    std::set<CellId> cells;
    for (const std::size_t each : left) {
      for (const CellId cell : knowledge_.open_axioms()[each].cells) {
        if (used_.count(cell) == 0) cells.insert(cell);
      }
    }
    for (const CellId cell : cells) {
      const FactType type = program_.facts[knowledge_.fact_of(cell)].type;
      const bool set = type == FactType::set;
      if (!set && (type != FactType::boolean || knowledge_.raw_truth(cell) != Truth::unknown))
        continue;
      if (set && statement_open(cell)) continue;
      if (knowledge_.cell(cell).forced != Truth::unknown)
        continue;  // an axiom has spoken: not free
      if (!escapes(cell, Truth::false_, left) && (set || !escapes(cell, Truth::true_, left)))
        continue;
      const auto holds = [&](std::size_t each) {
        const auto& list = knowledge_.open_axioms()[each].cells;
        return std::find(list.begin(), list.end(), cell) != list.end();
      };
      left.erase(std::remove_if(left.begin(), left.end(), holds), left.end());
      dropped = true;
    }
  }
  return left;
}

Workspace::Ref Workspace::statements() {
  Ref result = Diagrams::kTrue;
  const std::vector<CellId> now(used_.begin(), used_.end());
  for (const CellId cell : now) result = diagrams_.both(result, statement(cell));
  return result;
}

// A group that is in through a member still to be named cannot be emptied.
bool Workspace::statement_open(CellId cell) const {
  const Fact& fact = program_.facts[knowledge_.fact_of(cell)];
  const MemberState state = knowledge_.members(cell);
  for (std::uint32_t i = 0; i < fact.members.count; ++i) {
    const Member& member = program_.members[fact.members.first + i];
    if (state.in[i] && member.abstract != 0 && member.has_children != 0) return true;
  }
  return false;
}

Workspace::Ref Workspace::constraint() {
  Ref result = Diagrams::kTrue;
  std::vector<bool> taken(knowledge_.open_axioms().size(), false);
  std::set<CellId> stated;
  bool grew = true;
  while (grew && !exhausted()) {
    grew = false;
    const std::vector<CellId> now(used_.begin(), used_.end());
    for (const CellId cell : now) {
      if (stated.insert(cell).second) result = diagrams_.both(result, statement(cell));
    }
    for (const std::size_t i : binding_axioms()) {
      if (taken[i]) continue;
      const auto& open = knowledge_.open_axioms()[i];
      bool touches = false;
      for (const CellId cell : open.cells) touches = touches || used_.count(cell) > 0;
      if (!touches) continue;
      taken[i] = grew = true;
      result = diagrams_.both(result, axiom(open.instance));
      break;  // what is used has grown: look again which axioms bind
    }
    grew = grew || used_.size() != now.size();
  }
  return result;
}

bool Workspace::pivotal(Ref condition, Ref allowed, std::uint32_t choice) {
  const Ref with = diagrams_.restrict(condition, choice, 1),
            without = diagrams_.restrict(condition, choice, 0);
  return diagrams_.both(allowed, diagrams_.differ(with, without)) != Diagrams::kFalse;
}

// Minimal differences (semantics 6.3): single facts first, then pairs and triples tied by axioms.
std::vector<std::string> Workspace::missing(Ref condition, Ref allowed) {
  const Ref yes = diagrams_.both(allowed, condition);
  const Ref no = diagrams_.both(allowed, diagrams_.negate(condition));
  std::vector<std::string> names;
  if (yes == Diagrams::kFalse || no == Diagrams::kFalse) return names;
  const auto groups_in = [&](Ref at) {
    std::vector<bool> variables(group_of_.size(), false);
    diagrams_.support(at, variables);
    std::vector<bool> groups(groups_.size(), false);
    for (std::size_t i = 0; i < variables.size(); ++i) {
      if (variables[i]) groups[group_of_[i]] = true;
    }
    return groups;
  };
  const auto is_difference = [&](const std::vector<std::uint32_t>& facts) {
    std::vector<bool> variables(group_of_.size(), false);
    for (std::size_t i = 0; i < variables.size(); ++i) {
      variables[i] = std::find(facts.begin(), facts.end(), group_of_[i]) != facts.end();
    }
    return diagrams_.both(diagrams_.exists(yes, variables), diagrams_.exists(no, variables)) !=
           Diagrams::kFalse;
  };
  const std::vector<bool> relevant = groups_in(condition), tied = groups_in(allowed);
  std::vector<bool> found(groups_.size(), false);
  for (std::uint32_t i = 0; i < groups_.size(); ++i) {
    if (relevant[i] && is_difference({i})) found[i] = true;
  }
  std::vector<std::uint32_t> rest;
  for (std::uint32_t i = 0; i < groups_.size(); ++i) {
    if (!found[i] && tied[i]) rest.push_back(i);
  }
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  int checks = 0;
  std::vector<bool> more = found;
  for (std::size_t i = 0; i < rest.size() && !exhausted(); ++i) {
    for (std::size_t j = i + 1; j < rest.size() && checks < 1500; ++j) {
      if (!relevant[rest[i]] && !relevant[rest[j]]) continue;
      ++checks;
      if (!is_difference({rest[i], rest[j]})) continue;
      pairs.emplace_back(rest[i], rest[j]);
      more[rest[i]] = more[rest[j]] = true;
    }
  }
  const auto holds_pair = [&](std::uint32_t a, std::uint32_t b) {
    return std::find(pairs.begin(), pairs.end(), std::make_pair(a, b)) != pairs.end();
  };
  for (std::size_t i = 0; i < rest.size() && rest.size() <= 24 && !exhausted(); ++i) {
    for (std::size_t j = i + 1; j < rest.size(); ++j) {
      if (holds_pair(rest[i], rest[j])) continue;
      for (std::size_t k = j + 1; k < rest.size() && checks < 4000; ++k) {
        if (!relevant[rest[i]] && !relevant[rest[j]] && !relevant[rest[k]]) continue;
        if (holds_pair(rest[i], rest[k]) || holds_pair(rest[j], rest[k])) continue;
        ++checks;
        if (is_difference({rest[i], rest[j], rest[k]}))
          more[rest[i]] = more[rest[j]] = more[rest[k]] = true;
      }
    }
  }
  for (std::uint32_t i = 0; i < groups_.size(); ++i) {
    if (more[i] && groups_[i][0] != kHidden) names.push_back(groups_[i]);
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace pandect
