#include "logic/workspace.h"

#include "language/expression.h"

#include <algorithm>

namespace pandect {
namespace {

using language::Comparison;

constexpr char kHidden = '\x01';
constexpr std::size_t kLargestTable = 20'000;

}  // namespace

Workspace::Workspace(Evaluation& evaluation, bool choices, const std::vector<Root>& roots)
    : evaluation_(evaluation),
      knowledge_(evaluation.knowledge()),
      program_(evaluation.knowledge().program()),
      choices_(choices),
      all_axioms_(roots.empty()),
      diagrams_(evaluation.budget_),
      raw_(evaluation.knowledge(), evaluation.kleene_.moment(), false) {
  raw_.read_numbers_with([this](CellId cell) -> const NumberValue* {
    const auto found = assigned_.find(cell);
    return found == assigned_.end() ? nullptr : &found->second;
  });
  for (const Root& root : roots) survey(root.node, root.at, kNone);
  if (roots.empty()) {
    for (const auto& open : knowledge_.open_axioms()) survey(open);
  } else {
    const std::set<std::uint32_t> groups = groups_read_;  // an axiom reads none but its own
    for (const std::uint32_t group : groups) {
      for (const std::size_t each : knowledge_.axioms_of_group(group))
        survey(knowledge_.open_axioms()[each]);
    }
  }
  merge_members();
}

void Workspace::survey(const Knowledge::OpenAxiom& open) {
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
      if (const std::uint32_t group = knowledge_.axiom_group(cell); group != kNone)
        groups_read_.insert(group);
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
