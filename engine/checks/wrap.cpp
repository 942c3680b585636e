#include "checks/wrap.h"

namespace pandect {
namespace {

bool wide(char32_t point) {
  return (point >= 0x1100 && point <= 0x115F) || (point >= 0x2E80 && point <= 0x303E) ||
         (point >= 0x3041 && point <= 0xA4CF) || (point >= 0xAC00 && point <= 0xD7A3) ||
         (point >= 0xF900 && point <= 0xFAFF) || (point >= 0xFE30 && point <= 0xFE6F) ||
         (point >= 0xFF00 && point <= 0xFF60) || (point >= 0xFFE0 && point <= 0xFFE6) ||
         (point >= 0x20000 && point <= 0x3FFFD);
}

// A line may be broken on either side of a Han letter, elsewhere only at a space.
bool breaks_alone(char32_t point) {
  return point >= 0x2E80 && wide(point) && !(point >= 0xAC00 && point <= 0xD7A3);
}

}  // namespace

char32_t next_code_point(std::string_view text, std::size_t& at) {
  const auto lead = static_cast<unsigned char>(text[at++]);
  if (lead < 0x80) return lead;
  int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
  char32_t point = lead & (0x3Fu >> more);
  while (more-- > 0 && at < text.size())
    point = (point << 6) | (static_cast<unsigned char>(text[at++]) & 0x3Fu);
  return point;
}

std::string wrapped(std::string_view text, std::size_t indent, std::size_t width) {
  std::string result, line(indent, ' '), piece;
  std::size_t column = indent, piece_width = 0;
  bool empty = true, space = false;
  const auto flush = [&] {
    if (piece.empty()) return;
    if (!empty && column + (space ? 1 : 0) + piece_width > width) {
      result += line + "\n";
      line.assign(indent + 2, ' ');
      column = indent + 2;
      empty = true;
    }
    if (!empty && space) {
      line += ' ';
      ++column;
    }
    line += piece;
    column += piece_width;
    empty = space = false;
    piece.clear();
    piece_width = 0;
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t point = next_code_point(text, at);
    if (point == ' ' || point == '\n') {
      flush();
      space = true;
      continue;
    }
    if (breaks_alone(point)) flush();
    piece.append(text.substr(begin, at - begin));
    piece_width += wide(point) ? 2 : 1;
    if (breaks_alone(point)) flush();
  }
  flush();
  return result + line + "\n";
}

}  // namespace pandect
