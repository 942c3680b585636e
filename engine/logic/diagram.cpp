#include "logic/diagram.h"

#include <algorithm>
#include <unordered_map>

namespace pandect {
namespace {

constexpr std::uint64_t kFirst = 0x9E3779B97F4A7C15ull, kSecond = 0xC2B2AE3D27D4EB4Full;
constexpr std::uint32_t kNegate = 16, kRestrict = 32;  // beside the operations of two diagrams

}  // namespace

std::size_t ResultTable::place(std::uint64_t operands, std::uint32_t operation) {
  const std::uint64_t mixed = (operands ^ operation * kSecond) * kFirst;
  return static_cast<std::size_t>(mixed >> 32 ^ mixed);
}

std::uint32_t ResultTable::find(std::uint64_t operands, std::uint32_t operation) const {
  if (entries_.empty()) return kNone;
  const std::size_t mask = entries_.size() - 1;
  for (std::size_t at = place(operands, operation) & mask;; at = (at + 1) & mask) {
    const Entry& entry = entries_[at];
    if (entry.result == kNone) return kNone;
    if (entry.operands == operands && entry.operation == operation) return entry.result;
  }
}

void ResultTable::add(std::uint64_t operands, std::uint32_t operation, std::uint32_t result) {
  if (3 * used_ >= 2 * entries_.size()) grow();
  const std::size_t mask = entries_.size() - 1;
  std::size_t at = place(operands, operation) & mask;
  while (entries_[at].result != kNone) at = (at + 1) & mask;
  entries_[at] = {operands, operation, result};
  ++used_;
}

void ResultTable::grow() {
  std::vector<Entry> before(std::max<std::size_t>(64, 2 * entries_.size()));
  before.swap(entries_);
  used_ = 0;
  for (const Entry& each : before) {
    if (each.result != kNone) add(each.operands, each.operation, each.result);
  }
}

std::uint32_t Diagrams::add_variable(std::uint32_t domain) {
  domains_.push_back(domain);
  return static_cast<std::uint32_t>(domains_.size() - 1);
}

bool Diagrams::spend() {
  if (++work_ > budget_) exhausted_ = true;
  return !exhausted_;
}

Diagrams::Ref Diagrams::make(std::uint32_t variable, std::span<const Ref> children) {
  bool same = true;
  for (const Ref each : children) same = same && each == children[0];
  if (same) return children[0];
  std::uint64_t mixed = variable * kFirst;
  for (const Ref each : children) mixed = (mixed ^ each) * kSecond + (mixed >> 29);
  const auto hash = static_cast<std::uint32_t>(mixed >> 32);
  if (3 * nodes_.size() >= 2 * unique_.size()) grow();
  std::size_t at = place_of(hash);
  for (; unique_[at] != kFalse; at = (at + 1) & (unique_.size() - 1)) {
    const Node& node = nodes_[unique_[at] - 2];
    if (node.hash == hash && node.variable == variable &&
        std::equal(children.begin(), children.end(), children_.begin() + node.first))
      return unique_[at];
  }
  if (!spend()) return kFalse;
  const auto ref = static_cast<Ref>(nodes_.size() + 2);
  nodes_.push_back({variable, static_cast<std::uint32_t>(children_.size()), hash});
  children_.insert(children_.end(), children.begin(), children.end());
  return unique_[at] = ref;
}

void Diagrams::grow() {
  unique_.assign(std::max<std::size_t>(64, 2 * unique_.size()), kFalse);
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    std::size_t at = place_of(nodes_[i].hash);
    while (unique_[at] != kFalse) at = (at + 1) & (unique_.size() - 1);
    unique_[at] = static_cast<Ref>(i + 2);
  }
}

template <typename F>
Diagrams::Ref Diagrams::make_each(std::uint32_t variable, F child_of) {
  const std::size_t first = pending_.size();
  for (std::uint32_t value = 0; value < domains_[variable]; ++value) {
    const Ref child = child_of(value);
    pending_.push_back(child);
  }
  const Ref result = make(variable, {pending_.data() + first, domains_[variable]});
  pending_.resize(first);
  return result;
}

Diagrams::Ref Diagrams::test(std::uint32_t variable, std::uint32_t value) {
  std::vector<Ref> children(domains_[variable], kFalse);
  children[value] = kTrue;
  return make(variable, children);
}

Diagrams::Ref Diagrams::apply(Operation operation, Ref a, Ref b) {
  if (exhausted_) return kFalse;
  switch (operation) {
    case Operation::and_:
      if (a == kFalse || b == kFalse) return kFalse;
      if (a == kTrue || a == b) return b;
      if (b == kTrue) return a;
      break;
    case Operation::or_:
      if (a == kTrue || b == kTrue) return kTrue;
      if (a == kFalse || a == b) return b;
      if (b == kFalse) return a;
      break;
    case Operation::xor_:
      if (a == b) return kFalse;
      if (a == kFalse) return b;
      if (b == kFalse) return a;
      if (a == kTrue) return negate(b);
      if (b == kTrue) return negate(a);
      break;
  }
  if (a > b) std::swap(a, b);
  const std::uint64_t key = (static_cast<std::uint64_t>(a) << 32) | b;
  const auto code = static_cast<std::uint32_t>(operation);
  if (const Ref found = results_.find(key, code); found != ResultTable::kNone) return found;
  if (!spend()) return kFalse;
  const std::uint32_t variable = std::min(level(a), level(b));
  const Ref result = make_each(variable, [&](std::uint32_t value) {
    return apply(operation, child(a, variable, value), child(b, variable, value));
  });
  results_.add(key, code, result);
  return result;
}

Diagrams::Ref Diagrams::negate(Ref a) {
  if (a < 2) return a ^ 1u;
  if (exhausted_) return kFalse;
  if (const Ref found = results_.find(a, kNegate); found != ResultTable::kNone) return found;
  if (!spend()) return kFalse;
  const std::uint32_t variable = level(a);
  const Ref result =
      make_each(variable, [&](std::uint32_t value) { return negate(child(a, variable, value)); });
  results_.add(a, kNegate, result);
  return result;
}

Diagrams::Ref Diagrams::restrict(Ref a, std::uint32_t variable, std::uint32_t value) {
  if (level(a) > variable || exhausted_) return a;
  if (level(a) == variable) return child(a, variable, value);
  const std::uint64_t key = (static_cast<std::uint64_t>(a) << 32) | variable;
  const std::uint32_t code = kRestrict + value;
  if (const Ref found = results_.find(key, code); found != ResultTable::kNone) return found;
  if (!spend()) return kFalse;
  const std::uint32_t top = level(a);
  const Ref result =
      make_each(top, [&](std::uint32_t i) { return restrict(child(a, top, i), variable, value); });
  results_.add(key, code, result);
  return result;
}

Diagrams::Ref Diagrams::exists(Ref a, const std::vector<bool>& variables) {
  ResultTable seen;
  const auto go = [&](Ref at, const auto& self) -> Ref {
    if (at < 2 || exhausted_) return at;
    if (const Ref found = seen.find(at, 0); found != ResultTable::kNone) return found;
    if (!spend()) return kFalse;
    const std::uint32_t variable = level(at);
    Ref result = kFalse;
    if (variables[variable]) {
      for (std::uint32_t value = 0; value < domains_[variable] && result != kTrue; ++value) {
        result = either(result, self(child(at, variable, value), self));
      }
    } else {
      result = make_each(
          variable, [&](std::uint32_t value) { return self(child(at, variable, value), self); });
    }
    seen.add(at, 0, result);
    return result;
  };
  return go(a, go);
}

void Diagrams::support(Ref a, std::vector<bool>& variables) const {
  std::vector<bool> seen(nodes_.size() + 2, false);
  std::vector<Ref> todo{a};
  while (!todo.empty()) {
    const Ref at = todo.back();
    todo.pop_back();
    if (at < 2 || seen[at]) continue;
    seen[at] = true;
    const Node& node = nodes_[at - 2];
    variables[node.variable] = true;
    for (std::uint32_t i = 0; i < domains_[node.variable]; ++i)
      todo.push_back(children_[node.first + i]);
  }
}

std::vector<std::pair<std::uint32_t, std::uint32_t>> Diagrams::shortest(Ref a) const {
  constexpr std::uint32_t kNever = UINT32_MAX;
  std::unordered_map<Ref, std::uint32_t> steps{{kFalse, kNever}, {kTrue, 0}};
  const auto measure = [&](Ref at, const auto& go) -> std::uint32_t {
    if (const auto found = steps.find(at); found != steps.end()) return found->second;
    const Node& node = nodes_[at - 2];
    std::uint32_t least = kNever;
    for (std::uint32_t i = 0; i < domains_[node.variable]; ++i)
      least = std::min(least, go(children_[node.first + i], go));
    return steps[at] = least == kNever ? kNever : least + 1;
  };
  measure(a, measure);
  std::vector<std::pair<std::uint32_t, std::uint32_t>> values;
  while (a >= 2) {
    const Node& node = nodes_[a - 2];
    std::uint32_t best = 0;
    for (std::uint32_t i = 1; i < domains_[node.variable]; ++i) {
      if (steps[children_[node.first + i]] < steps[children_[node.first + best]]) best = i;
    }
    values.emplace_back(node.variable, best);
    a = children_[node.first + best];
  }
  return values;
}

}  // namespace pandect
