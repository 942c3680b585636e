#include "plugins/label/carriers.h"

namespace pandect::label {
namespace {

void append(std::string& out, std::uint32_t point) {
  if (point < 0x80) {
    out += static_cast<char>(point);
  } else if (point < 0x800) {
    out += static_cast<char>(0xC0 | point >> 6);
    out += static_cast<char>(0x80 | (point & 0x3F));
  } else if (point < 0x10000) {
    out += static_cast<char>(0xE0 | point >> 12);
    out += static_cast<char>(0x80 | (point >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (point & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | point >> 18);
    out += static_cast<char>(0x80 | (point >> 12 & 0x3F));
    out += static_cast<char>(0x80 | (point >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (point & 0x3F));
  }
}

}  // namespace

std::string utf8_of_utf16(std::string_view bytes, bool big_endian) {
  std::size_t at = 0;
  if (bytes.size() >= 2) {
    const auto mark = big(bytes, 0, 2);
    if (mark == 0xFEFF || mark == 0xFFFE) {
      big_endian = mark == 0xFEFF;
      at = 2;
    }
  }
  std::string out;
  const auto unit = [&](std::size_t place) {
    return static_cast<std::uint32_t>(big_endian ? big(bytes, place, 2) : little(bytes, place, 2));
  };
  for (; at + 2 <= bytes.size(); at += 2) {
    std::uint32_t point = unit(at);
    if (point == 0) break;
    const bool high = point >= 0xD800 && point < 0xDC00;
    if (high && at + 4 <= bytes.size() && unit(at + 2) >= 0xDC00 && unit(at + 2) < 0xE000) {
      point = 0x10000 + ((point - 0xD800) << 10) + (unit(at + 2) - 0xDC00);
      at += 2;
    } else if (point >= 0xD800 && point < 0xE000) {
      point = 0xFFFD;
    }
    append(out, point);
  }
  return out;
}

std::string utf8_of_latin1(std::string_view bytes) {
  std::string out;
  for (const char each : bytes) append(out, static_cast<unsigned char>(each));
  return out;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank(" \t\r\n\0", 5);
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

}  // namespace pandect::label
