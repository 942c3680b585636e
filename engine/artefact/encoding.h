// Base64 and the two-line texts of minisign.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pandect::artefact {

std::string base64_of(std::string_view bytes);
// Exactly `size` bytes, or nothing.
std::optional<std::string> from_base64(std::string_view text, std::size_t size);

// Lines without their ends; at most 8, and a text of at most 8 KiB, or nothing.
std::vector<std::string_view> short_lines(std::string_view text);

}  // namespace pandect::artefact
