// Renders a store: the list of what was recorded, and why two recorded assessments differ.
#pragma once

#include "store/replay.h"
#include "store/statements.h"

#include <string>
#include <variant>
#include <vector>

namespace pandect::reports {

struct HistoryItem {
  store::Entry entry;
  std::variant<store::Recorded, store::Statement> content;
};

// Entries in their order; each subject is compared with the last time it was assessed.
std::string history_text(const std::vector<HistoryItem>& items, const std::string& lang);
std::string history_json(const std::vector<HistoryItem>& items);

// What differs between two entries and what made it differ.
struct StoredDifference {
  store::Recorded before, after;
  store::Explanation explanation;
};
std::string causes_text(const StoredDifference& difference, const std::string& lang);
std::string causes_json(const StoredDifference& difference, const std::string& lang);

}  // namespace pandect::reports
