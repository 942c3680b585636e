#include "checks/satisfy.h"

#include "logic/workspace.h"

namespace pandect {
namespace {

constexpr std::size_t kBudget = 200'000;

}  // namespace

Satisfiability::Satisfiability(const Program& program)
    : program_(program), known_(program.nodes.size(), 0) {
  Subject model;
  model.id = "model";
  record_.models.push_back(model);
  record_.models_complete = false;
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

std::optional<bool> Satisfiability::decide(const std::vector<Condition>& conditions, Scope scope,
                                           const Asked& asked, bool axioms) {
  if (!problems_.empty()) return std::nullopt;
  const Binding at = scope == kModel ? Binding{-1, 0} : Binding{0, -1};
  std::vector<Workspace::Root> roots;
  for (const Condition& each : conditions) {
    if (each.node != kNone) roots.push_back({each.node, at});
  }
  Workspace workspace(evaluation(asked), true, roots);
  auto& diagrams = workspace.diagrams();
  Workspace::Ref all = Diagrams::kTrue;
  for (const Condition& each : conditions) {
    if (each.node == kNone) continue;
    if (asks_known(each.node)) return std::nullopt;
    const Workspace::Ref built = workspace.build(each.node, at);
    all = diagrams.both(all, each.negated ? diagrams.negate(built) : built);
  }
  if (axioms && all != Diagrams::kFalse) all = diagrams.both(all, workspace.constraint());
  if (workspace.exhausted()) return std::nullopt;
  return all != Diagrams::kFalse;
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
