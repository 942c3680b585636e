// Markdown: a mapping AIGC in the front matter (TC260-PG-20258A).
#include "plugins/label/carriers.h"
#include "plugins/label/containers.h"
#include "plugins/label/writers.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace pandect::label {
namespace {

std::string mapping(const std::string& json, const char* newline) {
  std::string out = std::string("AIGC:") + newline;
  const auto object = nlohmann::ordered_json::parse(json, nullptr, false);
  for (const auto& [key, value] : object.items()) {
    // YAML knows the escapes of JSON in double quotes.
    out += "  " + key + ": " + value.dump(-1, ' ', true) + newline;
  }
  return out;
}

}  // namespace

Result<Plan> write_markdown(const Source& source, const std::string& json) {
  const std::string text = source.read(0, kMostText);
  Plan plan;
  const std::size_t mark = text.substr(0, 3) == "\xEF\xBB\xBF" ? 3 : 0;
  const std::string_view body = std::string_view(text).substr(mark);
  const char* newline = body.find("\r\n") != std::string_view::npos ? "\r\n" : "\n";
  const std::size_t end = front_matter_end(body);
  plan.copy(0, mark);
  if (end == 0) {
    plan.add(std::string("---") + newline + mapping(json, newline) + "---" + newline);
    plan.copy(mark, source.size() - mark);
    return plan;
  }
  bool inside = false;
  for (std::size_t at = 0; at < end;) {
    const std::size_t next = std::min(body.find('\n', at), end - 1) + 1;
    const std::string_view line = body.substr(at, next - at);
    const bool indented = !line.empty() && (line[0] == ' ' || line[0] == '\t');
    inside = line.substr(0, 5) == "AIGC:" || (inside && indented);
    if (next >= end) plan.add(mapping(json, newline));  // before the closing line
    if (!inside) plan.copy(mark + at, line.size());
    at = next;
  }
  plan.copy(mark + end, source.size() - mark - end);
  return plan;
}

}  // namespace pandect::label
