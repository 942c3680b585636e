// Versions of packs and of the engine: MAJOR.MINOR.PATCH, numbers only.
#pragma once

#include <array>
#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace pandect::artefact {

struct Version {
  std::array<int, 3> parts{};
  auto operator<=>(const Version&) const = default;
};

std::optional<Version> parse_version(std::string_view text);
std::string to_string(const Version& version);

// Lower-case letters, digits and `-`, at most 64; what ids of packs and names of folders are.
bool is_pack_id(std::string_view text);

}  // namespace pandect::artefact
