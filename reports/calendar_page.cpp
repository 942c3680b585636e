// The calendar as one self-contained page without a script: a picture of the days, and under it
// every day by year, with a filter by jurisdiction.
#include "reports/calendar.h"
#include "reports/citation.h"
#include "reports/clean.h"
#include "reports/markup.h"
#include "reports/outline.h"
#include "reports/timeline_picture.h"
#include "reports/web_frame.h"

namespace pandect::reports {
namespace {

constexpr const char* kStyle = R"css(
.by-day .on { display: block; color: var(--soft); font-size: .875rem; }
tr.late th, tr.late .what { color: var(--alarm); font-weight: 600; }
section.year h2 { margin-top: 2.25rem; }
)css";

class CalendarPage {
 public:
  CalendarPage(const Assessment& assessment, const CalendarOptions& options)
      : assessment_(assessment),
        words_(options.lang),
        events_(calendar_of(assessment, options.past)) {
    filter_.group = "j";
    for (const auto& pack : assessment.packs) {
      for (const auto& each : events_) {
        if (each.jurisdiction() != pack.jurisdiction) continue;
        choose(pack.jurisdiction);
        break;
      }
    }
  }

  std::string render() const {
    const std::string& who = assessment_.organisation;
    WebFrame frame;
    frame.title = who.empty() ? words_.title(Word::calendar) : words_(Word::calendar_of, {who});
    if (!who.empty()) frame.kind = w(Word::calendar);
    frame.heading = who.empty() ? w(Word::calendar) : web_text(who, words_);
    frame.lines = {markup(words_(Word::as_of, {words_.date(assessment_.as_of)}))};
    frame.style = kStyle + web_filter_style(filter_, "tr.day", "section.year");
    frame.main =
        events_.empty()
            ? element("p", w(Word::nothing_ahead))
            : figure() + web_filter(filter_, words_.title(Word::jurisdiction), words_) + years();
    frame.footer = web_sources(assessment_.packs, assessment_.engine_version, {}, words_);
    return web_frame(frame, words_);
  }

 private:
  std::string w(Word word) const { return markup(words_.title(word)); }

  void choose(const std::string& jurisdiction) {
    const std::string token = class_token(jurisdiction);
    for (const auto& [known, text] : filter_.choices) {
      if (known == token) return;
    }
    filter_.choices.emplace_back(token, words_.jurisdiction(jurisdiction));
  }

  // The picture knows beginnings and deadlines; the rest stands in the tables.
  std::string figure() const {
    std::vector<Moment> moments;
    for (const auto& each : events_) {
      using Kind = CalendarEvent::Kind;
      if (each.kind != Kind::begins && each.kind != Kind::deadline && each.kind != Kind::overdue)
        continue;
      moments.push_back({each.day,
                         each.kind == Kind::begins     ? Moment::Kind::begins
                         : each.kind == Kind::deadline ? Moment::Kind::deadline
                                                       : Moment::Kind::overdue,
                         {each.duty, each.deployments}});
    }
    if (moments.empty()) return {};
    const std::string svg = svg_of(timeline_picture(moments, assessment_.as_of, words_), "days");
    return element("h2", w(Word::timeline)) +
           element(
               "figure",
               element("section", svg,
                       "class=\"scroll\" tabindex=\"0\" aria-label=\"" + w(Word::timeline) + "\""),
               "class=\"time\"");
  }

  std::string years() const {
    std::string out, rows;
    int year = 0;
    const auto close = [&] {
      if (!rows.empty()) out += section(std::to_string(year), rows);
      rows.clear();
    };
    for (const auto& each : events_) {
      const int its = civil_of(each.day).year;
      if (its != year) close();
      year = its;
      rows += row(each);
    }
    close();
    return out;
  }

  std::string section(const std::string& year, const std::string& rows) const {
    std::string columns;
    for (const Word word : {Word::date, Word::kind, Word::duty, Word::addressee, Word::provision})
      columns += element("th", w(word), "scope=\"col\"");
    const std::string id = "y" + year;
    return element("section",
                   element("h2", year, "id=\"" + id + "\"") +
                       element("table",
                               element("thead", element("tr", columns)) + element("tbody", rows),
                               "class=\"by-day\" aria-labelledby=\"" + id + "\""),
                   "class=\"year\"") +
           "\n";
  }

  std::string row(const CalendarEvent& each) const {
    std::string on = each.subject->name.empty() ? each.subject->id : each.subject->name;
    if (!each.deployments.empty()) on += " / " + words_.list(each.deployments);
    std::string duty = web_text(each.title(), words_, true);
    for (const auto& piece : each.pieces)
      duty += element("span", web_text(piece, words_), "class=\"on\"");
    duty += element("span", web_text(on, words_) + " · " + element("code", markup(each.id())),
                    "class=\"on\"");
    std::string who = words_.jurisdiction(each.jurisdiction());
    if (each.duty != nullptr) who += " · " + addressees(*each.duty, words_);
    std::string kind = markup(event_kind(each.kind, words_));
    const bool met =
        each.kind == CalendarEvent::Kind::deadline && each.duty->fulfilment == Fulfilment::met;
    if (met) kind += element("span", markup(words_(Word::met)), "class=\"on good-text\"");
    const bool late = each.kind == CalendarEvent::Kind::overdue;
    return element("tr",
                   element("th", markup(words_.date(each.day)), "scope=\"row\" class=\"date\"") +
                       element("td", kind, "class=\"what\"") + element("td", duty) +
                       element("td", markup(who)) + element("td", web_cites(each.cite(), words_)),
                   "class=\"day j-" + class_token(each.jurisdiction()) + (late ? " late\"" : "\""));
  }

  const Assessment& assessment_;
  Wording words_;
  std::vector<CalendarEvent> events_;
  WebFilter filter_;
};

}  // namespace

std::string calendar_page(const Assessment& assessment, const CalendarOptions& options) {
  return CalendarPage(cleaned(assessment), options).render();
}

}  // namespace pandect::reports
