// Reads pack folders from disk: every .yaml and .lua file below the folder, in the order of its
// name; what stands in data/ is for the scripts and read by them alone.
// Bounded in files and bytes; links that leave the folder are refused.
#pragma once

#include "packs/draft.h"
#include "packs/memory.h"
#include "packs/reader.h"

#include <string>
#include <vector>

namespace pandect {

// Names of the .yaml and .lua files of a pack, sorted; problems if the folder cannot be read.
std::vector<std::string> pack_files(const std::string& folder, Diagnostics& problems);

// Reads one file whole, up to the bound of yaml::parse; an error names path and reason.
Result<std::string> read_text(const std::string& path, std::size_t limit);

// Without cases what is read is the law alone; the digest covers what was read.
PackDraft read_pack_folder(const std::string& folder, Diagnostics& problems,
                           WithCases cases = WithCases::yes);

}  // namespace pandect
