// probe: {file: {paths: ["docs/risk*.md", ...], at_least: 1}}: a file is there, and holds
// something.
#include "plugins/probe.h"

#include <nlohmann/json.hpp>

namespace pandect::plugins {
namespace {

Diagnostic wrong(std::string message) {
  return {Level::error,
          "probe-settings",
          {},
          std::move(message),
          "write `file: {paths: [docs/risk*.md]}`"};
}

Result<ProbeOutcome> run(const nlohmann::json& settings, const Root& root) {
  if (!settings.is_object() || !settings.contains("paths"))
    return wrong("the probe `file` needs `paths`");
  std::vector<std::string> patterns;
  const auto& paths = settings["paths"];
  for (const auto& each : paths.is_array() ? paths : nlohmann::json::array({paths})) {
    if (!each.is_string()) return wrong("`paths` of the probe `file` holds texts");
    patterns.push_back(each.get<std::string>());
  }
  ProbeOutcome outcome;
  for (const auto& each : patterns)
    outcome.looked_for += (outcome.looked_for.empty() ? "a file " : ", ") + each;
  const auto needed = settings.value("at_least", 1u);
  for (const auto& file : root.glob(patterns)) {
    if (file.size == 0) {
      outcome.note = file.path + " is empty";
      outcome.state = PieceState::failed;
      continue;
    }
    outcome.seen.push_back({{file.path, 0, 0}, file.path});
  }
  if (outcome.seen.size() >= needed) {
    outcome.state = PieceState::shown;
  } else if (outcome.state != PieceState::failed) {
    outcome.state = outcome.seen.empty() ? PieceState::absent : PieceState::failed;
  }
  return outcome;
}

}  // namespace
}  // namespace pandect::plugins

pandect::plugins::Probe probe_file() {
  return {"file", "A file is there and is not empty.", pandect::plugins::run};
}
