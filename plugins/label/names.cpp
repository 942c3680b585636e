// Which text is a label is told by the name it stands under (GB 45438-2025 Appendix E: the name of
// the extension contains AIGC); the bytes "AIGC" occur by chance anywhere else.
#include "plugins/label/carriers.h"

#include <algorithm>
#include <cctype>

#include <nlohmann/json.hpp>

namespace pandect::label {
namespace {

constexpr std::size_t kMostShown = 4096;

// What a text is by itself: an object with the key AIGC, one with the keys of a label, or neither.
enum class Looks { wrapped, bare, other };

Looks looks(std::string_view text) {
  if (text.empty() || text.front() != '{') return Looks::other;
  if (nested_deeper(text, 32)) return Looks::other;
  const auto value = nlohmann::json::parse(text, nullptr, false);
  if (!value.is_object()) return Looks::other;
  if (value.contains("AIGC")) return Looks::wrapped;
  return value.contains("Label") && value.contains("ContentProducer") ? Looks::bare : Looks::other;
}

}  // namespace

void Contents::damage(std::string code, std::string detail, std::uint64_t offset) {
  if (damages.size() < kMostFound) damages.push_back({std::move(code), std::move(detail), offset});
}

void take_text(Contents& contents, std::string_view name, std::string text, std::string carrier,
               std::uint64_t offset) {
  if (text.size() > kMostText) {
    contents.damage("bounds", "a text is longer than 1 MiB", offset);
    return;
  }
  text = std::string(trimmed(text));
  const auto add = [&](std::vector<Found>& list) {
    if (list.size() < kMostFound)
      list.push_back({std::move(carrier), std::move(text), offset, std::string(name)});
  };
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char each) { return static_cast<char>(std::tolower(each)); });
  if (name.find("AIGC") != std::string_view::npos) return add(contents.labels);
  const Looks what = looks(text);
  // A UserComment has no name of its own; there the object brings it along.
  if (name == "UserComment" && what == Looks::wrapped) return add(contents.labels);
  if (lower.find("aigc") != std::string::npos || what != Looks::other)
    return add(contents.misplaced);
  if (text.size() > kMostShown) text.resize(kMostShown);
  add(contents.texts);
}

bool nested_deeper(std::string_view json, int limit) {
  int depth = 0;
  for (const char each : json) {
    if (each == '{' || each == '[') ++depth;
    if (each == '}' || each == ']') --depth;
    if (depth > limit) return true;
  }
  return false;
}

std::string source_term(std::string_view value) {
  value = trimmed(value);
  while (!value.empty() && value.back() == '/') value.remove_suffix(1);
  const std::size_t slash = value.rfind('/');
  if (slash != std::string_view::npos) value.remove_prefix(slash + 1);
  return std::string(value.substr(0, 200));
}

std::string_view name_of(Kind kind) {
  constexpr std::string_view kNames[] = {"unknown",  "png",  "jpeg", "webp", "wav",
                                         "avi",      "mp3",  "mp4",  "pdf",  "ooxml",
                                         "markdown", "html", "text"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::string_view name_of(Modality modality) {
  constexpr std::string_view kNames[] = {"none", "image", "audio", "video", "text"};
  return kNames[static_cast<std::size_t>(modality)];
}

}  // namespace pandect::label
