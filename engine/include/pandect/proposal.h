// What a collector (a scan, an importer, a derivation) has seen and what fact it would be. A
// proposal is never a fact: it becomes one only when a person writes it into the manifest.
#pragma once

#include "pandect/result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace pandect {

// How a proposal came about.
enum class ProposalClass : std::uint8_t {
  extracted,  // a typed field of a known format
  suggested,  // text, tags, names of libraries: a person must confirm it
  derived,    // computed; `note` shows formula and inputs
  conflict    // two sources disagree; `values` has both
};

struct Proposal {
  std::string
      subject;       // "organisation", "system", "model" or "model:<name>" as the source names it
  std::string fact;  // a fact of the vocabulary, or a word of the format that no law asks for
  std::vector<std::string> values;  // as a manifest writes them; several of a set
  bool is_set = false;              // `values` are members of a set
  ProposalClass kind = ProposalClass::suggested;
  double confidence = 0.5;  // 0 to 1, how often such a sign was right
  Location where;           // file relative to the root; line where there is one
  std::string pointer;      // JSON pointer, YAML path, heading, "header": where in the format
  std::string quote;        // the words it rests on, at most 200 characters
  std::string note;         // why, and against what it must be checked
  std::string sign;         // id of the pattern or of the row of the mapping that made it
};

}  // namespace pandect
