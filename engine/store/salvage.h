// Reads what is left of a damaged store without SQLite: it goes through the pages of the file one
// by one and takes what proves itself, an entry by its hash and a document by its digest. Nothing
// is repaired and nothing is guessed. Knows the file format of SQLite, and no more of it than that.
#pragma once

#include "store/store.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace pandect::store {

struct Salvaged {
  std::vector<Entry> entries;  // ascending; some may be missing between them
  std::map<std::string, std::string> documents;
  std::vector<std::string> losses;  // what is known to be missing, in words
};

Salvaged salvage(std::string_view file);

}  // namespace pandect::store
