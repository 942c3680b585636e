// The sections of a text document: its headings and how much stands under each. Markdown (ATX and
// setext), AsciiDoc, HTML, reStructuredText-like underlines and plain numbered headings.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pandect::plugins {

struct Section {
  int level = 1;
  int line = 0;
  std::string title;
  std::size_t body = 0;  // letters and digits up to the next heading of its level or a higher one
};

// Whether a file of this extension is text that can have sections.
bool has_sections(std::string_view extension);

std::vector<Section> sections_of(std::string_view extension, std::string_view text);

// What two headings are compared by: small letters and digits only, numbering and spaces dropped.
std::string heading_key(std::string_view title);

}  // namespace pandect::plugins
