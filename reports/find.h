// The smallest changes of facts that lead to a conclusion, for people and for programs.
#pragma once

#include "checks/analysis_find.h"

#include <string>
#include <vector>

namespace pandect::reports {

struct Found {
  std::string subject;  // id
  FindResult result;
};

// `goal` as it was asked for: "eu.high_risk=false".
std::string find_text(const std::vector<Found>& found, const std::string& goal,
                      const std::string& lang);
std::string find_json(const std::vector<Found>& found, const std::string& goal);

}  // namespace pandect::reports
