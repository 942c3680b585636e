// A plugin whose descriptor was checked and copied, and its capabilities as the probes, importers,
// formats and derivations that the rest of Pandect works with. What ships, what is native and what
// is written in Lua all come through here; nothing behind this header knows which it was.
#pragma once

#include "plugins/importer.h"
#include "plugins/include/pandect_plugin.h"
#include "plugins/probe.h"

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace pandect::plugins {

enum class Source : std::uint8_t { shipped, native, lua };

struct Capability {
  std::uint32_t kind = 0;
  std::string name, summary, extension, places;
  std::size_t limit = 0;
  std::uint64_t flags = 0;
  void* context = nullptr;
  decltype(pandect_capability::recognises) recognises = nullptr;
  decltype(pandect_capability::run) run = nullptr;
};

struct Plugin {
  std::string name, version, summary;
  std::string path;  // empty: shipped
  Source source = Source::shipped;
  std::vector<Capability> capabilities;
  std::shared_ptr<const void> keeper;  // what the contexts and functions live in
  mutable std::mutex one_at_a_time;    // calls of what does not ship
};
using PluginPtr = std::shared_ptr<const Plugin>;

std::string_view kind_name(std::uint32_t kind);  // "probe", "importer", "format", "derivation"

// Checks a descriptor as the entry filled it in, and copies it. All that is wrong is reported.
Result<PluginPtr> adopt(const pandect_plugin& descriptor, std::string path, Source source,
                        std::shared_ptr<const void> keeper);

struct Rendered {
  std::string bytes;
  Diagnostics warnings;
};

// A report format: `assessment` as the format json writes it, `options` as pandect_plugin.h says.
struct PluginFormat {
  std::string name, summary, extension;
  std::function<Result<Rendered>(std::string_view assessment, std::string_view options)> render;
};

// Proposes further facts from those that are stated (see facts.h); all of class `derived`.
struct Derivation {
  std::string name, summary;
  std::function<Result<Imported>(std::string_view facts)> derive;
};

Probe probe_of(const PluginPtr& plugin, const Capability& capability);
Importer importer_of(const PluginPtr& plugin, const Capability& capability);
PluginFormat format_of(const PluginPtr& plugin, const Capability& capability);
Derivation derivation_of(const PluginPtr& plugin, const Capability& capability);

}  // namespace pandect::plugins
