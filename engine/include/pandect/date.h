// Days of the calendar as day counts, with the month arithmetic of the statutes
// (a month keeps the day number or takes the last day: EU Reg. 1182/71 Art 3, Korean Civil Act
// Art 160, China Civil Code Art 202). No time zone and no clock.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pandect {

using Day = std::int32_t;  // days since 1970-01-01
inline constexpr Day kNoDay = INT32_MIN;

struct CivilDate {
  int year = 1970;
  int month = 1;
  int day = 1;
};

Day day_of(const CivilDate& date);
CivilDate civil_of(Day day);
int days_in_month(int year, int month);
bool is_weekend(Day day);

// "2026-11-21"; empty for anything else and for days that do not exist.
std::optional<Day> parse_day(std::string_view text);
std::string to_string(Day day);

Day add_months(Day day, int months);

}  // namespace pandect
