#include "pandect/program.h"

#include <algorithm>

namespace pandect {
namespace {

template <typename T>
std::uint32_t find_sorted(const Program& program, const Pool<T>& pool, std::string_view id) {
  const auto* at = std::lower_bound(
      pool.begin(), pool.end(), id,
      [&](const T& each, std::string_view wanted) { return program.text(each.id) < wanted; });
  if (at == pool.end() || program.text(at->id) != id) return kNone;
  return static_cast<std::uint32_t>(at - pool.begin());
}

}  // namespace

std::uint32_t Program::find_fact(std::string_view id) const {
  return find_sorted(*this, facts, id);
}
std::uint32_t Program::find_concept(std::string_view id) const {
  return find_sorted(*this, concepts, id);
}
std::uint32_t Program::find_obligation(std::string_view id) const {
  return find_sorted(*this, obligations, id);
}

std::uint32_t Program::find_rule(std::string_view id) const {
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (text(rules[i].id) == id) return static_cast<std::uint32_t>(i);
  }
  return kNone;
}

std::uint32_t Program::find_member(Range range, std::string_view id) const {
  const auto list = members.slice(range);
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (text(list[i].id) == id) return static_cast<std::uint32_t>(i);
  }
  return kNone;
}

bool Program::below(Range range, std::uint32_t member, std::uint32_t group) const {
  while (member != kNone) {
    if (member == group) return true;
    member = members[range.first + member].parent;
  }
  return false;
}

}  // namespace pandect
