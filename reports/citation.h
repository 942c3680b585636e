// Provisions as lawyers of each language cite them, from the ids of the registers
// (kr-aiba:art-31:par-1 -> AI Basic Act Art 31(1), 제31조제1항, 第三十一条第一款).
#pragma once

#include "reports/words.h"

#include <string>
#include <vector>

namespace pandect::reports {

// The place within the instrument; empty where the id names none that can be cited.
std::string place_of(const std::string& provision, const Wording& words);

// Short title of the instrument and place.
std::string cite(const Citation& citation, const Wording& words);

// At most `most` places; the title stands once while the instrument stays the same. Places within
// another cited place are left out. What is more is counted.
std::string cites(const std::vector<Citation>& list, const Wording& words, std::size_t most = 2);

// The same, each place by itself with the address of its text: the title stands in the first of an
// instrument, `mark` before each but the first.
struct CitePart {
  std::string mark, text, url;
};
std::vector<CitePart> cite_parts(const std::vector<Citation>& list, const Wording& words);

}  // namespace pandect::reports
