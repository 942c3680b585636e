// The list of the papers there are templates for.
#pragma once

#include "packs/papers.h"

#include "pandect/program.h"

#include <string>
#include <vector>

namespace pandect::reports {

struct ListedPaper {
  PaperDraft paper;
  std::uint32_t pack = 0;
};

std::string draft_list(const Program& program, const std::vector<ListedPaper>& papers,
                       const std::string& lang);

}  // namespace pandect::reports
