// Days of the calendar.
#include "pandect/date.h"

#include <doctest/doctest.h>

using namespace pandect;

namespace {

Day day(const char* text) {
  const auto parsed = parse_day(text);
  REQUIRE_MESSAGE(parsed, text);
  return *parsed;
}

}  // namespace

TEST_CASE("days are counted from 1970-01-01 and written back") {
  CHECK(day("1970-01-01") == 0);
  CHECK(day("1969-12-31") == -1);
  CHECK(day("2000-03-01") - day("2000-02-28") == 2);
  CHECK(day("2026-11-21") == 20778);
  for (Day each = day("1599-12-25"); each < day("2410-01-05"); each += 1) {
    if (day_of(civil_of(each)) != each || day(to_string(each).c_str()) != each)
      FAIL(to_string(each));
  }
}

TEST_CASE("only days that exist are read, in one form only") {
  for (const char* text :
       {"2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-01-00", "1900-02-29",
        "0000-01-01", "2026-1-01", "26-01-01", "2026/01/01", "2026-01-01 ", " 2026-01-01",
        "2026-01-0a", "", "20260101", "2026-01-011", "+026-01-01"}) {
    INFO(std::string(text));
    CHECK_FALSE(parse_day(text));
  }
  CHECK(parse_day("2028-02-29"));
  CHECK(parse_day("2000-02-29"));
  CHECK(parse_day("9999-12-31"));
}

TEST_CASE("a month keeps the day number or takes the last day of a shorter month") {
  CHECK(to_string(add_months(day("2026-01-31"), 1)) == "2026-02-28");
  CHECK(to_string(add_months(day("2028-01-31"), 1)) == "2028-02-29");
  CHECK(to_string(add_months(day("2026-08-21"), 3)) == "2026-11-21");
  CHECK(to_string(add_months(day("2026-08-31"), 3)) == "2026-11-30");
  CHECK(to_string(add_months(day("2028-02-29"), 12)) == "2029-02-28");
  CHECK(to_string(add_months(day("2026-03-31"), -1)) == "2026-02-28");
  CHECK(to_string(add_months(day("2026-01-15"), -13)) == "2024-12-15");
  CHECK(to_string(add_months(day("2026-12-31"), 2)) == "2027-02-28");
  CHECK(add_months(day("2026-05-05"), 0) == day("2026-05-05"));
}

TEST_CASE("one month and one month need not be two, and shifts keep the order of days") {
  CHECK(add_months(add_months(day("2026-01-31"), 1), 1) == day("2026-03-28"));
  CHECK(add_months(day("2026-01-31"), 2) == day("2026-03-31"));
  for (int months : {-25, -12, -1, 1, 3, 11, 12, 120}) {
    for (Day each = day("2027-01-01"); each < day("2029-01-01"); ++each) {
      if (add_months(each, months) > add_months(each + 1, months))
        FAIL(to_string(each), " ", months);
    }
  }
}

TEST_CASE("Saturday and Sunday are the weekend, before 1970 too") {
  CHECK(is_weekend(day("2026-11-21")));
  CHECK(is_weekend(day("2026-11-22")));
  CHECK_FALSE(is_weekend(day("2026-11-23")));
  CHECK_FALSE(is_weekend(day("2026-11-20")));
  CHECK(is_weekend(day("1969-12-28")));
  CHECK_FALSE(is_weekend(day("1969-12-29")));
}
