#include "reports/roles.h"

#include <algorithm>

namespace pandect::reports {

std::vector<RoleView> duties_by_role(const Outline& outline, const Wording& words) {
  std::vector<const Duty*> all;
  for (const auto& group : outline.now) {
    for (const auto& each : group.duties) all.push_back(&each);
  }
  for (const auto& each : outline.dates) {
    if (!each.deadline) all.push_back(&each.duty);
  }
  for (const auto* list : {&outline.open, &outline.voluntary, &outline.ended}) {
    for (const auto& each : *list) all.push_back(&each);
  }
  std::vector<RoleView> roles;
  for (const auto& place : outline.places) {
    for (const auto* each : all) {
      if (each->item->jurisdiction != place.id) continue;
      const std::string title =
          words.jurisdiction(place.id) + " · " + addressees(*each->item, words);
      auto found = std::find_if(roles.begin(), roles.end(),
                                [&](const RoleView& role) { return role.title == title; });
      if (found == roles.end()) found = roles.insert(roles.end(), {place.id, title, {}});
      found->duties.push_back(*each);
    }
  }
  return roles;
}

}  // namespace pandect::reports
