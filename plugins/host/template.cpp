#include "plugins/host/template.h"

#include "templates.inc"

namespace pandect::plugins {
namespace {

std::string_view text_of(std::string_view path) {
  for (const auto& each : kTemplates) {
    if (each.path == path) return each.text;
  }
  return {};
}

std::string filled(std::string_view text, std::string_view name) {
  static constexpr std::string_view kSlot = "@NAME@";
  std::string out;
  std::size_t at = 0;
  for (std::size_t slot = text.find(kSlot); slot != std::string_view::npos;
       slot = text.find(kSlot, at)) {
    out.append(text.substr(at, slot - at)).append(name);
    at = slot + kSlot.size();
  }
  return out.append(text.substr(at));
}

std::string readme(std::string_view name, bool lua) {
  const std::string plugin(name);
  std::string text = "# " + plugin + "\n\n";
  if (!lua) text += "Build, in this folder:\n\n    " + build_command(name) + "\n\n";
  text +=
      "Try it on its examples (`examples.json`) and on misuse:\n\n    pandect plugin test .\n\n";
  text += "Use it: name it with `--plugin " + plugin + (lua ? ".lua" : ".so") +
          "`, or copy it into the plugin folder that `pandect plugin list` shows.\n";
  return text;
}

}  // namespace

std::string build_command(std::string_view name) {
  const std::string plugin(name);
  return "cc -std=c99 -Wall -O2 -fPIC -shared -I . -o " + plugin + ".so " + plugin + ".c";
}

bool is_plugin_name(std::string_view name) {
  if (name.empty() || name.size() > 40 || name[0] < 'a' || name[0] > 'z') return false;
  return name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-") == std::string_view::npos;
}

std::vector<TemplateFile> template_of(std::string_view name, std::string_view kind, bool lua) {
  const std::string extension = lua ? ".lua" : ".c";
  const auto take = [&](const std::string& path) { return filled(text_of(path), name); };
  std::vector<TemplateFile> files{
      {std::string(name) + extension,
       take((lua ? "template/lua/" : "template/native/") + std::string(kind) + extension)},
      {"examples.json", take("template/examples/" + std::string(kind) + ".json")},
      {"README.md", readme(name, lua)}};
  if (kind == "probe") files.push_back({"examples/notes.md", take("template/examples/notes.md")});
  if (kind == "importer")
    files.push_back({"examples/sample.aicard", take("template/examples/sample.aicard")});
  if (!lua) files.push_back({"pandect_plugin.h", take("include/pandect_plugin.h")});
  return files;
}

}  // namespace pandect::plugins
