#include "logic/deciding.h"

#include <algorithm>

namespace pandect {
namespace {

// Keeps the first of each.
void make_unique(std::vector<CellId>& cells, std::vector<char>& seen) {
  std::size_t kept = 0;
  for (const CellId cell : cells) {
    if (cell >= seen.size()) seen.resize(cell + 1, 0);
    if (seen[cell] != 0) continue;
    seen[cell] = 1;
    cells[kept++] = cell;
  }
  cells.resize(kept);
  for (const CellId cell : cells) seen[cell] = 0;
}

}  // namespace

const std::vector<CellId>& DecidingFacts::of_concept(std::uint32_t index, Binding at) {
  const Concept& found = program_.concepts[index];
  const auto [entry, fresh] = concepts_.try_emplace(Evaluation::Key{index, at});
  Cells& cells = entry->second;
  if (!fresh) return cells;
  const Day day = evaluation_.kleene().moment().day;
  if (evaluation_.knowledge().determination(index, at, day) != nullptr || found.root == kNone)
    return cells;
  const Truth whole = value(found.root, at);
  for (std::uint32_t i = found.rules.first; i < found.rules.first + found.rules.count; ++i) {
    if (program_.rules[i].exception != 0) continue;
    if (whole == Truth::false_ || value(program_.rules[i].applies, at) == whole) rule(i, at, cells);
  }
  make_unique(cells, seen_);
  return cells;
}

std::vector<CellId> DecidingFacts::of_obligation(std::uint32_t index, Binding at) {
  const Obligation& duty = program_.obligations[index];
  Cells cells;
  const Truth whole = evaluation_.value(duty.root, at);
  if (whole != Truth::false_ || value(duty.owed_by, at) != Truth::true_)
    node(duty.owed_by, at, cells);
  for (std::uint32_t i = duty.rules.first; i < duty.rules.first + duty.rules.count; ++i) {
    if (program_.rules[i].exception != 0) continue;
    if (whole != Truth::true_ || value(program_.rules[i].applies, at) == Truth::true_)
      rule(i, at, cells);
  }
  make_unique(cells, seen_);
  return cells;
}

void DecidingFacts::rule(std::uint32_t index, Binding at, Cells& out) {
  const Rule& found = program_.rules[index];
  if (!evaluation_.kleene().in_date(found)) return;
  const Truth whole = value(found.applies, at);
  const Truth when = value(found.when, at);
  const bool defeated_only = whole == Truth::false_ && when == Truth::true_;
  if (!defeated_only && program_.nodes[found.when].op != Op::true_) node(found.when, at, out);
  if (when == Truth::false_) return;
  for (const std::uint32_t attacker : program_.list(found.attackers)) {
    if (whole != Truth::false_ || value(program_.rules[attacker].applies, at) != Truth::false_)
      rule(attacker, at, out);
  }
}

void DecidingFacts::node(std::uint32_t index, Binding at, Cells& out) {
  const Node& found = program_.nodes[index];
  switch (found.op) {
    case Op::concept_: {
      const Cells& cells = of_concept(found.a, at);
      out.insert(out.end(), cells.begin(), cells.end());
      return;
    }
    case Op::and_:
    case Op::or_:
    case Op::at_least:
      return junction(found, index, at, out);
    case Op::not_:
      return node(program_.links[found.children.first], at, out);
    case Op::any_model:
    case Op::all_models:
    case Op::any_deployment:
    case Op::all_deployments:
      return quantifier(found, index, at, out);
    default:
      return leaves(index, at, out);
  }
}

void DecidingFacts::junction(const Node& found, std::uint32_t index, Binding at, Cells& out) {
  const Truth whole = value(index, at);
  const bool decisive = (found.op == Op::or_ && whole == Truth::true_) ||
                        (found.op == Op::and_ && whole == Truth::false_);
  const bool undecided = whole == Truth::unknown && found.op != Op::at_least;
  for (const std::uint32_t child : program_.list(found.children)) {
    if ((decisive || undecided) && value(child, at) != whole) continue;
    node(child, at, out);
    if (found.op == Op::or_ && decisive) return;  // one reason is enough
  }
}

void DecidingFacts::quantifier(const Node& found, std::uint32_t index, Binding at, Cells& out) {
  const bool model = found.op == Op::any_model || found.op == Op::all_models;
  const bool any = found.op == Op::any_model || found.op == Op::any_deployment;
  const Truth whole = value(index, at);
  const bool decisive = any == (whole == Truth::true_);
  const Knowledge& knowledge = evaluation_.knowledge();
  const int count = model ? knowledge.models() : knowledge.deployments();
  const std::uint32_t body = program_.links[found.children.first];
  for (int i = 0; i < count; ++i) {
    Binding inner = at;
    (model ? inner.model : inner.deployment) = i;
    if (!decisive || value(body, inner) == whole) node(body, inner, out);
  }
}

void DecidingFacts::leaves(std::uint32_t index, Binding at, Cells& out) {
  const Node& found = program_.nodes[index];
  switch (found.op) {
    case Op::fact:
    case Op::has:
    case Op::one_of:
    case Op::text_equal:
    case Op::known:
    case Op::fact_number:
    case Op::count:
      out.push_back(evaluation_.knowledge().resolve(found.a, found.amount, at));
      return;
    default:
      break;
  }
  for (const std::uint32_t child : program_.list(found.children)) leaves(child, at, out);
}

}  // namespace pandect
