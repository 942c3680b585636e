#include "checks/lint_parts.h"

#include <algorithm>
#include <map>

namespace pandect {
namespace {

// Rules of one owner that rest on the same provisions and do the same work.
using Versions = std::vector<const RuleEntry*>;

std::map<std::string, Versions> groups_of(const std::vector<RuleEntry>& rules) {
  std::map<std::string, Versions> groups;
  for (const auto& entry : rules) {
    std::vector<std::string> cites = entry.draft->cites;
    std::sort(cites.begin(), cites.end());
    std::string key = entry.owner_id() + (entry.exception ? " exception" : "");
    for (const auto& each : cites) key += " " + each;
    for (const auto& each : entry.draft->overrides) key += " > " + each;
    groups[key].push_back(&entry);
  }
  return groups;
}

// The text that follows one that ends on `end`: the first to begin after `begin`.
struct Successor {
  const RuleEntry* entry = nullptr;
  Day day = kNoDay;
};

Successor successor(const Versions& versions, const RuleEntry& old, Day RuleDraft::*first,
                    Day begin, Day end) {
  Successor next;
  for (const RuleEntry* each : versions) {
    const Day day = each->draft->*first;
    if (each == &old || day == kNoDay || (begin != kNoDay && day <= begin)) continue;
    if (day == end) return {each, day};
    if (next.entry == nullptr || day < next.day) next = {each, day};
  }
  return next;
}

void compare(LintJob& job, const RuleEntry& old, const Successor& next, Day end, const char* begins,
             const char* ends) {
  if (next.entry == nullptr || next.day == end) return;
  const std::string pair = name_of(old) + " (" + ends + " " + to_string(end) + ") and " +
                           next.entry->draft->id + " (" + begins + " " + to_string(next.day) + ")";
  if (next.day < end) {
    job.warn(next.entry->draft->where, "versions-overlap",
             "two versions of one provision stand at once: " + pair,
             "let the first end on the day on which the next begins");
  } else {
    job.warn(next.entry->draft->where, "versions-gap",
             "between two versions of one provision there is none: " + pair,
             "let the first end on the day on which the next begins");
  }
}

bool in_law_book(const Versions& versions) {
  return std::any_of(versions.begin(), versions.end(),
                     [](const RuleEntry* each) { return each->draft->superseded != kNoDay; });
}

}  // namespace

void lint_versions(LintJob& job) {
  for (const auto& [key, versions] : groups_of(job.rules)) {
    if (versions.size() < 2) continue;
    const bool book = in_law_book(versions);
    for (const RuleEntry* old : versions) {
      const RuleDraft& rule = *old->draft;
      if (book && rule.superseded != kNoDay) {
        compare(job, *old,
                successor(versions, *old, &RuleDraft::enacted, rule.enacted, rule.superseded),
                rule.superseded, "enacted", "superseded");
      }
      if (!book && rule.until != kNoDay) {
        compare(job, *old, successor(versions, *old, &RuleDraft::from, rule.from, rule.until),
                rule.until, "from", "until");
      }
    }
  }
}

}  // namespace pandect
