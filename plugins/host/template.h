// What `plugin new` writes: a small plugin of one kind that works, with examples. The texts stand
// in plugins/template and are part of the program.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pandect::plugins {

struct TemplateFile {
  std::string path;  // in the folder of the plugin
  std::string text;
};

// `kind` is probe, importer, format or derivation; `name` has been checked (is_plugin_name).
std::vector<TemplateFile> template_of(std::string_view name, std::string_view kind, bool lua);

// The command that builds a native one, run inside its folder.
std::string build_command(std::string_view name);

bool is_plugin_name(std::string_view name);

}  // namespace pandect::plugins
