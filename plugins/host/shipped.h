// The probes and importers that ship, as one plugin with the descriptor that strangers fill in.
#pragma once

#include "plugins/host/plugin.h"

#include <vector>

namespace pandect::plugins {

// As their files define them, without the interface between.
std::vector<Probe> plain_probes();
std::vector<Importer> plain_importers();

// The same behind the interface: settings go in and outcomes come out as JSON, through a Call. The
// one privilege of what ships is that it gets the Root itself, not the functions of the host. Null
// if there is nothing to hold.
PluginPtr shipped_plugin(std::vector<Probe> probes, std::vector<Importer> importers);

}  // namespace pandect::plugins
