#include "reports/markdown.h"

#include <cstdio>

namespace pandect::reports {

std::string md_text(std::string_view text) {
  static constexpr std::string_view kMarks = "\\`*_[]|~#$^";
  std::string out;
  bool at_start = true;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\n' || c == '\r' || c == '\t') {
      out += ' ';
      continue;
    }
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (kMarks.find(c) != std::string_view::npos ||
               (at_start && (c == '-' || c == '+' || c == '=' || c == '!'))) {
      out += {'\\', c};
    } else if (c == ':' && text.substr(i, 3) == "://") {
      out += "&#58;";  // no automatic link
    } else if ((c == '.' || c == ')') && i > 0 &&
               out.find_first_not_of("0123456789") == std::string::npos) {
      out += {'\\', c};  // no numbered list
    } else if (c == '@') {
      out += "&#64;";
    } else {
      out += c;
    }
    at_start = at_start && c == ' ';
  }
  return out;
}

std::string safe_url(std::string_view url) {
  const bool web = url.substr(0, 8) == "https://" || url.substr(0, 7) == "http://";
  if (!web || url.size() > 2000) return {};
  std::string out;
  for (const char c : url) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (byte > 0x20 && byte < 0x7F) &&
                       std::string_view("<>\"'`()[]{}|\\^").find(c) == std::string_view::npos;
    if (plain) {
      out += c;
      continue;
    }
    char escape[4];
    std::snprintf(escape, sizeof escape, "%%%02X", byte);
    out += escape;
  }
  return out;
}

std::string md_link(std::string_view text, std::string_view url) {
  const std::string address = safe_url(url);
  if (address.empty()) return md_text(text);
  return std::string("[").append(md_text(text)).append("](").append(address).append(")");
}

}  // namespace pandect::reports
