// A pack as a reader sees it: its instruments, then by file each concept with its rules in words
// and each duty with who owes it, when, under which penalty and with which evidence.
#pragma once

#include "packs/draft.h"

#include <string>
#include <string_view>

namespace pandect {

// `language` is en, ko or zh; a text that is missing in it is shown in English.
std::string show(const PackDraft& pack, std::string_view language);

}  // namespace pandect
