#include "cli/plugins.h"

#include <cstdlib>
#include <filesystem>

#include <nlohmann/json.hpp>

namespace pandect::cli {
namespace {

std::vector<std::string> format_names() {
  std::vector<std::string> names;
  for (const auto& each : reports::formats()) names.push_back(each.name);
  return names;
}

const reports::Format* json_format(const std::vector<reports::Format>& formats) {
  for (const auto& each : formats) {
    if (each.name == "json") return &each;
  }
  return nullptr;
}

}  // namespace

std::string plugin_folder() {
  const auto below = [](const char* name, const char* rest) {
    const char* value = std::getenv(name);
    return value == nullptr || *value != '/' ? std::string() : std::string(value) + rest;
  };
  std::string folder = below("XDG_DATA_HOME", "/pandect/plugins");
  return folder.empty() ? below("HOME", "/.local/share/pandect/plugins") : folder;
}

void add_plugin_option(CLI::App& app, std::vector<std::string>& paths) {
  app.add_option("--plugin", paths,
                 "A plugin (.so or .lua, or its folder; may be repeated). A native one runs with "
                 "all your rights")
      ->allow_extra_args(false);
}

std::optional<plugins::Registry> open_plugins(const Context& context,
                                              const std::vector<std::string>& paths,
                                              Installed installed) {
  std::vector<std::string> all = paths;
  if (installed == Installed::yes) {
    const auto found = plugins::plugins_in(plugin_folder());
    all.insert(all.end(), found.begin(), found.end());
  }
  std::vector<plugins::PluginPtr> loaded;
  bool failed = false;
  for (const auto& path : all) {
    const auto plugin = plugins::load_plugin(path);
    if (plugin)
      loaded.push_back(*plugin);
    else
      context.report(plugin.errors());
    failed = failed || !plugin;
  }
  if (failed) {
    context.err("pandect: a plugin could not be loaded");
    return std::nullopt;
  }
  auto registry = plugins::registry_of(loaded, format_names());
  if (!registry) {
    context.report(registry.errors());
    return std::nullopt;
  }
  return std::move(*registry);
}

std::vector<PluginReport> plugin_reports(const plugins::Registry& registry) {
  std::vector<PluginReport> list;
  for (const auto& each : registry.formats) {
    auto problems = std::make_shared<Diagnostics>();
    const auto render = [each, problems](const Assessment& assessment,
                                         const reports::Options& options) -> std::string {
      const auto formats = reports::formats();
      const nlohmann::json chosen{{"lang", options.lang},
                                  {"width", options.width},
                                  {"colour", options.colour},
                                  {"all", options.all}};
      auto rendered = each.render(json_format(formats)->render(assessment, options), chosen.dump());
      if (!rendered) {
        *problems = rendered.errors();
        return {};
      }
      return std::move(rendered->bytes);
    };
    list.push_back({{each.name, each.extension, render}, problems});
  }
  return list;
}

}  // namespace pandect::cli
