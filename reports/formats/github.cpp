// Workflow commands of GitHub Actions: findings as annotations at their lines. GitHub shows ten
// errors, ten warnings and ten notices of a step, so those that stop the release come first and the
// rest is counted; code scanning (`sarif`) and the summary (`summary`) hold more.
#include "reports/clean.h"
#include "reports/layout.h"
#include "reports/notices.h"
#include "reports/report.h"

#include <array>
#include <string_view>

namespace pandect::reports {
namespace {

constexpr std::size_t kMostOfALevel = 10;
constexpr std::size_t kTitleLimit = 250;

// As the runner decodes it; a property ends at a comma or a colon, a command at a line break.
std::string escaped(std::string_view text, bool property) {
  std::string out;
  for (const char c : text) {
    const bool special = c == '%' || c == '\r' || c == '\n' || (property && (c == ':' || c == ','));
    if (!special) {
      out += c;
      continue;
    }
    out += c == '%' ? "%25" : c == '\r' ? "%0D" : c == '\n' ? "%0A" : c == ':' ? "%3A" : "%2C";
  }
  return out;
}

// Index into kLevels.
std::size_t level_of(const Notice& notice) {
  if (notice.blocks) return 0;
  if (notice.quiet() || notice.kind == NoticeKind::informational) return 2;
  if (notice.kind == NoticeKind::fail && notice.finding->level >= Severity::high) return 0;
  return notice.finding->level >= Severity::medium ? 1 : 2;
}

std::string render(const Assessment& assessment, const Options& options) {
  static constexpr std::array<std::string_view, 3> kLevels{"error", "warning", "notice"};
  const Wording words(options.lang);
  std::array<std::size_t, 3> written{};
  std::string out;
  std::size_t left_out = 0;
  for (const auto& notice : notices_of(assessment, options.run)) {
    const std::size_t level = level_of(notice);
    if (++written.at(level) > kMostOfALevel) {
      ++left_out;
      continue;
    }
    const Place& place = notice.place;
    out += "::" + std::string(kLevels.at(level)) + " file=" + escaped(place.path, true) +
           ",line=" + std::to_string(place.line);
    if (place.column > 0) out += ",col=" + std::to_string(place.column);
    const std::string title = rule_title(notice, words);
    out += ",title=" + escaped(clean(title, kTitleLimit), true) +
           "::" + escaped(notice_text(notice, words), false) + "\n";
  }
  if (left_out > 0) out += words(Word::pipe_more, {words.count(left_out)}) + "\n";
  return out + verdict_line(assessment, options.run, words) + "\n";
}

}  // namespace
}  // namespace pandect::reports

pandect::reports::Format format_github() {
  using namespace pandect::reports;
  Format format{"github", "txt", [](const pandect::Assessment& assessment, const Options& options) {
                  return render(cleaned(assessment), options);
                }};
  format.one_language = true;
  return format;
}
