// Finds packs below a folder and links them; keeps the linked program in a cache file that is
// keyed by the digest of every source, rebuilt when in doubt, and safe to share between processes.
#pragma once

#include "packs/folder.h"
#include "packs/linker.h"

#include <string>
#include <vector>

namespace pandect {

// One pack that is to be loaded: a folder, or a pack file whose contents are at hand.
struct PackSource {
  std::string path;
  bool is_file = false;
  std::vector<SourceFile> files;  // of a pack file
};

PackDraft read_pack(const PackSource& source, Diagnostics& problems,
                    WithCases cases = WithCases::yes);

struct Library {
  std::string folder;  // holds core/ and one folder per pack
  std::string cache;   // folder for cache files; empty: none

  // Core and the packs with these ids; no ids: all. Missing packs are problems.
  Linked load(const std::vector<std::string>& ids) const;
  // Core and these, wherever they lie.
  Linked load_sources(const std::vector<PackSource>& sources) const;
  // Ids of the packs below the folder, core aside.
  std::vector<std::string> ids() const;
  // Core, then the pack in `pack_folder` (which may lie anywhere); core alone if it is core.
  std::vector<PackDraft> read_with_core(const std::string& pack_folder,
                                        Diagnostics& problems) const;
  std::vector<PackDraft> read_with_core(const PackSource& source, Diagnostics& problems) const;
};

// XDG_CACHE_HOME/pandect or ~/.cache/pandect; empty if PANDECT_CACHE=off or there is no home.
std::string cache_folder();

}  // namespace pandect
