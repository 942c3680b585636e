// A store as text: one JSON value a line (NDJSON), so that it can be kept elsewhere, looked into
// with common tools, and read back with every hash checked.
//
//   {"pandect_store":1,"salvaged":false}
//   {"blob":DIGEST,"text":TEXT}            or "base64" where the bytes are no UTF-8
//   {"entry":1,"kind":...,"recorded_at":...,"body":TEXT,"previous":...,"hash":...}
//   {"end":{"entries":1,"head":HASH}}
//
// A document stands before the first entry that rests upon it.
#pragma once

#include "store/salvage.h"
#include "store/store.h"

#include <functional>
#include <string>

namespace pandect::store {

using Sink = std::function<bool(const std::string& line)>;  // false: it cannot be written
using Lines = std::function<bool(std::string& line)>;       // false: there are no more

inline constexpr std::size_t kLongestLine = 3 * kMostBytes;  // escapes and base64 included

Trouble export_store(const Store& store, const Sink& sink);
Trouble export_salvaged(const Salvaged& salvaged, const Sink& sink);

struct Imported {
  std::int64_t added = 0, known = 0;
  std::string head;
  bool broken = false;  // stopped where the chain breaks
};

// Adds what the store does not have yet, all or nothing. `name` is printed in messages. With
// `up_to_break`, what follows a break in the chain is left out instead of being an error.
Result<Imported> import_lines(const Store& store, const std::string& name, const Lines& lines,
                              bool up_to_break);

}  // namespace pandect::store
