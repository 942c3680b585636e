// Loads a plugin that is one Lua file. It runs in the sandbox of engine/script, afresh for each
// call, and reaches files and RE2 only through the functions of the host (plugins/README.md lists
// them): no more than the same plugin could reach in C, and under budgets.
#pragma once

#include "plugins/host/plugin.h"

#include <string>

namespace pandect::plugins {

Result<PluginPtr> load_lua(const std::string& path);
// The same from a text; `path` is printed in messages.
Result<PluginPtr> read_lua(const std::string& path, const std::string& text);

}  // namespace pandect::plugins
