// pandect import: what model cards, bills of materials and model descriptions say, as proposals.
#include "base/names.h"
#include "cli/command.h"
#include "cli/plugins.h"
#include "packs/folder.h"
#include "plugins/importer.h"
#include "plugins/importing/conflicts.h"
#include "reports/proposals.h"

#include <algorithm>
#include <filesystem>

namespace pandect::cli {
namespace {

constexpr std::size_t kMostBytes = 64u << 20;
constexpr std::size_t kHead = 64u << 10;

struct Options {
  std::vector<std::string> files, plugins;
  std::string format = "text", lang = "en";
};

std::string tried(const std::vector<plugins::Importer>& importers) {
  std::string text;
  for (const auto& each : importers) text += "\n  " + each.name + ": " + each.summary;
  return text;
}

bool import_file(const Context& context, const std::vector<plugins::Importer>& importers,
                 const std::string& path, std::vector<Proposal>& proposals, Diagnostics& warnings) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) {
    context.err(path +
                ": error: this is not a file that can be read (name a model card, a bill of "
                "materials or a model description)");
    return false;
  }
  auto bytes = read_text(path, kMostBytes);
  if (!bytes) {
    context.report(bytes.errors());
    return false;
  }
  const std::string_view head = std::string_view(*bytes).substr(0, kHead);
  const plugins::Importer* chosen = nullptr;
  int best = 0;
  for (const auto& each : importers) {
    const int score = each.recognises(path, head);
    if (score > best) chosen = &each;
    best = std::max(best, score);
  }
  if (chosen == nullptr) {
    context.err(path +
                ": error: no importer knows this format; these were tried:" + tried(importers));
    return false;
  }
  if (bytes->size() > chosen->limit) {
    context.err(path + ": error: too large for the importer `" + chosen->name + "` (at most " +
                std::to_string(chosen->limit >> 20) + " MiB)");
    return false;
  }
  auto imported = chosen->read({path, std::move(*bytes)});
  if (!imported) {
    context.report(imported.errors());
    return false;
  }
  context.report(imported->warnings);
  for (auto& each : imported->proposals) proposals.push_back(std::move(each));
  for (auto& each : imported->warnings) warnings.push_back(std::move(each));
  return true;
}

int run(const Context& context, const Options& options) {
  const auto registry = open_plugins(context, options.plugins, Installed::no);
  if (!registry) return kNoVerdict;
  const auto& importers = registry->importers;
  std::vector<Proposal> proposals;
  Diagnostics warnings;
  bool all_read = true;
  for (const auto& path : options.files)
    all_read = import_file(context, importers, path, proposals, warnings) && all_read;
  if (!all_read) {
    context.err("pandect import: nothing was proposed, since a file could not be read");
    return kNoVerdict;
  }
  for (auto& each : plugins::conflicts_between_files(proposals))
    proposals.push_back(std::move(each));
  if (options.format == "json") {
    context.out(reports::proposals_json(proposals, warnings));
  } else if (proposals.empty()) {
    context.err("pandect import: the format is known, but nothing was found that proposes a fact");
  } else if (options.format == "yaml") {
    const ProgramPtr program = load_program(context);
    if (!program) return kNoVerdict;
    context.out(reports::proposals_yaml(proposals, *program));
  } else {
    context.out(reports::proposals_text(proposals, reports::Wording(options.lang)));
  }
  return proposals.empty() ? kUndetermined : kClean;
}

}  // namespace
}  // namespace pandect::cli

pandect::cli::Command command_import() {
  using namespace pandect::cli;
  Command command;
  command.name = "import";
  command.summary = "What a model card, ML-BOM or model description says, as proposals of facts";
  command.example = "pandect import examples/image-generator/MODEL_CARD.md --format yaml";
  command.configure = [](CLI::App& app) {
    const auto options = std::make_shared<Options>();
    app.add_option("files", options->files,
                   "Model card (README.md), config.json, adapter_config.json, CycloneDX, SPDX 3, "
                   "MLmodel, Model Card Toolkit, MONAI, Croissant, LICENSE; several are compared")
        ->required();
    add_plugin_option(app, options->plugins);
    app.add_option("--format", options->format, "text, json or yaml (a fragment of a manifest)")
        ->check(CLI::IsMember({"text", "json", "yaml"}))
        ->capture_default_str();
    app.add_option("--lang", options->lang, "en, ko or zh; values and notes stay as they are")
        ->check(CLI::IsMember({"en", "ko", "zh"}));
    return [=](Context& context) { return run(context, *options); };
  };
  return command;
}
