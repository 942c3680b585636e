// pandect check: assesses a manifest and says by its exit status whether a release may go out.
#include "base/names.h"
#include "cli/gate.h"
#include "cli/inputs.h"
#include "cli/store_access.h"
#include "reports/report.h"

#include <algorithm>

namespace pandect::cli {
namespace {

struct Options {
  InputOptions input;
  std::string format, file, fail_on, fail_on_unknown;
  std::vector<std::string> outputs;
  bool all = false;
  GateOptions gate;
  bool record = false;
  std::string store;
};

// The store of a recording: named, or beside the manifest.
std::string recording_file(const Options& options) {
  return store_file({options.store, options.input.path});
}

const reports::Format* find_format(const Context& context, const std::vector<reports::Format>& list,
                                   const std::string& name) {
  std::vector<std::string_view> known;
  for (const auto& each : list) {
    if (each.name == name) return &each;
    known.push_back(each.name);
  }
  std::string hint = did_you_mean(name, known);
  if (hint.empty()) {
    for (const auto each : known) hint += (hint.empty() ? "there are: " : ", ") + std::string(each);
  }
  context.err("pandect check: there is no format `" + name + "`; " + hint);
  return nullptr;
}

// A report to write, and where; no file: standard output.
struct Wanted {
  const reports::Format* format = nullptr;
  std::string file;
};

// What is asked for, before anything is assessed; empty after having printed why not.
std::vector<Wanted> wanted_reports(const Context& context, const Options& options,
                                   const std::vector<reports::Format>& formats) {
  std::vector<Wanted> list;
  for (const auto& each : options.outputs) {
    const std::size_t equals = each.find('=');
    if (equals == std::string::npos) {
      context.err("pandect check: --output takes FORMAT=FILE, not `" + each + "`");
      return {};
    }
    list.push_back(
        {find_format(context, formats, each.substr(0, equals)), each.substr(equals + 1)});
    if (list.back().format == nullptr) return {};
  }
  const auto* format = find_format(context, formats, options.format);
  if (format == nullptr) return {};
  if (!options.file.empty() || options.outputs.empty() || context.terminal ||
      options.format != "text")
    list.push_back({format, options.file});
  for (const auto& each : list) {
    if (each.format->binary && each.file.empty() && context.terminal) {
      context.err("pandect check: `" + each.format->name +
                  "` is not for a terminal; use -o FILE, or a pipe");
      return {};
    }
    const auto problem = each.format->problem ? each.format->problem() : std::nullopt;
    if (!problem) continue;
    context.report({*problem});
    return {};
  }
  return list;
}

bool write_reports(const Context& context, const std::vector<Wanted>& list, reports::Options render,
                   const Assessment& assessment) {
  for (const auto& each : list) {
    render.colour = each.file.empty() && context.colour;
    const std::string bytes = each.format->render(assessment, render);
    if (bytes.empty()) {
      context.err("pandect check: the format `" + each.format->name + "` could not be written");
      return false;
    }
    if (each.file.empty()) {
      context.out(bytes);
    } else if (!write_file(context, each.file, bytes)) {
      return false;
    }
  }
  return true;
}

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
  const auto formats = reports::formats();
  const auto wanted = wanted_reports(context, options, formats);
  if (wanted.empty()) return kNoVerdict;
  const auto inputs = read_inputs(context, options.input);
  if (!inputs) return kNoVerdict;
  AssessOptions assess_options = inputs->assess;
  assess_options.with_not_applicable = options.all;
  assess_options.with_proofs = std::any_of(wanted.begin(), wanted.end(),
                                           [](const Wanted& each) { return each.format->proofs; });
  store::Observations seen;
  auto assessment = assess_looking(context, *inputs, assess_options, options.gate.no_evidence,
                                   options.record ? &seen : nullptr);
  if (!assessment) return kNoVerdict;
  // What a scan contradicts and what a baseline knows belong to this gate, not to the record.
  if (options.record && !record_assessment(context, *inputs, assess_options, *assessment, seen,
                                           recording_file(options)))
    return kNoVerdict;
  if (!add_contradictions(context, *inputs, options.gate, *assessment)) return kNoVerdict;
  if (!use_baseline(context, *inputs, options.gate, *assessment)) return kNoVerdict;
  const reports::Options render{inputs->lang, 80, false, options.all};
  if (!write_reports(context, wanted, render, *assessment)) return kNoVerdict;
  const auto first = [](const std::string& a, const std::string& b, const char* otherwise) {
    return !a.empty() ? a : !b.empty() ? b : std::string(otherwise);
  };
  const std::string fail_on = first(options.fail_on, inputs->settings.fail_on, "high");
  const Verdict verdict = verdict_of(
      *assessment, fail_on,
      first(options.fail_on_unknown, inputs->settings.fail_on_unknown, "classification"));
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
    options->format = "text";
    add_input_options(app, options->input);
    app.add_option("--format", options->format, "Format of the report on standard output")
        ->capture_default_str();
    app.add_option("-o", options->file, "Write the report to this file instead");
    app.add_option("--output", options->outputs, "FORMAT=FILE, one more report (may be repeated)");
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
    app.footer(settings_help() + "\n" + app.get_footer());
    app.add_flag("--record", options->record,
                 "Record the assessment in the store, with all it was made from (pandect history)");
    app.add_option("--store", options->store,
                   "The store (default: .pandect/store.sqlite3 beside the manifest)");
    app.add_flag("--all", options->all, "Also list duties that do not apply");
    return [=](Context& context) { return run(context, *options); };
  };
  return command;
}
