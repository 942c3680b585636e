// The list of importers alone: plugins/tables.cpp lists probes too.
#include "importers.inc"

#include "plugins/importer.h"

namespace pandect::plugins {

std::vector<Importer> importers() {
  std::vector<Importer> list;
  for (const auto& each : kImporters) list.push_back(each.make());
  return list;
}

}  // namespace pandect::plugins
