// Working days of a calendar (semantics 2.5), against counting them one by one.
#include "logic/kleene.h"
#include "packs/linker.h"

#include <doctest/doctest.h>

using namespace pandect;

namespace {

constexpr const char* kPack = R"(
calendars: {cn: {from: 2026-09-01, through: 2026-12-31, holidays: [2026-10-01, 2026-10-02, 2026-10-05, 2026-10-06, 2026-10-07],
                 extra_working_days: [2026-10-10, 2026-09-20]}}
facts: {f.a: {}}
)";

ProgramPtr program() {
  const auto document = yaml::parse("pack.yaml", kPack);
  REQUIRE(document);
  PackDraft draft;
  draft.id = "test";
  Diagnostics problems;
  read_pack_document(*document, draft, problems);
  const Linked linked = link({draft});
  REQUIRE(linked.program);
  return linked.program;
}

bool works(const std::string& day) {
  for (const char* extra : {"2026-10-10", "2026-09-20"}) {
    if (day == extra) return true;
  }
  for (const char* holiday :
       {"2026-10-01", "2026-10-02", "2026-10-05", "2026-10-06", "2026-10-07"}) {
    if (day == holiday) return false;
  }
  return !is_weekend(*parse_day(day));
}

}  // namespace

TEST_CASE("the n-th working day after a day is what counting gives; none leaves the day as it is") {
  const ProgramPtr loaded = program();
  const Calendar& calendar = loaded->calendars[0];
  const Day last = *parse_day("2026-12-31");
  for (Day start = *parse_day("2026-09-01"); start < *parse_day("2026-12-20"); ++start) {
    CHECK(add_working_days(*loaded, calendar, start, 0) == start);
    Day day = start;
    for (int count = 1; count <= 20; ++count) {
      do ++day;
      while (day <= last && !works(to_string(day)));
      const auto got = add_working_days(*loaded, calendar, start, count);
      INFO(to_string(start), " + ", count);
      if (day <= last)
        CHECK(got == day);
      else
        CHECK_FALSE(got);
    }
  }
}

TEST_CASE("working days before or beyond the calendar are not known") {
  const ProgramPtr loaded = program();
  const Calendar& calendar = loaded->calendars[0];
  CHECK_FALSE(add_working_days(*loaded, calendar, *parse_day("2026-08-01"), 3));
  CHECK_FALSE(add_working_days(*loaded, calendar, *parse_day("2026-12-31"), 1));
  CHECK_FALSE(add_working_days(*loaded, calendar, *parse_day("2027-03-01"), 1));
}
