// A model card as text: its front matter, and its passages with line, headings and the role of the
// section they stand in. Code, comments and citations are left out. Knows nothing of facts.
#pragma once

#include "packs/yaml.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace pandect::plugins {

struct FrontMatter {
  bool present = false;
  int line = 0;      // of its first line of content
  std::string text;  // padded with empty lines, so that the YAML reader counts lines of the file
  std::size_t body = 0;  // where the text after it starts
};

FrontMatter front_matter(std::string_view card);

struct Passage {
  int line = 0;
  std::string text;                // one line or sentence, marks of emphasis and links taken out
  std::string raw;                 // as it stands in the file
  std::string label;               // of `Label: value` and of a table with two columns
  std::vector<std::string> cells;  // of a table with more columns
  std::vector<std::string> header;
  std::string heading;  // the innermost one
  std::string role;     // what the section is about; empty if no heading says it
};

struct Card {
  std::string title;  // first heading, or empty
  int title_line = 0;
  std::vector<Passage> passages;
};

inline constexpr std::size_t kCardPassages = 20'000;

// `role_of` gives the role of a heading, empty if it says none.
Card read_card(std::string_view text, int first_line,
               const std::function<std::string(const std::string&)>& role_of);

// Without emphasis, code marks, link targets, HTML tags and entities.
std::string plain(std::string_view markdown);

}  // namespace pandect::plugins
