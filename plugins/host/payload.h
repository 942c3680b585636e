// What crosses the border of a plugin as JSON, and the values it stands for. Reading is strict: an
// unknown key, a wrong type or a value out of range is an error that says which and what was
// expected. Knows nothing of calls and handles.
#pragma once

#include "plugins/probe.h"

#include "pandect/proposal.h"

#include <string>
#include <string_view>

namespace pandect::plugins {

inline constexpr std::size_t kMaximumPayload = 1u << 20;  // of one outcome, proposal, diagnostic
inline constexpr int kMaximumDepth = 32;                  // of their JSON

Result<ProbeOutcome> read_outcome(std::string_view json);
Result<Proposal> read_proposal(std::string_view json, ProposalClass otherwise);
// Errors, or none and `diagnostic` filled in.
Diagnostics read_diagnostic(std::string_view json, Diagnostic& diagnostic);

std::string write_outcome(const ProbeOutcome& outcome);
std::string write_proposal(const Proposal& proposal);
std::string write_diagnostic(const Diagnostic& diagnostic);

}  // namespace pandect::plugins
