#include "files/glob.h"

#include <algorithm>

namespace pandect {
namespace {

constexpr std::size_t kMostAlternatives = 256;

bool in_class(std::string_view pattern, std::size_t& at, char byte) {
  std::size_t i = at + 1;
  const bool inverted = i < pattern.size() && (pattern[i] == '!' || pattern[i] == '^');
  if (inverted) ++i;
  bool found = false;
  for (bool first = true; i < pattern.size() && (first || pattern[i] != ']'); first = false) {
    const char low = pattern[i];
    char high = low;
    if (i + 2 < pattern.size() && pattern[i + 1] == '-' && pattern[i + 2] != ']') {
      high = pattern[i + 2];
      i += 2;
    }
    found = found || (low <= byte && byte <= high);
    ++i;
  }
  at = std::min(i, pattern.size() - 1);
  return found != inverted;
}

// One name against one part of the pattern: the usual greedy match that remembers the last star.
bool name_matches(std::string_view pattern, std::string_view name) {
  std::size_t p = 0, n = 0, star = std::string_view::npos, resume = 0;
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = n;
      continue;
    }
    std::size_t next = p;
    const bool one =
        p < pattern.size() &&
        (pattern[p] == '?' || (pattern[p] == '[' && in_class(pattern, next, name[n])) ||
         (pattern[p] != '[' && pattern[p] == name[n]));
    if (one) {
      p = next + 1;
      ++n;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      n = ++resume;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

std::vector<std::string_view> parts_of(std::string_view path) {
  std::vector<std::string_view> parts;
  std::size_t start = 0;
  while (start <= path.size()) {
    const std::size_t slash = std::min(path.find('/', start), path.size());
    if (slash > start) parts.push_back(path.substr(start, slash - start));
    start = slash + 1;
  }
  return parts;
}

bool parts_match(const std::vector<std::string_view>& pattern,
                 const std::vector<std::string_view>& path) {
  // reach[j]: the pattern so far matches the first j names.
  std::vector<char> reach(path.size() + 1, 0), next;
  reach[0] = 1;
  for (const auto part : pattern) {
    next.assign(path.size() + 1, 0);
    if (part == "**") {
      bool any = false;
      for (std::size_t j = 0; j <= path.size(); ++j) {
        any = any || reach[j] != 0;
        next[j] = any ? 1 : 0;
      }
    } else {
      for (std::size_t j = 0; j < path.size(); ++j) {
        if (reach[j] != 0 && name_matches(part, path[j])) next[j + 1] = 1;
      }
    }
    reach.swap(next);
  }
  return reach[path.size()] != 0;
}

}  // namespace

std::vector<std::string> glob_alternatives(std::string_view pattern) {
  std::vector<std::string> open{std::string(pattern)}, done;
  while (!open.empty()) {
    const std::string text = std::move(open.back());
    open.pop_back();
    const std::size_t left = text.find('{');
    const std::size_t right = left == std::string::npos ? left : text.find('}', left);
    if (right == std::string::npos || done.size() + open.size() >= kMostAlternatives) {
      if (done.size() < kMostAlternatives) done.push_back(text);
      continue;
    }
    std::size_t start = left + 1;
    std::vector<std::string> variants;
    while (start <= right) {
      const std::size_t comma = std::min(text.find(',', start), right);
      variants.push_back(text.substr(0, left) + text.substr(start, comma - start) +
                         text.substr(right + 1));
      start = comma + 1;
    }
    for (auto each = variants.rbegin(); each != variants.rend(); ++each) open.push_back(*each);
  }
  return done;
}

bool glob_matches(std::string_view pattern, std::string_view path) {
  const auto names = parts_of(path);
  const auto alternatives = glob_alternatives(pattern);
  return std::any_of(alternatives.begin(), alternatives.end(),
                     [&](const std::string& each) { return parts_match(parts_of(each), names); });
}

}  // namespace pandect
