// Signatures of minisign: Ed25519 over the BLAKE2b-512 of a file (prehashed, `ED`), and a second
// one over the first and the trusted comment. The older form (`Ed`) is refused with a remedy.
#pragma once

#include "artefact/keys.h"

#include "pandect/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace pandect::artefact {

// The text of a .minisig file. Comments are one line each.
std::string sign(std::string_view bytes, const SecretKey& key, const std::string& trusted_comment);

struct Verified {
  KeyName key{};
  std::string trusted_comment;
};

// Holds if one of `keys` made the signature. `file` (the signed one) is printed in messages.
Result<Verified> verify(const std::string& file, std::string_view bytes, std::string_view signature,
                        const std::vector<PublicKey>& keys);

}  // namespace pandect::artefact
