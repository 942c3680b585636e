// Installed packs: FOLDER/ID/VERSION/ID-VERSION.pandect-pack with its signature beside it. What is
// installed is the file as its author built it; nothing is unpacked.
#pragma once

#include "artefact/artefact.h"

#include <optional>
#include <string>
#include <vector>

namespace pandect::artefact {

struct Installed {
  std::string id;
  Version version;
  std::string file;
};

class Store {
 public:
  explicit Store(std::string folder) : folder_(std::move(folder)) {}
  const std::string& folder() const { return folder_; }

  // By id, then by version.
  std::vector<Installed> list() const;
  // That version, or the newest.
  std::optional<Installed> find(const std::string& id, const std::optional<Version>& version) const;

  // Whole or not at all. A version below an installed one is refused unless allowed, another file
  // under an installed version always. `signature` may be empty.
  Result<Installed> install(const Artefact& artefact, const std::string& bytes,
                            const std::string& signature, bool allow_downgrade) const;

  // One version, or all. The ones that are gone.
  Result<std::vector<Installed>> remove(const std::string& id,
                                        const std::optional<Version>& version) const;

 private:
  std::string folder_;
};

// The signature of a pack file stands beside it.
inline std::string signature_name(const std::string& file) { return file + ".minisig"; }

}  // namespace pandect::artefact
