// probe: {notice: {patterns: {en: ..., ko: ..., zh: ...}, in: [locales/**]}}: what users are told
// stands in the texts of the interface or in templates. A comment tells nobody anything.
#include "plugins/reading/comments.h"
#include "plugins/reading/files.h"
#include "plugins/reading/search.h"
#include "plugins/reading/settings.h"

#include <algorithm>
#include <array>

namespace pandect::plugins {
namespace {

constexpr std::size_t kMostSeen = 20;

// Files of these kinds hold what a user sees.
const char* const kInterface =
    "**/"
    "*.{json,arb,yaml,yml,po,properties,strings,ftl,html,htm,jsx,tsx,js,ts,vue,svelte,ejs,hbs,njk,"
    "jinja,jinja2,j2,tmpl,xml,dart}";

// Files about the project itself, which no user sees.
bool is_about_project(std::string_view path) {
  static constexpr std::array<std::string_view, 7> kNames{
      "package.json",  "package-lock.json", "tsconfig.json", "pandect.yaml",
      "composer.json", "pnpm-lock.yaml",    "pom.xml"};
  const auto name = path.substr(path.rfind('/') + 1);
  return name.starts_with(".pandect.") ||
         std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

Result<ProbeOutcome> run(const nlohmann::json& written, const Root& root) {
  ProbeSettings settings(written, "notice");
  auto places = settings.texts("in");
  const auto patterns = settings.variants("patterns");
  const auto needed = settings.count("at_least", 1);
  if (patterns.empty())
    settings.wrong("the probe `notice` needs `patterns`",
                   "write `notice: {patterns: {en: '(?i)made with AI', ko: '인공지능'}}`");
  if (has_errors(settings.problems())) return settings.problems();
  const auto compiled = Patterns::compile(patterns);
  if (!compiled) return compiled.errors();
  ProbeOutcome outcome;
  outcome.looked_for = sought({"notice", "고지", "告知"}, listed(patterns),
                              places.empty() ? Texts{"interface texts", "화면 문구", "界面文字"}
                                             : Texts{listed(places), "", ""});
  if (places.empty()) places.emplace_back(kInterface);
  std::size_t found = 0, commented = 0;
  std::vector<Sighting> only_comments;
  std::vector<Sighting> without;
  each_text(root, places, outcome, [&](const std::string& path, std::string text) {
    if (is_about_project(path) || found >= kMostSeen) return;
    std::vector<Sighting> raw;
    if (without.empty()) without.push_back({{path, 0, 0}, ""});
    if (compiled->find(path, text, 1, raw) == 0) return;
    const auto here = compiled->find(path, without_comments(extension_of(path), std::move(text)),
                                     kMostSeen, outcome.seen);
    found += here;
    if (here > 0) return;
    ++commented;
    only_comments.insert(only_comments.end(), raw.begin(), raw.end());
  });
  if (found >= needed) {
    outcome.state = PieceState::shown;
  } else if (commented > 0) {
    outcome.state = PieceState::failed;
    outcome.note = {"only in comments, which users do not see",
                    "이용자에게 보이지 않는 주석에만 있음", "仅见于用户看不到的注释"};
    outcome.seen.push_back(only_comments.front());
  } else if (found > 0 || (!without.empty() && settings.value("in") != nullptr)) {
    outcome.state = PieceState::failed;
    const std::string have = std::to_string(found), want = std::to_string(needed);
    outcome.note = {have + " of " + want + " found", "필요한 " + want + "건 중 " + have + "건 발견",
                    "需要 " + want + " 处，找到 " + have + " 处"};
    if (outcome.seen.empty()) outcome.seen = without;
  } else {
    outcome.state = PieceState::absent;
  }
  return outcome;
}

}  // namespace
}  // namespace pandect::plugins

pandect::plugins::Probe probe_notice() {
  return {"notice", "What users are told stands in interface texts or templates.",
          pandect::plugins::run, ""};
}
