// Foreign text in Markdown: nothing in it may become markup, HTML, a link or a new line.
#pragma once

#include <string>
#include <string_view>

namespace pandect::reports {

// Safe in running text, headings and cells of tables.
std::string md_text(std::string_view text);

// Only http and https; empty for any other address. Safe between brackets of a link.
std::string safe_url(std::string_view url);

// [text](url), or the text alone where the address is not safe. `text` is escaped here.
std::string md_link(std::string_view text, std::string_view url);

}  // namespace pandect::reports
