// pandect check: assesses a manifest and says by its exit status whether a release may go out.
#include "base/names.h"
#include "cli/gate.h"
#include "cli/inputs.h"
#include "cli/plugins.h"
#include "reports/report.h"

#include <algorithm>

namespace pandect::cli {
namespace {

struct Options {
  InputOptions input;
  std::string format, file, fail_on, fail_on_unknown;
  std::vector<std::string> outputs, plugins;
  bool all = false;
  GateOptions gate;
};

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

// Formats and probes that ship; those of plugins too, if one is named or a format is asked for that
// does not ship.
struct Formats {
  std::vector<reports::Format> list = reports::formats();
  std::vector<PluginReport> of_plugins;
  std::vector<plugins::Probe> probes;  // none: what ships
};

std::optional<Formats> find_formats(const Context& context, const Options& options) {
  Formats formats;
  const auto ships = [&](const std::string& name) {
    return std::any_of(formats.list.begin(), formats.list.end(),
                       [&](const reports::Format& each) { return each.name == name; });
  };
  bool installed = !ships(options.format);
  for (const auto& each : options.outputs)
    installed = installed || !ships(each.substr(0, each.find('=')));
  if (!installed && options.plugins.empty()) return formats;
  const auto registry =
      open_plugins(context, options.plugins, installed ? Installed::yes : Installed::no);
  if (!registry) return std::nullopt;
  formats.of_plugins = plugin_reports(*registry);
  for (const auto& each : formats.of_plugins) formats.list.push_back(each.format);
  formats.probes = registry->probes;
  return formats;
}

// A plugin that failed has said why.
bool rendered(const Context& context, const Formats& formats) {
  bool good = true;
  for (const auto& each : formats.of_plugins) {
    context.report(*each.problems);
    good = good && each.problems->empty();
  }
  return good;
}

bool write_outputs(const Context& context, const Options& options, const Inputs& inputs,
                   const Formats& found, const Assessment& assessment) {
  const auto& formats = found.list;
  reports::Options render{inputs.lang, 80, false, options.all};
  for (const auto& each : options.outputs) {
    const std::size_t equals = each.find('=');
    if (equals == std::string::npos) {
      context.err("pandect check: --output takes FORMAT=FILE, not `" + each + "`");
      return false;
    }
    const auto* format = find_format(context, formats, each.substr(0, equals));
    if (format == nullptr) return false;
    const std::string bytes = format->render(assessment, render);
    if (!rendered(context, found) || !write_file(context, each.substr(equals + 1), bytes))
      return false;
  }
  const auto* format = find_format(context, formats, options.format);
  if (format == nullptr) return false;
  render.colour = context.colour && options.file.empty();
  if (options.file.empty() && !options.outputs.empty() && !context.terminal &&
      options.format == "text")
    return true;
  const std::string bytes = format->render(assessment, render);
  if (!rendered(context, found)) return false;
  if (!options.file.empty()) return write_file(context, options.file, bytes);
  context.out(bytes);
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
  const auto inputs = read_inputs(context, options.input);
  if (!inputs) return kNoVerdict;
  const auto formats = find_formats(context, options);
  if (!formats) return kNoVerdict;
  AssessOptions assess_options = inputs->assess;
  assess_options.with_not_applicable = options.all;
  auto assessment =
      assess_looking(context, *inputs, assess_options, options.gate.no_evidence, formats->probes);
  if (!assessment) return kNoVerdict;
  if (!use_baseline(context, *inputs, options.gate, *assessment)) return kNoVerdict;
  if (!write_outputs(context, options, *inputs, *formats, *assessment)) return kNoVerdict;
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
    add_plugin_option(app, options->plugins);
    app.add_option("--baseline", options->gate.baseline,
                   "Findings that are known and do not block (default: .pandect.baseline.json "
                   "beside the manifest, if there is one)");
    app.add_flag("--write-baseline", options->gate.write_baseline,
                 "Write all findings of this run there; a prohibition is never among them");
    app.add_flag("--no-evidence", options->gate.no_evidence,
                 "Look at no file but the manifest; take what it declares at its word");
    app.footer(settings_help() + "\n" + app.get_footer());
    app.add_flag("--all", options->all, "Also list duties that do not apply");
    return [=](Context& context) { return run(context, *options); };
  };
  return command;
}
