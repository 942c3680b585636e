// A pack as one file: its files and a MANIFEST that names id, version, the engine it is for and the
// digest of each file. Knows the bytes and opens nothing; what the pack says is read by
// packs/folder.h.
#pragma once

#include "artefact/version.h"
#include "packs/folder.h"

#include "pandect/result.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pandect::artefact {

// The engines that can read the pack: from this one on, up to but not including the other.
struct EngineRange {
  Version from;
  std::optional<Version> below;
  bool holds(const Version& engine) const { return engine >= from && (!below || engine < *below); }
};
std::string to_string(const EngineRange& range);

struct Artefact {
  std::string id;
  Version version;
  EngineRange engine;
  std::vector<SourceFile> files;  // all but MANIFEST, sorted
};

// "ID-VERSION.pandect-pack"
std::string file_name(const std::string& id, const Version& version);

// The bytes of the pack file; the same for the same files. Id and version are those of pack.yaml.
Result<std::string> build(const std::string& folder, const std::vector<SourceFile>& files,
                          const EngineRange& engine);

// Everything in it agrees with everything else, or it is refused. `file` is printed in messages.
Result<Artefact> open(const std::string& file, std::string_view bytes);

}  // namespace pandect::artefact
