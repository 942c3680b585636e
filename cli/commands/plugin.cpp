// pandect plugin list|info|new|test|facts|derive: the tools of a plugin author.
#include "cli/inputs.h"
#include "cli/plugins.h"
#include "plugins/host/facts.h"
#include "plugins/host/payload.h"
#include "plugins/host/template.h"
#include "plugins/host/trial.h"

#include <filesystem>

#include <nlohmann/json.hpp>
#include <unistd.h>

namespace pandect::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::string path, name, kind = "probe", manifest = ".", format = "text", into = ".";
  std::vector<std::string> plugins;
  bool lua = false, native = false;
};

std::string line(std::string_view left, std::size_t width, std::string_view right) {
  std::string text(left);
  if (text.size() < width) text.resize(width, ' ');
  return text + " " + std::string(right) + "\n";
}

const char* source_name(plugins::Source source) {
  return source == plugins::Source::lua      ? "Lua"
         : source == plugins::Source::native ? "native"
                                             : "ships";
}

void print_plugin(const Context& context, const plugins::Plugin& plugin) {
  context.out(plugin.name + " " + plugin.version + " (" + source_name(plugin.source) + ") " +
              plugin.path + "\n");
  if (!plugin.summary.empty()) context.out("  " + plugin.summary + "\n");
  for (const auto& each : plugin.capabilities) {
    context.out(line("  " + std::string(plugins::kind_name(each.kind)) + " " + each.name, 28,
                     each.summary));
  }
}

int run_list(const Context& context, const Options& options) {
  const std::string folder = plugin_folder();
  const auto registry = open_plugins(context, options.plugins, Installed::yes);
  if (!registry) return kNoVerdict;
  context.out("Plugin folder: " +
              (folder.empty() ? std::string("none (HOME is not set)") : folder) + "\n\nShipped\n");
  for (const auto& each : plugins::probes())
    context.out(line("  probe " + each.name, 28, each.summary));
  for (const auto& each : plugins::importers())
    context.out(line("  importer " + each.name, 28, each.summary));
  for (const auto& each : registry->plugins) {
    context.out("\n");
    print_plugin(context, *each);
  }
  return kClean;
}

int run_info(const Context& context, const Options& options) {
  const auto plugin = plugins::load_plugin(options.path);
  if (!plugin) {
    context.report(plugin.errors());
    return kNoVerdict;
  }
  print_plugin(context, **plugin);
  return kClean;
}

int run_new(const Context& context, const Options& options) {
  if (!plugins::is_plugin_name(options.name)) {
    context.err("pandect plugin new: `" + options.name +
                "` is no name; it begins with a letter a-z and has a-z, 0-9, _ and -, at most 40");
    return kNoVerdict;
  }
  std::error_code error;
  const fs::path folder =
      options.into == "." ? fs::path(options.name) : fs::path(options.into) / options.name;
  if (fs::exists(folder, error)) {
    context.err("pandect plugin new: `" + folder.string() +
                "` is there already; choose another name or move it away");
    return kNoVerdict;
  }
  // Under another name until it is whole.
  const fs::path unfinished = folder.string() + ".writing-" + std::to_string(::getpid());
  const auto files = plugins::template_of(options.name, options.kind, options.lua);
  bool whole = true;
  for (const auto& file : files) {
    const fs::path path = unfinished / file.path;
    fs::create_directories(path.parent_path(), error);
    whole = whole && !error && write_file(context, path.string(), file.text);
  }
  if (whole) fs::rename(unfinished, folder, error);
  if (!whole || error) {
    context.err(folder.string() + ": cannot be written" +
                (error ? ": " + error.message() : std::string()));
    fs::remove_all(unfinished, error);
    return kNoVerdict;
  }
  for (const auto& file : files) context.out("wrote " + (folder / file.path).string() + "\n");
  if (!options.lua)
    context.out("\nbuild it:  cd " + folder.string() + " && " +
                plugins::build_command(options.name) + "\n");
  context.out(std::string(options.lua ? "\n" : "") + "test it:   pandect plugin test " +
              folder.string() + "\n");
  return kClean;
}

int run_test(const Context& context, const Options& options) {
  std::size_t failed = 0, examples = 0;
  const auto trials = plugins::try_plugin(options.path);
  if (trials.size() == 1 && !trials[0].passed) {
    context.err(trials[0].detail);
    return kNoVerdict;
  }
  for (const auto& each : trials) {
    context.out((each.passed ? "ok      " : "FAILED  ") +
                std::string(each.is_example ? "example: " : "") + each.what + "\n");
    if (!each.passed) context.out("        " + each.detail + "\n");
    failed += each.passed ? 0 : 1;
    examples += each.is_example ? 1 : 0;
  }
  context.out(std::to_string(trials.size()) + " trials, " + std::to_string(examples) +
              " of them examples; " + std::to_string(failed) + " failed\n");
  if (failed > 0) return kFindings;
  if (examples > 0) return kClean;
  context.err("pandect plugin test: there are no examples beside it; write examples.json");
  return kUndetermined;
}

int run_facts(const Context& context, const Options& options) {
  InputOptions input;
  input.path = options.manifest;
  const auto inputs = read_inputs(context, input);
  if (!inputs) return kNoVerdict;
  context.out(plugins::facts_of(*inputs->program, inputs->manifest));
  return kClean;
}

void print_proposal(const Context& context, const Proposal& proposal) {
  std::string values;
  for (const auto& each : proposal.values) values += (values.empty() ? "" : ", ") + each;
  context.out(proposal.subject + "  " + proposal.fact + ": " +
              (proposal.is_set ? "[" + values + "]" : values) + "\n");
  if (!proposal.note.empty()) context.out("    " + proposal.note + "\n");
}

int run_derive(const Context& context, const Options& options) {
  InputOptions input;
  input.path = options.manifest;
  const auto inputs = read_inputs(context, input);
  if (!inputs) return kNoVerdict;
  const auto registry = open_plugins(context, options.plugins,
                                     options.plugins.empty() ? Installed::yes : Installed::no);
  if (!registry) return kNoVerdict;
  if (registry->derivations.empty()) {
    context.err("pandect plugin derive: no plugin derives facts; name one with --plugin");
    return kNoVerdict;
  }
  const std::string facts = plugins::facts_of(*inputs->program, inputs->manifest);
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const auto& each : registry->derivations) {
    const auto derived = each.derive(facts);
    if (!derived) {
      context.report(derived.errors());
      return kNoVerdict;
    }
    context.report(derived->warnings);
    for (const auto& proposal : derived->proposals) {
      if (inputs->program->find_fact(proposal.fact) == kNone)
        context.err("pandect plugin derive: `" + each.name + "` proposes `" + proposal.fact +
                    "`, which is no fact of the packs that are loaded");
      if (options.format == "text") print_proposal(context, proposal);
      list.push_back(nlohmann::ordered_json::parse(plugins::write_proposal(proposal)));
    }
  }
  if (options.format == "json") context.out(list.dump(2) + "\n");
  if (list.empty()) context.err("pandect plugin derive: nothing follows from what is stated");
  return kClean;
}

using Action = int (*)(const Context&, const Options&);

void add_new(CLI::App& app, const std::shared_ptr<Options>& options,
             const std::shared_ptr<Action>& action) {
  CLI::App* sub = app.add_subcommand("new", "Write a small plugin that works, with examples");
  sub->add_option("name", options->name, "Its name, and that of its folder")->required();
  sub->add_option("--kind", options->kind, "probe, importer, format or derivation")
      ->check(CLI::IsMember({"probe", "importer", "format", "derivation"}))
      ->capture_default_str();
  sub->add_option("--into", options->into, "Folder in which its folder is made")
      ->capture_default_str();
  auto* lua = sub->add_flag("--lua", options->lua, "In Lua: confined, nothing to build");
  sub->add_flag("--native", options->native, "In C (default)")->excludes(lua);
  sub->callback([action] { *action = run_new; });
}

}  // namespace
}  // namespace pandect::cli

pandect::cli::Command command_plugin() {
  using namespace pandect::cli;
  Command command;
  command.name = "plugin";
  command.summary = "List, write and test plugins: probes, importers, formats, derivations";
  command.example = "pandect plugin list";
  command.configure = [](CLI::App& app) {
    const auto options = std::make_shared<Options>();
    const auto action = std::make_shared<Action>(nullptr);
    app.require_subcommand(1);
    const auto add = [&](const char* name, const char* summary, Action run) {
      CLI::App* sub = app.add_subcommand(name, summary);
      sub->callback([action, run] { *action = run; });
      return sub;
    };
    CLI::App* list = add("list", "What ships and what is in the plugin folder", run_list);
    add_plugin_option(*list, options->plugins);
    add_new(app, options, action);
    for (CLI::App* sub :
         {add("info", "What a plugin declares", run_info),
          add("test", "Run the examples of a plugin and try it on misuse", run_test)}) {
      sub->add_option("path", options->path, "The plugin (.so or .lua) or its folder")->required();
    }
    CLI::App* facts =
        add("facts", "The stated facts of a manifest as derivations get them (JSON)", run_facts);
    CLI::App* derive = add("derive", "What derivations propose for a manifest", run_derive);
    for (CLI::App* sub : {facts, derive}) {
      sub->add_option("manifest", options->manifest, "Manifest or folder with pandect.yaml")
          ->capture_default_str();
    }
    add_plugin_option(*derive, options->plugins);
    derive->add_option("--format", options->format, "text or json")
        ->check(CLI::IsMember({"text", "json"}))
        ->capture_default_str();
    return [=](Context& context) { return (*action)(context, *options); };
  };
  return command;
}
