#include "artefact/encoding.h"

#include <sodium/utils.h>

namespace pandect::artefact {

std::string base64_of(std::string_view bytes) {
  std::string text(sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), sodium_base64_VARIANT_ORIGINAL);
  text.pop_back();  // the NUL that libsodium writes
  return text;
}

std::optional<std::string> from_base64(std::string_view text, std::size_t size) {
  std::string bytes(size, '\0');
  std::size_t length = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), size, text.data(),
                        text.size(), nullptr, &length, nullptr,
                        sodium_base64_VARIANT_ORIGINAL) != 0 ||
      length != size)
    return std::nullopt;
  return bytes;
}

std::vector<std::string_view> short_lines(std::string_view text) {
  constexpr std::size_t kMaximumText = 8 * 1024;
  constexpr std::size_t kMaximumLines = 8;
  std::vector<std::string_view> lines;
  if (text.size() > kMaximumText) return lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(line);
    if (lines.size() > kMaximumLines) return {};
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return lines;
}

}  // namespace pandect::artefact
