// The portfolio as text for a terminal: what cannot wait first, at most a screen or two of it.
#include "reports/page.h"
#include "reports/portfolio.h"
#include "reports/standing.h"

namespace pandect::reports {
namespace {

constexpr std::size_t kMostOverdue = 200, kMostDates = 20, kMostSubjects = 60, kMostNames = 6;

class Text {
 public:
  Text(const Portfolio& portfolio, const PortfolioOptions& options)
      : portfolio_(portfolio), words_(options.lang), page_(options.width, options.colour) {}

  std::string render() {
    page_.line(words_.title(Word::portfolio), Style::heading);
    page_.line(words_(Word::as_of, {words_.date(portfolio_.as_of)}));
    page_.line(words_(Word::portfolio_size, {words_.count(portfolio_.subjects.size()),
                                             words_.count(portfolio_.manifests)}));
    for (const auto& [text, alarm] : sums(portfolio_, words_))
      page_.line(text, alarm ? Style::alarm : Style::plain);
    dates(Word::overdue, overdue_of(portfolio_), kMostOverdue, Style::alarm);
    dates(Word::dates_ahead, ahead_of(portfolio_), kMostDates, Style::plain);
    groups();
    subjects();
    waivers();
    failures();
    page_.blank();
    page_.block("", std::string(words_(Word::disclaimer)), Style::faint);
    return page_.take();
  }

 private:
  void more(std::size_t all, std::size_t most) {
    if (all > most) page_.line("  " + words_(Word::portfolio_more, {words_.count(all - most)}));
  }

  void dates(Word heading, const std::vector<PortfolioEntry>& list, std::size_t most, Style style) {
    if (list.empty()) return;
    page_.heading(words_.title(heading));
    for (std::size_t i = 0; i < list.size() && i < most; ++i) {
      const auto& [subject, date] = list[i];
      const std::string title = words_.title(date->title);
      page_.block(
          "  " + words_.date(date->day) + "  ",
          (heading == Word::overdue ? title
                                    : words_.labelled(date_word(date->kind, words_), title)) +
              words_.bracketed(subject->shown() + ", " + words_.jurisdiction(date->jurisdiction)),
          style);
    }
    more(list.size(), most);
  }

  void groups() {
    const auto list = groups_of(portfolio_);
    if (list.empty()) return;
    page_.heading(words_.title(Word::by_class));
    std::string last;
    for (const auto& group : list) {
      if (group.jurisdiction != last) page_.line("  " + words_.jurisdiction(group.jurisdiction));
      last = group.jurisdiction;
      const std::string title = words_.title(group.title);
      page_.block("    ", words_.labelled(title.empty() ? group.id : title, names(group)));
    }
  }
  std::string names(const PortfolioGroup& group) const {
    std::vector<std::string> list;
    for (const auto* each : group.holds) list.push_back(each->shown());
    for (const auto* each : group.open)
      list.push_back(each->shown() + words_.bracketed(words_(Word::undetermined)));
    const std::size_t all = list.size();
    if (all > kMostNames) list.resize(kMostNames);
    std::string out = words_.list(list);
    if (all > kMostNames) out += words_(Word::and_more, {words_.count(all - kMostNames)});
    return out;
  }

  void subjects() {
    if (portfolio_.subjects.empty()) return;
    page_.heading(words_.title(Word::systems_and_models));
    for (std::size_t i = 0; i < portfolio_.subjects.size() && i < kMostSubjects; ++i)
      subject(portfolio_.subjects[i]);
    more(portfolio_.subjects.size(), kMostSubjects);
  }
  void subject(const PortfolioSubject& each) {
    const bool bad = each.standing == Standing::findings;
    page_.block("  ",
                words_.labelled(each.shown(), standing_word(each.standing, words_)) +
                    (each.blocking > 0 ? words_.bracketed(words_.count(each.blocking)) : ""),
                bad ? Style::alarm : Style::strong);
    page_.block("    ", each.folder + "  " + each.id + questions(each), Style::faint);
    for (const auto& place : each.places) {
      std::string text =
          words_.labelled(words_.jurisdiction(place.jurisdiction), classes_line(place, words_));
      const auto add = [&](const std::string& part) { text += " · " + part; };
      if (place.overdue > 0) add(words_(Word::sum_overdue, {words_.count(place.overdue)}));
      add(words_(Word::sum_due, {words_.count(place.due), words_.count(place.met)}));
      if (place.upcoming > 0) add(words_(Word::sum_upcoming, {words_.count(place.upcoming)}));
      page_.bounded("    ", text, 4);
    }
  }

  std::string questions(const PortfolioSubject& each) const {
    if (each.questions == 0) return {};
    return "  " + words_.labelled(words_.title(Word::questions), words_.count(each.questions));
  }

  void waivers() {
    bool first = true;
    for (const auto& subject : portfolio_.subjects) {
      for (const auto& each : subject.waivers) {
        if (first) page_.heading(words_.title(Word::waivers));
        first = false;
        page_.bounded("  ",
                      words_.labelled(subject.shown() + ", " + words_.title(each.title),
                                      waiver_text(each.waiver, words_)),
                      4);
      }
    }
  }

  void failures() {
    if (!portfolio_.failures.empty()) page_.heading(words_.title(Word::not_assessed));
    for (const auto& each : portfolio_.failures)
      page_.bounded("  ", words_.labelled(each.folder, each.message), 6, Style::alarm);
    if (portfolio_.skipped.empty()) return;
    page_.heading(words_.title(Word::gate_skipped));
    for (std::size_t i = 0; i < portfolio_.skipped.size() && i < kMostNames; ++i)
      page_.line("  " + portfolio_.skipped[i].path +
                 words_.bracketed(portfolio_.skipped[i].reason));
    more(portfolio_.skipped.size(), kMostNames);
  }

  const Portfolio& portfolio_;
  Wording words_;
  Page page_;
};

}  // namespace

std::string portfolio_text(const Portfolio& portfolio, const PortfolioOptions& options) {
  return Text(portfolio, options).render();
}

}  // namespace pandect::reports
