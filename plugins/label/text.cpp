// Texts. Markdown may carry the label in its front matter (TC260-PG-20258A); plain text and HTML
// have no place for it, so only what a reader sees counts there.
#include "base/names.h"
#include "packs/yaml.h"
#include "plugins/label/carriers.h"
#include "plugins/label/containers.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace pandect::label {
namespace {

// YAML as JSON, so that one rule book serves all carriers. Quoted or not tells text from number.
nlohmann::ordered_json json_of(const yaml::Value& value) {
  nlohmann::ordered_json out;
  if (value.shape == yaml::Shape::map) {
    out = nlohmann::ordered_json::object();
    for (const auto& entry : value.entries) out[entry.key.text] = json_of(entry.value);
  } else if (value.shape == yaml::Shape::list) {
    out = nlohmann::ordered_json::array();
    for (const auto& item : value.items) out.push_back(json_of(item));
  } else if (value.shape == yaml::Shape::scalar) {
    const bool number = !value.quoted && !value.text.empty() && value.text.size() < 18 &&
                        value.text.find_first_not_of("0123456789") == std::string::npos;
    const bool truth = !value.quoted && (value.text == "true" || value.text == "false");
    if (number) {
      out = std::stoll(value.text);
    } else if (truth) {
      out = value.text == "true";
    } else {
      out = value.text;
    }
  }
  return out;
}

void take_front_matter(Contents& contents, const std::string& text, std::size_t end) {
  const std::size_t start = text.find('\n') + 1;
  const std::size_t stop = text.rfind("\n", end - 2);
  if (stop == std::string::npos || stop < start) return;
  const auto document = yaml::parse("front matter", text.substr(start, stop - start + 1));
  if (!document) {
    contents.damage("yaml", to_string(document.errors().front()), 0);
    return;
  }
  for (const auto& entry : document->root.entries) {
    const std::string name = entry.key.text;
    const bool text_value = entry.value.shape == yaml::Shape::scalar;
    const auto value = json_of(entry.value);
    take_text(contents, name, text_value && value.is_string() ? entry.value.text : value.dump(),
              "markdown front matter " + name.substr(0, 80), 0);
  }
}

// What a browser shows, roughly: without tags, comments, scripts and styles.
std::string shown_text(std::string_view html) {
  std::string out;
  std::string lower(html);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char each) {
    return each >= 'A' && each <= 'Z' ? static_cast<char>(each + 32) : each;
  });
  std::size_t at = 0;
  while (at < html.size()) {
    if (html[at] != '<') {
      out += html[at++];
      continue;
    }
    const std::string_view rest = std::string_view(lower).substr(at);
    std::string_view stop = ">";
    if (rest.substr(0, 4) == "<!--") stop = "-->";
    if (rest.substr(0, 7) == "<script") stop = "</script>";
    if (rest.substr(0, 6) == "<style") stop = "</style>";
    if (rest.substr(0, 6) == "<title") stop = "</title>";
    const std::size_t end = rest.find(stop);
    if (end == std::string_view::npos) break;
    at += end + stop.size();
    out += ' ';
  }
  return out;
}

}  // namespace

std::size_t front_matter_end(std::string_view text) {
  const std::size_t first = text.find('\n');
  if (first == std::string_view::npos || trimmed(text.substr(0, first)) != "---") return 0;
  for (std::size_t at = first + 1; at < text.size();) {
    const std::size_t stop = std::min(text.find('\n', at), text.size());
    const std::string_view line = trimmed(text.substr(at, stop - at));
    at = std::min(stop + 1, text.size());
    if (line == "---" || line == "...") return at;
    if (stop == text.size()) break;
  }
  return 0;
}

void read_text(const Source& source, Contents& contents) {
  contents.modality = Modality::text;
  std::string text = source.read(0, kMostText);
  if (source.size() > kMostText) {
    // The end counts as much as the beginning; what lies between is not looked at.
    contents.damage("long", "only the first and the last half MiB of the text were read", 0);
    text.resize(kMostText / 2);
    text += '\n' + source.read(source.size() - kMostText / 2, kMostText / 2);
  }
  if (text.substr(0, 3) == "\xEF\xBB\xBF") text.erase(0, 3);
  if (text.size() >= 2 && (big(text, 0, 2) == 0xFEFF || big(text, 0, 2) == 0xFFFE))
    text = utf8_of_utf16(text, true);
  if (contents.kind == Kind::markdown) {
    const std::size_t end = front_matter_end(text);
    if (end > 0) {
      take_front_matter(contents, text, end);
      text.erase(0, end);
    }
  }
  contents.text = contents.kind == Kind::html ? shown_text(text) : std::move(text);
}

}  // namespace pandect::label
