#include "reports/page.h"

#include "reports/layout.h"

#include <algorithm>
#include <string_view>

namespace pandect::reports {
namespace {

constexpr int kNarrowest = 40;

const char* code_of(Style style) {
  switch (style) {
    case Style::plain:
      return "";
    case Style::strong:
    case Style::heading:
      return "1";
    case Style::faint:
      return "2";
    case Style::alarm:
      return "1;31";
    case Style::good:
      return "32";
  }
  return "";
}

std::string paint(const std::string& text, Style style) {
  const std::string code = code_of(style);
  if (code.empty() || text.empty()) return text;
  return std::string("\x1b[").append(code).append("m").append(text).append("\x1b[0m");
}

std::string spaces(int count) { return std::string(static_cast<std::size_t>(count), ' '); }

}  // namespace

Page::Page(int width, bool colour) : width_(std::max(width, kNarrowest)), colour_(colour) {}

void Page::blank() {
  if (!text_.empty() && !text_.ends_with("\n\n")) text_ += '\n';
}

void Page::line(const std::string& text, Style style) {
  const std::string shown = clip(without_joiners(text), width_);
  text_ += colour_ ? paint(shown, style) : shown;
  text_ += '\n';
}

void Page::heading(const std::string& text) {
  blank();
  line(text, Style::heading);
  line(std::string(static_cast<std::size_t>(std::min(width_of(text), width_)), '-'), Style::faint);
}

void Page::block(const std::string& first, const std::string& text, Style style) {
  const auto lines = wrap(text, width_ - width_of(first));
  for (std::size_t i = 0; i < lines.size(); ++i) {
    line((i == 0 ? first : spaces(width_of(first))) + lines[i], style);
  }
}

void Page::bounded(const std::string& first, const std::string& text, std::size_t most,
                   Style style) {
  if (text.empty()) return;
  const int columns = width_ - width_of(first);
  auto lines = wrap(text, columns, most + 1);
  if (lines.size() > most) {
    lines.resize(most);
    std::string& last = lines.back();
    for (const std::string_view mark : {" ·", "…"}) {
      if (last.ends_with(mark)) last.resize(last.size() - mark.size());
    }
    last = width_of(last) + 2 <= columns ? last + " …" : clip(last + "  ", columns);
  }
  for (std::size_t i = 0; i < lines.size(); ++i) {
    line((i == 0 ? first : spaces(width_of(first))) + lines[i], style);
  }
}

}  // namespace pandect::reports
