// probe: {file: {paths: ["docs/risk*.md", ...], at_least: 1}}: a file is there, and holds
// something.
#include "evidence/evidence.h"
#include "plugins/reading/files.h"
#include "plugins/reading/settings.h"

namespace pandect::plugins {
namespace {

Result<ProbeOutcome> run(const nlohmann::json& written, const Root& root) {
  ProbeSettings settings(written, "file");
  const auto patterns = settings.texts("paths");
  const auto needed = settings.count("at_least", 1);
  if (patterns.empty())
    settings.wrong("the probe `file` needs `paths`", "write `file: {paths: [docs/risk*.md]}`");
  if (has_errors(settings.problems())) return settings.problems();
  ProbeOutcome outcome;
  outcome.looked_for = file_text(listed(patterns));
  std::vector<Sighting> empty;
  for (const auto& file : root.glob(patterns)) {
    auto& list = file.size == 0 ? empty : outcome.seen;
    list.push_back({{file.path, 0, 0}, file.path});
  }
  if (outcome.seen.size() >= needed) {
    outcome.state = PieceState::shown;
    return outcome;
  }
  outcome.state = outcome.seen.empty() && empty.empty() ? PieceState::absent : PieceState::failed;
  if (!empty.empty()) outcome.note = empty_file(empty.front().text);
  outcome.seen.insert(outcome.seen.end(), empty.begin(), empty.end());
  return outcome;
}

}  // namespace
}  // namespace pandect::plugins

pandect::plugins::Probe probe_file() {
  return {"file", "A file is there and is not empty.", pandect::plugins::run, "paths"};
}
