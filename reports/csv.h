// Cells and rows of a table for spreadsheets (RFC 4180), in which nothing can become a formula.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pandect::reports {

// Without it spreadsheets misread Korean and Chinese.
inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// A cell that a spreadsheet would compute starts with an apostrophe. In East Asian locales the
// full-width forms of the signs compute too.
inline std::string csv_cell(const std::string& text) {
  static constexpr std::string_view kFormula = "=+-@\t\r\n|%";
  const std::size_t first = text.find_first_not_of(' ');
  bool formula = first != std::string::npos && kFormula.find(text[first]) != std::string_view::npos;
  for (const std::string_view wide : {"＝", "＋", "－", "＠"}) {
    formula =
        formula || (first != std::string::npos && text.compare(first, wide.size(), wide) == 0);
  }
  std::string out = formula ? "\"'" : "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + "\"";
}

inline std::string csv_row(const std::vector<std::string>& cells) {
  std::string out;
  for (std::size_t i = 0; i < cells.size(); ++i)
    out.append(i == 0 ? "" : ",").append(csv_cell(cells[i]));
  return out + "\r\n";
}

}  // namespace pandect::reports
