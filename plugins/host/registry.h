// Finds plugins in files and folders, loads them, and puts what they offer beside what ships.
#pragma once

#include "plugins/host/plugin.h"

#include <string>
#include <vector>

namespace pandect::plugins {

// The plugin file that a path means: itself (.so or .lua), or the only one in a folder.
Result<std::string> plugin_file(const std::string& path);

Result<PluginPtr> load_plugin(const std::string& path);

// What lies in a plugin folder, ascending: files .so and .lua, and folders that hold one.
std::vector<std::string> plugins_in(const std::string& folder);

struct Registry {
  std::vector<PluginPtr> plugins;  // without what ships
  std::vector<Probe> probes;
  std::vector<Importer> importers;
  std::vector<PluginFormat> formats;  // of plugins only
  std::vector<Derivation> derivations;
};

// What ships, and the given plugins. A name that is taken, by what ships or by another plugin, is
// an error; `format_names` are those that ship.
Result<Registry> registry_of(const std::vector<PluginPtr>& plugins,
                             const std::vector<std::string>& format_names);

}  // namespace pandect::plugins
