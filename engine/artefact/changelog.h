// The changelog of a pack: does it say what the version says? Major: the law changed; minor: our
// reading changed; patch: a mistake was mended.
#pragma once

#include "artefact/version.h"

#include "pandect/result.h"

#include <string>
#include <vector>

namespace pandect::artefact {

struct ChangelogEntry {
  Version version;
  std::vector<std::string> law, reading, mistake;
  Location where;
};

struct Changelog {
  Version version;                      // of the pack
  std::vector<ChangelogEntry> entries;  // by version
};

// `file` (pack.yaml) is printed in messages. Entries of a wrong shape are left out and told.
Changelog read_changelog(const std::string& file, const std::string& text, Diagnostics& problems);

// What does not fit: no entry for the version, an entry without content, a rise that says less or
// more than its entry.
Diagnostics lint_changelog(const std::string& file, const std::string& text);

}  // namespace pandect::artefact
