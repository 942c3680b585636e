// Loads a plugin that is a shared library.
#pragma once

#include "plugins/host/plugin.h"

#include <string>

namespace pandect::plugins {

// Refused before any of its code runs: what is no plain file, what others than its owner may write
// (the file or its folder), and what belongs neither to this user nor to root.
Result<PluginPtr> load_native(const std::string& path);

}  // namespace pandect::plugins
