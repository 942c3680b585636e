#include "logic/knowledge.h"

#include "language/expression.h"
#include "logic/kleene.h"
#include "packs/compiler.h"

#include <algorithm>

namespace pandect {

// Drives the axioms to a fixpoint (semantics 1.4). Works on effective values; guards are forced
// with the facts they guard.
class Propagation {
 public:
  Propagation(Knowledge& knowledge, Diagnostics& problems) : k_(knowledge), problems_(problems) {}

  bool run() {
    do {
      changed_ = false;
      for (const auto& instance : k_.instances_) {
        current_ = instance.axiom;
        if (!apply(instance)) return contradiction(instance);
      }
    } while (changed_);
    return true;
  }

 private:
  const Program& program() const { return k_.program_; }

  Truth truth(std::uint32_t node, Binding at) {
    Kleene kleene(k_, {0, 0, true}, false);
    return kleene.evaluate(node, at);
  }

  bool apply(const AxiomInstance& instance) {
    const Axiom& axiom = program().axioms[instance.axiom];
    switch (axiom.kind) {
      case AxiomKind::formula:
        return force(axiom.node, instance.at, true);
      case AxiomKind::at_least:
        return at_least(axiom, instance.at);
      case AxiomKind::subset_of:
        return subset(axiom, instance.at);
      case AxiomKind::contains:
        return contains(axiom, instance.at);
    }
    return true;
  }

  bool force(std::uint32_t index, Binding at, bool value) {
    const Truth now = truth(index, at);
    if (now == truth_of(value)) return true;
    if (now != Truth::unknown) return false;
    const Node& node = program().nodes[index];
    const auto children = program().list(node.children);
    switch (node.op) {
      case Op::not_:
        return force(children[0], at, !value);
      case Op::and_:
      case Op::or_: {
        if ((node.op == Op::and_) == value) {
          for (const auto child : children) {
            if (!force(child, at, value)) return false;
          }
          return true;
        }
        std::uint32_t last = kNone;  // all but one are against it: the last one decides
        for (const auto child : children) {
          const Truth each = truth(child, at);
          if (each == truth_of(value)) return true;
          if (each != Truth::unknown) continue;
          if (last != kNone) return true;
          last = child;
        }
        return last == kNone ? false : force(last, at, value);
      }
      case Op::fact:
        return force_fact(k_.resolve(node.a, node.amount, at), value);
      case Op::has:
        return force_member(k_.resolve(node.a, node.amount, at), node.b, value);
      case Op::any_deployment:
      case Op::all_deployments:
        if (k_.deployments_ == 1) return force(children[0], {0, at.model}, value);
        return true;
      default:
        return true;
    }
  }

  bool force_guard(CellId cell, bool value) {
    const std::uint32_t guard = k_.guard_node(cell);
    return guard == kNone ? value : force(guard, k_.binding_of(cell), value);
  }

  bool force_fact(CellId id, bool value) {
    Cell& cell = k_.cells_[id];
    cell.forced = truth_of(value);
    cell.axiom = current_;
    changed_ = true;
    if (value) return force_guard(id, true);
    if (k_.raw_truth(id) == Truth::true_) return force_guard(id, false);
    return true;
  }

  MemberState& state(CellId id) {
    Cell& cell = k_.cells_[id];
    if (cell.members == kNone) {
      k_.member_states_.push_back(k_.members(id));
      cell.members = static_cast<std::uint32_t>(k_.member_states_.size() - 1);
    }
    return k_.member_states_[cell.members];
  }

  bool force_member(CellId id, std::uint32_t member, bool value) {
    const Fact& fact = program().facts[k_.fact_of(id)];
    MemberState& members = state(id);
    if (value) {
      for (std::uint32_t up = member; up != kNone;
           up = program().members[fact.members.first + up].parent) {
        if (members.out[up]) return false;
        if (!members.in[up]) changed_ = true;
        members.in.set(up);
      }
      k_.cells_[id].axiom = current_;
      return force_guard(id, true);
    }
    for (std::uint32_t i = 0; i < fact.members.count; ++i) {
      if (!program().below(fact.members, i, member)) continue;
      if (members.in[i]) return force_guard(id, false);
      if (!members.out[i]) changed_ = true;
      members.out.set(i);
    }
    k_.cells_[id].axiom = current_;
    return true;
  }

  bool applies_surely(CellId id) {
    Kleene kleene(k_, {0, 0, true}, false);
    return kleene.guard_truth(id) == Truth::true_ && !k_.may_be_never(id);
  }
  bool surely_empty(CellId id) {
    Kleene kleene(k_, {0, 0, true}, false);
    return kleene.guard_truth(id) == Truth::false_ || k_.is_never(id);
  }

  bool narrow(CellId id, const Interval& wanted) {
    Interval range = k_.range(id);
    const bool raised = range.raise_low(wanted);
    if (!range.lower_high(wanted) && !raised) return true;
    if (range.is_empty()) return !applies_surely(id);  // then the guard may still be false
    Cell& cell = k_.cells_[id];
    if (cell.narrowed == kNone) {
      cell.narrowed = static_cast<std::uint32_t>(k_.ranges_.size());
      k_.ranges_.push_back(range);
    } else {
      k_.ranges_[cell.narrowed] = range;
    }
    cell.axiom = current_;
    changed_ = true;
    return true;
  }

  CellId cell_of(std::uint32_t fact, const Axiom& axiom, Binding at) {
    return k_.resolve(fact, k_.slot_of(fact, axiom.scopes == kModel), at);
  }

  bool at_least(const Axiom& axiom, Binding at) {
    const CellId left = cell_of(axiom.left, axiom, at), right = cell_of(axiom.right, axiom, at);
    if (left == right || surely_empty(left) || surely_empty(right)) return true;
    if (k_.currency(left) != k_.currency(right)) return true;
    const Interval a = k_.range(left), b = k_.range(right);
    Interval lower, upper;
    lower.low = b.low;
    lower.low_open = b.low_open;
    upper.high = a.high;
    upper.high_open = a.high_open;
    if (applies_surely(right) && !narrow(left, lower)) return false;
    if (applies_surely(left) && !narrow(right, upper)) return false;
    return true;
  }

  bool subset(const Axiom& axiom, Binding at) {
    const CellId left = cell_of(axiom.left, axiom, at), right = cell_of(axiom.right, axiom, at);
    if (left == right) return true;
    const std::uint32_t count = program().facts[axiom.left].members.count;
    const bool left_holds = applies_surely(left);
    const bool right_empty = surely_empty(right);
    if (surely_empty(left)) return true;
    for (std::uint32_t i = 0; i < count; ++i) {
      const std::uint32_t same = k_.counterpart(axiom.left, i, axiom.right);
      const MemberState a = k_.members(left), b = k_.members(right);
      if (a.in[i] && left_holds) {
        if (right_empty || (!b.in[same] && !force_member(right, same, true))) return false;
      }
      if ((b.out[same] || right_empty) && !a.out[i] && !force_member(left, i, false)) return false;
    }
    return true;
  }

  bool contains(const Axiom& axiom, Binding at) {
    const CellId set = cell_of(axiom.left, axiom, at), one = cell_of(axiom.right, axiom, at);
    if (surely_empty(set) || surely_empty(one)) return true;
    const MemberSet possible = k_.possible(one);
    MemberSet allowed;
    for (std::uint32_t i = 0; i < program().facts[axiom.right].members.count; ++i) {
      if (!possible[i]) continue;
      const std::uint32_t same = k_.counterpart(axiom.right, i, axiom.left);
      const bool decided = possible.count() == 1 && applies_surely(one) && applies_surely(set);
      if (decided && !k_.members(set).in[same]) return force_member(set, same, true);
      if (!k_.members(set).out[same]) allowed.set(i);
    }
    if (allowed == possible) return true;
    // A set that nobody is asked for need have nothing.
    if (allowed.none() && applies_surely(one)) return force_guard(set, false);
    if (allowed.none() || !applies_surely(set)) return true;
    Cell& cell = k_.cells_[one];
    if (cell.members == kNone) {
      cell.members = static_cast<std::uint32_t>(k_.enum_states_.size());
      k_.enum_states_.push_back(allowed);
    } else {
      k_.enum_states_[cell.members] = allowed;
    }
    cell.axiom = current_;
    changed_ = true;
    return true;
  }

  bool contradiction(const AxiomInstance& instance) {
    problems_.push_back(k_.contradiction(instance));
    return false;
  }

  Knowledge& k_;
  Diagnostics& problems_;
  std::uint32_t current_ = kNone;
  bool changed_ = false;
};

Knowledge::Knowledge(const Program& program, const Record& record, Diagnostics& problems)
    : program_(program), record_(record), facts_(static_cast<std::uint32_t>(program.facts.size())) {
  if (!record.deployments.empty()) deployments_ = static_cast<int>(record.deployments.size());
  models_open_ = !record.models_complete ||
                 (record.has_system && !record.models_stated && !record.closed_world);
  const auto subjects = 2 + static_cast<std::size_t>(deployments_ + models());
  cells_.resize(subjects * facts_);
  place_answers();
  by_concept_.resize(program.concepts.size());
  for (const auto& each : record.determinations) {
    const std::uint32_t found = program.find_concept(each.concept_id);
    if (found != kNone) by_concept_[found].push_back(&each);
  }
  list_axioms();
  settle(problems);
  for (const auto& instance : instances_) {
    if (axiom_truth(instance) != Truth::unknown) continue;
    std::vector<CellId> cells;  // those of the facts, and of the guards they stand under
    for (const CellId id : axiom_cells(instance)) guard_cells(id, cells);
    OpenAxiom open{instance, {}};
    for (const CellId id : cells) {
      if (!single(id)) open.cells.push_back(id);
    }
    open_axioms_.push_back(std::move(open));
  }
  group_open_axioms();
}

void Knowledge::group_open_axioms() {
  if (open_axioms_.empty()) return;
  axiom_group_.assign(cells_.size(), kNone);
  std::vector<std::size_t> parents(open_axioms_.size());  // of axioms, as a forest
  const auto root = [&](std::size_t axiom) {
    while (parents[axiom] != axiom) axiom = parents[axiom] = parents[parents[axiom]];
    return axiom;
  };
  for (std::size_t i = 0; i < open_axioms_.size(); ++i) {
    parents[i] = i;
    for (const CellId cell : open_axioms_[i].cells) {
      if (axiom_group_[cell] == kNone)
        axiom_group_[cell] = static_cast<std::uint32_t>(i);
      else
        parents[root(i)] = root(axiom_group_[cell]);
    }
  }
  std::vector<std::uint32_t> numbers(open_axioms_.size(), kNone);
  for (std::size_t i = 0; i < open_axioms_.size(); ++i) {
    std::uint32_t& number = numbers[root(i)];
    if (number == kNone) {
      number = static_cast<std::uint32_t>(groups_.size());
      groups_.emplace_back();
    }
    groups_[number].push_back(i);
    for (const CellId cell : open_axioms_[i].cells) axiom_group_[cell] = number;
  }
}

void Knowledge::guard_cells(CellId cell, std::vector<CellId>& out) const {
  if (std::find(out.begin(), out.end(), cell) != out.end()) return;
  out.push_back(cell);
  if (const std::uint32_t guard = guard_node(cell); guard != kNone)
    condition_cells(guard, binding_of(cell), out);
}

void Knowledge::condition_cells(std::uint32_t index, Binding at, std::vector<CellId>& out) const {
  const Node& node = program_.nodes[index];
  switch (node.op) {
    case Op::fact:
    case Op::has:
    case Op::one_of:
    case Op::text_equal:
    case Op::known:
    case Op::fact_number:
    case Op::count:
      guard_cells(resolve(node.a, node.amount, at), out);
      return;
    case Op::any_deployment:
    case Op::all_deployments:
      for (int i = 0; i < deployments_; ++i)
        condition_cells(program_.links[node.children.first], {i, at.model}, out);
      return;
    default:
      break;
  }
  for (const std::uint32_t child : program_.list(node.children)) condition_cells(child, at, out);
}

void Knowledge::place_answers() {
  const auto place = [&](const Answer& answer, std::size_t subject) {
    cells_[subject * facts_ + answer.fact].answer = &answer;
  };
  for (const auto& answer : record_.organisation.answers) place(answer, 0);
  for (const auto& answer : record_.system.answers) {
    const std::uint8_t scopes = program_.facts[answer.fact].scopes;
    if ((scopes & kOrganisation) != 0) place(answer, 0);
    if ((scopes & kSystem) != 0) place(answer, 1);
    if ((scopes & kDeployment) == 0) continue;
    for (int i = 0; i < deployments_; ++i) place(answer, 2 + static_cast<std::size_t>(i));
  }
  for (std::size_t i = 0; i < record_.deployments.size(); ++i) {
    for (const auto& answer : record_.deployments[i].answers) place(answer, 2 + i);
  }
  for (std::size_t i = 0; i < record_.models.size(); ++i) {
    for (const auto& answer : record_.models[i].answers)
      place(answer, 2 + static_cast<std::size_t>(deployments_) + i);
  }
}

void Knowledge::list_axioms() {
  for (std::uint32_t i = 0; i < program_.axioms.size(); ++i) {
    const Axiom& axiom = program_.axioms[i];
    if (axiom.scopes == kModel) {
      for (int model = 0; model < models(); ++model) instances_.push_back({i, {-1, model}});
      continue;
    }
    bool deployment = false;
    for (const std::uint32_t fact : program_.list(axiom.facts)) {
      deployment = deployment || (program_.facts[fact].scopes & kDeployment) != 0;
    }
    if (!deployment) {
      if (record_.has_system) instances_.push_back({i, {-1, -1}});
      continue;
    }
    for (int each = 0; each < deployments_; ++each) instances_.push_back({i, {each, -1}});
  }
}

void Knowledge::settle(Diagnostics& problems) {
  Propagation propagation(*this, problems);
  if (!propagation.run() || !record_.closed_world) return;
  if (close_world()) propagation.run();
}

// Closes everything unstated at once; where an axiom is then false, opens the closed facts that it
// names again, until none is (semantics 1.5).
bool Knowledge::close_world() {
  for (CellId id = 0; id < cells_.size(); ++id) {
    const Fact& fact = program_.facts[fact_of(id)];
    Cell& cell = cells_[id];
    const bool can = fact.type == FactType::boolean || fact.type == FactType::set;
    if (!can || cell.answer != nullptr || fact.never_closed != 0 || fact.default_fact != kNone)
      continue;
    if (fact.type == FactType::boolean && cell.forced != Truth::unknown) continue;
    cell.closed = true;
  }
  bool reopened = true;
  while (reopened) {
    reopened = false;
    for (const auto& instance : instances_) {
      if (axiom_truth(instance) != Truth::false_) continue;
      for (const CellId id : axiom_cells(instance)) {
        reopened = reopened || cells_[id].closed;
        cells_[id].closed = false;
      }
    }
  }
  return true;
}

std::int32_t Knowledge::slot_of(std::uint32_t index, bool model) const {
  const std::uint8_t scopes = program_.facts[index].scopes;
  if (model && (scopes & kModel) != 0) return kAtModel;
  if ((scopes & kDeployment) != 0) return kAtDeployment;
  if ((scopes & kSystem) != 0) return kAtSystem;
  if ((scopes & kOrganisation) != 0) return kAtOrganisation;
  return kAtModel;
}

std::uint32_t Knowledge::counterpart(std::uint32_t from, std::uint32_t member,
                                     std::uint32_t to) const {
  const Range a = program_.facts[from].members, b = program_.facts[to].members;
  if (a.first == b.first) return member;
  return program_.find_member(b, program_.text(program_.members[a.first + member].id));
}

CellId Knowledge::cell_id(std::uint32_t fact, std::int32_t slot, Binding at) const {
  std::size_t subject = 0;
  switch (slot) {
    case kAtSystem:
      subject = 1;
      break;
    case kAtDeployment:
      subject = 2 + static_cast<std::size_t>(at.deployment < 0 ? 0 : at.deployment);
      break;
    case kAtModel:
      subject = 2 + static_cast<std::size_t>(deployments_) +
                static_cast<std::size_t>(at.model < 0 ? 0 : at.model);
      break;
    default:
      break;
  }
  return static_cast<CellId>(subject * facts_ + fact);
}

Binding Knowledge::binding_of(CellId id) const {
  const int subject = static_cast<int>(id / facts_);
  if (subject < 2) return {};
  if (subject < 2 + deployments_) return {subject - 2, -1};
  return {-1, subject - 2 - deployments_};
}

CellId Knowledge::resolve(std::uint32_t index, std::int32_t slot, Binding at) const {
  CellId id = cell_id(index, slot, at);
  const Fact& fact = program_.facts[index];
  if (fact.default_fact == kNone || cells_[id].answer != nullptr ||
      cells_[id].forced != Truth::unknown)
    return id;
  if (fact.default_if != kNone) {
    Kleene kleene(*this, {0, 0, true}, false);
    if (kleene.evaluate(fact.default_if, at) != Truth::true_) return id;
  }
  return resolve(fact.default_fact, slot_of(fact.default_fact, slot == kAtModel), at);
}

std::uint32_t Knowledge::guard_node(CellId id) const {
  const Fact& fact = program_.facts[fact_of(id)];
  const int subject = static_cast<int>(id / facts_);
  if (subject >= 2 + deployments_) return fact.guard_model;
  // A model alone: its organisation answers without a system.
  if (!record_.has_system && subject == 0) return kNone;
  return fact.guard;
}

std::string Knowledge::cell_name(CellId id) const {
  std::string name(program_.text(program_.facts[fact_of(id)].id));
  const Binding at = binding_of(id);
  if (at.model >= 0) return name + "@" + record_.models[static_cast<std::size_t>(at.model)].id;
  if (at.deployment >= 0 && !record_.deployments.empty()) {
    return name + "@" + record_.deployments[static_cast<std::size_t>(at.deployment)].id;
  }
  return name;
}

Truth Knowledge::raw_truth(CellId id) const {
  const Cell& cell = cells_[id];
  if (cell.answer != nullptr) return cell.answer->unknown ? Truth::unknown : cell.answer->truth;
  return cell.closed ? Truth::false_ : Truth::unknown;
}

Interval Knowledge::range(CellId id) const {
  const Cell& cell = cells_[id];
  if (cell.narrowed != kNone) return ranges_[cell.narrowed];
  if (cell.answer != nullptr && !cell.answer->unknown) return cell.answer->range;
  Interval range;
  const Fact& fact = program_.facts[fact_of(id)];
  if (fact.has_minimum != 0) range.low = fact.minimum;
  return range;
}

bool Knowledge::is_never(CellId id) const {
  return cells_[id].answer != nullptr && cells_[id].answer->never;
}

bool Knowledge::may_be_never(CellId id) const {
  const Cell& cell = cells_[id];
  if (cell.answer != nullptr && !cell.answer->unknown) return cell.answer->never;
  return program_.facts[fact_of(id)].optional != 0;
}

MemberSet Knowledge::possible(CellId id) const {
  const Cell& cell = cells_[id];
  if (cell.members != kNone) return enum_states_[cell.members];
  if (cell.answer != nullptr && !cell.answer->unknown) return cell.answer->possible;
  MemberSet all;
  for (std::uint32_t i = 0; i < program_.facts[fact_of(id)].members.count; ++i) all.set(i);
  return all;
}

MemberState Knowledge::members(CellId id) const {
  const Cell& cell = cells_[id];
  MemberState state;
  if (cell.members != kNone) {
    state = member_states_[cell.members];
  } else if (cell.answer != nullptr && !cell.answer->unknown) {
    state.in = cell.answer->in;
    state.out = cell.answer->out;
  }
  if (cell.closed) {  // what axioms put in stays in
    for (std::uint32_t i = 0; i < program_.facts[fact_of(id)].members.count; ++i) {
      if (!state.in[i]) state.out.set(i);
    }
  }
  return state;
}

const std::string* Knowledge::text(CellId id) const {
  const Cell& cell = cells_[id];
  return cell.answer != nullptr && !cell.answer->unknown ? &cell.answer->text : nullptr;
}

const std::string& Knowledge::currency(CellId id) const {
  return cells_[id].answer != nullptr ? cells_[id].answer->currency : no_currency_;
}

bool Knowledge::single(CellId id) const {
  const Fact& fact = program_.facts[fact_of(id)];
  const Cell& cell = cells_[id];
  switch (fact.type) {
    case FactType::boolean:
      return raw_truth(id) != Truth::unknown;
    case FactType::integer:
    case FactType::number:
    case FactType::date:
      return is_never(id) || (range(id).is_point() && !may_be_never(id));
    case FactType::enumeration:
      return is_never(id) || (possible(id).count() == 1 && !may_be_never(id));
    case FactType::set: {
      const MemberState state = members(id);
      for (std::uint32_t i = 0; i < fact.members.count; ++i) {
        if (!state.in[i] && !state.out[i]) return false;
      }
      return true;
    }
    case FactType::text:
      return cell.answer != nullptr && !cell.answer->unknown;
  }
  return false;
}

Truth Knowledge::axiom_truth(const AxiomInstance& instance) const {
  const Axiom& axiom = program_.axioms[instance.axiom];
  Kleene kleene(*this, {0, 0, true}, false);
  if (axiom.kind == AxiomKind::formula) return kleene.evaluate(axiom.node, instance.at);
  const bool model = axiom.scopes == kModel;
  const CellId left = resolve(axiom.left, slot_of(axiom.left, model), instance.at);
  const CellId right = resolve(axiom.right, slot_of(axiom.right, model), instance.at);
  if (left == right) return Truth::true_;
  const Truth left_guard = kleene.guard_truth(left), right_guard = kleene.guard_truth(right);
  if (left_guard == Truth::false_ || is_never(left)) return Truth::true_;
  const bool sure = left_guard == Truth::true_ && right_guard == Truth::true_ &&
                    !may_be_never(left) && !may_be_never(right);
  if (axiom.kind != AxiomKind::subset_of && (right_guard == Truth::false_ || is_never(right)))
    return Truth::true_;
  if (axiom.kind == AxiomKind::at_least) {
    if (currency(left) != currency(right)) return Truth::true_;
    NumberValue a, b;
    a.range = range(left);
    b.range = range(right);
    const Truth order =
        compare_intervals(static_cast<std::uint8_t>(language::Comparison::greater_equal), a, b);
    return order == Truth::false_ && !sure ? Truth::unknown : order;
  }
  const MemberState set = members(left);
  if (axiom.kind == AxiomKind::contains) {
    const MemberSet wanted = possible(right);
    bool may_hold = false, holds = true;
    for (std::uint32_t i = 0; i < program_.facts[axiom.right].members.count; ++i) {
      if (!wanted[i]) continue;
      const std::uint32_t same = counterpart(axiom.right, i, axiom.left);
      may_hold = may_hold || !set.out[same];
      holds = holds && set.in[same];
    }
    if (!may_hold) return sure ? Truth::false_ : Truth::unknown;
    return holds ? Truth::true_ : Truth::unknown;
  }
  MemberState whole = members(right);
  if (right_guard == Truth::false_) whole.out.set();
  bool broken = false, open = right_guard == Truth::unknown;
  for (std::uint32_t i = 0; i < program_.facts[axiom.left].members.count; ++i) {
    const std::uint32_t same = counterpart(axiom.left, i, axiom.right);
    broken = broken || (set.in[i] && whole.out[same]);
    open = open || (!set.out[i] && !whole.in[same]);
  }
  if (broken) return left_guard == Truth::true_ ? Truth::false_ : Truth::unknown;
  return open ? Truth::unknown : Truth::true_;
}

std::vector<CellId> Knowledge::axiom_cells(const AxiomInstance& instance) const {
  std::vector<CellId> cells;
  const Axiom& axiom = program_.axioms[instance.axiom];
  for (const std::uint32_t fact : program_.list(axiom.facts)) {
    cells.push_back(resolve(fact, slot_of(fact, axiom.scopes == kModel), instance.at));
  }
  return cells;
}

void Knowledge::check_groups(Diagnostics& problems) const {
  for (CellId id = 0; id < cells_.size(); ++id) {
    const Fact& fact = program_.facts[fact_of(id)];
    const Answer* answer = cells_[id].answer;
    if (fact.type != FactType::set || (answer == nullptr && cells_[id].members == kNone)) continue;
    const MemberState state = members(id);
    for (std::uint32_t i = 0; i < fact.members.count; ++i) {
      const Member& group = program_.members[fact.members.first + i];
      if (!state.in[i] || group.abstract == 0 || group.has_children == 0) continue;
      bool possible = false;
      for (std::uint32_t j = i + 1; j < fact.members.count; ++j) {
        possible =
            possible || (program_.members[fact.members.first + j].parent == i && !state.out[j]);
      }
      for (std::uint32_t j = 0; j < i; ++j) {
        possible =
            possible || (program_.members[fact.members.first + j].parent == i && !state.out[j]);
      }
      if (possible) continue;
      problems.push_back({Level::error, "contradiction",
                          answer != nullptr ? answer->origin.where : record_.where,
                          "`" + std::string(program_.text(group.id)) + "` is in " + cell_name(id) +
                              ", and everything below it is out",
                          "name the member that is meant, or leave the group out"});
      return;
    }
  }
}

Diagnostic Knowledge::contradiction(const AxiomInstance& instance) const {
  Diagnostic problem;
  problem.code = "contradiction";
  problem.message = "these answers contradict each other: " +
                    std::string(program_.text(program_.axioms[instance.axiom].text));
  std::string places;
  for (const CellId id : axiom_cells(instance)) {
    const Cell& at = cells_[id];
    if (at.answer == nullptr) continue;
    const Location& where = at.answer->origin.where;
    if (problem.where.file.empty()) problem.where = where;
    places += (places.empty() ? "" : ", ") + cell_name(id);
    if (where.line > 0) places += " (line " + std::to_string(where.line) + ")";
  }
  if (problem.where.file.empty()) problem.where = record_.where;
  problem.hint = places.empty() ? "check the answers that it follows from" : "look at " + places;
  return problem;
}

std::vector<std::string> Knowledge::closed_facts() const {
  std::vector<std::string> names;
  for (CellId id = 0; id < cells_.size(); ++id) {
    if (cells_[id].closed) names.push_back(cell_name(id));
  }
  return names;
}

const Determination* Knowledge::determination(std::uint32_t index, Binding at, Day day) const {
  for (const Determination* each : by_concept_[index]) {
    if (each->made && day < *each->made) continue;
    if (each->through && day > *each->through) continue;
    if (each->subject.empty()) {
      if (at.model >= 0 && program_.concepts[index].scope == kModel && record_.models.size() != 1)
        continue;
      return each;
    }
    if (at.model >= 0 && record_.models[static_cast<std::size_t>(at.model)].id == each->subject)
      return each;
    if (at.deployment >= 0 && !record_.deployments.empty() &&
        record_.deployments[static_cast<std::size_t>(at.deployment)].id == each->subject) {
      return each;
    }
  }
  return nullptr;
}

}  // namespace pandect
