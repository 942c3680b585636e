// Which packs are meant, and whether they may be used: `id` (shipped, else the newest installed),
// `id@version`, a pack file, a folder. Where there is a trust root, its rule is applied here, to
// every pack, at every use.
#pragma once

#include "artefact/store.h"
#include "artefact/trust.h"
#include "packs/library.h"

#include <optional>
#include <string>
#include <vector>

namespace pandect::artefact {

struct Places {
  std::string rules;    // the packs in use
  std::string shipped;  // those that came with the program; trusted as it is
  Store store;
  Version engine;
};

struct ChosenPack {
  std::string id;
  PackSource source;
  std::string key;  // that signed it; empty: none, or nobody asked
};

// A pack file: whole, for this engine, and signed where there is a trust root.
struct OpenedFile {
  Artefact artefact;
  std::string bytes, signature, key;
};
Result<OpenedFile> open_file(const std::string& path, const std::string& signature_path,
                             const std::optional<TrustRoot>& trust, const Version& engine);

// The files of a pack folder, each as it stands.
Result<std::vector<SourceFile>> files_of_folder(const std::string& folder);

// No names: all packs of the rules folder. `paths`: may a name be a file or a folder?
Result<std::vector<ChosenPack>> choose_packs(const Places& places,
                                             const std::optional<TrustRoot>& trust,
                                             const std::vector<std::string>& names, bool paths);

// One pack by any of these names, for the tools of an author: no trust is asked for.
Result<PackSource> find_pack(const Places& places, const std::string& name);

}  // namespace pandect::artefact
