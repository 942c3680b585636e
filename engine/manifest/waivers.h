// Waivers as a person writes them: in the manifest, or in a file beside it. A waiver never undoes a
// duty; it says who answers for not acting on it yet, why, and until when (semantics 7.7).
#pragma once

#include "packs/yaml.h"

#include "pandect/assessment.h"
#include "pandect/program.h"

#include <string>
#include <string_view>
#include <vector>

namespace pandect {

struct WaiverEntry {
  std::string subject, obligation;
  WaiverItem waiver;  // its state is not yet known
};

// Reads a list of waivers. `subjects` are the ids of the manifest; a prohibition, an unknown
// subject or duty, and a missing part are problems with their place.
void read_waivers(const Program& program, const yaml::Document& document, const yaml::Value& list,
                  const std::vector<std::string_view>& subjects, std::vector<WaiverEntry>& out,
                  Diagnostics& problems);

// A file of waivers alone: the list, or a map with `waivers`.
void read_waiver_document(const Program& program, const yaml::Document& document,
                          const std::vector<std::string_view>& subjects,
                          std::vector<WaiverEntry>& out, Diagnostics& problems);

// A waiver as it stands in a file, ready to be completed and pasted.
std::string waiver_stanza(const std::string& subject, const std::string& obligation, Day made,
                          const std::string& facts);

}  // namespace pandect
