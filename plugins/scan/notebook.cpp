// The code cells of a Jupyter notebook, on the lines of the file.
#include "plugins/scan/languages.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace pandect::scan {
namespace {

// A JSON text literal on one line, without its quotes and its last line break; empty if it is none.
std::string literal_of(std::string_view line) {
  const std::size_t first = line.find_first_not_of(" \t");
  if (first == std::string_view::npos || line[first] != '"') return {};
  std::string out;
  for (std::size_t at = first + 1; at < line.size(); ++at) {
    if (line[at] == '"') break;
    if (line[at] != '\\') {
      out += line[at];
    } else if (++at < line.size()) {
      const char sign = line[at];
      out += sign == 'n' ? ' ' : sign == 't' ? '\t' : sign == 'u' ? '?' : sign;
      if (sign == 'u') at += 4;
    }
  }
  return out;
}

// A notebook without line breaks: all its code, which then stands on line 1.
std::string flat(std::string_view text) {
  const auto document = nlohmann::json::parse(text, nullptr, false);
  if (!document.is_object()) return {};
  const auto cells = document.find("cells");
  if (cells == document.end() || !cells->is_array()) return {};
  std::string out;
  for (const auto& cell : *cells) {
    if (!cell.is_object() || cell.value("cell_type", nlohmann::json()) != "code") continue;
    const auto source = cell.find("source");
    if (source == cell.end()) continue;
    if (source->is_string()) out += source->get<std::string>() + "\n";
    if (!source->is_array()) continue;
    for (const auto& line : *source) {
      if (line.is_string()) out += line.get<std::string>();
    }
    out += "\n";
  }
  return out;
}

}  // namespace

std::string notebook_code(std::string_view text) {
  if (std::count(text.begin(), text.end(), '\n') < 5) return flat(text);
  std::string out;
  bool code = false, source = false;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    at = end + 1;
    if (line.find("\"cell_type\"") != std::string_view::npos) {
      code = line.find("\"code\"") != std::string_view::npos;
      source = false;
    } else if (line.find("\"source\": [") != std::string_view::npos) {
      source = line.find(']') == std::string_view::npos;
    } else if (source && line.find_first_not_of(" \t\r],}") == std::string_view::npos) {
      source = false;
    } else if (source && code) {
      out += literal_of(line);
    }
    out += '\n';
  }
  return out;
}

}  // namespace pandect::scan
