// A workbook as values: sheets of typed cells. Knows nothing of assessments, nor of how it is
// written; the module `xlsx` turns one into bytes.
#pragma once

#include "pandect/date.h"

#include <string>
#include <utility>
#include <vector>

namespace pandect::reports {

enum class Tone { plain, strong, faint, alarm, warning, good };

struct Cell {
  enum class Kind { text, day, number };
  Kind kind = Kind::text;
  std::string text;  // never a formula
  std::string url;   // http or https; empty: no link
  Day day = kNoDay;  // kNoDay: an empty cell
  double number = 0;
  Tone tone = Tone::plain;
  int indent = 0;

  Cell() = default;
  Cell(std::string shown, Tone as = Tone::plain)  // NOLINT(google-explicit-constructor)
      : text(std::move(shown)), tone(as) {}
  static Cell date(Day day) {
    Cell out;
    out.kind = Kind::day;
    out.day = day;
    return out;
  }
  static Cell count(double number) {
    Cell out;
    out.kind = Kind::number;
    out.number = number;
    return out;
  }
  static Cell link(std::string shown, std::string url) {
    Cell out(std::move(shown));
    out.url = std::move(url);
    return out;
  }
};

struct Column {
  std::string title;
  double width = 16;                 // characters
  std::vector<std::string> choices;  // a list to choose from
  bool open_choice = false;          // other entries are allowed too
};

struct Sheet {
  std::string name;
  std::vector<std::string> heading;  // lines above the table
  std::vector<Column> columns;
  std::vector<std::vector<Cell>> rows;
  int frozen_columns = 0;
};

struct Workbook {
  std::string title, company, lang;
  std::string date_format = "yyyy-mm-dd";
  Day created = kNoDay;
  std::vector<Sheet> sheets;
};

}  // namespace pandect::reports
