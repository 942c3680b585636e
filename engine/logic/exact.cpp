#include "logic/exact.h"

#include "logic/workspace.h"

#include <algorithm>
#include <set>

namespace pandect {

using Ref = Diagrams::Ref;

Evaluation::Evaluation(const Knowledge& knowledge, Day day, Day book, std::size_t budget)
    : knowledge_(knowledge),
      program_(knowledge.program()),
      budget_(budget),
      kleene_(knowledge, {day, book, false}),
      alone_(knowledge, {day, book, false}) {
  kleene_.decide_burdens_with(
      [this](std::uint32_t node, Binding at) { return decide_burden(node, at); });
}

// P is decided exactly before what stands above it (semantics 5.1); a body settled by Kleene never
// comes here.
bool Evaluation::decide_burden(std::uint32_t node, Binding at) {
  const Key key{node, at};
  if (const auto found = burdens_.find(key); found != burdens_.end()) return found->second;
  const std::uint32_t inner = program_.links[program_.nodes[node].children.first];
  Workspace workspace(*this, false, {{inner, at}});
  const Ref body = workspace.build(inner, at);
  const Ref allowed = workspace.constraint();
  auto& diagrams = workspace.diagrams();
  const bool always = diagrams.both(allowed, diagrams.negate(body)) == Diagrams::kFalse &&
                      allowed != Diagrams::kFalse;
  const bool result = always && !workspace.exhausted();
  burden_out_of_budget_ = burden_out_of_budget_ || workspace.exhausted();
  burdens_.emplace(key, result);
  return result;
}

Evaluation::Body Evaluation::body_of(std::uint32_t node, Binding at) {
  at = kleene_.narrow(program_.nodes[node], at);
  const Key key{node, at};
  if (const auto found = bodies_.find(key); found != bodies_.end()) return found->second;
  const std::uint32_t inner = program_.links[program_.nodes[node].children.first];
  Workspace workspace(*this, true, {{inner, at}});
  const Ref body = workspace.build(inner, at);
  const Ref allowed = workspace.constraint();
  auto& diagrams = workspace.diagrams();
  const bool can_hold = diagrams.both(allowed, body) != Diagrams::kFalse;
  const bool can_fail = diagrams.both(allowed, diagrams.negate(body)) != Diagrams::kFalse;
  Body result = can_hold && can_fail ? Body::undecided : can_hold ? Body::always : Body::never;
  if (workspace.exhausted()) result = Body::budget;
  bodies_.emplace(key, result);
  return result;
}

bool Evaluation::touches_open_burden(std::uint32_t index, Binding at) {
  const Node& node = program_.nodes[index];
  if ((node.flags & kHasBurden) == 0) return false;
  at = kleene_.narrow(node, at);
  const Key key{index, at};
  if (const auto found = touches_.find(key); found != touches_.end()) return found->second;
  bool result = false;
  const auto children = program_.list(node.children);
  if (node.op == Op::burden && kleene_.evaluate(children[0], at) == Truth::unknown) result = true;
  if (node.op == Op::concept_ &&
      knowledge_.determination(node.a, at, kleene_.moment().day) != nullptr) {
    touches_.emplace(key, false);
    return false;
  }
  const bool model = node.op == Op::any_model || node.op == Op::all_models;
  const bool deployment = node.op == Op::any_deployment || node.op == Op::all_deployments;
  for (const std::uint32_t child : children) {
    if (result) break;
    if (!model && !deployment) {
      result = touches_open_burden(child, at);
      continue;
    }
    const int count = model ? knowledge_.models() : knowledge_.deployments();
    for (int i = 0; i < count && !result; ++i) {
      Binding inner = at;
      (model ? inner.model : inner.deployment) = i;
      result = touches_open_burden(child, inner);
    }
  }
  touches_.emplace(key, result);
  return result;
}

struct Evaluation::Question {
  Question(Evaluation& evaluation, std::uint32_t node, Binding at)
      : key{node, at}, workspace(evaluation, false, {{node, at}}) {
    condition = workspace.build(node, at);
    allowed = workspace.constraint();
    auto& diagrams = workspace.diagrams();
    can_hold = diagrams.both(allowed, condition) != Diagrams::kFalse;
    can_fail = diagrams.both(allowed, diagrams.negate(condition)) != Diagrams::kFalse;
    exhausted = workspace.exhausted();
  }

  Key key;
  Workspace workspace;
  Ref condition = Diagrams::kFalse, allowed = Diagrams::kFalse;
  bool can_hold = false, can_fail = false, exhausted = false;
};

Evaluation::~Evaluation() = default;

void Evaluation::forget_question() { question_.reset(); }

Evaluation::Question& Evaluation::ask(std::uint32_t node, Binding at) {
  const bool kept = question_ && question_->key.node == node && question_->key.at == at;
  if (!kept) question_ = std::make_unique<Question>(*this, node, at);
  return *question_;
}

Truth Evaluation::value(std::uint32_t node, Binding at, DecidedBy* decided) {
  at = kleene_.narrow(program_.nodes[node], at);
  const Truth fast = kleene_.evaluate(node, at);
  if (decided != nullptr) *decided = DecidedBy::kleene;
  if (fast != Truth::unknown) return fast;
  const auto [memo, fresh] = values_.try_emplace({node, at}, Truth::unknown, DecidedBy::exact);
  if (fresh) {
    const Question& question = ask(node, at);
    if (question.exhausted) {
      memo->second.second = DecidedBy::budget;
    } else if (question.can_hold != question.can_fail) {
      memo->second.first = truth_of(question.can_hold);
    }
  }
  if (decided != nullptr)
    *decided = memo->second.first == Truth::unknown && memo->second.second == DecidedBy::exact
                   ? DecidedBy::kleene
                   : memo->second.second;
  return memo->second.first;
}

Conclusion Evaluation::conclude(std::uint32_t node, Binding at) {
  Conclusion result;
  result.kleene = alone_.evaluate(node, at);
  result.value = kleene_.evaluate(node, at);
  if (result.value != result.kleene) result.decided_by = DecidedBy::exact;
  if (result.value == Truth::unknown) {
    Question& question = ask(node, kleene_.narrow(program_.nodes[node], at));
    bool exhausted = question.exhausted;
    if (!exhausted && question.can_hold != question.can_fail) {
      result.value = truth_of(question.can_hold);
      result.decided_by = DecidedBy::exact;
    } else if (!exhausted) {
      result.missing = question.workspace.missing(question.condition, question.allowed);
      exhausted = question.workspace.exhausted();
    }
    forget_question();
    if (exhausted) {
      result.decided_by = DecidedBy::budget;
      result.missing = open_cone(node, at);
      result.over_approximated = true;
    }
  }
  if (!touches_open_burden(node, at)) return result;
  Workspace workspace(*this, true, {{node, at}});
  const Ref condition = workspace.build(node, at);
  const Ref allowed = workspace.constraint();
  std::set<std::pair<std::uint32_t, int>> seen;
  std::vector<Workspace::Choice> todo;
  const auto note_pivotal = [&](Workspace& where, Ref of, Ref limits) {
    const auto list = where.choices();
    for (const auto& choice : list) {
      const auto key = std::make_pair(choice.node, choice.at.deployment * 1000 + choice.at.model);
      if (seen.count(key) > 0 || !where.pivotal(of, limits, choice.variable)) continue;
      seen.insert(key);
      todo.push_back(choice);
    }
  };
  note_pivotal(workspace, condition, allowed);
  for (std::size_t i = 0; i < todo.size(); ++i) {
    const Workspace::Choice choice = todo[i];
    const std::uint32_t claimed = program_.links[program_.nodes[choice.node].children.first];
    Workspace inner(*this, true, {{claimed, choice.at}});
    const Ref body = inner.build(claimed, choice.at);
    const Ref limits = inner.constraint();
    OpenException open;
    open.rule = program_.nodes[choice.node].a;
    open.missing = inner.missing(body, limits);
    if (inner.exhausted()) open.missing = open_cone(choice.node, choice.at);
    result.open.push_back(std::move(open));
    note_pivotal(inner, body, limits);
  }
  std::sort(result.open.begin(), result.open.end(),
            [&](const OpenException& a, const OpenException& b) {
              const auto left = program_.text(program_.rules[a.rule].id),
                         right = program_.text(program_.rules[b.rule].id);
              return left != right ? left < right : a.missing < b.missing;
            });
  if (workspace.exhausted()) result.decided_by = DecidedBy::budget;
  return result;
}

std::vector<std::string> Evaluation::open_cone(std::uint32_t node, Binding at) {
  std::set<std::string> names;
  std::set<Key> seen;
  const auto cell = [&](CellId id, const auto& go) -> void {
    if (!knowledge_.single(id)) names.insert(knowledge_.cell_name(id));
    if (const std::uint32_t guard = knowledge_.guard_node(id); guard != kNone)
      go(guard, knowledge_.binding_of(id), go);
  };
  const auto walk = [&](std::uint32_t index, Binding where, const auto& go) -> void {
    const Node& each = program_.nodes[index];
    where = kleene_.narrow(each, where);
    if (!seen.insert({index, where}).second) return;
    const bool numeric = (each.flags & kNumeric) != 0;
    if (!numeric && kleene_.evaluate(index, where) != Truth::unknown) return;
    switch (each.op) {
      case Op::fact:
      case Op::has:
      case Op::one_of:
      case Op::text_equal:
      case Op::fact_number:
      case Op::count:
        cell(knowledge_.resolve(each.a, each.amount, where), go);
        return;
      case Op::compare:
        if (const std::string rate = kleene_.missing_rate(each, where); !rate.empty())
          names.insert(rate);
        break;
      case Op::concept_number:
        for (auto& name : conclude_number(each.a, where).missing) names.insert(std::move(name));
        return;
      case Op::any_model:
      case Op::all_models:
        if (knowledge_.models_open()) names.insert("models");
        for (int i = 0; i < knowledge_.models(); ++i) {
          go(program_.links[each.children.first], {where.deployment, i}, go);
        }
        return;
      case Op::any_deployment:
      case Op::all_deployments:
        for (int i = 0; i < knowledge_.deployments(); ++i) {
          go(program_.links[each.children.first], {i, where.model}, go);
        }
        return;
      default:
        break;
    }
    for (const std::uint32_t child : program_.list(each.children)) go(child, where, go);
  };
  walk(node, at, walk);
  return {names.begin(), names.end()};
}

namespace {

std::vector<std::uint32_t> supporting_rules(const Program& program, const Concept& found) {
  std::vector<std::uint32_t> rules;
  for (std::uint32_t i = found.rules.first; i < found.rules.first + found.rules.count; ++i) {
    if (program.rules[i].exception == 0 && program.rules[i].then != kNone) rules.push_back(i);
  }
  return rules;
}

}  // namespace

Evaluation::NumberConclusion Evaluation::conclude_number(std::uint32_t index, Binding at) {
  NumberConclusion result;
  const Concept& found = program_.concepts[index];
  result.value = kleene_.concept_number(index, at, &result.conflict);
  const NumberValue& value = result.value;
  result.settled = value.never || (value.range.is_point() && !value.may_be_never && !value.open);
  if (result.settled || result.conflict) return result;
  std::set<std::string> missing;
  for (const std::uint32_t rule : supporting_rules(program_, found)) {
    const Truth applies = this->value(program_.rules[rule].applies, at);
    if (applies == Truth::false_) continue;
    if (applies == Truth::unknown) {
      for (auto& name : conclude(program_.rules[rule].applies, at).missing)
        missing.insert(std::move(name));
    }
    for (auto& name : open_cone(program_.rules[rule].then, at)) missing.insert(std::move(name));
  }
  result.missing.assign(missing.begin(), missing.end());
  return result;
}

// Every combination of rules that some completion allows gives its value; one value in all settles
// it.
Evaluation::NumberConclusion Evaluation::conclude_enum(std::uint32_t index, Binding at) {
  NumberConclusion result;
  const Concept& found = program_.concepts[index];
  const auto rules = supporting_rules(program_, found);
  std::vector<Workspace::Root> roots;
  for (const std::uint32_t rule : rules) roots.push_back({program_.rules[rule].applies, at});
  Workspace workspace(*this, false, roots);
  std::vector<Ref> applies;
  for (const std::uint32_t rule : rules)
    applies.push_back(workspace.build(program_.rules[rule].applies, at));
  const Ref allowed = workspace.constraint();
  auto& diagrams = workspace.diagrams();
  std::set<std::uint32_t> values;
  bool always_conflict = true;
  const auto visit = [&](std::size_t i, Ref where, std::set<std::uint32_t> members,
                         const auto& go) -> void {
    if (where == Diagrams::kFalse || workspace.exhausted()) return;
    if (i == rules.size()) {
      if (members.size() > 1) {
        result.conflict = true;
        return;
      }
      always_conflict = false;
      values.insert(members.empty() ? found.default_value : *members.begin());
      return;
    }
    auto with = members;
    with.insert(program_.rules[rules[i]].then);
    go(i + 1, diagrams.both(where, applies[i]), std::move(with), go);
    go(i + 1, diagrams.both(where, diagrams.negate(applies[i])), std::move(members), go);
  };
  visit(0, allowed, {}, visit);
  result.possible_members.assign(values.begin(), values.end());
  if (values.size() == 1 && !result.conflict && !workspace.exhausted()) {
    result.settled = true;
    result.member = *values.begin();
    result.value.never = result.member == kNone;
    return result;
  }
  if (result.conflict && always_conflict) return result;
  std::set<std::string> missing;
  for (const Ref each : applies) {
    for (auto& name : workspace.missing(each, allowed)) missing.insert(std::move(name));
  }
  result.missing.assign(missing.begin(), missing.end());
  return result;
}

void check_consistency(const Knowledge& knowledge, Diagnostics& problems) {
  knowledge.check_groups(problems);
  if (!problems.empty() || knowledge.open_axioms().empty()) return;
  Evaluation evaluation(knowledge, 0, 0);
  Workspace workspace(evaluation, false, {});
  auto& diagrams = workspace.diagrams();
  Ref allowed = Diagrams::kTrue;
  for (const std::size_t each : workspace.binding_axioms()) {
    const auto& open = knowledge.open_axioms()[each];
    allowed = diagrams.both(allowed, workspace.axiom(open.instance));
    allowed = diagrams.both(allowed, workspace.statements());
    if (workspace.exhausted()) return;
    if (allowed != Diagrams::kFalse) continue;
    problems.push_back(knowledge.contradiction(open.instance));
    return;
  }
}

}  // namespace pandect
