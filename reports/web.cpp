#include "reports/web.h"

#include "base/digest.h"
#include "reports/citation.h"
#include "reports/layout.h"
#include "reports/markdown.h"
#include "reports/markup.h"

#include <algorithm>
#include <cstdio>

namespace pandect::reports {
namespace {

std::string number(double value) {
  const auto tenths = static_cast<long>(value * 10 + (value < 0 ? -0.5 : 0.5));
  std::string out = std::to_string(tenths / 10);
  if (tenths % 10 != 0) out += "." + std::to_string(tenths < 0 ? -(tenths % 10) : tenths % 10);
  return out;
}

std::string attribute(const char* name, double value) {
  return std::string(" ") + name + "=\"" + number(value) + "\"";
}

const char* role_class(Shape::Role role) {
  switch (role) {
    case Shape::Role::axis:
      return "axis";
    case Shape::Role::grid:
      return "grid";
    case Shape::Role::today:
      return "today";
    case Shape::Role::begins:
      return "begins";
    case Shape::Role::deadline:
      return "deadline";
    case Shape::Role::overdue:
      return "overdue";
    case Shape::Role::label:
      return "label";
    case Shape::Role::faint:
      return "faint";
    case Shape::Role::inside:
      return "inside";
  }
  return "";
}

std::string shape_of(const Shape& shape) {
  const std::string start = std::string(" class=\"") + role_class(shape.role) + "\"";
  switch (shape.kind) {
    case Shape::Kind::line:
      return "<line" + start + attribute("x1", shape.x) + attribute("y1", shape.y) +
             attribute("x2", shape.x2) + attribute("y2", shape.y2) + "/>";
    case Shape::Kind::circle:
      return "<circle" + start + attribute("cx", shape.x) + attribute("cy", shape.y) +
             attribute("r", shape.radius) + ">" +
             (shape.text.empty() ? "" : element("title", markup(shape.text))) + "</circle>";
    case Shape::Kind::box:
      return "<rect" + start + attribute("x", shape.x) + attribute("y", shape.y) +
             attribute("width", shape.x2 - shape.x) + attribute("height", shape.y2 - shape.y) +
             "/>";
    case Shape::Kind::text:
      break;
  }
  const char* anchor = shape.anchor < 0 ? "start" : shape.anchor == 0 ? "middle" : "end";
  return "<text" + start + attribute("x", shape.x) + attribute("y", shape.y) +
         attribute("font-size", shape.size) + " text-anchor=\"" + anchor + "\">" +
         markup(shape.text) + "</text>";
}

bool has_between(std::string_view text, char32_t first, char32_t last) {
  for (std::size_t at = 0; at < text.size();) {
    const char32_t point = next_code_point(text, at);
    if (point >= first && point <= last) return true;
  }
  return false;
}

}  // namespace

std::string element(const std::string& name, const std::string& inner,
                    const std::string& attributes) {
  return "<" + name + (attributes.empty() ? "" : " " + attributes) + ">" + inner + "</" + name +
         ">";
}

std::string class_token(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    out += plain ? c : '-';
  }
  return out.substr(0, 40);
}

std::string web_text(const std::string& text, const Wording& words) {
  const bool hangul = has_between(text, 0xAC00, 0xD7A3);
  const bool han = !hangul && has_between(text, 0x4E00, 0x9FFF);
  if (hangul && words.language() != Language::ko)
    return element("span", markup(text), "lang=\"ko\"");
  if (han && words.language() != Language::zh)
    return element("span", markup(text), "lang=\"zh-Hans\"");
  return markup(text);
}

std::string web_text(const Texts& texts, const Wording& words, bool as_title) {
  const std::string shown = markup(as_title ? words.title(texts) : words.in(texts));
  const bool missing = (words.language() == Language::ko && texts.ko.empty()) ||
                       (words.language() == Language::zh && texts.zh.empty());
  return missing && !shown.empty() ? element("span", shown, "lang=\"en\"") : shown;
}

std::string web_link(const std::string& text, const std::string& url) {
  const std::string safe = safe_url(url);
  return safe.empty() ? markup(text)
                      : element("a", markup(text),
                                "href=\"" + markup(safe) + "\" rel=\"noreferrer noopener\"");
}

std::string web_cites(const std::vector<Citation>& list, const Wording& words) {
  std::string out;
  for (const auto& each : cite_parts(list, words))
    out += markup(each.mark) + web_link(each.text, each.url);
  return out;
}

std::string svg_of(const Picture& picture, const std::string& id) {
  if (picture.width <= 0) return {};
  std::string inner = element("title", markup(picture.title), "id=\"" + id + "t\"") +
                      element("desc", markup(picture.text), "id=\"" + id + "d\"");
  for (const auto& shape : picture.shapes) inner += shape_of(shape);
  return element("svg", inner,
                 "viewBox=\"0 0 " + number(picture.width) + " " + number(picture.height) +
                     "\" role=\"img\" aria-labelledby=\"" + id + "t " + id + "d\"");
}

std::string policy_hash(std::string_view content) {
  static constexpr char kAlphabet[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const std::string hex = digest_of(content);
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
    unsigned group = 0;
    for (std::size_t j = 0; j < 3; ++j)
      group = group << 8U | (j < count ? static_cast<unsigned char>(bytes[i + j]) : 0U);
    for (std::size_t j = 0; j < 4; ++j)
      out += j <= count ? kAlphabet[group >> (18 - 6 * j) & 63U] : '=';
  }
  return "'sha256-" + out + "'";
}

}  // namespace pandect::reports
