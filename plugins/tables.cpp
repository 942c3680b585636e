#include "importers.inc"
#include "plugins/host/shipped.h"
#include "plugins/importer.h"
#include "plugins/probe.h"
#include "probes.inc"

namespace pandect::plugins {

std::vector<Probe> plain_probes() {
  std::vector<Probe> list;
  for (const auto& each : kProbes) list.push_back(each.make());
  return list;
}

std::vector<Importer> plain_importers() {
  std::vector<Importer> list;
  for (const auto& each : kImporters) list.push_back(each.make());
  return list;
}

// What ships is refused by the interface only if it was built wrongly; a test holds the lists
// equal.
std::vector<Probe> probes() {
  std::vector<Probe> list;
  const PluginPtr plugin = shipped_plugin(plain_probes(), {});
  if (plugin == nullptr) return list;
  for (const auto& each : plugin->capabilities) list.push_back(probe_of(plugin, each));
  return list;
}

std::vector<Importer> importers() {
  std::vector<Importer> list;
  const PluginPtr plugin = shipped_plugin({}, plain_importers());
  if (plugin == nullptr) return list;
  for (const auto& each : plugin->capabilities) list.push_back(importer_of(plugin, each));
  return list;
}

}  // namespace pandect::plugins
