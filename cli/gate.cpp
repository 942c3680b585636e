#include "cli/gate.h"

#include "assessment/baseline.h"
#include "assessment/findings.h"
#include "packs/folder.h"
#include "plugins/evidence.h"
#include "plugins/scan/contradictions.h"
#include "plugins/scan/scan.h"

#include <algorithm>
#include <filesystem>

namespace pandect::cli {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kSkippedShown = 5;

void report_skipped(const Context& context, const std::vector<SkippedItem>& skipped) {
  for (std::size_t i = 0; i < skipped.size() && i < kSkippedShown; ++i)
    context.err("pandect: not looked at: " + skipped[i].path + " (" + skipped[i].reason + ")");
  if (skipped.size() > kSkippedShown) {
    context.err("pandect: " + std::to_string(skipped.size() - kSkippedShown) +
                " more were not looked at; --format json lists all under `skipped`");
  }
}

// The file of the baseline, and whether somebody named it.
std::pair<std::string, bool> baseline_file(const Inputs& inputs, const GateOptions& options) {
  if (!options.baseline.empty()) return {options.baseline, true};
  if (!inputs.settings.baseline.empty())
    return {(fs::path(inputs.folder) / inputs.settings.baseline).string(), true};
  if (inputs.folder.empty()) return {"", false};
  return {(fs::path(inputs.folder) / ".pandect.baseline.json").string(), false};
}

bool write_baseline(const Context& context, const std::string& file, Assessment& assessment) {
  const std::string text = baseline_text(assessment);
  if (!write_file(context, file, text)) return false;
  const auto written = read_baseline(file, text);
  if (!written) {
    context.report(written.errors());
    return false;
  }
  apply_baseline(assessment, *written);
  context.err("pandect: " + std::to_string(written->known.size()) + " findings written to " + file +
              "; from now on only new ones stop a release");
  return true;
}

}  // namespace

std::optional<Assessment> assess_looking(const Context& context, const Inputs& inputs,
                                         AssessOptions options, bool no_evidence,
                                         const std::vector<plugins::Probe>& probes,
                                         store::Observations* seen) {
  std::optional<plugins::EvidenceLooker> looker;
  std::optional<store::RecordingLooker> recording;
  if (!no_evidence && !inputs.folder.empty()) {
    looker.emplace(inputs.folder, probes.empty() ? plugins::probes() : probes, options.as_of,
                   inputs.settings.evidence_paths, inputs.settings.ignore);
    options.looker = &*looker;
    if (seen != nullptr) options.looker = &recording.emplace(*looker);
  }
  auto assessment = assess(*inputs.program, inputs.manifest, options);
  const Diagnostics wrong = looker ? looker->problems() : Diagnostics{};
  if (!assessment) context.report(assessment.errors());
  context.report(wrong);
  if (!assessment || has_errors(wrong)) {
    context.err("pandect: nothing was assessed");
    return std::nullopt;
  }
  if (looker) {
    assessment->skipped = looker->skipped();
    report_skipped(context, assessment->skipped);
  }
  if (recording) *seen = recording->observations();
  return std::move(*assessment);
}

bool add_contradictions(const Context& context, const Inputs& inputs, const GateOptions& options,
                        Assessment& assessment) {
  if (!options.scan && inputs.settings.scan != "true") return true;
  if (inputs.folder.empty()) {
    if (!options.scan) return true;
    context.err("pandect check: --scan needs a folder; a manifest from standard input has none");
    return false;
  }
  const auto root = Root::open(inputs.folder);
  auto pack = scan::read_signals(context.rules + "/signals");
  if (!root || !pack) {
    context.report(root ? pack.errors() : root.errors());
    return false;
  }
  const auto result = scan::scan(*root, std::move(*pack));
  const auto findings = scan::contradictions(*inputs.program, inputs.manifest, result);
  // They speak of the repository as a whole, and of no system that agrees: they stand once.
  const auto first =
      std::find_if(assessment.subjects.begin(), assessment.subjects.end(),
                   [](const SubjectAssessment& subject) { return subject.kind == "system"; });
  if (first != assessment.subjects.end()) add_outside_findings(assessment, first->id, findings);
  return true;
}

bool use_baseline(const Context& context, const Inputs& inputs, const GateOptions& options,
                  Assessment& assessment) {
  const auto [file, stated] = baseline_file(inputs, options);
  if (options.write_baseline) {
    if (!file.empty()) return write_baseline(context, file, assessment);
    context.err(
        "pandect check: --write-baseline needs --baseline FILE for a manifest from standard "
        "input");
    return false;
  }
  std::error_code error;
  if (file.empty() || (!stated && !fs::exists(file, error))) return true;
  auto text = read_text(file, yaml::kMaximumBytes);
  if (!text) {
    context.report(text.errors());
    return false;
  }
  const auto baseline = read_baseline(file, std::move(*text));
  if (!baseline) {
    context.report(baseline.errors());
    return false;
  }
  apply_baseline(assessment, *baseline);
  const BaselineUsed& used = *assessment.baseline;
  context.err("pandect: baseline " + file + ": " + std::to_string(used.known) + " known, " +
              std::to_string(used.added) + " new, " + std::to_string(used.gone.size()) + " gone");
  return true;
}

void explain_block(const Context& context, const Assessment& assessment,
                   const std::string& fail_on) {
  static const std::vector<std::string> levels{"low", "medium", "high", "critical"};
  const auto limit = std::find(levels.begin(), levels.end(), fail_on) - levels.begin();
  for (const auto& subject : assessment.subjects) {
    for (const auto& finding : subject.findings) {
      if (static_cast<int>(finding.level) < limit || !can_block(finding)) continue;
      if (is_prohibition(finding)) continue;
      const std::string id = finding.about.substr(0, finding.about.find('/'));
      for (const auto& duty : subject.obligations) {
        if (duty.id != id || !duty.fulfilment || duty.prohibition) continue;
        context.err("pandect: blocked by " + id +
                    ". Mend it, or let a named person contest, defer or accept it in the manifest "
                    "or .pandect.waivers.yaml:\nwaivers:\n" +
                    waiver_stanza(subject.id, id, assessment.as_of, duty.facts_hash));
        return;
      }
    }
  }
}

}  // namespace pandect::cli
