#include "reports/outline.h"

#include <algorithm>
#include <map>
#include <set>

namespace pandect::reports {
namespace {

bool same_standing(const ObligationItem& a, const ObligationItem& b) {
  return a.id == b.id && a.status == b.status && a.fulfilment == b.fulfilment &&
         a.overdue == b.overdue && a.applies_from == b.applies_from && a.earliest == b.earliest &&
         a.deadline == b.deadline && a.provisional == b.provisional && a.missing == b.missing;
}

std::vector<Duty> merged(const std::vector<ObligationItem>& items) {
  std::vector<Duty> out;
  std::multimap<std::string, std::size_t> by_id;
  for (const auto& item : items) {
    const auto [first, last] = by_id.equal_range(item.id);
    const auto found = std::find_if(first, last, [&](const auto& entry) {
      return same_standing(*out[entry.second].item, item);
    });
    if (found == last) {
      by_id.emplace(item.id, out.size());
      out.push_back({&item, {}});
      if (!item.deployment.empty()) out.back().deployments.push_back(item.deployment);
    } else if (!item.deployment.empty()) {
      out[found->second].deployments.push_back(item.deployment);
    }
  }
  return out;
}

class Builder {
 public:
  Builder(const SubjectAssessment& subject, const Assessment& assessment)
      : subject_(subject), as_of_(assessment.as_of) {
    out_.subject = &subject;
    for (const auto& pack : assessment.packs) {
      if (pack.jurisdiction != "core" && !order_.count(pack.jurisdiction)) place(pack.jurisdiction);
    }
  }

  Outline build() {
    for (const auto& item : subject_.classifications) classify(item);
    out_.deployments = deployments();
    for (auto& duty : merged(subject_.obligations)) {
      if (duty.deployments.size() == out_.deployments) duty.deployments.clear();
      add(duty);
    }
    for (auto& group : out_.now) sort_in_law_order(group.duties);
    std::stable_sort(
        out_.dates.begin(), out_.dates.end(), [](const DateEntry& a, const DateEntry& b) {
          return a.day != b.day ? a.day < b.day : a.duty.item->severity > b.duty.item->severity;
        });
    std::stable_sort(out_.open.begin(), out_.open.end(), [](const Duty& a, const Duty& b) {
      return a.item->severity > b.item->severity;
    });
    out_.questions = subject_.questions;
    drop_empty();
    return std::move(out_);
  }

 private:
  PlaceView& place(const std::string& id) {
    const auto [entry, fresh] = order_.emplace(id, out_.places.size());
    if (fresh) out_.places.emplace_back().id = id;
    return out_.places[entry->second];
  }

  std::size_t deployments() const {
    std::set<std::string> ids;
    for (const auto& item : subject_.obligations) {
      if (!item.deployment.empty()) ids.insert(item.deployment);
    }
    for (const auto& item : subject_.classifications)
      ids.insert(item.deployments.begin(), item.deployments.end());
    return ids.size();
  }

  void classify(const ClassificationItem& item) {
    PlaceView& at = place(item.jurisdiction);
    const bool holds = item.value == Truth::true_;
    if (item.value == Truth::unknown) {
      if (item.kind != ConceptKind::lead) at.open.push_back(&item);
    } else if (item.kind == ConceptKind::scope) {
      (holds ? at.in_scope : at.out_of_scope).push_back(&item);
    } else if (item.kind == ConceptKind::role && holds) {
      at.roles.push_back(&item);
    } else if (item.kind == ConceptKind::lead && holds) {
      at.leads.push_back(&item);
    } else if (holds) {
      at.classes.push_back(&item);
    }
  }

  DutyGroup& group(DutyGroup::Kind kind, Severity severity = Severity::medium) {
    const auto rank = [](DutyGroup::Kind k, Severity s) {
      return static_cast<int>(k) * 10 +
             (k == DutyGroup::Kind::severity ? 3 - static_cast<int>(s) : 0);
    };
    const auto at = std::find_if(out_.now.begin(), out_.now.end(), [&](const DutyGroup& g) {
      return rank(g.kind, g.severity) >= rank(kind, severity);
    });
    if (at != out_.now.end() && rank(at->kind, at->severity) == rank(kind, severity)) return *at;
    return *out_.now.insert(at, DutyGroup{kind, severity, {}});
  }

  void add(const Duty& duty) {
    const ObligationItem& item = *duty.item;
    PlaceView& at = place(item.jurisdiction);
    const bool owed = item.status == "due" || item.status == "upcoming";
    if (owed && !is_binding(item)) {
      out_.voluntary.push_back(duty);
    } else if (item.status == "due") {
      due(duty, at);
    } else if (item.status == "upcoming") {
      ++at.upcoming, ++out_.upcoming;
      if (item.applies_from) out_.dates.push_back({*item.applies_from, false, duty});
    } else if (item.status == "undetermined") {
      ++at.undetermined, ++out_.undetermined;
      out_.open.push_back(duty);
    } else if (item.status == "ended") {
      out_.ended.push_back(duty);
    }
    const bool ahead = owed && is_binding(item) && item.deadline && *item.deadline >= as_of_ &&
                       item.fulfilment != Fulfilment::met;
    if (ahead) out_.dates.push_back({*item.deadline, true, duty});
  }

  void due(const Duty& duty, PlaceView& at) {
    const ObligationItem& item = *duty.item;
    ++at.due, ++out_.due;
    using Kind = DutyGroup::Kind;
    if (item.prohibition) {
      ++out_.prohibited;
      group(Kind::prohibited).duties.push_back(duty);
    } else if (item.overdue) {
      ++out_.overdue;
      group(Kind::overdue).duties.push_back(duty);
    } else if (item.fulfilment == Fulfilment::met) {
      ++at.met, ++out_.met;
      group(Kind::met).duties.push_back(duty);
    } else {
      group(Kind::severity, item.severity).duties.push_back(duty);
    }
  }

  // By jurisdiction as the packs stand, then by addressee; within one, the packs' own order.
  void sort_in_law_order(std::vector<Duty>& duties) {
    std::stable_sort(duties.begin(), duties.end(), [&](const Duty& a, const Duty& b) {
      const std::size_t left = order_.at(a.item->jurisdiction),
                        right = order_.at(b.item->jurisdiction);
      if (left != right) return left < right;
      return a.item->addressee < b.item->addressee;
    });
  }

  void drop_empty() {
    std::erase_if(out_.places, [](const PlaceView& p) {
      return p.classes.empty() && p.open.empty() && p.roles.empty() && p.in_scope.empty() &&
             p.out_of_scope.empty() && p.leads.empty() && p.due + p.upcoming + p.undetermined == 0;
    });
  }

  const SubjectAssessment& subject_;
  Day as_of_;
  std::map<std::string, std::size_t> order_;
  Outline out_;
};

}  // namespace

bool is_binding(const ObligationItem& item) {
  return item.modality == Modality::must || item.modality == Modality::must_not;
}

Outline outline_of(const SubjectAssessment& subject, const Assessment& assessment) {
  return Builder(subject, assessment).build();
}

}  // namespace pandect::reports
