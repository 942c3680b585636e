#include "artefact/keys.h"

#include "artefact/encoding.h"

#include <algorithm>
#include <cstring>

#include <sodium/core.h>
#include <sodium/crypto_generichash.h>
#include <sodium/crypto_pwhash_scryptsalsa208sha256.h>
#include <sodium/crypto_sign.h>
#include <sodium/randombytes.h>
#include <sodium/utils.h>

namespace pandect::artefact {
namespace {

// A secret key, as minisign lays it out: algorithm, kind of lock, kind of checksum, salt, cost of
// the lock, and then, perhaps locked, name, key and checksum.
constexpr std::size_t kSalt = 6, kOperations = 38, kMemory = 46, kName = 54, kKey = 62,
                      kChecksum = 126, kSecretSize = 158;
constexpr std::size_t kPublicSize = 42;
// More than minisign asks for; a hostile key file must not take the machine.
constexpr std::uint64_t kMostMemory = 2'147'483'648, kMostOperations = 268'435'456;

Diagnostic problem(const std::string& file, std::string message, std::string hint) {
  return {Level::error, "bad-key", {file, 0, 0}, std::move(message), std::move(hint)};
}

const unsigned char* raw(const std::string& bytes, std::size_t at = 0) {
  return reinterpret_cast<const unsigned char*>(bytes.data()) + at;
}
unsigned char* raw(std::string& bytes, std::size_t at = 0) {
  return reinterpret_cast<unsigned char*>(bytes.data()) + at;
}

std::uint64_t little_endian(const std::string& bytes, std::size_t at) {
  std::uint64_t value = 0;
  for (std::size_t i = 8; i > 0; --i) value = value << 8 | *raw(bytes, at + i - 1);
  return value;
}

void put_little_endian(std::string& bytes, std::size_t at, std::uint64_t value) {
  for (std::size_t i = 0; i < 8; ++i)
    *raw(bytes, at + i) = static_cast<unsigned char>(value >> 8 * i);
}

// Locks and unlocks alike. False where the memory is not to be had.
bool lock(std::string& bytes, std::string_view password) {
  std::string stream(kSecretSize - kName, '\0');
  if (crypto_pwhash_scryptsalsa208sha256(
          raw(stream), stream.size(), password.data(), password.size(), raw(bytes, kSalt),
          little_endian(bytes, kOperations),
          static_cast<std::size_t>(little_endian(bytes, kMemory))) != 0)
    return false;
  for (std::size_t i = 0; i < stream.size(); ++i)
    bytes[kName + i] = static_cast<char>(bytes[kName + i] ^ stream[i]);
  sodium_memzero(stream.data(), stream.size());
  return true;
}

std::array<unsigned char, 32> checksum_of(const std::string& bytes) {
  std::array<unsigned char, 32> sum{};
  const std::string covered = bytes.substr(0, 2) + bytes.substr(kName, kChecksum - kName);
  crypto_generichash(sum.data(), sum.size(), raw(covered), covered.size(), nullptr, 0);
  return sum;
}

bool is_open(const std::string& bytes) { return bytes.substr(2, 2) == std::string(2, '\0'); }

bool halves_agree(const SecretKey& key) {
  std::array<unsigned char, 32> open{};
  std::array<unsigned char, 64> made{};
  crypto_sign_seed_keypair(open.data(), made.data(), key.key.data());
  return made == key.key;
}

Diagnostic no_memory(const std::string& file) {
  return problem(file, "the password cannot be tried: there is not enough memory",
                 "free about 1 GiB, or use a key without a password (minisign -G -W)");
}

// Opens the lock, if there is one.
Result<bool> unlock(const std::string& file, std::string& bytes, std::string_view password) {
  if (is_open(bytes)) return true;
  if (password.empty())
    return problem(file, "this key is locked with a password",
                   "give it with --password-file FILE (/dev/fd/3 for a descriptor)");
  if (little_endian(bytes, kOperations) > kMostOperations ||
      little_endian(bytes, kMemory) > kMostMemory)
    return problem(file, "the lock of this key asks for more than 2 GiB", "make another key");
  if (!lock(bytes, password)) return no_memory(file);
  return true;
}

}  // namespace

PublicKey SecretKey::public_key() const {
  PublicKey open{name, {}};
  std::copy_n(key.begin() + 32, 32, open.key.begin());
  return open;
}

std::string to_string(const KeyName& name) {
  static constexpr std::string_view hex = "0123456789ABCDEF";
  std::string text;
  for (auto at = name.rbegin(); at != name.rend(); ++at) {
    text += hex[*at >> 4];
    text += hex[*at & 15];
  }
  return text;
}

Result<PublicKey> parse_public_key(const std::string& file, std::string_view text) {
  const auto lines = short_lines(text);
  // The line alone is what minisign takes with -P.
  const auto bytes = lines.empty() ? std::nullopt : from_base64(lines.back(), kPublicSize);
  if (lines.size() > 2 || !bytes || !bytes->starts_with("Ed"))
    return problem(file, "is no public key of minisign",
                   "it is the .pub file that `pandect pack keygen` or `minisign -G` wrote");
  PublicKey key;
  std::copy_n(raw(*bytes, 2), 8, key.name.begin());
  std::copy_n(raw(*bytes, 10), 32, key.key.begin());
  return key;
}

Result<SecretKey> parse_secret_key(const std::string& file, std::string_view text,
                                   std::string_view password) {
  const auto lines = short_lines(text);
  auto bytes = lines.size() == 2 ? from_base64(lines[1], kSecretSize) : std::nullopt;
  if (!bytes || !bytes->starts_with("Ed") || bytes->substr(4, 2) != "B2" ||
      (bytes->substr(2, 2) != "Sc" && bytes->substr(2, 2) != std::string(2, '\0')))
    return problem(file, "is no secret key of minisign",
                   "it is the .key file that `pandect pack keygen` or `minisign -G` wrote");
  const auto opened = unlock(file, *bytes, password);
  if (!opened) return opened.errors();
  SecretKey key;
  std::copy_n(raw(*bytes, kName), 8, key.name.begin());
  std::copy_n(raw(*bytes, kKey), 64, key.key.begin());
  const auto sum = checksum_of(*bytes);
  // An open key carries no checksum; that its two halves belong together is tested for both.
  const bool whole = is_open(*bytes) || std::equal(sum.begin(), sum.end(), raw(*bytes, kChecksum));
  sodium_memzero(bytes->data(), bytes->size());
  if (!whole || !halves_agree(key))
    return problem(file, "the password is wrong, or the key is damaged", "try again");
  return key;
}

SecretKey generate_key() {
  SecretKey key;
  if (sodium_init() < 0) return key;
  std::array<unsigned char, 32> open{};
  randombytes_buf(key.name.data(), key.name.size());
  crypto_sign_keypair(open.data(), key.key.data());
  return key;
}

std::string text_of(const PublicKey& key) {
  std::string bytes = "Ed";
  bytes.append(key.name.begin(), key.name.end());
  bytes.append(key.key.begin(), key.key.end());
  return "untrusted comment: minisign public key " + to_string(key.name) + "\n" + base64_of(bytes) +
         "\n";
}

Result<std::string> text_of(const SecretKey& key, std::string_view password, const LockCost& cost) {
  std::string bytes(kSecretSize, '\0');
  std::memcpy(bytes.data(), "Ed\0\0B2", 6);
  std::copy(key.name.begin(), key.name.end(), raw(bytes, kName));
  std::copy(key.key.begin(), key.key.end(), raw(bytes, kKey));
  if (!password.empty()) {
    const auto sum = checksum_of(bytes);
    std::copy(sum.begin(), sum.end(), raw(bytes, kChecksum));
    if (sodium_init() < 0) return no_memory({});
    std::memcpy(bytes.data() + 2, "Sc", 2);
    randombytes_buf(bytes.data() + kSalt, kOperations - kSalt);
    put_little_endian(bytes, kOperations, cost.operations);
    put_little_endian(bytes, kMemory, cost.memory);
    if (!lock(bytes, password)) return no_memory({});
  }
  return "untrusted comment: minisign " +
         std::string(password.empty() ? "unencrypted" : "encrypted") + " secret key\n" +
         base64_of(bytes) + "\n";
}

}  // namespace pandect::artefact
