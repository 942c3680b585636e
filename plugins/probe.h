// A probe looks for one kind of evidence below a root and says what it saw. It decides no law:
// whether what it saw is enough stands in the pack. A probe is one file in plugins/probes/NAME.cpp
// that defines `pandect::plugins::Probe probe_NAME()`; the build finds it.
#pragma once

#include "files/root.h"

#include "pandect/assessment.h"

#include <functional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace pandect::plugins {

struct Sighting {
  Location where;    // file relative to the root
  std::string text;  // what stands there, at most 200 characters
};

struct ProbeOutcome {
  PieceState state = PieceState::unchecked;  // shown, failed (there, but wrong), absent, unchecked
  Texts looked_for;                          // in words: "a file docs/risk*.md", "heading ..."
  Texts note;                                // why it failed or what was left unchecked
  std::vector<Sighting> seen;    // where a thing is there but wrong, the last one is the place
  std::vector<Skipped> skipped;  // files that could not be read
};

struct Probe {
  std::string name;     // as packs and manifests name it: `probe: {passage: {...}}`
  std::string summary;  // one sentence
  // `settings` is what stands behind the name; a wrong shape is an error, not an outcome.
  std::function<Result<ProbeOutcome>(const nlohmann::json& settings, const Root& root)> run;
  // The key of its settings that takes patterns of paths ("paths"); a manifest's `source` goes
  // there. Empty: it cannot be pointed at one file.
  std::string places;
  bool wants_day = false;  // `as_of` is put into its settings, since a probe has no clock
};

// All probes that ship, by name.
std::vector<Probe> probes();

}  // namespace pandect::plugins
