// The calendar: which days, which ids, and the lines of iCalendar.
#include "reports/calendar.h"

#include "reports/hostile.h"
#include "reports/layout.h"
#include "reports/sample.h"

#include <algorithm>
#include <set>

#include <doctest/doctest.h>

using namespace pandect;
using namespace pandect::reports;

namespace {

using Kind = CalendarEvent::Kind;

CalendarOptions in(const char* lang) {
  CalendarOptions options;
  options.lang = lang;
  return options;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find("\r\n", at);
    REQUIRE(end != std::string::npos);
    out.push_back(text.substr(at, end - at));
    at = end + 2;
  }
  return out;
}

std::string unfolded(std::string text) {
  for (auto at = text.find("\r\n "); at != std::string::npos; at = text.find("\r\n ", at))
    text.erase(at, 3);
  return text;
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string uid_of(const Assessment& assessment, const std::string& id, Kind kind) {
  for (const auto& each : calendar_of(assessment, true)) {
    if (each.id() == id && each.kind == kind) return each.uid;
  }
  return {};
}

}  // namespace

TEST_CASE("calendar: days ahead and what is overdue; with --past all, ascending") {
  const Assessment assessment = sample::assessment();
  const auto ahead = calendar_of(assessment, false), all = calendar_of(assessment, true);
  CHECK(ahead.size() < all.size());
  bool overdue = false;
  for (const auto& each : ahead) {
    overdue = overdue || each.kind == Kind::overdue;
    CHECK((each.day >= assessment.as_of || each.kind == Kind::overdue));
  }
  CHECK(overdue);
  CHECK(std::is_sorted(all.begin(), all.end(),
                       [](const auto& a, const auto& b) { return a.day < b.day; }));
}

TEST_CASE("calendar: an id outlives the day, the deadline that passes, and another as-of") {
  Assessment assessment = sample::assessment();
  const std::string before = uid_of(assessment, "kr.filing", Kind::overdue);
  REQUIRE(before.size() == 36);
  for (auto& each : assessment.subjects[0].obligations) {
    if (each.id != "kr.filing") continue;
    each.overdue = false;
    each.deadline = *each.deadline + 200;
  }
  assessment.as_of += 30;
  CHECK(uid_of(assessment, "kr.filing", Kind::deadline) == before);
  assessment.subjects[0].id = "another";
  CHECK(uid_of(assessment, "kr.filing", Kind::deadline) != before);
}

TEST_CASE("calendar: a day that becomes certain stays the same entry") {
  Assessment assessment = sample::assessment();
  const std::string open = uid_of(assessment, "kr.safety", Kind::may_begin);
  REQUIRE(!open.empty());
  for (auto& each : assessment.subjects[0].obligations) {
    if (each.id != "kr.safety") continue;
    each.applies_from = each.earliest;
    each.earliest.reset();
  }
  CHECK(uid_of(assessment, "kr.safety", Kind::begins) == open);
}

TEST_CASE("calendar: all ids of a file differ; deployments that stand alike are one entry") {
  Assessment assessment = sample::assessment();
  auto& duties = assessment.subjects[0].obligations;
  ObligationItem twin = duties.back();
  duties.back().deployment = "seoul";
  twin.deployment = "busan";
  duties.push_back(twin);
  twin.deployment = "jeju";
  *twin.earliest += 10;
  duties.push_back(twin);
  std::set<std::string> ids;
  std::size_t entries = 0;
  for (const auto& each : calendar_of(assessment, true)) {
    CHECK(ids.insert(each.uid).second);
    if (each.id() != "kr.safety" || each.kind != Kind::may_begin) continue;
    ++entries;
    CHECK((each.deployments == std::vector<std::string>{"seoul", "busan"} ||
           each.deployments == std::vector<std::string>{"jeju"}));
  }
  CHECK(entries == 2);
}

TEST_CASE("iCalendar: stamp and sequence follow from the day, alarms only where asked for") {
  Assessment assessment = sample::assessment();
  const std::string text = unfolded(calendar_ics(assessment, in("en")));
  CHECK(holds(text, "\r\nDTSTAMP:20261121T000000Z\r\n"));
  CHECK(holds(text, "\r\nSEQUENCE:" + std::to_string(assessment.as_of) + "\r\n"));
  CHECK(holds(text, "\r\nDTSTART;VALUE=DATE:20261202\r\nDTEND;VALUE=DATE:20261203\r\n"));
  CHECK(holds(text, "\r\nSUMMARY;LANGUAGE=en:begins: Risk management system (CV Screener)\r\n"));
  CHECK(holds(text, "\r\nURL:https://"));
  CHECK_FALSE(holds(text, "VALARM"));
  CHECK(text == unfolded(calendar_ics(assessment, in("en"))));
  CalendarOptions options = in("ko");
  options.remind = 14;
  const std::string reminding = unfolded(calendar_ics(assessment, options));
  CHECK(holds(reminding, "\r\nTRIGGER:-P14D\r\n"));
  CHECK(holds(reminding, "SUMMARY;LANGUAGE=ko:"));
  CHECK(holds(unfolded(calendar_ics(assessment, in("zh"))), "SUMMARY;LANGUAGE=zh-Hans:"));
}

TEST_CASE("iCalendar: a calendar without entries still has a component") {
  Assessment assessment = sample::assessment();
  assessment.subjects.clear();
  const std::string text = calendar_ics(assessment, in("en"));
  CHECK(holds(text, "BEGIN:VTIMEZONE\r\n"));
  CHECK_FALSE(holds(text, "VEVENT"));
}

TEST_CASE("iCalendar: lines are folded between characters; hostile text makes no line") {
  for (const auto& text : sample::hostile_texts()) {
    CAPTURE(text.substr(0, 40));
    const auto lines = lines_of(calendar_ics(sample::hostile(text), in("zh")));
    const std::set<std::string> names{
        "BEGIN", "END",     "VERSION",    "PRODID",   "CALSCALE", "METHOD",      "NAME",
        "UID",   "DTSTAMP", "SEQUENCE",   "DTSTART",  "DTEND",    "SUMMARY",     "DESCRIPTION",
        "URL",   "STATUS",  "CATEGORIES", "PRIORITY", "TRANSP",   "X-WR-CALNAME"};
    for (const auto& line : lines) {
      CHECK(line.size() <= 75);
      CHECK(line.find_first_of(std::string("\r\n\0\x1b\x07", 5)) == std::string::npos);
      REQUIRE(!line.empty());
      CHECK((static_cast<unsigned char>(line[0]) & 0xC0) != 0x80);
      if (line[0] == ' ') {
        CHECK((line.size() == 1 || (static_cast<unsigned char>(line[1]) & 0xC0) != 0x80));
      } else {
        CHECK(names.count(line.substr(0, line.find_first_of(";:"))) == 1);
      }
    }
  }
}

TEST_CASE("the page of the calendar: no script, its own style alone, hostile text is text") {
  const std::string page = calendar_page(sample::assessment(), in("ko"));
  CHECK(holds(page, "default-src 'none'; style-src 'sha256-"));
  CHECK(holds(page, "<svg"));
  CHECK(holds(page, "id=\"j-kr\""));
  CHECK(holds(page, "lang=\"ko\""));
  for (const auto& text : sample::hostile_texts()) {
    CAPTURE(text.substr(0, 40));
    const std::string out = calendar_page(sample::hostile(text), in("en"));
    CHECK_FALSE(holds(out, "<script"));
    CHECK_FALSE(holds(out, "<img"));
    CHECK_FALSE(holds(out, "\x1b"));
    CHECK_FALSE(holds(out, "\u202e"));
    CHECK_FALSE(holds(out, "href=\"javascript"));
    CHECK(out.size() < 3'000'000);
  }
}

TEST_CASE("the calendar as text keeps to the width and speaks three languages") {
  for (const char* lang : {"en", "ko", "zh"}) {
    const std::string text = calendar_text(sample::assessment(), in(lang));
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = text.find('\n', at);
      CHECK(width_of(text.substr(at, end - at)) <= 80);
      at = end + 1;
    }
  }
  CHECK(holds(calendar_text(sample::assessment(), in("ko")), "2026. 12. 2.\n  적용 시작  "));
  CHECK(holds(calendar_text(sample::assessment(), in("zh")), "2026年12月2日\n  开始适用  "));
}
