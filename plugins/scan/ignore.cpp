#include "plugins/scan/ignore.h"

#include <algorithm>

namespace pandect::scan {
namespace {

std::vector<std::string> split(std::string_view path) {
  std::vector<std::string> parts;
  std::size_t start = 0;
  while (start <= path.size()) {
    const std::size_t slash = std::min(path.find('/', start), path.size());
    if (slash > start) parts.emplace_back(path.substr(start, slash - start));
    start = slash + 1;
  }
  return parts;
}

// `[...]` at the beginning of a pattern: whether it has the sign, and where it ends; 0 if it is not
// closed, and then nothing matches (as in git).
std::pair<bool, std::size_t> bracket(std::string_view pattern, char sign) {
  std::size_t at = 1;
  const bool negated = at < pattern.size() && (pattern[at] == '!' || pattern[at] == '^');
  if (negated) ++at;
  bool found = false, first = true;
  const auto one = [&]() -> unsigned char {
    if (pattern[at] == '\\' && at + 1 < pattern.size()) ++at;
    return static_cast<unsigned char>(pattern[at++]);
  };
  while (at < pattern.size() && (pattern[at] != ']' || first)) {
    first = false;
    const unsigned char low = one();
    unsigned char high = low;
    if (at + 1 < pattern.size() && pattern[at] == '-' && pattern[at + 1] != ']') {
      ++at;
      high = one();
    }
    const auto value = static_cast<unsigned char>(sign);
    found = found || (low <= value && value <= high);
  }
  if (at >= pattern.size()) return {false, 0};
  return {found != negated, at + 1};
}

// Length of the first element of a pattern if it matches the sign; 0 if not.
std::size_t one_matches(std::string_view pattern, char sign) {
  switch (pattern[0]) {
    case '?':
      return 1;
    case '[': {
      const auto [found, end] = bracket(pattern, sign);
      return found ? end : 0;
    }
    case '\\':
      return pattern.size() > 1 && pattern[1] == sign ? 2 : 0;
    default:
      return pattern[0] == sign ? 1 : 0;
  }
}

}  // namespace

bool name_matches(std::string_view pattern, std::string_view name) {
  std::size_t p = 0, n = 0, star = std::string_view::npos, from = 0;
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      from = n;
      continue;
    }
    const std::size_t length = p < pattern.size() ? one_matches(pattern.substr(p), name[n]) : 0;
    if (length > 0) {
      p += length;
      ++n;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      n = ++from;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

void IgnoreRules::add(std::string_view folder, std::string_view text) {
  std::vector<Rule> list;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    at = end + 1;
    if (line.ends_with('\r')) line.remove_suffix(1);
    while (line.ends_with(' ') && !line.ends_with("\\ ")) line.remove_suffix(1);
    if (line.empty() || line[0] == '#') continue;
    Rule rule;
    if (line[0] == '!') {
      rule.negated = true;
      line.remove_prefix(1);
    }
    if (line.ends_with('/')) {
      rule.folders_only = true;
      line.remove_suffix(1);
    }
    rule.anchored = line.find('/') != std::string_view::npos;
    rule.parts = split(line);
    if (rule.parts.empty()) continue;
    rule.literal = line.find_first_of("*?[\\") == std::string_view::npos;
    list.push_back(std::move(rule));
  }
  if (!list.empty()) rules_[std::string(folder)] = std::move(list);
}

bool IgnoreRules::matches(const Rule& rule, std::string_view relative, bool is_folder) {
  if (rule.folders_only && !is_folder) return false;
  if (!rule.anchored) {
    const std::size_t slash = relative.rfind('/');
    const auto name = slash == std::string_view::npos ? relative : relative.substr(slash + 1);
    return rule.literal ? rule.parts[0] == name : name_matches(rule.parts[0], name);
  }
  // As with `*` in a name: the last `**` alone needs to be tried again.
  const std::vector<std::string> names = split(relative);
  const auto& parts = rule.parts;
  std::size_t p = 0, n = 0, star = std::string::npos, from = 0;
  while (n < names.size()) {
    if (p < parts.size() && parts[p] == "**") {
      if (p + 1 == parts.size()) return true;  // everything inside, and there is something
      star = p++;
      from = n;
    } else if (p < parts.size() && name_matches(parts[p], names[n])) {
      ++p;
      ++n;
    } else if (star != std::string::npos) {
      p = star + 1;
      n = ++from;
    } else {
      return false;
    }
  }
  return p == parts.size();
}

bool IgnoreRules::ignored(std::string_view path, bool is_folder) const {
  if (rules_.empty()) return false;
  std::size_t end = path.rfind('/');
  while (true) {
    const bool top = end == std::string_view::npos;
    const auto folder = top ? std::string_view{} : path.substr(0, end);
    if (const auto found = rules_.find(folder); found != rules_.end()) {
      const auto relative = top ? path : path.substr(end + 1);
      for (auto rule = found->second.rbegin(); rule != found->second.rend(); ++rule) {
        if (matches(*rule, relative, is_folder)) return !rule->negated;
      }
    }
    if (top) return false;
    end = end == 0 ? std::string_view::npos : path.rfind('/', end - 1);
  }
}

}  // namespace pandect::scan
