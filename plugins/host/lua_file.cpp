#include "packs/folder.h"
#include "plugins/host/lua.h"
#include "plugins/host/lua_library.h"

namespace pandect::plugins {

Result<PluginPtr> load_lua(const std::string& path) {
  const auto text = read_text(path, plugin_budgets().source);
  if (!text) return text.errors();
  return read_lua(path, *text);
}

}  // namespace pandect::plugins
