// The calendar as iCalendar (RFC 5545): all-day entries whose UID stays the same from assessment to
// assessment. Stamp and SEQUENCE follow from the day of the assessment, so that a later one
// replaces what an earlier one said. Entries block no time and raise no alarm unless asked to.
#include "reports/calendar.h"
#include "reports/citation.h"
#include "reports/clean.h"
#include "reports/layout.h"
#include "reports/oscal.h"
#include "reports/outline.h"

#include <algorithm>

namespace pandect::reports {
namespace {

constexpr std::size_t kMostOctets = 75;  // of a line (RFC 5545, 3.1)
constexpr std::size_t kMostPlaces = 8;   // provisions that an entry names

// Foreign text as TEXT (3.3.11).
std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n') {
      out += "\\n";
      continue;
    }
    if (c == '\\' || c == ';' || c == ',') out += '\\';
    out += c;
  }
  return out;
}

// 20271202
std::string basic(Day day) {
  std::string out = to_string(day);
  std::erase(out, '-');
  return out;
}

class Writer {
 public:
  Writer(const Assessment& assessment, const CalendarOptions& options)
      : assessment_(assessment), options_(options), words_(options.lang) {}

  std::string write() {
    head();
    bool any = false;
    for (const auto& each : calendar_of(assessment_, options_.past)) {
      if (civil_of(each.day).year < 1 || civil_of(each.day + 1).year > 9999) continue;  // 3.3.4
      event(each);
      any = true;
    }
    if (!any) zone();
    line("END:VCALENDAR");
    return std::move(out_);
  }

 private:
  // Folded between characters, never within one.
  void line(const std::string& text) {
    std::size_t used = 0, at = 0;
    while (at < text.size()) {
      const std::size_t start = at;
      next_code_point(text, at);
      if (used + at - start > kMostOctets) {
        out_ += "\r\n ";
        used = 1;
      }
      out_.append(text, start, at - start);
      used += at - start;
    }
    out_ += "\r\n";
  }
  // A text in the language of the calendar.
  void text(const char* name, const std::string& value) {
    if (!value.empty())
      line(std::string(name) + ";LANGUAGE=" + std::string(words_.tag()) + ":" + escaped(value));
  }

  void head() {
    const std::string& who = assessment_.organisation;
    const std::string name =
        who.empty() ? words_.title(Word::calendar) : words_(Word::calendar_of, {who});
    line("BEGIN:VCALENDAR");
    line("VERSION:2.0");
    line("PRODID:" + escaped("-//Pandect//Pandect " + assessment_.engine_version + "//EN"));
    line("CALSCALE:GREGORIAN");
    line("METHOD:PUBLISH");
    text("NAME", name);  // RFC 7986, and what calendars read before it
    line("X-WR-CALNAME:" + escaped(name));
    text("DESCRIPTION", std::string(words_(Word::disclaimer)));
  }

  // A calendar without any component is none.
  void zone() {
    for (const char* each :
         {"BEGIN:VTIMEZONE", "TZID:Etc/UTC", "BEGIN:STANDARD", "DTSTART:19700101T000000",
          "TZOFFSETFROM:+0000", "TZOFFSETTO:+0000", "END:STANDARD", "END:VTIMEZONE"})
      line(each);
  }

  void event(const CalendarEvent& each) {
    line("BEGIN:VEVENT");
    line("UID:" + each.uid);
    line("DTSTAMP:" + basic(assessment_.as_of) + "T000000Z");
    line("SEQUENCE:" + std::to_string(std::max<Day>(assessment_.as_of, 0)));
    line("DTSTART;VALUE=DATE:" + basic(each.day));
    line("DTEND;VALUE=DATE:" + basic(each.day + 1));
    text("SUMMARY", words_.labelled(event_kind(each.kind, words_), words_.title(each.title())) +
                        words_.bracketed(name_of(*each.subject)));
    text("DESCRIPTION", description(each));
    const auto& cite = each.cite();
    const std::string address = cite.empty() ? "" : oscal::href(cite.front().url);
    if (!address.empty()) line("URL:" + address);
    line("CATEGORIES;LANGUAGE=" + std::string(words_.tag()) + ":" +
         escaped(words_.jurisdiction(each.jurisdiction())) + "," +
         escaped(event_kind(each.kind, words_)));
    line("PRIORITY:" + std::to_string(priority(each)));
    line(each.kind == CalendarEvent::Kind::may_begin ? "STATUS:TENTATIVE" : "STATUS:CONFIRMED");
    line("TRANSP:TRANSPARENT");
    if (options_.remind && !done(each)) alarm(*options_.remind, each);
    line("END:VEVENT");
  }

  void alarm(int days, const CalendarEvent& each) {
    line("BEGIN:VALARM");
    line("ACTION:DISPLAY");
    line("TRIGGER:-P" + std::to_string(days) + "D");
    text("DESCRIPTION", words_.labelled(event_kind(each.kind, words_), words_.title(each.title())));
    line("END:VALARM");
  }

  // 1 is the highest (3.8.1.9).
  static int priority(const CalendarEvent& each) {
    const Severity severity =
        each.duty != nullptr ? each.duty->severity : each.conclusion->severity;
    return 7 - 2 * static_cast<int>(severity);
  }
  static bool done(const CalendarEvent& each) {
    return each.kind == CalendarEvent::Kind::ended ||
           (each.kind == CalendarEvent::Kind::deadline && each.duty->fulfilment == Fulfilment::met);
  }
  static std::string name_of(const SubjectAssessment& subject) {
    return subject.name.empty() ? subject.id : subject.name;
  }

  std::string description(const CalendarEvent& each) const {
    std::string out;
    const auto add = [&](const std::string& part) {
      if (!part.empty()) out.append(out.empty() ? "" : "\n").append(part);
    };
    const auto labelled = [&](Word word, const std::string& part) {
      if (!part.empty()) add(words_.labelled(words_.title(word), part));
    };
    std::vector<std::string> pieces;
    for (const auto& piece : each.pieces) pieces.push_back(words_.in(piece));
    labelled(Word::evidence, words_.list(pieces));
    if (each.duty != nullptr) {
      add(words_.in(each.duty->duty));
      labelled(Word::addressee, addressees(*each.duty, words_));
      labelled(Word::status, std::string(words_.status(each.duty->status)));
      if (each.duty->fulfilment && !each.duty->prohibition)
        labelled(Word::fulfilment, std::string(words_.fulfilment(*each.duty->fulfilment)));
      labelled(Word::penalty, penalty_line(*each.duty, words_));
    } else if (each.conclusion->determined_by) {
      add(words_(Word::determined_by, {*each.conclusion->determined_by}));
    }
    labelled(each.subject->kind == "model" ? Word::model : Word::system, name_of(*each.subject));
    if (!each.deployments.empty())
      add(words_(Word::for_deployments, {words_.list(each.deployments)}));
    const auto places = cite_parts(each.cite(), words_);
    for (std::size_t i = 0; i < places.size() && i < kMostPlaces; ++i) {
      const std::string address = oscal::href(places[i].url);
      add(places[i].text + (address.empty() ? "" : "  " + address));
    }
    if (places.size() > kMostPlaces) add("+" + std::to_string(places.size() - kMostPlaces));
    add("ID: " + each.id());
    add(std::string(words_(Word::disclaimer)));
    return out;
  }

  const Assessment& assessment_;
  const CalendarOptions& options_;
  Wording words_;
  std::string out_;
};

}  // namespace

std::string calendar_ics(const Assessment& assessment, const CalendarOptions& options) {
  return Writer(cleaned(assessment), options).write();
}

}  // namespace pandect::reports
