// A first pandect.yaml from proposals: typed fields of model cards and bills of materials stand as
// facts with their source, everything that is only suggested stands as a comment until a person
// takes the sign away, and what nobody has said is asked. Nothing from a repository can become
// YAML of its own.
#pragma once

#include "plugins/importer.h"
#include "plugins/scan/scan.h"

#include "pandect/program.h"

#include <string>
#include <string_view>
#include <vector>

namespace pandect::scan {

struct DraftInput {
  const ScanResult* scan = nullptr;
  std::vector<Proposal> imported;  // of importers; the file stands in `where`
  std::string folder;              // name of the folder: id and name of the system
  std::string lang = "en";
};

// Reads what importers recognise in the files that the scan passed over or read. Warnings are
// added to `problems`.
std::vector<Proposal> import_all(const Root& root, const ScanLimits& limits, Diagnostics& problems);

// The text of the manifest; it always loads.
std::string draft_manifest(const Program& program, const DraftInput& input);

// A name as an id of a manifest: a-z, 0-9 and -.
std::string id_of(std::string_view name, std::string_view otherwise);

}  // namespace pandect::scan
