// All duties of a subject by who owes them: jurisdictions in the order of the packs, roles as they
// come; within a role what is due stands first.
#pragma once

#include "reports/outline.h"

#include <string>
#include <vector>

namespace pandect::reports {

struct RoleView {
  std::string jurisdiction, title;  // title: "Korea · AI business operator"
  std::vector<Duty> duties;
};

std::vector<RoleView> duties_by_role(const Outline& outline, const Wording& words);

}  // namespace pandect::reports
