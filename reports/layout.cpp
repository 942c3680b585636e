#include "reports/layout.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <iterator>

namespace pandect::reports {
namespace {

struct Span {
  char32_t first, last;
};

constexpr Span kWide[] = {
    {0x1100, 0x115F},   {0x231A, 0x231B},   {0x2329, 0x232A},   {0x23E9, 0x23EC},
    {0x23F0, 0x23F0},   {0x23F3, 0x23F3},   {0x25FD, 0x25FE},   {0x2614, 0x2615},
    {0x2648, 0x2653},   {0x267F, 0x267F},   {0x2693, 0x2693},   {0x26A1, 0x26A1},
    {0x26AA, 0x26AB},   {0x26BD, 0x26BE},   {0x26C4, 0x26C5},   {0x26CE, 0x26CE},
    {0x26D4, 0x26D4},   {0x26EA, 0x26EA},   {0x26F2, 0x26F3},   {0x26F5, 0x26F5},
    {0x26FA, 0x26FA},   {0x26FD, 0x26FD},   {0x2705, 0x2705},   {0x270A, 0x270B},
    {0x2728, 0x2728},   {0x274C, 0x274C},   {0x274E, 0x274E},   {0x2753, 0x2755},
    {0x2757, 0x2757},   {0x2795, 0x2797},   {0x27B0, 0x27B0},   {0x27BF, 0x27BF},
    {0x2B1B, 0x2B1C},   {0x2B50, 0x2B50},   {0x2B55, 0x2B55},   {0x2E80, 0x303E},
    {0x3041, 0x33FF},   {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},   {0xA000, 0xA4CF},
    {0xA960, 0xA97F},   {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE10, 0xFE19},
    {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},   {0x16FE0, 0x18AFF},
    {0x1B000, 0x1B2FF}, {0x1F004, 0x1F004}, {0x1F0CF, 0x1F0CF}, {0x1F18E, 0x1F18E},
    {0x1F191, 0x1F19A}, {0x1F200, 0x1F320}, {0x1F32D, 0x1F335}, {0x1F337, 0x1F37C},
    {0x1F37E, 0x1F393}, {0x1F3A0, 0x1F3CA}, {0x1F3CF, 0x1F3D3}, {0x1F3E0, 0x1F3F0},
    {0x1F3F4, 0x1F3F4}, {0x1F3F8, 0x1F43E}, {0x1F440, 0x1F440}, {0x1F442, 0x1F4FC},
    {0x1F4FF, 0x1F53D}, {0x1F54B, 0x1F54E}, {0x1F550, 0x1F567}, {0x1F57A, 0x1F57A},
    {0x1F595, 0x1F596}, {0x1F5A4, 0x1F5A4}, {0x1F5FB, 0x1F64F}, {0x1F680, 0x1F6C5},
    {0x1F6CC, 0x1F6CC}, {0x1F6D0, 0x1F6D2}, {0x1F6D5, 0x1F6D7}, {0x1F6DC, 0x1F6DF},
    {0x1F6EB, 0x1F6EC}, {0x1F6F4, 0x1F6FC}, {0x1F7E0, 0x1F7EB}, {0x1F7F0, 0x1F7F0},
    {0x1F90C, 0x1F93A}, {0x1F93C, 0x1F945}, {0x1F947, 0x1F9FF}, {0x1FA70, 0x1FAFF},
    {0x20000, 0x3FFFD}};

constexpr Span kZero[] = {
    {0x0300, 0x036F}, {0x0483, 0x0489},   {0x0591, 0x05BD},  {0x05BF, 0x05C7}, {0x0610, 0x061A},
    {0x064B, 0x065F}, {0x0670, 0x0670},   {0x06D6, 0x06ED},  {0x0900, 0x0902}, {0x093C, 0x093C},
    {0x0E31, 0x0E31}, {0x0E34, 0x0E3A},   {0x0E47, 0x0E4E},  {0x1160, 0x11FF}, {0x1AB0, 0x1AFF},
    {0x1DC0, 0x1DFF}, {0x200B, 0x200F},   {0x2028, 0x202E},  {0x2060, 0x206F}, {0x20D0, 0x20FF},
    {0x302A, 0x302D}, {0x3099, 0x309A},   {0xD7B0, 0xD7FF},  {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F},
    {0xFEFF, 0xFEFF}, {0x1F3FB, 0x1F3FF}, {0xE0000, 0xE0FFF}};

template <std::size_t N>
bool within(const Span (&table)[N], char32_t point) {
  const auto after = std::upper_bound(std::begin(table), std::end(table), point,
                                      [](char32_t p, const Span& span) { return p < span.first; });
  return after != std::begin(table) && point <= std::prev(after)->last;
}

bool is_control(char32_t point) { return point < 0x20 || (point >= 0x7F && point < 0xA0); }

// Invisible or direction-changing: shown text must not differ from stored text unseen.
bool is_hidden(char32_t point) {
  return point == 0x061C || point == 0x180E || (point >= 0x200B && point <= 0x200F) ||
         (point >= 0x2028 && point <= 0x202E) || (point >= 0x2060 && point <= 0x206F) ||
         point == 0xFEFF || (point >= 0xFFF9 && point <= 0xFFFB) || (point & 0xFFFE) == 0xFFFE ||
         (point >= 0xE0000 && point <= 0xE0FFF) || (point >= 0xE000 && point <= 0xF8FF);
}

constexpr char32_t kJoiner = 0x2060;
constexpr std::u32string_view kNoLineStart = U"、。，．：；？！）］｝〉》」』】〕”’…‥ㆍ·,.:;?!)]}%";
constexpr std::u32string_view kNoLineEnd = U"（［｛〈《「『【〔“‘([{";

// Han, kana and their punctuation; Korean is written in words and breaks at its spaces.
bool stands_alone(char32_t point) {
  if (point < 0x1100) return false;
  const bool hangul = (point >= 0x1100 && point <= 0x11FF) ||
                      (point >= 0x3130 && point <= 0x318F) ||
                      (point >= 0xA960 && point <= 0xA97F) || (point >= 0xAC00 && point <= 0xD7FF);
  return !hangul && width_of(point) == 2;
}

// A place where a line may end: behind `before`, in front of `after`.
bool may_break(char32_t before, char32_t after) {
  if (before != U' ' && !stands_alone(before) && !stands_alone(after)) return false;
  if (kNoLineStart.find(after) != std::u32string_view::npos) return false;
  if (kNoLineEnd.find(before) != std::u32string_view::npos) return false;
  return true;
}

bool is_digit(char32_t point) { return point >= U'0' && point <= U'9'; }

struct Piece {
  std::string text;
  int columns = 0;
};

// The text cut at all places where it may break; a piece carries the spaces that follow it.
class Pieces {
 public:
  explicit Pieces(std::string_view text) : text_(text) {}

  // False at the end.
  bool next(Piece& piece) {
    piece = std::move(begun_);
    begun_ = {};
    while (at_ < text_.size()) {
      const std::size_t start = at_;
      const char32_t point = next_code_point(text_, at_);
      if (point == kJoiner) {
        joined_ = true;
        continue;
      }
      const bool ends = breaks_before(point) && !piece.text.empty();
      joined_ = false;
      Piece& into = ends ? begun_ : piece;
      if (point == 0xFFFD)
        append_utf8(into.text, point);
      else
        into.text.append(text_, start, at_ - start);
      const int columns = width_of(point);
      into.columns += columns;
      if (columns > 0) last_ = {last_[1], last_[2], point};
      if (ends) return true;
    }
    return !piece.text.empty();
  }

 private:
  bool breaks_before(char32_t point) const {
    const bool in_date =
        is_digit(last_[0]) && last_[1] == U'.' && last_[2] == U' ' && is_digit(point);
    if (joined_ || in_date || last_[2] == 0 || point == U' ') return false;
    return may_break(last_[2], point);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Piece begun_;
  std::array<char32_t, 3> last_{};  // the characters before this one
  bool joined_ = false;
};

// How many bytes at the start of `text` are printable ASCII.
std::size_t printable(std::string_view text) {
  constexpr std::uint64_t kTops = 0x8080808080808080u, kOnes = 0x0101010101010101u;
  std::size_t at = 0;
  for (std::uint64_t eight; at + 8 <= text.size(); at += 8) {
    std::memcpy(&eight, text.data() + at, 8);
    // A top bit: above 0x7E, or, below 0x20, borrowed. A borrow can spoil only what stands after.
    if (((eight | (eight + kOnes) | (eight - 0x20 * kOnes)) & kTops) != 0) break;
  }
  while (at < text.size() && text[at] >= 0x20 && text[at] < 0x7F) ++at;
  return at;
}

void trim_end(std::string& line) {
  while (!line.empty() && line.back() == ' ') line.pop_back();
}

int bare_width(const Piece& piece) {
  const std::size_t last = piece.text.find_last_not_of(' ');
  const std::size_t spaces =
      last == std::string::npos ? piece.text.size() : piece.text.size() - last - 1;
  return piece.columns - static_cast<int>(spaces);
}

}  // namespace

char32_t next_code_point(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(at++);
  if (first < 0x80) return first;
  const int more = first >= 0xF0 && first < 0xF5   ? 3
                   : first >= 0xE0 && first < 0xF0 ? 2
                   : first >= 0xC2 && first < 0xE0 ? 1
                                                   : 0;
  if (more == 0 || at + static_cast<std::size_t>(more) > text.size()) return 0xFFFD;
  char32_t point = first & (0x3F >> more);
  for (int i = 0; i < more; ++i) {
    const unsigned char next = byte(at + static_cast<std::size_t>(i));
    if ((next & 0xC0) != 0x80) return 0xFFFD;
    point = (point << 6) | (next & 0x3F);
  }
  const bool overlong = (more == 2 && point < 0x800) || (more == 3 && point < 0x10000);
  if (overlong || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) return 0xFFFD;
  at += static_cast<std::size_t>(more);
  return point;
}

void append_utf8(std::string& out, char32_t point) {
  const auto put = [&](char32_t byte) {
    out += static_cast<char>(static_cast<unsigned char>(byte));
  };
  if (point < 0x80) return put(point);
  if (point < 0x800) {
    put(0xC0 | (point >> 6));
  } else if (point < 0x10000) {
    put(0xE0 | (point >> 12));
    put(0x80 | ((point >> 6) & 0x3F));
  } else {
    put(0xF0 | (point >> 18));
    put(0x80 | ((point >> 12) & 0x3F));
    put(0x80 | ((point >> 6) & 0x3F));
  }
  put(0x80 | (point & 0x3F));
}

int width_of(char32_t point) {
  if (point < 0x300) return is_control(point) || point == 0xAD ? 0 : 1;
  if (within(kZero, point)) return 0;
  return within(kWide, point) ? 2 : 1;
}

int width_of(std::string_view text) {
  int columns = 0;
  for (std::size_t at = 0; at < text.size();) columns += width_of(next_code_point(text, at));
  return columns;
}

// Printable ASCII, Hangul, Han, kana, and the full-width and CJK punctuation that packs use.
bool surely_clean(std::string_view text, std::size_t limit) {
  if (text.size() > limit) return false;
  const auto byte = [&](std::size_t at) {
    return at < text.size() ? static_cast<unsigned char>(text[at]) : 0u;
  };
  const auto continues = [&](std::size_t at) { return (byte(at) & 0xC0) == 0x80; };
  for (std::size_t at = printable(text); at < text.size();) {
    const unsigned lead = byte(at), second = byte(at + 1), third = byte(at + 2);
    if (lead >= 0x20 && lead < 0x7F) {
      ++at;
      continue;
    }
    if ((lead == 0xC2 && second >= 0xA0 && continues(at + 1)) ||
        (lead == 0xC3 && continues(at + 1))) {
      at += 2;  // Latin 1
      continue;
    }
    const bool letters = (lead >= 0xE3 && lead <= 0xEC) || (lead == 0xED && second < 0xA0);
    const bool punctuation =
        (lead == 0xEF && (second == 0xBC || second == 0xBD)) ||
        (lead == 0xE2 && (second == 0x80 ? third >= 0x90 && third < 0xA8 : second > 0x81));
    if (!(letters || punctuation) || !continues(at + 1) || !continues(at + 2)) return false;
    at += 3;
  }
  return true;
}

std::string clean(std::string_view text, std::size_t limit) {
  std::string out;
  out.reserve(std::min(text.size(), limit * 4));
  std::size_t points = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (++points > limit) {
      out += "…";
      break;
    }
    const char32_t point = next_code_point(text, at);
    if (point == U'\n' || point == U'\t' || point == U'\r') {
      if (out.empty() || out.back() != ' ') out += ' ';
    } else if (is_control(point) || is_hidden(point)) {
      char escape[16];
      std::snprintf(escape, sizeof escape, "\\u{%x}", static_cast<unsigned>(point));
      out += escape;
    } else {
      append_utf8(out, point);
    }
  }
  return out;
}

std::string clip(std::string_view text, int columns) {
  if (printable(text) == text.size() && static_cast<int>(text.size()) <= columns)
    return std::string(text);
  if (width_of(text) <= columns) return std::string(text);
  std::string out;
  int used = 1;  // the ellipsis
  for (std::size_t at = 0; at < text.size();) {
    const char32_t point = next_code_point(text, at);
    if (used + width_of(point) > columns) break;
    used += width_of(point);
    append_utf8(out, point);
  }
  trim_end(out);
  return out + "…";
}

std::string pad(std::string text, int columns) {
  const int missing = columns - width_of(text);
  if (missing > 0) text.append(static_cast<std::size_t>(missing), ' ');
  return text;
}

std::string unbroken(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    append_utf8(out, next_code_point(text, at));
    if (at < text.size()) append_utf8(out, kJoiner);
  }
  return out;
}

std::string without_joiners(std::string_view text) {
  if (printable(text) == text.size()) return std::string(text);
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t point = next_code_point(text, at);
    if (point != kJoiner) append_utf8(out, point);
  }
  return out;
}

std::vector<std::string> wrap(std::string_view text, int columns, std::size_t most) {
  columns = std::max(columns, 2);
  std::vector<std::string> lines;
  std::string line;
  int used = 0;
  const auto finish = [&] {
    trim_end(line);
    lines.push_back(std::move(line));
    line.clear();
    used = 0;
  };
  Pieces pieces(text);
  for (Piece piece; pieces.next(piece);) {
    if (used > 0 && used + bare_width(piece) > columns) finish();
    if (lines.size() >= most) return lines;
    if (bare_width(piece) <= columns) {
      line += piece.text;
      used += piece.columns;
      continue;
    }
    for (std::size_t at = 0; at < piece.text.size();) {  // longer than a line: cut where it is full
      const char32_t point = next_code_point(piece.text, at);
      if (used + width_of(point) > columns) finish();
      append_utf8(line, point);
      used += width_of(point);
    }
  }
  trim_end(line);
  if (!line.empty() || lines.empty()) lines.push_back(std::move(line));
  return lines;
}

}  // namespace pandect::reports
