// Digests of bytes.
#pragma once

#include <string>
#include <string_view>

namespace pandect {

// SHA-256, lower-case hexadecimal.
std::string digest_of(std::string_view bytes);

}  // namespace pandect
