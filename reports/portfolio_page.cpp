// The portfolio as one self-contained page without a script.
#include "reports/markup.h"
#include "reports/portfolio.h"
#include "reports/standing.h"
#include "reports/web_frame.h"

namespace pandect::reports {
namespace {

constexpr std::size_t kManyDates = 25, kManyNames = 12;  // longer lists come folded

constexpr const char* kStyle = R"css(
.on { display: block; color: var(--soft); font-size: .875rem; overflow-wrap: anywhere; }
td.what { white-space: nowrap; } tr.late th, tr.late .what { color: var(--alarm); font-weight: 600; }
.by-day th:nth-child(5) { width: 22%; } .by-day th:nth-child(4) { width: 30%; }
.system { padding: 1.1rem 0 1.2rem; border-bottom: 1px solid var(--line); break-inside: avoid; }
.system > h3 { border: 0; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: .1rem 1rem; align-items: baseline; }
.system .state { font-size: .9375rem; } .system .sides { margin-top: .6rem; } .system .place { padding-bottom: .2rem; }
.system .place h4 { color: var(--soft); font-size: .875rem; margin: 0; } .system .place p { margin: .1rem 0; }
.system .place .class { font-weight: 600; }
table.classes th[scope=row] { width: 34%; color: var(--ink); font-size: .9375rem; } table.classes td.n { width: 4rem; font-variant-numeric: tabular-nums; }
table.classes th[scope=rowgroup] { padding-top: 1.2rem; }
@media (max-width: 48rem) { td.what { white-space: normal; } }
)css";

class PortfolioPage {
 public:
  PortfolioPage(const Portfolio& portfolio, const PortfolioOptions& options)
      : portfolio_(portfolio), words_(options.lang) {
    filter_.group = "s";
    for (const auto each : {Standing::findings, Standing::undetermined, Standing::clean}) {
      if (portfolio_.count(each) > 0)
        filter_.choices.emplace_back(token(each), standing_word(each, words_));
    }
  }

  std::string render() const {
    WebFrame frame;
    frame.title = words_.title(Word::portfolio);
    frame.heading = w(Word::portfolio);
    frame.lines = {markup(words_(Word::as_of, {words_.date(portfolio_.as_of)})),
                   markup(words_(Word::portfolio_size, {words_.count(portfolio_.subjects.size()),
                                                        words_.count(portfolio_.manifests)}))};
    frame.style = kStyle + web_filter_style(filter_, ".system", ".none");
    frame.main = counts() + failures() + dates(Word::overdue, overdue_of(portfolio_)) +
                 dates(Word::dates_ahead, ahead_of(portfolio_)) + classes() + systems() + waivers();
    frame.footer = web_sources(portfolio_.packs, portfolio_.engine_version, skipped(), words_);
    return web_frame(frame, words_);
  }

 private:
  std::string w(Word word) const { return markup(words_.title(word)); }
  static std::string token(Standing standing) {
    return standing == Standing::findings       ? "findings"
           : standing == Standing::undetermined ? "open"
                                                : "clean";
  }

  std::string counts() const {
    std::string items;
    for (const auto& [text, alarm] : sums(portfolio_, words_))
      items += element("li", markup(text), alarm ? "class=\"alarm\"" : "");
    return element("ul", items, "class=\"counts\"");
  }

  std::string failures() const {
    if (portfolio_.failures.empty()) return {};
    std::string items;
    for (const auto& each : portfolio_.failures)
      items += element("li", element("strong", web_text(each.folder, words_)) + " " +
                                 element("span", web_text(each.message, words_), "class=\"on\""));
    return element("h2", w(Word::not_assessed), "class=\"alarm-text\"") +
           element("ul", items, "class=\"plain\"");
  }

  std::string dates(Word heading, const std::vector<PortfolioEntry>& list) const {
    if (list.empty()) return {};
    std::string rows, columns;
    for (const auto& [subject, date] : list) {
      const bool late = date->kind == PortfolioDate::Kind::overdue;
      rows +=
          element("tr",
                  element("th", markup(words_.date(date->day)), "scope=\"row\" class=\"date\"") +
                      element("td", markup(date_word(date->kind, words_)), "class=\"what\"") +
                      element("td", web_text(date->title, words_, true)) +
                      element("td", web_text(subject->shown(), words_) +
                                        element("span",
                                                markup(words_.jurisdiction(date->jurisdiction)) +
                                                    " · " + web_text(subject->folder, words_),
                                                "class=\"on\"")) +
                      element("td", web_cites(date->cite, words_)),
                  late ? "class=\"late\"" : "");
    }
    for (const Word word : {Word::date, Word::kind, Word::duty, Word::name, Word::provision})
      columns += element("th", w(word), "scope=\"col\"");
    const std::string table =
        element("table",
                element("caption", w(heading), "class=\"skip\"") +
                    element("thead", element("tr", columns)) + element("tbody", rows),
                "class=\"by-day\"");
    const std::string title = element("h2", w(heading));
    if (list.size() <= kManyDates || heading == Word::overdue) return title + table;
    return title + element("details",
                           element("summary", markup(words_.labelled(words_.title(heading),
                                                                     words_.count(list.size())))) +
                               table,
                           "class=\"more\"");
  }

  std::string classes() const {
    const auto groups = groups_of(portfolio_);
    if (groups.empty()) return {};
    std::string out, rows, last;
    const auto close = [&] {
      if (!rows.empty())
        out += element("tbody", element("tr", element("th", markup(words_.jurisdiction(last)),
                                                      "colspan=\"3\" scope=\"rowgroup\"")) +
                                    rows);
      rows.clear();
    };
    for (const auto& group : groups) {
      if (group.jurisdiction != last) close();
      last = group.jurisdiction;
      const std::string title = web_text(group.title, words_, true);
      std::string names = join(group.holds);
      if (!group.open.empty())
        names += element(
            "span",
            markup(words_.labelled(words_.title(Word::undetermined), "")) + join(group.open),
            "class=\"on\"");
      rows +=
          element("tr", element("th", title.empty() ? markup(group.id) : title, "scope=\"row\"") +
                            element("td", words_.count(group.holds.size()), "class=\"n\"") +
                            element("td", names));
    }
    close();
    return element("h2", w(Word::by_class)) + element("table", out, "class=\"classes\"");
  }
  std::string join(const std::vector<const PortfolioSubject*>& list) const {
    std::string out;
    for (std::size_t i = 0; i < list.size() && i < kManyNames; ++i) {
      if (i > 0) out += words_.language() == Language::zh ? "、" : ", ";
      out += web_text(list[i]->shown(), words_);
    }
    if (list.size() > kManyNames)
      out += markup(words_(Word::and_more, {words_.count(list.size() - kManyNames)}));
    return out;
  }

  std::string systems() const {
    if (portfolio_.subjects.empty()) return {};
    std::string out = element("h2", w(Word::systems_and_models)) +
                      web_filter(filter_, words_.title(Word::status), words_);
    for (const auto& each : portfolio_.subjects) out += system(each);
    return out;
  }

  std::string system(const PortfolioSubject& each) const {
    std::string state = standing_word(each.standing, words_);
    if (each.blocking > 0)
      state = words_.labelled(
          state, words_.labelled(words_(Word::blocking_findings), words_.count(each.blocking)));
    const char* tone = each.standing == Standing::findings       ? "alarm-text"
                       : each.standing == Standing::undetermined ? "warn-text"
                                                                 : "good-text";
    std::string out = element(
        "h3", web_text(each.shown(), words_) +
                  element("span", markup(state), std::string("class=\"state ") + tone + "\""));
    std::string facts = markup(words_(each.kind == "model" ? Word::model : Word::system)) + " " +
                        element("code", markup(each.id)) + " · " + web_text(each.folder, words_);
    if (!each.organisation.empty()) facts += " · " + web_text(each.organisation, words_);
    if (each.questions > 0)
      facts += " · " +
               markup(words_.labelled(words_.title(Word::questions), words_.count(each.questions)));
    if (const Day next = each.next(); next != kNoDay)
      facts += " · " + markup(words_.labelled(words_.title(Word::next_date), words_.date(next)));
    out += element("p", facts, "class=\"soft\"");
    std::string places;
    for (const auto& place : each.places) places += side(place);
    return element("article", out + element("div", places, "class=\"sides\""),
                   "class=\"system s-" + token(each.standing) + "\"") +
           "\n";
  }

  std::string side(const PortfolioPlace& place) const {
    std::string out = element("h4", markup(words_.jurisdiction(place.jurisdiction)));
    bool any = false;
    for (const auto& each : place.classes) {
      const std::string title = web_text(each.title, words_, true);
      std::string text = title.empty() ? markup(each.id) : title;
      if (!each.settled) text += markup(words_.bracketed(words_(Word::undetermined)));
      out += element("p", text, each.settled ? "class=\"class\"" : "class=\"warn-text\"");
      any = any || each.settled;
    }
    if (!any && place.classes.empty()) out += element("p", w(Word::no_class), "class=\"soft\"");
    std::string counts;
    const auto add = [&](Word word, std::size_t count, bool alarm) {
      if (count == 0) return;
      if (!counts.empty()) counts += " · ";
      const std::string text = markup(words_(word, {words_.count(count)}));
      counts += alarm ? element("span", text, "class=\"alarm-text\"") : text;
    };
    add(Word::sum_prohibited, place.prohibited, true);
    add(Word::sum_overdue, place.overdue, true);
    if (place.due > 0) {
      if (!counts.empty()) counts += " · ";
      counts += markup(words_(Word::sum_due, {words_.count(place.due), words_.count(place.met)}));
    }
    add(Word::sum_upcoming, place.upcoming, false);
    add(Word::sum_undetermined, place.undetermined, false);
    if (!counts.empty()) out += element("p", counts, "class=\"on\"");
    return element("div", out, "class=\"place\"");
  }

  std::string waivers() const {
    std::string items;
    for (const auto& subject : portfolio_.subjects) {
      for (const auto& each : subject.waivers)
        items += element(
            "li", web_text(subject.shown(), words_) + ", " + web_text(each.title, words_, true) +
                      element("span", web_text(waiver_text(each.waiver, words_), words_),
                              "class=\"on\""));
    }
    if (items.empty()) return {};
    return element("h2", w(Word::waivers)) +
           element("p", w(Word::waiver_stands), "class=\"soft\"") +
           element("ul", items, "class=\"plain\"");
  }

  std::vector<std::string> skipped() const {
    std::vector<std::string> out;
    for (const auto& each : portfolio_.skipped)
      out.push_back(markup(
          words_.labelled(words_(Word::gate_skipped), each.path + words_.bracketed(each.reason))));
    return out;
  }

  const Portfolio& portfolio_;
  Wording words_;
  WebFilter filter_;
};

}  // namespace

std::string portfolio_page(const Portfolio& portfolio, const PortfolioOptions& options) {
  return PortfolioPage(portfolio, options).render();
}

}  // namespace pandect::reports
