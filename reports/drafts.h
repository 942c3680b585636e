// Renders the draft of a paper. That it is a draft stands at its top and end and, printed, on every
// page; what is stated has its source, what is concluded its provision, gaps are numbered.
#pragma once

#include "papers/paper.h"

#include <string>

namespace pandect::reports {

std::string draft_markdown(const FilledPaper& paper, const std::string& lang);
// One self-contained page without scripts.
std::string draft_html(const FilledPaper& paper, const std::string& lang);

}  // namespace pandect::reports
