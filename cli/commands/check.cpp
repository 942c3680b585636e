// pandect check: assesses a manifest and says by its exit status whether a release may go out.
#include "cli/gate.h"
#include "cli/inputs.h"
#include "cli/rendering.h"
#include "cli/run.h"
#include "cli/store_access.h"

#include <algorithm>

namespace pandect::cli {
namespace {

struct Options {
  InputOptions input;
  RenderingOptions rendering;
  std::string fail_on, fail_on_unknown;
  GateOptions gate;
  bool record = false;
  std::string store;
};

// One table for manifest, settings file and help.
std::string settings_help() {
  std::string text =
      "Settings stand in .pandect.toml beside the manifest, or under `settings:` in it;\n"
      "flags win, then the manifest, then the file:\n";
  for (const auto& each : setting_keys()) {
    std::string name(each.name);
    name.resize(std::max<std::size_t>(name.size(), 16), ' ');
    text += "  " + name + " " + std::string(each.meaning) + "\n";
  }
  return text;
}

int run(const Context& context, const Options& options) {
  if (options.record && options.store.empty() && options.input.path == "-") {
    context.err("pandect check: --record needs --store FILE for a manifest from standard input");
    return kNoVerdict;
  }
  const auto rendering = Rendering::choose(context, options.rendering);
  if (!rendering) return kNoVerdict;
  const auto inputs = read_inputs(context, options.input);
  if (!inputs) return kNoVerdict;
  AssessOptions assess_options = inputs->assess;
  assess_options.with_not_applicable = options.rendering.all;
  assess_options.with_proofs = rendering->wants_proofs();
  if (!options.record) assess_options.lang = rendering->only_language(inputs->lang);
  store::Observations seen;
  auto assessment = assess_looking(context, *inputs, assess_options, options.gate.no_evidence,
                                   rendering->probes(), options.record ? &seen : nullptr);
  if (!assessment) return kNoVerdict;
  // What a scan contradicts and what a baseline knows belong to this gate, not to the record.
  if (options.record && !record_assessment(context, *inputs, assess_options, *assessment, seen,
                                           store_file({options.store, options.input.path})))
    return kNoVerdict;
  if (!add_contradictions(context, *inputs, options.gate, *assessment)) return kNoVerdict;
  if (!use_baseline(context, *inputs, options.gate, *assessment)) return kNoVerdict;
  const auto first = [](const std::string& a, const std::string& b, const char* otherwise) {
    return !a.empty() ? a : !b.empty() ? b : std::string(otherwise);
  };
  const std::string fail_on = first(options.fail_on, inputs->settings.fail_on, "high");
  const std::string fail_on_unknown =
      first(options.fail_on_unknown, inputs->settings.fail_on_unknown, "classification");
  const reports::Options render{inputs->lang, 80, false, options.rendering.all,
                                run_of(*inputs, fail_on, fail_on_unknown)};
  if (!rendering->write(context, render, *assessment)) return kNoVerdict;
  const Verdict verdict = verdict_of(*assessment, fail_on, fail_on_unknown);
  if (verdict.blocking) {
    explain_block(context, *assessment, fail_on);
    return kFindings;
  }
  if (verdict.nothing)
    context.err(
        "pandect: nothing was assessed: the manifest has no system and no model that a pack speaks "
        "of");
  return verdict.nothing || verdict.undetermined ? kUndetermined : kClean;
}

}  // namespace
}  // namespace pandect::cli

pandect::cli::Command command_check() {
  using namespace pandect::cli;
  Command command;
  command.name = "check";
  command.summary = "Assess a manifest: what it is, what is due, by when, what is missing";
  command.example = "pandect check examples/cv-screener --jurisdiction kr --as-of 2026-11-21";
  command.configure = [](CLI::App& app) {
    const auto options = std::make_shared<Options>();
    add_input_options(app, options->input);
    add_rendering_options(app, options->rendering);
    app.add_option("--fail-on", options->fail_on,
                   "Exit 1 from this level on: critical, high, medium, low, never (default high)")
        ->check(CLI::IsMember({"critical", "high", "medium", "low", "never"}));
    app.add_option("--fail-on-unknown", options->fail_on_unknown,
                   "Exit 3 if undetermined: any, classification, never (default classification)")
        ->check(CLI::IsMember({"any", "classification", "never"}));
    app.add_option("--baseline", options->gate.baseline,
                   "Findings that are known and do not block (default: .pandect.baseline.json "
                   "beside the manifest, if there is one)");
    app.add_flag("--write-baseline", options->gate.write_baseline,
                 "Write all findings of this run there; a prohibition is never among them");
    app.add_flag("--no-evidence", options->gate.no_evidence,
                 "Look at no file but the manifest; take what it declares at its word");
    app.add_flag("--scan", options->gate.scan,
                 "Also scan the folder for signs of AI that contradict the manifest");
    app.add_flag(
        "--locked", options->input.locked,
        "Take exactly the packs of .pandect.lock beside the manifest (`pandect pack lock`)");
    app.add_flag("--record", options->record,
                 "Record the assessment in the store, with all it was made from (pandect history)");
    app.add_option("--store", options->store,
                   "The store (default: .pandect/store.sqlite3 beside the manifest)");
    app.footer(settings_help() + "\n" + app.get_footer());
    return [=](Context& context) { return run(context, *options); };
  };
  return command;
}
