// From signs to proposals: one for each fact and value, with its best place and how sure it is.
// Never a fact.
#pragma once

#include "plugins/scan/scan.h"

#include <string>
#include <string_view>
#include <vector>

namespace pandect::scan {

std::vector<Proposal> proposals_of(const ScanResult& result);

// A word or line from a repository as one may print it: control and direction signs and bytes that
// are no UTF-8 as \n, \x1b, \xff; at most `most` bytes.
std::string shown(std::string_view text, std::size_t most = 200);

// "src/api.py:12"
std::string place(const Location& where);

}  // namespace pandect::scan
