// Packs that stand in memory, as files named PACK/FILE. Same bounds and the same digests as packs
// in folders (packs/folder.h); opens nothing.
#pragma once

#include "packs/draft.h"
#include "packs/reader.h"

#include <string>
#include <vector>

namespace pandect {

struct SourceFile {
  std::string name, text;
};

// One pack whose files are at hand, as they stand in a pack file: names are sorted, begin with `/`
// and are below `folder`, which messages print before them.
PackDraft read_pack_sources(const std::string& folder, const std::vector<SourceFile>& files,
                            Diagnostics& problems, WithCases cases = WithCases::yes);

// Core first, then the others by name. Cases are left aside.
std::vector<PackDraft> read_packs(std::vector<SourceFile> files, Diagnostics& problems);

}  // namespace pandect
