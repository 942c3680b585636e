// The trust root: whose signatures count. Where there is one, a pack without a signature by one of
// its keys is refused, and nothing else can be said to the contrary.
#pragma once

#include "artefact/signature.h"

#include <optional>
#include <string>
#include <vector>

namespace pandect::artefact {

struct TrustRoot {
  std::vector<PublicKey> keys;
  std::string where;  // as printed
};

// The keys of `files`; if there are none, those of the .pub files in `folder`; nothing if the
// folder is not there either. A folder without a key, and a file that is none, are errors: a trust
// root that cannot be read must not pass for none.
Result<std::optional<TrustRoot>> read_trust(const std::vector<std::string>& files,
                                            const std::string& folder);

}  // namespace pandect::artefact
