// Shell patterns for paths inside a root: `*` and `?` stay within a name, `**` crosses folders,
// `[a-z]` and `{a,b}` choose. Case counts. Linear in the length of the path for each `*`; no
// backtracking over `**` beyond the number of folders.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pandect {

// True if the whole relative path (with `/` between names) matches.
bool glob_matches(std::string_view pattern, std::string_view path);

// `a/{b,c}.md` as a/b.md and a/c.md; at most 256 of them, further ones are left out.
std::vector<std::string> glob_alternatives(std::string_view pattern);

}  // namespace pandect
