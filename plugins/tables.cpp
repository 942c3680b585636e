#include "importers.inc"
#include "plugins/importer.h"
#include "plugins/probe.h"
#include "probes.inc"

namespace pandect::plugins {

std::vector<Probe> probes() {
  std::vector<Probe> list;
  for (const auto& each : kProbes) list.push_back(each.make());
  return list;
}

std::vector<Importer> importers() {
  std::vector<Importer> list;
  for (const auto& each : kImporters) list.push_back(each.make());
  return list;
}

}  // namespace pandect::plugins
