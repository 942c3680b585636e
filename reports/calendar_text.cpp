// The calendar as text for a terminal, and as JSON for programs.
#include "reports/calendar.h"
#include "reports/citation.h"
#include "reports/clean.h"
#include "reports/outline.h"
#include "reports/page.h"

#include <nlohmann/json.hpp>

namespace pandect::reports {
namespace {

std::string about(const CalendarEvent& event, const Wording& words) {
  std::string text = event.subject->id;
  if (!event.deployments.empty()) text += " / " + words.list(event.deployments);
  text += "  " + event.id();
  const std::string where = cites(event.cite(), words);
  return where.empty() ? text : text + "  " + where;
}

std::string headline(const CalendarEvent& event, const Wording& words) {
  std::string text = words.title(event.title());
  std::vector<std::string> pieces;
  for (const auto& each : event.pieces) pieces.push_back(words.in(each));
  if (!pieces.empty()) text = words.labelled(text, words.list(pieces));
  const bool done = event.duty != nullptr && event.kind == CalendarEvent::Kind::deadline &&
                    event.duty->fulfilment == Fulfilment::met;
  return done ? text + words.bracketed(words(Word::met)) : text;
}

}  // namespace

std::string calendar_text(const Assessment& given, const CalendarOptions& options) {
  const Cleaned clean_one(given);
  const Assessment& assessment = clean_one;
  const Wording words(options.lang);
  Page page(options.width, options.colour);
  const auto events = calendar_of(assessment, options.past);
  if (events.empty()) page.block("", std::string(words(Word::nothing_ahead)));
  Day last = kNoDay;
  for (const auto& each : events) {
    if (each.day != last) page.line(words.date(each.day), Style::strong);
    last = each.day;
    page.block("  " + event_kind(each.kind, words) + "  ", headline(each, words),
               each.kind == CalendarEvent::Kind::overdue ? Style::alarm : Style::plain);
    page.block("      ", about(each, words), Style::faint);
  }
  return page.take();
}

std::string calendar_json(const Assessment& given, const CalendarOptions& options) {
  const Cleaned clean_one(given);
  const Assessment& assessment = clean_one;
  const Wording words(options.lang);
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const auto& each : calendar_of(assessment, options.past)) {
    const auto& cite = each.cite();
    nlohmann::ordered_json item{{"day", to_string(each.day)},
                                {"what", event_word(each.kind)},
                                {"subject", each.subject->id},
                                {"id", each.id()},
                                {"jurisdiction", each.jurisdiction()},
                                {"title", words.in(each.title())},
                                {"provision", cite.empty() ? "" : cite[0].provision},
                                {"uid", each.uid}};
    if (!each.deployments.empty()) item["deployments"] = each.deployments;
    list.push_back(std::move(item));
  }
  return list.dump(2) + "\n";
}

}  // namespace pandect::reports
