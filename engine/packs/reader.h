// Makes a draft of one pack from its files, in the order of their names, wherever they come from:
// YAML, Lua, and the tables in data/ that only scripts read. The digest covers every file.
#pragma once

#include "packs/draft.h"
#include "packs/lua_pack.h"

#include <optional>
#include <string>

namespace pandect {

// Without cases what is read is the law alone; the digest covers what was read.
enum class WithCases : bool { no, yes };

class PackReader {
 public:
  // `folder` is the first part of every name; `data` reads below data/.
  PackReader(std::string folder, DataReader data, Diagnostics& problems);

  void add(const std::string& path, std::string text);
  PackDraft finish();

 private:
  DataReader data_;
  Diagnostics& problems_;
  PackDraft draft_;
  std::string digests_;
  std::optional<LuaPack> scripts_;
};

bool is_case_file(const std::string& path);

}  // namespace pandect
