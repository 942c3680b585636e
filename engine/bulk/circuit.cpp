#include "bulk/circuit.h"

#include <algorithm>

namespace pandect::bulk {

Circuit::Circuit() { terms_.push_back({Kind::constant, {}}); }

Plane Circuit::add(Kind kind, std::vector<std::uint32_t> operands) {
  const auto [found, fresh] = known_.try_emplace({kind, operands}, 0);
  if (fresh) {
    found->second = static_cast<Plane>(terms_.size() * 2);
    terms_.push_back({kind, std::move(operands)});
  }
  return found->second;
}

// Drops what the other planes settle. False if the planes exclude each other.
bool Circuit::simplify(std::vector<Plane>& planes) const {
  std::sort(planes.begin(), planes.end());
  planes.erase(std::unique(planes.begin(), planes.end()), planes.end());
  if (!planes.empty() && planes.front() == kAlways) planes.erase(planes.begin());
  if (!planes.empty() && planes.front() == kNever) return false;
  for (std::size_t i = 1; i < planes.size(); ++i) {
    if (planes[i] == complement(planes[i - 1])) return false;
  }
  const auto has = [&](Plane plane) {
    return std::binary_search(planes.begin(), planes.end(), plane);
  };
  for (std::size_t i = 0; i < planes.size(); ++i) {
    const Term& term = terms_[planes[i] >> 1];
    if (term.kind != Kind::all) continue;
    const auto& parts = term.operands;
    if ((planes[i] & 1u) == 0) {
      // x and (x and y) is x and y; x and (not x and y) is nothing.
      if (std::any_of(parts.begin(), parts.end(), [&](Plane p) { return has(complement(p)); }))
        return false;
      const Plane joint = planes[i];
      if (!std::any_of(parts.begin(), parts.end(), has)) continue;
      std::erase_if(planes, [&](Plane p) {
        return p != joint && std::find(parts.begin(), parts.end(), p) != parts.end();
      });
      return simplify(planes);
    }
    // x and (x or y) is x; x and (not x or y) is x and y.
    if (std::any_of(parts.begin(), parts.end(), [&](Plane p) { return has(complement(p)); })) {
      planes.erase(planes.begin() + static_cast<std::ptrdiff_t>(i--));
      continue;
    }
    const auto open = [&](Plane p) { return !has(p); };
    const auto count = std::count_if(parts.begin(), parts.end(), open);
    if (count > 1) continue;
    if (count == 0) return false;
    planes[i] = complement(*std::find_if(parts.begin(), parts.end(), open));
    return simplify(planes);
  }
  return true;
}

Plane Circuit::all(std::vector<Plane> planes) {
  if (!simplify(planes)) return kNever;
  if (planes.empty()) return kAlways;
  if (planes.size() == 1) return planes.front();
  return add(Kind::all, std::move(planes));
}

Plane Circuit::any(std::vector<Plane> planes) {
  for (Plane& each : planes) each = complement(each);
  return complement(all(std::move(planes)));
}

Value Circuit::both(const std::vector<Value>& values) {
  std::vector<Plane> yes, no;
  for (const Value& each : values) {
    yes.push_back(each.yes);
    no.push_back(each.no);
  }
  return {all(std::move(yes)), any(std::move(no))};
}

Value Circuit::either(std::vector<Value> values) {
  for (Value& each : values) each = negate(each);
  return negate(both(values));
}

std::vector<Plane> Circuit::begin_loop(std::vector<Plane> first) {
  Loop loop;
  const auto number = static_cast<std::uint32_t>(loops_.size());
  for (std::uint32_t i = 0; i < first.size(); ++i)
    loop.variables.push_back(add(Kind::variable, {number, i}));
  loop.first = std::move(first);
  loops_.push_back(loop);
  return loop.variables;
}

}  // namespace pandect::bulk
