#include "plugins/host/registry.h"

#include "plugins/host/lua.h"
#include "plugins/host/native.h"

#include <algorithm>
#include <filesystem>
#include <map>

namespace pandect::plugins {
namespace {

namespace fs = std::filesystem;

bool is_plugin(const fs::path& path) {
  return path.extension() == ".so" || path.extension() == ".lua";
}

std::vector<std::string> plugin_files_in(const fs::path& folder) {
  std::vector<std::string> found;
  std::error_code error;
  for (fs::directory_iterator each(folder, error), end; !error && each != end;
       each.increment(error)) {
    std::error_code ignored;
    if (is_plugin(each->path()) && each->is_regular_file(ignored))
      found.push_back(each->path().string());
  }
  std::sort(found.begin(), found.end());
  return found;
}

Diagnostic refused(const std::string& path, std::string message, std::string hint) {
  return {Level::error, "plugin-refused", {path, 0, 0}, std::move(message), std::move(hint)};
}

}  // namespace

Result<std::string> plugin_file(const std::string& path) {
  std::error_code error;
  if (fs::is_directory(path, error)) {
    const auto found = plugin_files_in(path);
    if (found.size() == 1) return found[0];
    if (found.empty())
      return refused(path, "there is no plugin (.so or .lua) in this folder",
                     "a native one is built first; its README.md gives the command");
    return refused(path, "there are several plugins in this folder", "name the file");
  }
  if (!fs::exists(path, error))
    return refused(path, "there is no such file or folder", "name a .so or .lua file");
  if (!is_plugin(path)) return refused(path, "this is no plugin", "a plugin is a file .so or .lua");
  return path;
}

Result<PluginPtr> load_plugin(const std::string& path) {
  const auto file = plugin_file(path);
  if (!file) return file.errors();
  return fs::path(*file).extension() == ".lua" ? load_lua(*file) : load_native(*file);
}

std::vector<std::string> plugins_in(const std::string& folder) {
  std::vector<std::string> found = plugin_files_in(folder);
  std::error_code error;
  for (fs::directory_iterator each(folder, error), end; !error && each != end;
       each.increment(error)) {
    std::error_code ignored;
    if (each->is_directory(ignored) && plugin_files_in(each->path()).size() == 1)
      found.push_back(each->path().string());
  }
  std::sort(found.begin(), found.end());
  return found;
}

Result<Registry> registry_of(const std::vector<PluginPtr>& plugins,
                             const std::vector<std::string>& format_names) {
  Registry registry;
  registry.plugins = plugins;
  registry.probes = probes();
  registry.importers = importers();
  // By kind and name: who has it.
  std::map<std::pair<std::uint32_t, std::string>, std::string> taken;
  for (const auto& each : registry.probes) taken[{PANDECT_PROBE, each.name}] = "Pandect itself";
  for (const auto& each : registry.importers)
    taken[{PANDECT_IMPORTER, each.name}] = "Pandect itself";
  for (const auto& each : format_names) taken[{PANDECT_FORMAT, each}] = "Pandect itself";
  Diagnostics problems;
  for (const auto& plugin : plugins) {
    for (const auto& each : plugin->capabilities) {
      const auto [place, added] = taken.try_emplace({each.kind, each.name}, plugin->path);
      if (!added) {
        problems.push_back(refused(plugin->path,
                                   "its " + std::string(kind_name(each.kind)) + " `" + each.name +
                                       "` has the name of one in " + place->second,
                                   "rename it, or load only one of them"));
      } else if (each.kind == PANDECT_PROBE) {
        registry.probes.push_back(probe_of(plugin, each));
      } else if (each.kind == PANDECT_IMPORTER) {
        registry.importers.push_back(importer_of(plugin, each));
      } else if (each.kind == PANDECT_FORMAT) {
        registry.formats.push_back(format_of(plugin, each));
      } else {
        registry.derivations.push_back(derivation_of(plugin, each));
      }
    }
  }
  if (!problems.empty()) return problems;
  return registry;
}

}  // namespace pandect::plugins
