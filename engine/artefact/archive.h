// The bytes of a pack file: a ustar archive in one canonical form, so that equal contents are equal
// bytes. The reader takes that form and nothing else: links, folders, second entries of a name,
// paths that lead out, unknown headers and trailing bytes are all refused. Knows nothing of packs.
#pragma once

#include "pandect/result.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace pandect::artefact {

inline constexpr std::size_t kMaximumEntries = 2001;
inline constexpr std::size_t kMaximumEntry = 8u * 1024 * 1024;
inline constexpr std::size_t kMaximumArchive = 64u * 1024 * 1024;

struct Entry {
  std::string name;  // relative, `/` between parts
  std::string bytes;
};

// Letters, digits, `.`, `_`, `-`; no part is empty or begins with a dot; at most 100 bytes.
bool is_entry_name(std::string_view name);

// Entries in the order given; after the first they ascend by name.
Result<std::string> write_archive(const std::vector<Entry>& entries);

// `file` is printed in messages.
Result<std::vector<Entry>> read_archive(const std::string& file, std::string_view bytes);

}  // namespace pandect::artefact
