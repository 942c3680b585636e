// Keys of minisign: Ed25519 with an eight-byte name, in the text files that `minisign -G` writes. A
// secret key may be locked with a password (scrypt). Knows neither files nor packs.
#pragma once

#include "pandect/result.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace pandect::artefact {

using KeyName = std::array<unsigned char, 8>;

struct PublicKey {
  KeyName name{};
  std::array<unsigned char, 32> key{};
  bool operator==(const PublicKey&) const = default;
};

struct SecretKey {
  KeyName name{};
  std::array<unsigned char, 64> key{};
  PublicKey public_key() const;
};

// As minisign prints it: 16 hexadecimal digits.
std::string to_string(const KeyName& name);

// `file` is printed in messages.
Result<PublicKey> parse_public_key(const std::string& file, std::string_view text);

// A locked key needs its password; an open one ignores it.
Result<SecretKey> parse_secret_key(const std::string& file, std::string_view text,
                                   std::string_view password);

SecretKey generate_key();
std::string text_of(const PublicKey& key);

// How much work a guess of the password costs; the defaults are those of minisign.
struct LockCost {
  std::uint64_t operations = 33'554'432;
  std::uint64_t memory = 1'073'741'824;
};
// An empty password: not locked. Fails where the memory is not to be had.
Result<std::string> text_of(const SecretKey& key, std::string_view password,
                            const LockCost& cost = {});

}  // namespace pandect::artefact
