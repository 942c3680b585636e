// Packs that stand in memory, as files named PACK/FILE. Same bounds and the same digests as packs
// in folders (packs/folder.h); opens nothing.
#pragma once

#include "packs/draft.h"

#include <string>
#include <vector>

namespace pandect {

struct SourceFile {
  std::string name, text;
};

// Core first, then the others by name. Cases are left aside.
std::vector<PackDraft> read_packs(std::vector<SourceFile> files, Diagnostics& problems);

}  // namespace pandect
