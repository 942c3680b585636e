#include "assessment/compare.h"

#include <algorithm>
#include <map>
#include <type_traits>

namespace pandect {
namespace {

std::string word(Truth value) {
  return value == Truth::true_ ? "true" : value == Truth::false_ ? "false" : "unknown";
}

std::string word(const std::optional<Day>& day) { return day ? to_string(*day) : std::string(); }

std::string word(const std::optional<Fulfilment>& value) {
  if (!value) return {};
  switch (*value) {
    case Fulfilment::met:
      return "met";
    case Fulfilment::partly:
      return "partly";
    case Fulfilment::unmet:
      return "unmet";
    case Fulfilment::unverified:
      return "unverified";
    case Fulfilment::waived:
      return "waived";
  }
  return {};
}

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
      const bool known = old != old_classes.end();
      if (known ? old->second->value != each.value : each.value != Truth::false_)
        add(ChangeKind::classification, after.id, each, "value",
            known ? word(old->second->value) : std::string(), word(each.value));
      if (known) old_classes.erase(old);
    }
    for (const auto& [id, old] : old_classes) {
      if (old->value != Truth::false_)
        add(ChangeKind::classification, after.id, *old, "value", word(old->value), "");
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
    changes.push_back({kind,
                       subject,
                       item.id,
                       item.jurisdiction,
                       item.title,
                       std::move(what),
                       std::move(before),
                       std::move(after),
                       item.cite,
                       {}});
    if constexpr (std::is_same_v<Item, ObligationItem>) changes.back().deployment = item.deployment;
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
    differs("fulfilment", word(old->fulfilment), word(now.fulfilment));
    differs("penalty", most(*old), most(now));
  }
};

}  // namespace

std::vector<Change> compare(const Assessment& before, const Assessment& after) {
  Comparison comparison;
  const auto other = [](const Assessment& assessment, const SubjectAssessment& subject) {
    const auto same = [&](const SubjectAssessment& each) {
      return each.id == subject.id && each.kind == subject.kind;
    };
    const auto found = std::find_if(assessment.subjects.begin(), assessment.subjects.end(), same);
    return found == assessment.subjects.end() ? nullptr : &*found;
  };
  const auto subject = [&](const SubjectAssessment& each, const char* was, const char* is) {
    const Texts name{each.name, each.name, each.name};
    comparison.changes.push_back(
        {ChangeKind::subject, each.id, each.id, {}, name, "subject", was, is, {}, {}});
  };
  for (const auto& now : after.subjects) {
    if (const auto* old = other(before, now)) {
      comparison.subjects(*old, now);
    } else {
      subject(now, "", now.kind.c_str());
    }
  }
  for (const auto& old : before.subjects) {
    if (other(after, old) == nullptr) subject(old, old.kind.c_str(), "");
  }
  return std::move(comparison.changes);
}

}  // namespace pandect
