#include "artefact/version.h"

#include <charconv>

namespace pandect::artefact {

std::optional<Version> parse_version(std::string_view text) {
  Version version;
  for (std::size_t i = 0; i < version.parts.size(); ++i) {
    const std::size_t dot = text.find('.');
    if ((i < 2) != (dot != std::string_view::npos)) return std::nullopt;
    const std::string_view part = text.substr(0, dot);
    const auto [end, error] =
        std::from_chars(part.data(), part.data() + part.size(), version.parts[i]);
    const bool plain = !part.empty() && part.front() != '-' && (part.size() == 1 || part[0] != '0');
    if (error != std::errc() || end != part.data() + part.size() || !plain) return std::nullopt;
    if (i < 2) text.remove_prefix(dot + 1);
  }
  return version;
}

std::string to_string(const Version& version) {
  return std::to_string(version.parts[0]) + "." + std::to_string(version.parts[1]) + "." +
         std::to_string(version.parts[2]);
}

bool is_pack_id(std::string_view text) {
  if (text.empty() || text.size() > 64 || text.front() == '-') return false;
  for (const char each : text) {
    if (!((each >= 'a' && each <= 'z') || (each >= '0' && each <= '9') || each == '-'))
      return false;
  }
  return true;
}

}  // namespace pandect::artefact
