// Breaks text into lines of a width in columns; Hangul, Han and other wide letters take two.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pandect {

// Lines that begin with `indent` spaces, further ones with two more, each ended by a line feed.
std::string wrapped(std::string_view text, std::size_t indent, std::size_t width);

// The next code point of valid UTF-8, from byte `at`, which moves on.
char32_t next_code_point(std::string_view text, std::size_t& at);

}  // namespace pandect
