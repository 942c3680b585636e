#include "reports/portfolio.h"

#include "assessment/assess.h"
#include "assessment/findings.h"
#include "reports/clean.h"
#include "reports/layout.h"
#include "reports/outline.h"
#include "reports/timeline_picture.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace pandect::reports {
namespace {

constexpr std::size_t kFolderLimit = 400;  // code points

Standing standing_of(const Verdict& verdict) {
  if (verdict.blocking) return Standing::findings;
  return verdict.undetermined || verdict.nothing ? Standing::undetermined : Standing::clean;
}

// What blocks: the verdict on one finding alone.
std::size_t blocking_of(const SubjectAssessment& subject, const std::string& fail_on) {
  Assessment one;
  one.subjects.resize(1);
  std::size_t count = 0;
  for (const auto& finding : subject.findings) {
    one.subjects[0].findings = {finding};
    if (verdict_of(one, fail_on, "never").blocking) ++count;
  }
  return count;
}

PortfolioPlace place_of(const PlaceView& view) {
  PortfolioPlace out;
  out.jurisdiction = view.id;
  for (const auto* each : view.classes)
    out.classes.push_back({each->id, each->jurisdiction, each->title, true});
  for (const auto* each : view.open) {
    if (each->kind == ConceptKind::classification)
      out.classes.push_back({each->id, each->jurisdiction, each->title, false});
  }
  for (const auto* each : view.roles) out.roles.push_back(each->title);
  out.due = view.due, out.met = view.met, out.upcoming = view.upcoming;
  out.undetermined = view.undetermined;
  return out;
}

void count_alarms(const Outline& outline, PortfolioSubject& subject) {
  for (const auto& group : outline.now) {
    const bool prohibited = group.kind == DutyGroup::Kind::prohibited;
    if (!prohibited && group.kind != DutyGroup::Kind::overdue) continue;
    for (const auto& duty : group.duties) {
      for (auto& place : subject.places) {
        if (place.jurisdiction == duty.item->jurisdiction)
          ++(prohibited ? place.prohibited : place.overdue);
      }
    }
  }
}

void take_dates(const Outline& outline, PortfolioSubject& subject) {
  for (const auto& moment : moments_of(outline)) {
    const ObligationItem& item = *moment.duty.item;
    PortfolioDate date;
    date.day = moment.day;
    date.kind = moment.kind == Moment::Kind::overdue    ? PortfolioDate::Kind::overdue
                : moment.kind == Moment::Kind::deadline ? PortfolioDate::Kind::deadline
                                                        : PortfolioDate::Kind::begins;
    date.id = item.id, date.jurisdiction = item.jurisdiction, date.title = item.title;
    date.cite = item.cite;
    const bool known =
        std::any_of(subject.dates.begin(), subject.dates.end(), [&](const PortfolioDate& each) {
          return each.day == date.day && each.kind == date.kind && each.id == date.id;
        });  // of another deployment
    if (!known) subject.dates.push_back(std::move(date));
  }
}

void take_waivers(const SubjectAssessment& from, PortfolioSubject& subject) {
  for (const auto& item : from.obligations) {
    if (!item.waiver) continue;
    const bool known =
        std::any_of(subject.waivers.begin(), subject.waivers.end(), [&](const auto& each) {
          return each.id == item.id && each.waiver.until == item.waiver->until &&
                 each.waiver.by == item.waiver->by;
        });
    if (!known) subject.waivers.push_back({item.id, item.title, *item.waiver});
  }
}

std::vector<PortfolioEntry> entries(const Portfolio& portfolio, bool overdue) {
  std::vector<PortfolioEntry> out;
  for (const auto& subject : portfolio.subjects) {
    for (const auto& date : subject.dates) {
      if ((date.kind == PortfolioDate::Kind::overdue) == overdue) out.push_back({&subject, &date});
    }
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const auto& a, const auto& b) { return a.date->day < b.date->day; });
  return out;
}

}  // namespace

Day PortfolioSubject::next() const {
  for (const auto& each : dates) {
    if (each.kind != PortfolioDate::Kind::overdue) return each.day;
  }
  return kNoDay;
}

std::size_t Portfolio::count(Standing standing) const {
  return static_cast<std::size_t>(
      std::count_if(subjects.begin(), subjects.end(),
                    [&](const PortfolioSubject& each) { return each.standing == standing; }));
}

std::vector<PortfolioSubject> portfolio_subjects(const std::string& folder, const Assessment& given,
                                                 const std::string& fail_on,
                                                 const std::string& fail_on_unknown) {
  const Cleaned clean_one(given);
  const Assessment& assessment = clean_one;
  std::vector<PortfolioSubject> out;
  for (const auto& subject : assessment.subjects) {
    const Outline outline = outline_of(subject, assessment);
    PortfolioSubject row;
    row.folder = clean(folder, kFolderLimit);
    row.organisation = assessment.organisation;
    row.kind = subject.kind, row.id = subject.id, row.name = subject.name;
    for (const auto& place : outline.places) row.places.push_back(place_of(place));
    row.prohibited = outline.prohibited, row.overdue = outline.overdue, row.due = outline.due;
    row.met = outline.met, row.upcoming = outline.upcoming;
    row.undetermined = outline.undetermined;
    row.findings = subject.findings.size(), row.questions = subject.questions.size();
    count_alarms(outline, row);
    take_dates(outline, row);
    take_waivers(subject, row);
    row.blocking = blocking_of(subject, fail_on);
    Assessment alone;
    alone.subjects = {subject};
    row.standing = standing_of(verdict_of(alone, fail_on, fail_on_unknown));
    out.push_back(std::move(row));
  }
  return out;
}

void add_packs(Portfolio& portfolio, const std::vector<PackUsed>& packs) {
  for (const auto& pack : packs) {
    const bool known = std::any_of(
        portfolio.packs.begin(), portfolio.packs.end(),
        [&](const PackUsed& each) { return each.id == pack.id && each.digest == pack.digest; });
    if (known) continue;
    Assessment one;
    one.packs = {pack};
    const Cleaned clean_one(one);
    portfolio.packs.push_back(static_cast<const Assessment&>(clean_one).packs[0]);
  }
}

void arrange(Portfolio& portfolio) {
  for (auto& each : portfolio.failures)
    each.folder = clean(each.folder, kFolderLimit), each.message = clean(each.message);
  for (auto& each : portfolio.skipped) each.path = clean(each.path, kFolderLimit);
  const auto key = [](const PortfolioSubject& each) {
    const Day next = each.next();
    return std::tuple(-static_cast<long>(each.prohibited), -static_cast<long>(each.overdue),
                      each.standing, next == kNoDay ? INT32_MAX : next,
                      std::string_view(each.folder), std::string_view(each.kind),
                      std::string_view(each.id));
  };
  std::stable_sort(portfolio.subjects.begin(), portfolio.subjects.end(),
                   [&](const auto& a, const auto& b) { return key(a) < key(b); });
  const auto rank = [](const std::string& id) {
    static const std::vector<std::string> order{"kr", "eu", "cn", "us"};
    return std::find(order.begin(), order.end(), id) - order.begin();
  };
  std::stable_sort(portfolio.packs.begin(), portfolio.packs.end(),
                   [&](const PackUsed& a, const PackUsed& b) {
                     return std::tuple(rank(a.jurisdiction), a.id, a.version) <
                            std::tuple(rank(b.jurisdiction), b.id, b.version);
                   });
}

std::vector<PortfolioGroup> groups_of(const Portfolio& portfolio) {
  std::vector<std::string> order;
  for (const auto& pack : portfolio.packs) order.push_back(pack.jurisdiction);
  std::map<std::pair<std::size_t, std::string>, PortfolioGroup> groups;
  for (const auto& subject : portfolio.subjects) {
    for (const auto& place : subject.places) {
      const auto at = static_cast<std::size_t>(
          std::find(order.begin(), order.end(), place.jurisdiction) - order.begin());
      for (const auto& each : place.classes) {
        PortfolioGroup& group = groups[{at, each.id}];
        group.jurisdiction = place.jurisdiction, group.id = each.id, group.title = each.title;
        (each.settled ? group.holds : group.open).push_back(&subject);
      }
    }
  }
  std::vector<std::pair<std::size_t, PortfolioGroup>> list;
  for (auto& [key, group] : groups) list.emplace_back(key.first, std::move(group));
  std::stable_sort(list.begin(), list.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first < b.first : a.second.holds.size() > b.second.holds.size();
  });
  std::vector<PortfolioGroup> out;
  for (auto& [at, group] : list) out.push_back(std::move(group));
  return out;
}

std::vector<PortfolioEntry> overdue_of(const Portfolio& portfolio) {
  return entries(portfolio, true);
}
std::vector<PortfolioEntry> ahead_of(const Portfolio& portfolio) {
  return entries(portfolio, false);
}

std::string standing_word(Standing standing, const Wording& words) {
  constexpr Word kWords[] = {Word::action_needed, Word::undetermined, Word::nothing_blocking};
  return words.title(kWords[static_cast<std::size_t>(standing)]);
}

std::string date_word(PortfolioDate::Kind kind, const Wording& words) {
  constexpr Word kWords[] = {Word::overdue, Word::begins, Word::deadline};
  return std::string(words(kWords[static_cast<std::size_t>(kind)]));
}

std::string classes_line(const PortfolioPlace& place, const Wording& words) {
  std::vector<std::string> holds, open;
  for (const auto& each : place.classes) {
    const std::string title = words.title(each.title);
    (each.settled ? holds : open).push_back(title.empty() ? each.id : title);
  }
  std::string out = words.list(holds);
  if (open.empty()) return out.empty() ? std::string(words(Word::no_class)) : out;
  return out +
         (out.empty()                        ? ""
          : words.language() == Language::zh ? "；"
                                             : "; ") +
         words.labelled(words.title(Word::undetermined), words.list(open));
}

std::vector<std::pair<std::string, bool>> sums(const Portfolio& portfolio, const Wording& words) {
  std::vector<std::pair<std::string, bool>> out;
  std::size_t prohibited = 0, overdue = 0;
  for (const auto& each : portfolio.subjects)
    prohibited += each.prohibited, overdue += each.overdue;
  const auto add = [&](Word word, std::size_t count, bool alarm) {
    if (count > 0) out.emplace_back(words(word, {words.count(count)}), alarm);
  };
  add(Word::sum_prohibited, prohibited, true);
  add(Word::sum_overdue, overdue, true);
  add(Word::portfolio_blocking, portfolio.count(Standing::findings), true);
  add(Word::portfolio_open, portfolio.count(Standing::undetermined), false);
  add(Word::portfolio_clean, portfolio.count(Standing::clean), false);
  add(Word::portfolio_failed, portfolio.failures.size(), true);
  return out;
}

}  // namespace pandect::reports
