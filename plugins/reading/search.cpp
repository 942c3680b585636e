#include "plugins/reading/search.h"

#include "plugins/reading/files.h"

#include <algorithm>

#include <re2/re2.h>

namespace pandect::plugins {

struct Patterns::Compiled {
  std::vector<std::unique_ptr<RE2>> each;
};

Result<Patterns> Patterns::compile(const std::vector<std::string>& patterns) {
  constexpr std::int64_t kMemory = 8 << 20;
  constexpr std::size_t kMost = 200;
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(kMemory);
  const auto compiled = std::make_shared<Compiled>();
  Diagnostics problems;
  if (patterns.size() > kMost)
    problems.push_back(
        {Level::error, "probe-settings", {}, "a probe takes at most 200 patterns", ""});
  for (const auto& pattern : patterns) {
    if (has_errors(problems)) break;
    compiled->each.push_back(std::make_unique<RE2>("(?m)" + pattern, options));
    if (compiled->each.back()->ok()) continue;
    problems.push_back(
        {Level::error,
         "probe-settings",
         {},
         "the pattern `" + pattern + "` is no RE2 expression: " + compiled->each.back()->error(),
         "quote special characters with a backslash"});
  }
  if (has_errors(problems)) return problems;
  Patterns result;
  result.compiled_ = compiled;
  return result;
}

std::size_t Patterns::find(const std::string& path, std::string_view text, std::size_t most,
                           std::vector<Sighting>& seen) const {
  std::vector<int> lines;
  for (const auto& pattern : compiled_->each) {
    std::size_t at = 0;
    re2::StringPiece found;
    const re2::StringPiece all(text.data(), text.size());
    while (lines.size() < most && at <= text.size() &&
           pattern->Match(all, at, text.size(), RE2::UNANCHORED, &found, 1)) {
      const auto offset = static_cast<std::size_t>(found.data() - text.data());
      const int line = line_at(text, offset);
      at = std::min(text.find('\n', offset + found.size()), text.size()) + 1;
      if (std::find(lines.begin(), lines.end(), line) != lines.end()) continue;
      lines.push_back(line);
      const auto start = text.substr(0, offset).rfind('\n');
      const auto column = offset - (start == std::string_view::npos ? 0 : start + 1) + 1;
      if (seen.size() < most)
        seen.push_back({{path, line, static_cast<int>(column)}, excerpt(text, offset)});
    }
  }
  return lines.size();
}

}  // namespace pandect::plugins
