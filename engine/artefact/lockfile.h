// `.pandect.lock`: which packs a repository is checked with, to the byte. Knows the file; who reads
// and writes it is the command line.
#pragma once

#include "pandect/program.h"
#include "pandect/result.h"

#include <map>
#include <string>
#include <vector>

namespace pandect::artefact {

struct Lock {
  std::string id, version, digest;
  std::string key;  // that signed it; empty: none
};

// What is loaded; `keys` by id of pack.
std::vector<Lock> locks_of(const Program& program, const std::map<std::string, std::string>& keys);

std::string text_of(const std::vector<Lock>& locks);
// `file` is printed in messages.
Result<std::vector<Lock>> parse_lock(const std::string& file, std::string text);

// The names to load so that the locked versions are taken: `id` becomes `id@version` where it is
// locked.
std::vector<std::string> pinned(const std::vector<std::string>& names,
                                const std::vector<Lock>& locks);

// Empty if what is loaded is exactly what is locked.
Diagnostics differences(const std::string& file, const std::vector<Lock>& locked,
                        const std::vector<Lock>& loaded);

}  // namespace pandect::artefact
