// What web pages without a script have in common: the head with its policy, the top with who and
// when, filters by radio buttons, and the sources at the foot.
#pragma once

#include "reports/web.h"

#include <string>
#include <utility>
#include <vector>

namespace pandect::reports {

struct WebFrame {
  std::string title;               // as text
  std::string kind, heading;       // at the top, as markup; kind may be empty
  std::vector<std::string> lines;  // below the heading, as markup
  std::string style;               // added to the style sheet
  std::string main, footer;        // markup
};

std::string web_frame(const WebFrame& frame, const Wording& words);

// Radio buttons that hide what does not bear the chosen class, in the page's style alone.
struct WebFilter {
  std::string group;                                         // a letter: ids are `j-kr`
  std::vector<std::pair<std::string, std::string>> choices;  // class token, shown
};
std::string web_filter(const WebFilter& filter, const std::string& legend, const Wording& words);
// `what` is hidden where it lacks the class; a `within` that holds none of them, too.
std::string web_filter_style(const WebFilter& filter, const std::string& what,
                             const std::string& within);

// Packs, engine and the notice; `notes` are further items, as markup.
std::string web_sources(const std::vector<PackUsed>& packs, const std::string& engine,
                        const std::vector<std::string>& notes, const Wording& words);

}  // namespace pandect::reports
