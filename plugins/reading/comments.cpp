#include "plugins/reading/comments.h"

#include <algorithm>
#include <array>

namespace pandect::plugins {
namespace {

struct Style {
  bool line_hash = false;  // `#` or `!` at the start of a line
  bool slashes = false;    // `// ...` and `/* ... */`, outside quotes
  bool markup = false;     // `<!-- ... -->`
  bool templates = false;  // `{# ... #}`, `{{!-- ... --}}`, `<%-- ... --%>`
};

bool among(std::string_view extension, std::initializer_list<std::string_view> list) {
  return std::find(list.begin(), list.end(), extension) != list.end();
}

Style style_of(std::string_view extension) {
  Style style;
  style.line_hash = among(extension, {"yaml", "yml", "po", "pot", "properties", "toml", "ftl"});
  style.slashes = among(extension, {"js", "jsx", "ts", "tsx", "mjs", "cjs", "vue", "svelte",
                                    "strings", "dart", "kt", "swift", "jsonc"});
  style.markup = among(extension, {"html", "htm", "vue", "svelte", "xml", "md", "mdx", "ejs", "hbs",
                                   "njk", "jinja", "jinja2", "j2", "tmpl"});
  style.templates =
      among(extension, {"html", "htm", "ejs", "hbs", "njk", "jinja", "jinja2", "j2", "tmpl"});
  return style;
}

void blank(std::string& text, std::size_t from, std::size_t to) {
  for (std::size_t i = from; i < std::min(to, text.size()); ++i) {
    if (text[i] != '\n') text[i] = ' ';
  }
}

void blank_between(std::string& text, std::string_view open, std::string_view close) {
  std::size_t at = 0;
  while ((at = text.find(open, at)) != std::string::npos) {
    const auto end = text.find(close, at + open.size());
    const auto stop = end == std::string::npos ? text.size() : end + close.size();
    blank(text, at, stop);
    at = stop;
  }
}

void blank_hash_lines(std::string& text) {
  std::size_t start = 0;
  while (start < text.size()) {
    const auto end = std::min(text.find('\n', start), text.size());
    const auto first = text.find_first_not_of(" \t", start);
    if (first < end && (text[first] == '#' || text[first] == '!')) blank(text, first, end);
    start = end + 1;
  }
}

// A quote that is not closed on its line closes there: an apostrophe in plain text is no string.
void blank_slashes(std::string& text) {
  char quote = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quote != 0) {
      if (c == '\\') {
        ++i;
      } else if (c == quote || (c == '\n' && quote != '`')) {
        quote = 0;
      }
      continue;
    }
    if (c == '"' || c == '\'' || c == '`') {
      quote = c;
    } else if (c == '/' && i + 1 < text.size() && text[i + 1] == '/' &&
               (i == 0 || text[i - 1] != ':')) {
      const auto end = std::min(text.find('\n', i), text.size());
      blank(text, i, end);
      i = end;
    } else if (c == '/' && i + 1 < text.size() && text[i + 1] == '*') {
      const auto end = text.find("*/", i + 2);
      const auto stop = end == std::string::npos ? text.size() : end + 2;
      blank(text, i, stop);
      i = stop - 1;
    }
  }
}

}  // namespace

std::string without_comments(std::string_view extension, std::string text) {
  const Style style = style_of(extension);
  if (style.markup) blank_between(text, "<!--", "-->");
  if (style.templates) {
    blank_between(text, "{#", "#}");
    blank_between(text, "{{!--", "--}}");
    blank_between(text, "<%--", "--%>");
  }
  if (style.line_hash) blank_hash_lines(text);
  if (style.slashes) blank_slashes(text);
  return text;
}

}  // namespace pandect::plugins
