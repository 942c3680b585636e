// probe: {passage: {in: [docs/**/*.md], patterns: {en: ..., ko: ..., zh: ...}, at_least: 1}}: words
// stand in a file, in any of the languages. Patterns are RE2.
#include "plugins/reading/files.h"
#include "plugins/reading/search.h"
#include "plugins/reading/settings.h"

namespace pandect::plugins {
namespace {

constexpr std::size_t kMostSeen = 20;

Result<ProbeOutcome> run(const nlohmann::json& written, const Root& root) {
  ProbeSettings settings(written, "passage");
  const auto places = settings.texts("in");
  const auto patterns = settings.variants("patterns");
  const auto needed = settings.count("at_least", 1);
  if (places.empty() || patterns.empty())
    settings.wrong("the probe `passage` needs `in` and `patterns`",
                   "write `passage: {in: [docs/**/*.md], patterns: {en: '(?i)training data'}}`");
  if (has_errors(settings.problems())) return settings.problems();
  const auto compiled = Patterns::compile(patterns);
  if (!compiled) return compiled.errors();
  ProbeOutcome outcome;
  outcome.looked_for =
      sought({"passage", "문구", "文字"}, listed(patterns), {listed(places), "", ""});
  std::size_t found = 0;
  std::vector<Sighting> without;
  const auto files =
      each_text(root, places, outcome, [&](const std::string& path, const std::string& text) {
        const auto here = compiled->find(path, text, kMostSeen, outcome.seen);
        if (here == 0 && without.empty()) without.push_back({{path, 0, 0}, ""});
        found += here;
      });
  if (found >= needed) {
    outcome.state = PieceState::shown;
  } else if (files == 0) {
    outcome.state = PieceState::absent;
    outcome.note = no_such_file();
  } else {
    outcome.state = PieceState::failed;
    const std::string have = std::to_string(found), want = std::to_string(needed),
                      in = std::to_string(files);
    outcome.note = {have + " of " + want + " found in " + in + (files == 1 ? " file" : " files"),
                    "필요한 " + want + "건 중 " + have + "건 발견(파일 " + in + "개 확인)",
                    "需要 " + want + " 处，在 " + in + " 个文件中找到 " + have + " 处"};
    if (outcome.seen.empty()) outcome.seen = without;
  }
  return outcome;
}

}  // namespace
}  // namespace pandect::plugins

pandect::plugins::Probe probe_passage() {
  return {"passage", "Words stand in a file.", pandect::plugins::run, "in"};
}
