// What commands share that take plugins: `--plugin PATH`, the plugin folder of the user, and report
// formats of plugins. A plugin is never taken from the repository that is looked into unless its
// path is given.
#pragma once

#include "cli/command.h"
#include "plugins/host/registry.h"
#include "reports/report.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace pandect::cli {

// XDG_DATA_HOME/pandect/plugins or ~/.local/share/pandect/plugins; empty if neither is known.
std::string plugin_folder();

// `--plugin PATH`, which may be repeated.
void add_plugin_option(CLI::App& app, std::vector<std::string>& paths);

// Whether the plugins of the user's folder are loaded as well. Each costs time and a native one
// runs code, so that a command loads them only when it was asked for something that does not ship.
enum class Installed { no, yes };

// What ships and the plugins; prints why not.
std::optional<plugins::Registry> open_plugins(const Context& context,
                                              const std::vector<std::string>& paths,
                                              Installed installed);

// A format of a plugin. `problems` holds after rendering why there is no report, if there is none.
struct PluginReport {
  reports::Format format;
  std::shared_ptr<Diagnostics> problems;
};
std::vector<PluginReport> plugin_reports(const plugins::Registry& registry);

}  // namespace pandect::cli
