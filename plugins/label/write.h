// Writes the implicit label into a file of a kind that takes it safely. A plan is a list of pieces,
// each a range of the old file or new bytes, so picture and sound are copied and never touched.
// Every plan is read back before anything is written: one label, the one asked for, nothing broken.
#pragma once

#include "plugins/label/contents.h"
#include "plugins/label/rules.h"

#include <string>
#include <utility>
#include <vector>

namespace pandect::label {

struct Piece {
  std::uint64_t offset = 0, size = 0;  // a range of the old file
  std::string bytes;                   // or, where size is 0, these
};

struct Plan {
  std::vector<Piece> pieces;
  void copy(std::uint64_t offset, std::uint64_t size);
  void add(std::string bytes);
  std::uint64_t size() const;
};

// The label as JSON from KEY=VALUE pairs: keys and values are checked against the rule book; with
// Label "1" the propagation fields repeat the producer's unless stated.
Result<std::string> label_json(const std::vector<std::string>& settings, const Rules& rules);

struct WriteOptions {
  bool replace = false;
};

// How the file would be written; an error says why it cannot be done safely.
Result<Plan> plan_label(const Source& source, std::string_view name, const std::string& json,
                        const WriteOptions& options);

// The bytes of a plan, read by parts.
Source source_of(const Plan& plan, const Source& old);

}  // namespace pandect::label
