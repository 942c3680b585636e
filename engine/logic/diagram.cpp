#include "logic/diagram.h"

#include <algorithm>

namespace pandect {

std::uint32_t Diagrams::add_variable(std::uint32_t domain) {
  domains_.push_back(domain);
  return static_cast<std::uint32_t>(domains_.size() - 1);
}

bool Diagrams::spend() {
  if (++work_ > budget_) exhausted_ = true;
  return !exhausted_;
}

Diagrams::Ref Diagrams::make(std::uint32_t variable, const std::vector<Ref>& children) {
  bool same = true;
  for (const Ref each : children) same = same && each == children[0];
  if (same) return children[0];
  std::uint64_t hash = variable * 0x9E3779B97F4A7C15ull;
  for (const Ref each : children) hash = (hash ^ each) * 0xC2B2AE3D27D4EB4Full + (hash >> 29);
  const auto [first, last] = unique_.equal_range(hash);
  for (auto at = first; at != last; ++at) {
    const Node& node = nodes_[at->second - 2];
    if (node.variable == variable &&
        std::equal(children.begin(), children.end(), children_.begin() + node.first)) {
      return at->second;
    }
  }
  if (!spend()) return kFalse;
  const auto ref = static_cast<Ref>(nodes_.size() + 2);
  nodes_.push_back({variable, static_cast<std::uint32_t>(children_.size())});
  children_.insert(children_.end(), children.begin(), children.end());
  unique_.emplace(hash, ref);
  return ref;
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
  const auto key = std::make_pair((static_cast<std::uint64_t>(a) << 32) | b,
                                  static_cast<std::uint32_t>(operation));
  if (const auto found = cache_.find(key); found != cache_.end()) return found->second;
  if (!spend()) return kFalse;
  const std::uint32_t variable = std::min(level(a), level(b));
  std::vector<Ref> children(domains_[variable]);
  for (std::uint32_t value = 0; value < children.size(); ++value) {
    children[value] = apply(operation, child(a, variable, value), child(b, variable, value));
  }
  const Ref result = make(variable, children);
  cache_.emplace(key, result);
  return result;
}

Diagrams::Ref Diagrams::negate(Ref a) {
  if (a < 2) return a ^ 1u;
  if (exhausted_) return kFalse;
  const auto key = std::make_pair(static_cast<std::uint64_t>(a), 16u);
  if (const auto found = cache_.find(key); found != cache_.end()) return found->second;
  if (!spend()) return kFalse;
  const std::uint32_t variable = level(a);
  std::vector<Ref> children(domains_[variable]);
  for (std::uint32_t value = 0; value < children.size(); ++value)
    children[value] = negate(child(a, variable, value));
  const Ref result = make(variable, children);
  cache_.emplace(key, result);
  return result;
}

Diagrams::Ref Diagrams::restrict(Ref a, std::uint32_t variable, std::uint32_t value) {
  if (level(a) > variable || exhausted_) return a;
  if (level(a) == variable) return child(a, variable, value);
  const auto key = std::make_pair((static_cast<std::uint64_t>(a) << 32) | variable, 32u + value);
  if (const auto found = cache_.find(key); found != cache_.end()) return found->second;
  if (!spend()) return kFalse;
  const std::uint32_t top = level(a);
  std::vector<Ref> children(domains_[top]);
  for (std::uint32_t i = 0; i < children.size(); ++i)
    children[i] = restrict(child(a, top, i), variable, value);
  const Ref result = make(top, children);
  cache_.emplace(key, result);
  return result;
}

Diagrams::Ref Diagrams::exists(Ref a, const std::vector<bool>& variables) {
  std::unordered_map<Ref, Ref> seen;
  const std::function<Ref(Ref)> go = [&](Ref at) -> Ref {
    if (at < 2 || exhausted_) return at;
    if (const auto found = seen.find(at); found != seen.end()) return found->second;
    if (!spend()) return kFalse;
    const std::uint32_t variable = level(at);
    Ref result = kFalse;
    if (variables[variable]) {
      for (std::uint32_t value = 0; value < domains_[variable] && result != kTrue; ++value) {
        result = either(result, go(child(at, variable, value)));
      }
    } else {
      std::vector<Ref> children(domains_[variable]);
      for (std::uint32_t value = 0; value < children.size(); ++value)
        children[value] = go(child(at, variable, value));
      result = make(variable, children);
    }
    seen.emplace(at, result);
    return result;
  };
  return go(a);
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
