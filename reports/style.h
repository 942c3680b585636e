// The style sheet of the HTML report: light and dark, for screen and paper.
#pragma once

#include <string_view>

namespace pandect::reports {

std::string_view page_style();

}  // namespace pandect::reports
