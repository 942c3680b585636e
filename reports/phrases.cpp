// Parts of sentences that the formats share (outline.h).
#include "reports/citation.h"
#include "reports/outline.h"

#include <algorithm>
#include <map>

namespace pandect::reports {
namespace {

std::optional<Number> highest(const PenaltyItem& item) {
  std::optional<Number> most = item.maximum;
  for (const auto& each : item.schedule_amounts) {
    if (!item.maximum && (!most || *most < each.value)) most = each.value;
  }
  return most;
}

std::string amount_of(const PenaltyItem& item, const Wording& words) {
  const auto most = highest(item);
  if (!most) return {};
  const std::string& currency = item.maximum ? item.currency : item.schedule_currency;
  const std::string text = words.money(*most, currency);
  if (item.maximum && item.maximum_from && *item.maximum_from != *item.maximum) {
    return words(Word::between, {words.money(*item.maximum_from, currency), text});
  }
  return words(Word::up_to, {text});
}

// The heaviest sanction stands for all: criminal, then money by amount, then the rest.
const PenaltyItem* heaviest(const std::vector<PenaltyItem>& list) {
  const PenaltyItem* chosen = nullptr;
  for (const auto& each : list) {
    if (each.kind == PenaltyKind::none && list.size() > 1) continue;
    if (chosen == nullptr) {
      chosen = &each;
      continue;
    }
    const auto left = highest(*chosen), right = highest(each);
    if (right && (!left || *left < *right)) chosen = &each;
  }
  return chosen;
}

bool kind_tells_more(PenaltyKind kind) {
  return kind == PenaltyKind::after_order || kind == PenaltyKind::criminal ||
         kind == PenaltyKind::private_action;
}

}  // namespace

std::string group_title(const DutyGroup& group, const Wording& words) {
  using Kind = DutyGroup::Kind;
  switch (group.kind) {
    case Kind::prohibited:
      return std::string(words(Word::prohibited));
    case Kind::overdue:
      return std::string(words(Word::overdue));
    case Kind::met:
      return std::string(words(Word::met_group));
    case Kind::severity:
      return words(Word::severity_group, {std::string(words.severity(group.severity))});
  }
  return {};
}

std::string addressees(const ObligationItem& item, const Wording& words) {
  std::vector<std::string> titles;
  for (const auto& each : item.addressee_title) {
    const std::string title = words.title(each);
    if (std::find(titles.begin(), titles.end(), title) == titles.end()) titles.push_back(title);
  }
  return words.list(titles.empty() ? item.addressee : titles);
}

std::string timing(const ObligationItem& item, const Wording& words) {
  std::string out;
  const std::string_view comma = words.language() == Language::zh ? "，" : ", ";
  const auto add = [&](const std::string& part) {
    out.append(out.empty() ? "" : comma).append(part);
  };
  if (item.status == "due" && item.applies_from)
    add(words(Word::since, {words.date(*item.applies_from)}));
  if (item.status == "upcoming" && item.applies_from)
    add(words(Word::from, {words.date(*item.applies_from)}));
  if (item.status == "undetermined" && item.earliest)
    add(words(Word::earliest, {words.date(*item.earliest)}));
  if (!item.deadline) return out;
  const std::string last = words.date(*item.deadline);
  if (item.overdue) {
    add(words(Word::passed, {last}));
  } else if (item.deadline_first) {
    add(words(Word::by_earliest, {last, words.date(*item.deadline_first)}));
  } else {
    add(words(Word::by, {last}));
  }
  return out;
}

std::string penalty_line(const ObligationItem& item, const Wording& words) {
  const PenaltyItem* chosen = heaviest(item.penalty);
  if (chosen == nullptr) return {};
  if (chosen->kind == PenaltyKind::none) return std::string(words(Word::penalty_none));
  std::string out = amount_of(*chosen, words);
  if (out.empty()) out = words.in(chosen->title);
  if (out.empty() || kind_tells_more(chosen->kind)) {
    const std::string_view kind = words.penalty(chosen->kind);
    out = out.empty() ? std::string(kind) : out + words.bracketed(kind);
  }
  const auto others =
      std::count_if(item.penalty.begin(), item.penalty.end(),
                    [](const PenaltyItem& each) { return each.kind != PenaltyKind::none; }) -
      1;
  if (others > 0) out += words(Word::and_more, {std::to_string(others)});
  return out;
}

std::vector<std::string> evidence_needed(const ObligationItem& item, const Wording& words) {
  std::vector<std::string> out;
  for (const auto& each : item.evidence) {
    if (!each.required || each.state == PieceState::shown) continue;
    const std::string& title = words.in(each.title);
    out.push_back(title.empty() ? each.id : title);
  }
  return out;
}

std::string title_of(const ClassificationItem& item, const Wording& words) {
  const std::string title = words.title(item.title);
  return title.empty() ? item.id : title;
}

std::string class_line(const ClassificationItem& item, const Wording& words,
                       std::size_t deployments) {
  std::vector<std::string> remarks;
  if (!item.deployments.empty() && item.deployments.size() != deployments)
    remarks.push_back(words(Word::for_deployments, {words.list(item.deployments)}));
  if (item.determined_by && item.determination_through) {
    remarks.push_back(words(Word::determined_until,
                            {*item.determined_by, words.date(*item.determination_through)}));
  } else if (item.determined_by) {
    remarks.push_back(words(Word::determined_by, {*item.determined_by}));
  }
  if (item.rules_say)
    remarks.push_back(words(Word::rules_say, {std::string(words.truth(*item.rules_say))}));
  if (!item.open_exceptions.empty() && item.value == Truth::true_)
    remarks.emplace_back(words(Word::provisional));
  std::string out = title_of(item, words);
  std::string inner;
  const std::string_view mark = words.language() == Language::zh ? "；" : "; ";
  for (const auto& each : remarks) inner.append(inner.empty() ? "" : mark).append(each);
  return inner.empty() ? out : out + words.bracketed(inner);
}

std::string missing_line(const std::vector<std::string>& missing, const Wording& words,
                         std::size_t most) {
  std::vector<std::string> shown(
      missing.begin(),
      missing.begin() + static_cast<std::ptrdiff_t>(std::min(most, missing.size())));
  std::string out = words.list(shown);
  if (missing.size() > most) out += " +" + std::to_string(missing.size() - most);
  return out;
}

namespace {

std::string open_exceptions_line(const std::string& title,
                                 const std::vector<OpenExceptionItem>& open, const Wording& words) {
  std::vector<std::string> places;
  for (const auto& each : open) {
    const std::string place = each.cite.empty() ? each.rule : cites(each.cite, words, 1);
    if (std::find(places.begin(), places.end(), place) == places.end()) places.push_back(place);
  }
  return words(Word::open_exception_of, {title, missing_line(places, words, 4)});
}

}  // namespace

std::vector<std::string> doubts(const Outline& outline, const Wording& words) {
  std::vector<std::string> out;
  const auto say = [&](const std::string& line) {
    if (std::find(out.begin(), out.end(), line) == out.end()) out.push_back(line);
  };
  std::map<Confidence, std::vector<std::string>> unsure;
  for (const auto& item : outline.subject->classifications) {
    const std::string title = title_of(item, words);
    if (item.value == Truth::true_ && !item.open_exceptions.empty())
      say(open_exceptions_line(title, item.open_exceptions, words));
    if (item.rules_say && item.determined_by) {
      say(words(Word::contrary,
                {title, *item.determined_by, std::string(words.truth(*item.rules_say))}));
    }
    if (item.decided_by == "budget") say(words(Word::budget, {title}));
    if (item.value == Truth::true_ && item.confidence != Confidence::high)
      unsure[item.confidence].push_back(title);
  }
  for (const auto& item : outline.subject->obligations) {
    if (item.status != "due" && item.status != "upcoming") continue;
    if (!item.open_exceptions.empty())
      say(open_exceptions_line(words.title(item.title), item.open_exceptions, words));
    if (item.confidence != Confidence::high)
      unsure[item.confidence].push_back(words.title(item.title));
  }
  for (const Confidence level : {Confidence::low, Confidence::medium}) {
    auto& titles = unsure[level];
    std::sort(titles.begin(), titles.end());
    titles.erase(std::unique(titles.begin(), titles.end()), titles.end());
    if (titles.empty()) continue;
    say(words.labelled(words(Word::low_confidence, {std::string(words.confidence(level))}),
                       missing_line(titles, words, level == Confidence::low ? 12 : 6)));
  }
  if (!outline.subject->closed_facts.empty())
    say(words(Word::closed_facts, {words.count(outline.subject->closed_facts.size())}));
  return out;
}

std::vector<std::string> pack_lines(const Assessment& assessment, const Wording& words) {
  std::vector<std::string> out;
  for (const auto& pack : assessment.packs) {
    std::string line = words(Word::pack_line, {pack.id, pack.version, words.date(pack.checked_on)});
    if (pack.review_by != kNoDay && assessment.as_of > pack.review_by) {
      line += words.bracketed(words(Word::old_pack, {words.date(pack.review_by)}));
    }
    out.push_back(std::move(line));
  }
  return out;
}

}  // namespace pandect::reports
