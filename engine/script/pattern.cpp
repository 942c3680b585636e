#include "script/pattern.h"

namespace pandect::script {
namespace {

bool between(unsigned char c, char low, char high) {
  return c >= static_cast<unsigned char>(low) && c <= static_cast<unsigned char>(high);
}

// %a, %d, ...: ASCII only, in every locale.
bool in_class(unsigned char c, char letter) {
  const bool upper = between(c, 'A', 'Z'), lower = between(c, 'a', 'z'),
             digit = between(c, '0', '9');
  bool result = false;
  switch (letter | 0x20) {
    case 'a':
      result = upper || lower;
      break;
    case 'c':
      result = c < 0x20 || c == 0x7f;
      break;
    case 'd':
      result = digit;
      break;
    case 'g':
      result = c > 0x20 && c < 0x7f;
      break;
    case 'l':
      result = lower;
      break;
    case 'p':
      result = c > 0x20 && c < 0x7f && !upper && !lower && !digit;
      break;
    case 's':
      result = c == ' ' || between(c, '\t', '\r');
      break;
    case 'u':
      result = upper;
      break;
    case 'w':
      result = upper || lower || digit;
      break;
    case 'x':
      result = digit || between(c, 'A', 'F') || between(c, 'a', 'f');
      break;
    default:
      return static_cast<unsigned char>(letter) == c;
  }
  return (letter & 0x20) != 0 ? result : !result;
}

}  // namespace

std::size_t Pattern::match(std::size_t from) {
  level_ = 0;
  depth_ = 0;
  return step(from, 0);
}

std::size_t Pattern::end_of_class(std::size_t at) {
  if (at >= pattern_.size()) fail_("malformed pattern (ends where an item is expected)");
  const char first = pattern_[at++];
  if (first == '%') {
    if (at >= pattern_.size()) fail_("malformed pattern (ends with '%')");
    return at + 1;
  }
  if (first != '[') return at;
  if (item(at) == '^') ++at;
  do {  // a `]` that comes first stands for itself
    if (at >= pattern_.size()) fail_("malformed pattern (missing ']')");
    if (pattern_[at++] == '%') ++at;
  } while (item(at) != ']');
  return at + 1;
}

bool Pattern::in_set(unsigned char c, std::size_t at, std::size_t end) {
  bool wanted = true;
  const std::size_t last = end - 1;  // the closing bracket
  if (item(++at) == '^') {
    wanted = false;
    ++at;
  }
  for (; at < last; ++at) {
    work(1);
    if (pattern_[at] == '%') {
      if (in_class(c, pattern_[++at])) return wanted;
    } else if (at + 2 < last && pattern_[at + 1] == '-') {
      if (between(c, pattern_[at], pattern_[at + 2])) return wanted;
      at += 2;
    } else if (static_cast<unsigned char>(pattern_[at]) == c) {
      return wanted;
    }
  }
  return !wanted;
}

bool Pattern::single(std::size_t at, std::size_t first, std::size_t end) {
  work(1);
  if (at >= text_.size()) return false;
  const auto c = static_cast<unsigned char>(text_[at]);
  switch (pattern_[first]) {
    case '.':
      return true;
    case '%':
      return in_class(c, pattern_[first + 1]);
    case '[':
      return in_set(c, first, end);
    default:
      return static_cast<unsigned char>(pattern_[first]) == c;
  }
}

std::size_t Pattern::longest(std::size_t at, std::size_t first, std::size_t end) {
  std::size_t count = 0;
  while (single(at + count, first, end)) ++count;
  for (std::size_t left = count + 1; left > 0; --left) {
    const std::size_t found = step(at + left - 1, end + 1);
    if (found != kNoMatch) return found;
  }
  return kNoMatch;
}

std::size_t Pattern::shortest(std::size_t at, std::size_t first, std::size_t end) {
  for (;; ++at) {
    const std::size_t found = step(at, end + 1);
    if (found != kNoMatch) return found;
    if (!single(at, first, end)) return kNoMatch;
  }
}

std::size_t Pattern::open_capture(std::size_t at, std::size_t next, std::size_t size) {
  if (level_ >= kCaptures) fail_("too many captures");
  captures_[static_cast<std::size_t>(level_++)] = {at, size};
  const std::size_t found = step(at, next);
  if (found == kNoMatch) --level_;
  return found;
}

std::size_t Pattern::close_capture(std::size_t at, std::size_t next) {
  for (int i = level_ - 1; i >= 0; --i) {
    auto& open = captures_[static_cast<std::size_t>(i)];
    if (open.size != kOpen) continue;
    open.size = at - open.from;
    const std::size_t found = step(at, next);
    if (found == kNoMatch) open.size = kOpen;
    return found;
  }
  fail_("invalid pattern capture");
  return kNoMatch;
}

std::size_t Pattern::balanced(std::size_t at, std::size_t next) {
  if (next + 1 >= pattern_.size()) fail_("malformed pattern (missing arguments to '%b')");
  if (at >= text_.size() || text_[at] != pattern_[next]) return kNoMatch;
  std::size_t open = 1;
  for (std::size_t i = at + 1; i < text_.size(); ++i) {
    work(1);
    if (text_[i] == pattern_[next + 1]) {
      if (--open == 0) return i + 1;
    } else if (text_[i] == pattern_[next]) {
      ++open;
    }
  }
  return kNoMatch;
}

std::size_t Pattern::repeated(std::size_t at, char digit) {
  const int index = digit - '1';
  if (index < 0 || index >= level_ || captures_[static_cast<std::size_t>(index)].size >= kOpen)
    fail_("invalid capture index in the pattern");
  const auto [from, size] = captures_[static_cast<std::size_t>(index)];
  work(size);
  return text_.size() - at >= size && text_.substr(from, size) == text_.substr(at, size) ? at + size
                                                                                         : kNoMatch;
}

// The rest of the pattern from `next` on at `at`; items that nothing follows loop here.
std::size_t Pattern::step(std::size_t at, std::size_t next) {
  if (++depth_ > kDepth) fail_("pattern too complex");
  struct Leave {
    int& depth;
    ~Leave() { --depth; }
  } leave{depth_};
  while (next < pattern_.size()) {
    work(1);
    const char c = pattern_[next];
    if (c == '(')
      return item(next + 1) == ')' ? open_capture(at, next + 2, kPosition)
                                   : open_capture(at, next + 1, kOpen);
    if (c == ')') return close_capture(at, next + 1);
    if (c == '$' && next + 1 == pattern_.size()) return at == text_.size() ? at : kNoMatch;
    if (c == '%') {
      const char kind = item(next + 1);
      if (kind == 'b') {
        at = balanced(at, next + 2);
        if (at == kNoMatch) return kNoMatch;
        next += 4;
        continue;
      }
      if (kind == 'f') {
        next += 2;
        if (item(next) != '[') fail_("missing '[' after '%f' in pattern");
        const std::size_t end = end_of_class(next);
        const unsigned char before = at == 0 ? '\0' : static_cast<unsigned char>(text_[at - 1]);
        const unsigned char here = at < text_.size() ? static_cast<unsigned char>(text_[at]) : '\0';
        if (in_set(before, next, end) || !in_set(here, next, end)) return kNoMatch;
        next = end;
        continue;
      }
      if (kind >= '0' && kind <= '9') {
        at = repeated(at, kind);
        if (at == kNoMatch) return kNoMatch;
        next += 2;
        continue;
      }
    }
    const std::size_t end = end_of_class(next);
    switch (item(end)) {
      case '*':
        return longest(at, next, end);
      case '+':
        return single(at, next, end) ? longest(at + 1, next, end) : kNoMatch;
      case '-':
        return shortest(at, next, end);
      case '?':
        if (single(at, next, end)) {
          const std::size_t found = step(at + 1, end + 1);
          if (found != kNoMatch) return found;
        }
        next = end + 1;
        continue;
      default:
        if (!single(at, next, end)) return kNoMatch;
        ++at;
        next = end;
    }
  }
  return at;
}

}  // namespace pandect::script
