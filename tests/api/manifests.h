// Cases of a pack as manifests: each case a system with its models, cases of one day and one
// organisation together.
#pragma once

#include "packs/draft.h"

#include "pandect/program.h"

#include <string>
#include <vector>

namespace same {

struct ManifestText {
  std::string text;
  std::string as_of;
  std::size_t cases = 0;
};

// Every `every`-th case.
std::vector<ManifestText> manifests_of(const pandect::Program& program,
                                       const pandect::PackDraft& pack, std::size_t every);

}  // namespace same
