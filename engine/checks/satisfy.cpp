#include "checks/satisfy.h"

#include "logic/workspace.h"

namespace pandect {
namespace {

constexpr std::size_t kBudget = 200'000;

}  // namespace

Satisfiability::Satisfiability(const Program& program, bool models_complete)
    : program_(program), known_(program.nodes.size(), 0) {
  Subject model;
  model.id = "model";
  record_.models.push_back(model);
  record_.models_stated = true;
  record_.models_complete = models_complete;
  knowledge_ = std::make_unique<Knowledge>(program, record_, problems_);
}

std::vector<Term> Satisfiability::terms(const std::vector<Condition>& conditions) const {
  std::vector<Term> list;
  std::vector<bool> seen(program_.nodes.size(), false);
  std::vector<std::uint32_t> todo;
  for (const Condition& each : conditions) {
    if (each.node != kNone) todo.push_back(each.node);
  }
  while (!todo.empty()) {
    const std::uint32_t at = todo.back();
    todo.pop_back();
    const Node& node = program_.nodes[at];
    if (seen[at] || node.op == Op::one_of) continue;
    seen[at] = true;
    if (node.op == Op::in_date) list.push_back(term_of(program_.rules[node.a]));
    for (const std::uint32_t child : program_.list(node.children)) todo.push_back(child);
  }
  return list;
}

Evaluation& Satisfiability::evaluation(const Asked& asked) {
  auto& entry = evaluations_[{asked.day, asked.book()}];
  if (!entry) entry = std::make_unique<Evaluation>(*knowledge_, asked.day, asked.book(), kBudget);
  return *entry;
}

bool Satisfiability::asks_known(std::uint32_t node) {
  if (known_[node] != 0) return known_[node] == 2;
  const Node& each = program_.nodes[node];
  bool found = each.op == Op::known;
  if (each.op != Op::one_of) {
    for (const std::uint32_t child : program_.list(each.children))
      found = found || asks_known(child);
  }
  known_[node] = found ? 2 : 1;
  return found;
}

std::unique_ptr<Workspace> Satisfiability::workspace(const std::vector<Condition>& conditions,
                                                     Scope scope, const Asked& asked) {
  std::vector<Workspace::Root> roots;
  for (const Condition& each : conditions) {
    if (each.node != kNone) roots.push_back({each.node, binding(scope)});
  }
  return std::make_unique<Workspace>(evaluation(asked), true, roots);
}

std::uint32_t Satisfiability::build(Workspace& workspace, const std::vector<Condition>& conditions,
                                    Scope scope, bool axioms) {
  auto& diagrams = workspace.diagrams();
  Workspace::Ref all = Diagrams::kTrue;
  for (const Condition& each : conditions) {
    if (each.node == kNone) continue;
    if (asks_known(each.node)) return kNone;
    const Workspace::Ref built = workspace.build(each.node, binding(scope));
    all = diagrams.both(all, each.negated ? diagrams.negate(built) : built);
  }
  // An exception that is shown to apply does apply. Its conditions may bring in further ones.
  for (std::size_t i = 0; i < workspace.choices().size() && all != Diagrams::kFalse; ++i) {
    const Workspace::Choice choice = workspace.choices()[i];
    const std::uint32_t body = program_.links[program_.nodes[choice.node].children.first];
    if (asks_known(body)) continue;
    all = diagrams.both(
        all, diagrams.either(diagrams.test(choice.variable, 0), workspace.build(body, choice.at)));
  }
  if (axioms && all != Diagrams::kFalse) all = diagrams.both(all, workspace.constraint());
  return workspace.exhausted() ? kNone : all;
}

std::optional<bool> Satisfiability::decide(const std::vector<Condition>& conditions, Scope scope,
                                           const Asked& asked, bool axioms) {
  if (!problems_.empty()) return std::nullopt;
  const auto where = workspace(conditions, scope, asked);
  const std::uint32_t all = build(*where, conditions, scope, axioms);
  work_ += where->diagrams().work();
  if (all == kNone) return std::nullopt;
  return all != Diagrams::kFalse;
}

std::optional<Example> Satisfiability::example(const std::vector<Condition>& conditions,
                                               Scope scope, const Asked& asked) {
  if (!problems_.empty()) return std::nullopt;
  const auto where = workspace(conditions, scope, asked);
  const std::uint32_t all = build(*where, conditions, scope, true);
  if (all == kNone || all == Diagrams::kFalse) return std::nullopt;
  Example found = example_of(*knowledge_, where->example(all));
  if (!confirms(found.record, conditions, scope, asked)) return std::nullopt;
  return found;
}

bool Satisfiability::confirms(const Record& record, const std::vector<Condition>& conditions,
                              Scope scope, const Asked& asked) const {
  Diagnostics problems;
  const Knowledge knowledge(program_, record, problems);
  if (problems.empty()) check_consistency(knowledge, problems);
  if (has_errors(problems)) return false;
  Evaluation evaluation(knowledge, asked.day, asked.book(), kBudget);
  for (const Condition& each : conditions) {
    if (each.node == kNone) continue;
    if (evaluation.value(each.node, binding(scope)) != truth_of(!each.negated)) return false;
  }
  return true;
}

std::optional<std::set<std::uint32_t>> Satisfiability::turns_on(
    std::uint32_t node, const std::set<std::uint32_t>& facts, Scope scope, const Asked& asked) {
  if (!problems_.empty() || asks_known(node)) return std::nullopt;
  const auto where = workspace({{node, false}}, scope, asked);
  std::vector<Workspace::Ref> conditions{where->build(node, binding(scope))};
  for (std::size_t i = 0; i < where->choices().size(); ++i) {
    const Workspace::Choice choice = where->choices()[i];
    const std::uint32_t body = program_.links[program_.nodes[choice.node].children.first];
    conditions.push_back(where->build(body, choice.at));
  }
  const Workspace::Ref allowed = where->constraint();
  std::set<std::uint32_t> found;
  for (const std::uint32_t fact : facts) {
    for (const Workspace::Ref each : conditions) {
      if (!where->turns_on(each, allowed, fact)) continue;
      found.insert(fact);
      break;
    }
  }
  work_ += where->diagrams().work();
  if (where->exhausted()) return std::nullopt;
  return found;
}

std::optional<bool> Satisfiability::possible(const std::vector<Condition>& conditions, Scope scope,
                                             const Asked& asked) {
  return decide(conditions, scope, asked, true);
}

std::optional<bool> Satisfiability::possible_by_form(const std::vector<Condition>& conditions,
                                                     Scope scope, const Asked& asked) {
  return decide(conditions, scope, asked, false);
}

}  // namespace pandect
