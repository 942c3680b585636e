#include "checks/outline.h"

namespace pandect {
namespace {

void add(const Program& program, RuleEntry entry, const std::vector<RuleDraft>& rules,
         std::uint32_t first, std::vector<RuleEntry>& list) {
  for (std::size_t i = 0; i < rules.size(); ++i) {
    entry.draft = &rules[i];
    entry.rule = first + static_cast<std::uint32_t>(i);
    entry.exception = program.rules[entry.rule].exception != 0;
    list.push_back(entry);
  }
}

}  // namespace

std::vector<RuleEntry> rules_of(const Program& program, const PackDraft& pack) {
  std::vector<RuleEntry> list;
  for (const auto& each : pack.concepts) {
    RuleEntry entry;
    entry.subject = &each;
    entry.owner = program.find_concept(each.id);
    if (entry.owner == kNone) continue;
    add(program, entry, each.rules, program.concepts[entry.owner].rules.first, list);
  }
  for (const auto& each : pack.obligations) {
    RuleEntry entry;
    entry.duty = &each;
    entry.owner = program.find_obligation(each.id);
    if (entry.owner == kNone) continue;
    const std::uint32_t first = program.obligations[entry.owner].rules.first;
    add(program, entry, each.rules, first, list);
    add(program, entry, each.exceptions, first + static_cast<std::uint32_t>(each.rules.size()),
        list);
  }
  return list;
}

}  // namespace pandect
