// What a Lua plugin is given beyond the allow-list of the sandbox: `files`, `match`, `warn`. All of
// it goes through pandect_host, so that Lua reaches nothing that a call does not allow.
#pragma once

#include "plugins/include/pandect_plugin.h"
#include "script/sandbox.h"

namespace pandect::plugins {

script::Budgets plugin_budgets();

// `call` is 0 while a script is only loaded; then every function fails.
void define_plugin_library(script::Sandbox& sandbox, pandect_call call);

}  // namespace pandect::plugins
