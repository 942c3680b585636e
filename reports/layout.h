// Text on a terminal: how wide it is shown, where lines break, and what of a foreign text may be
// shown at all. Knows nothing of assessments.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace pandect::reports {

// Decodes the code point at `at` and moves behind it; invalid bytes come out as U+FFFD, one by one.
char32_t next_code_point(std::string_view text, std::size_t& at);
void append_utf8(std::string& out, char32_t point);

// Columns a code point takes: 2 for East Asian wide, 0 for combining and joiners, else 1.
int width_of(char32_t point);
int width_of(std::string_view text);

// A foreign text made harmless to show: control and direction characters become visible escapes
// such as \u{1b}, line breaks and tabs become spaces, invalid UTF-8 U+FFFD, and what goes beyond
// `limit` code points is cut with an ellipsis.
std::string clean(std::string_view text, std::size_t limit = 4000);
// True of texts that `clean` would return as they are, seen at a glance; false says nothing.
bool surely_clean(std::string_view text, std::size_t limit = 4000);

// At most `columns` wide; a cut text ends in an ellipsis.
std::string clip(std::string_view text, int columns);

// Spaces appended up to `columns`.
std::string pad(std::string text, int columns);

// The text with word joiners (U+2060) between all characters, so that `wrap` keeps it whole.
std::string unbroken(std::string_view text);
std::string without_joiners(std::string_view text);

// Lines of at most `columns`. Breaks at spaces and beside Han characters, never before closing
// punctuation, never in a word unless it is longer than a line. Joiners forbid a break and vanish;
// a date such as 2026. 1. 22. stays whole. What would follow after `most` lines is left out.
std::vector<std::string> wrap(std::string_view text, int columns,
                              std::size_t most = static_cast<std::size_t>(-1));

}  // namespace pandect::reports
