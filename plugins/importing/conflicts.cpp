#include "plugins/importing/conflicts.h"

#include "plugins/importing/collector.h"

#include "pandect/number.h"

#include <algorithm>
#include <cmath>

namespace pandect::plugins {
namespace {

// What is compared: a licence by its id, a name without case and marks.
std::string compared(const std::string& fact, const std::string& value) {
  if (fact == "about.licence") {
    if (const Licence* known = tables().licence(value); known != nullptr && !known->id.empty())
      return known->id;
  }
  std::string text;
  for (const char c : lower_case(value)) {
    if (c != ' ' && c != '-' && c != '_' && c != '.') text += c;
  }
  return text;
}

bool disagree(const Proposal& a, const Proposal& b, double tolerance) {
  const auto left = Number::parse(a.values.front()), right = Number::parse(b.values.front());
  if (left && right) {
    const double x = left->to_double(), y = right->to_double();
    return std::fabs(x - y) > tolerance * std::max(std::fabs(x), std::fabs(y));
  }
  return compared(a.fact, a.values.front()) != compared(b.fact, b.values.front());
}

std::string place(const Proposal& each) {
  std::string text = each.where.file;
  if (each.where.line > 0) text += ":" + std::to_string(each.where.line);
  if (!each.pointer.empty()) text += " " + each.pointer;
  return text;
}

Proposal conflict(const Proposal& a, const Proposal& b) {
  Proposal made = b;
  made.kind = ProposalClass::conflict;
  made.values = {a.values.front(), b.values.front()};
  made.confidence = 0.9;
  made.note = "two sources disagree: " + a.values.front() + " (" + place(a) + ") and " +
              b.values.front() + " (" + place(b) + ")";
  made.sign = "conflict";
  return made;
}

std::vector<Proposal> find_conflicts(const std::vector<Proposal>& proposals, bool between_files) {
  std::map<std::pair<std::string, std::string>, std::vector<const Proposal*>> groups;
  for (const auto& each : proposals) {
    if (each.is_set || each.values.empty() || each.kind == ProposalClass::conflict ||
        each.kind == ProposalClass::derived)
      continue;
    if (tables().conflicts.count(each.fact) == 0) continue;
    auto& group = groups[{each.subject, each.fact}];
    if (group.size() < 50) group.push_back(&each);
  }
  std::vector<Proposal> found;
  for (const auto& [key, group] : groups) {
    const double tolerance = tables().conflicts.find(key.second)->second;
    for (std::size_t i = 1; i < group.size(); ++i) {
      if (between_files == (group[0]->where.file == group[i]->where.file)) continue;
      if (disagree(*group[0], *group[i], tolerance))
        found.push_back(conflict(*group[0], *group[i]));
    }
  }
  return found;
}

}  // namespace

std::vector<Proposal> conflicts_of(const std::vector<Proposal>& proposals) {
  return find_conflicts(proposals, false);
}

std::vector<Proposal> conflicts_between_files(const std::vector<Proposal>& proposals) {
  return find_conflicts(proposals, true);
}

}  // namespace pandect::plugins
