// What makes an assessment a gate: evidence that is looked at, the baseline, and what is said on
// standard error so that a person can act. Files and messages only; what they mean is the engine's.
#pragma once

#include "assessment/assess.h"
#include "cli/inputs.h"
#include "plugins/probe.h"
#include "store/observations.h"

#include <optional>
#include <string>
#include <vector>

namespace pandect::cli {

struct GateOptions {
  std::string baseline;  // --baseline; empty: of the settings, or the default if it is there
  bool write_baseline = false;
  bool no_evidence = false;
  bool scan = false;  // or by the settings
};

// Assesses with evidence looked at, below the folder of the manifest. Empty after having printed
// why nothing was assessed. `probes`: what looks; none: those that ship. What was seen goes to
// `seen`, where it is to be recorded.
std::optional<Assessment> assess_looking(const Context& context, const Inputs& inputs,
                                         AssessOptions options, bool no_evidence,
                                         const std::vector<plugins::Probe>& probes = {},
                                         store::Observations* seen = nullptr);

// Scans the folder of the manifest, where that is wanted, and adds what contradicts the manifest;
// false after having printed why not.
bool add_contradictions(const Context& context, const Inputs& inputs, const GateOptions& options,
                        Assessment& assessment);

// Reads, applies or writes the baseline; false after having printed why not.
bool use_baseline(const Context& context, const Inputs& inputs, const GateOptions& options,
                  Assessment& assessment);

// How the first blocking duty could be waived, with the hash to paste; nothing for a prohibition.
void explain_block(const Context& context, const Assessment& assessment,
                   const std::string& fail_on);

}  // namespace pandect::cli
