#include "artefact/signature.h"

#include "artefact/encoding.h"

#include <algorithm>
#include <array>

#include <sodium/crypto_generichash.h>
#include <sodium/crypto_sign.h>

namespace pandect::artefact {
namespace {

constexpr std::size_t kSignature = 64, kHead = 10;
constexpr std::string_view kUntrusted = "untrusted comment: ";
constexpr std::string_view kTrusted = "trusted comment: ";

using Hash = std::array<unsigned char, 64>;

Hash hash_of(std::string_view bytes) {
  Hash hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                     bytes.size(), nullptr, 0);
  return hash;
}

Diagnostic problem(const std::string& file, std::string message, std::string hint) {
  return {Level::error, "bad-signature", {file, 0, 0}, std::move(message), std::move(hint)};
}

const unsigned char* raw(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

}  // namespace

std::string sign(std::string_view bytes, const SecretKey& key, const std::string& trusted_comment) {
  const Hash hash = hash_of(bytes);
  std::string first(kSignature, '\0'), second(kSignature, '\0');
  crypto_sign_detached(reinterpret_cast<unsigned char*>(first.data()), nullptr, hash.data(),
                       hash.size(), key.key.data());
  const std::string covered = first + trusted_comment;
  crypto_sign_detached(reinterpret_cast<unsigned char*>(second.data()), nullptr, raw(covered),
                       covered.size(), key.key.data());
  std::string head = "ED";
  head.append(key.name.begin(), key.name.end());
  return std::string(kUntrusted) + "signature from pandect\n" + base64_of(head + first) + "\n" +
         std::string(kTrusted) + trusted_comment + "\n" + base64_of(second) + "\n";
}

Result<Verified> verify(const std::string& file, std::string_view bytes, std::string_view signature,
                        const std::vector<PublicKey>& keys) {
  const auto lines = short_lines(signature);
  const bool shaped =
      lines.size() == 4 && lines[0].starts_with(kUntrusted) && lines[2].starts_with(kTrusted);
  const auto first = shaped ? from_base64(lines[1], kHead + kSignature) : std::nullopt;
  const auto second = shaped ? from_base64(lines[3], kSignature) : std::nullopt;
  if (!first || !second || (!first->starts_with("ED") && !first->starts_with("Ed")))
    return problem(file, "its signature is no signature of minisign",
                   "sign it with `pandect pack sign` or `minisign -S`");
  if (first->starts_with("Ed"))
    return problem(file, "its signature is of the older form that does not hash the file first",
                   "sign it again with `pandect pack sign` or minisign 0.10 or later");
  Verified verified;
  std::copy_n(raw(*first) + 2, verified.key.size(), verified.key.begin());
  const auto key = std::find_if(keys.begin(), keys.end(),
                                [&](const PublicKey& each) { return each.name == verified.key; });
  if (key == keys.end())
    return problem(
        file, "is signed by the key " + to_string(verified.key) + ", which is not trusted",
        "ask the author for the public key, and add it to the trust root if it is right");
  const std::string_view made = std::string_view(*first).substr(kHead);
  const Hash hash = hash_of(bytes);
  if (crypto_sign_verify_detached(raw(made), hash.data(), hash.size(), key->key.data()) != 0)
    return problem(file, "does not match its signature: one of the two was changed",
                   "take both again from their author");
  verified.trusted_comment = lines[2].substr(kTrusted.size());
  const std::string covered = std::string(made) + verified.trusted_comment;
  if (crypto_sign_verify_detached(raw(*second), raw(covered), covered.size(), key->key.data()) != 0)
    return problem(file, "the trusted comment of its signature was changed",
                   "take the signature again from its author");
  return verified;
}

}  // namespace pandect::artefact
