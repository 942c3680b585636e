// A record that shows a finding, in the words in which a person would state it.
#pragma once

#include "logic/knowledge.h"

#include <string>
#include <utility>
#include <vector>

namespace pandect {

struct Example {
  Record record;
  std::vector<std::pair<std::string, std::string>> facts;  // name, with its subject, and answer

  std::string text() const;  // "system.talks: true, system.size: 10"
};

// The answers stand beside the subjects of this knowledge.
Example example_of(const Knowledge& knowledge,
                   const std::vector<std::pair<CellId, Answer>>& answers);

// Where the answer of a cell is stated in a record: the place that nothing overrides.
Subject& subject_of(const Knowledge& knowledge, CellId cell, Record& record);

// An answer as a manifest states it: "true", "[a, b]", "2026-08-02", "1e25", "35000000 EUR".
std::string text_of(const Program& program, const Answer& answer);

}  // namespace pandect
