// Nearest-name suggestions: "did you mean ...?" for misspelt facts, members and options.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pandect {

// The candidate with the smallest edit distance, or empty if none is near (a third of the length).
std::string nearest_name(std::string_view wanted, std::span<const std::string_view> candidates);

// "; did you mean `x`?" or empty.
std::string did_you_mean(std::string_view wanted, std::span<const std::string_view> candidates);

// Bytes of a text that are no valid UTF-8 end at this offset; npos if all is well.
std::size_t invalid_utf8_at(std::string_view text);

}  // namespace pandect
