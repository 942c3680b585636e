// Provisions, rules, obligations and cases of a pack set against one another: what the law says and
// nothing encodes, what is encoded and nothing cites, what is written and no case proves.
#pragma once

#include "packs/draft.h"

#include "pandect/program.h"

#include <array>
#include <string>
#include <vector>

namespace pandect {

struct Coverage {
  struct Gap {
    Location where;
    std::string what;
  };
  std::size_t instruments = 0, provisions = 0, rules = 0, obligations = 0, cases = 0;
  std::array<std::size_t, 8> by_disposition{};  // by Disposition
  std::vector<Gap> uncited;                     // encoded, and nothing cites it
  std::vector<Gap> unresolved;                  // cited, and no provision
  std::vector<Gap> unproved;    // rules that no case makes true, or none makes false
  std::vector<Gap> unexpected;  // obligations that no case expects anything of
  std::vector<Gap> contrary;    // a rule cites what is said not to be encoded; a warning only

  std::size_t encoded() const {
    return by_disposition[static_cast<std::size_t>(Disposition::encoded)];
  }
  bool clean() const {
    return uncited.empty() && unresolved.empty() && unproved.empty() && unexpected.empty();
  }
};

// `drafts` as linked into `program`; the last one is looked at.
Coverage coverage(const Program& program, const std::vector<PackDraft>& drafts);

std::string to_text(const Coverage& coverage);

}  // namespace pandect
