#include "assessment/compare.h"

#include <map>

namespace pandect {
namespace {

std::string word(Truth value) {
  return value == Truth::true_ ? "true" : value == Truth::false_ ? "false" : "unknown";
}

std::string word(const std::optional<Day>& day) { return day ? to_string(*day) : std::string(); }

std::string most(const ObligationItem& item) {
  for (const auto& penalty : item.penalty) {
    if (penalty.maximum) return penalty.maximum->text() + " " + penalty.currency;
  }
  return {};
}

class Comparison {
 public:
  std::vector<Change> changes;

  void subjects(const SubjectAssessment& before, const SubjectAssessment& after) {
    std::map<std::string, const ClassificationItem*> old_classes;
    for (const auto& each : before.classifications) old_classes[each.id] = &each;
    for (const auto& each : after.classifications) {
      const auto old = old_classes.find(each.id);
      if (old == old_classes.end() || old->second->value == each.value) continue;
      add(ChangeKind::classification, after.id, each, "value", word(old->second->value),
          word(each.value));
    }
    std::map<std::string, const ObligationItem*> old_duties, new_duties;
    for (const auto& each : before.obligations) old_duties[each.id + "@" + each.deployment] = &each;
    for (const auto& each : after.obligations) new_duties[each.id + "@" + each.deployment] = &each;
    for (const auto& [key, now] : new_duties) {
      const auto old = old_duties.find(key);
      duty(after.id, old == old_duties.end() ? nullptr : old->second, *now);
    }
    for (const auto& [key, old] : old_duties) {
      if (new_duties.count(key) == 0)
        add(ChangeKind::obligation, after.id, *old, "status", old->status, "not_applicable");
    }
  }

 private:
  template <typename Item>
  void add(ChangeKind kind, const std::string& subject, const Item& item, std::string what,
           std::string before, std::string after) {
    changes.push_back({kind, subject, item.id, item.jurisdiction, item.title, std::move(what),
                       std::move(before), std::move(after), item.cite});
  }

  void duty(const std::string& subject, const ObligationItem* old, const ObligationItem& now) {
    const std::string status = old == nullptr ? "not_applicable" : old->status;
    if (status != now.status) {
      add(ChangeKind::obligation, subject, now, "status", status, now.status);
      return;
    }
    if (old == nullptr) return;
    const auto differs = [&](const char* what, const std::string& before,
                             const std::string& after) {
      if (before != after) add(ChangeKind::obligation, subject, now, what, before, after);
    };
    differs("applies_from", word(old->applies_from), word(now.applies_from));
    differs("deadline", word(old->deadline), word(now.deadline));
    differs("penalty", most(*old), most(now));
  }
};

}  // namespace

std::vector<Change> compare(const Assessment& before, const Assessment& after) {
  Comparison comparison;
  for (const auto& now : after.subjects) {
    for (const auto& old : before.subjects) {
      if (old.id == now.id && old.kind == now.kind) comparison.subjects(old, now);
    }
  }
  return std::move(comparison.changes);
}

}  // namespace pandect
