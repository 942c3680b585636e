#include "artefact/signature.h"

#include "artefact/encoding.h"
#include "cli/process.h"

#include <cstdlib>
#include <fstream>

#include <doctest/doctest.h>

namespace {

using namespace pandect;
using namespace pandect::artefact;

std::string slurp(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

bool minisign(const std::string& arguments) {
  return std::system(("minisign " + arguments + " > /dev/null 2>&1 < /dev/null").c_str()) == 0;
}

std::string why(const Result<Verified>& result) {
  return result ? std::string() : result.errors()[0].message;
}

}  // namespace

TEST_CASE("signature: what we sign, minisign verifies") {
  const testing::Scratch scratch;
  const SecretKey key = generate_key();
  const std::string bytes = "any bytes\n\0 at all";
  scratch.write("f", bytes);
  scratch.write("k.pub", text_of(key.public_key()));
  scratch.write("f.minisig", sign(bytes, key, "pandect-pack a 1.0.0"));
  CHECK(minisign("-Vm " + scratch.path("f") + " -p " + scratch.path("k.pub")));
  scratch.write("f", bytes + "!");
  CHECK_FALSE(minisign("-Vm " + scratch.path("f") + " -p " + scratch.path("k.pub")));
  // The secret key too is one that minisign reads.
  scratch.write("k.key", *text_of(key, ""));
  REQUIRE(minisign("-Sm " + scratch.path("f") + " -s " + scratch.path("k.key")));
  CHECK(verify("f", bytes + "!", slurp(scratch.path("f.minisig")), {key.public_key()}));
}

TEST_CASE("signature: what minisign signs, we verify") {
  const testing::Scratch scratch;
  const std::string pair = " -p " + scratch.path("k.pub") + " -s " + scratch.path("k.key");
  REQUIRE(minisign("-G -W" + pair));
  scratch.write("f", "contents");
  REQUIRE(
      minisign("-Sm " + scratch.path("f") + " -s " + scratch.path("k.key") + " -t 'a comment'"));
  const auto key = parse_public_key("k.pub", slurp(scratch.path("k.pub")));
  REQUIRE(key);
  const std::string signature = slurp(scratch.path("f.minisig"));
  const auto verified = verify("f", "contents", signature, {*key});
  REQUIRE(verified);
  CHECK(verified->trusted_comment == "a comment");
  CHECK(verified->key == key->name);
  CHECK(slurp(scratch.path("k.pub")).find(to_string(key->name)) != std::string::npos);
  const auto secret = parse_secret_key("k.key", slurp(scratch.path("k.key")), "");
  REQUIRE(secret);
  CHECK(secret->public_key() == *key);

  CHECK(why(verify("f", "Contents", signature, {*key})).find("does not match") == 0);
  CHECK(why(verify("f", "contents", signature, {})).find("not trusted") != std::string::npos);
  CHECK(
      why(verify("f", "contents", signature, {generate_key().public_key()})).find("not trusted") !=
      std::string::npos);
  PublicKey forged = generate_key().public_key();
  forged.name = key->name;  // the name of a key proves nothing
  CHECK(why(verify("f", "contents", signature, {forged})).find("does not match") == 0);
  std::string comment = signature;
  comment.replace(comment.find("a comment"), 9, "b comment");
  CHECK(why(verify("f", "contents", comment, {*key})).find("the trusted comment") == 0);
  REQUIRE(minisign("-S -l -m " + scratch.path("f") + " -s " + scratch.path("k.key")));
  CHECK(why(verify("f", "contents", slurp(scratch.path("f.minisig")), {*key})).find("older form") !=
        std::string::npos);
}

TEST_CASE("signature: any other byte is refused") {
  const SecretKey key = generate_key();
  const std::string signature = sign("x", key, "t");
  std::size_t accepted = 0;
  const std::size_t from = signature.find('\n') + 1;  // the first line is said to be untrusted
  for (std::size_t at = from; at < signature.size() - 1; ++at) {
    std::string changed = signature;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    accepted += verify("f", "x", changed, {key.public_key()}).ok() ? 1 : 0;
  }
  CHECK(accepted == 0);
  for (const char* text :
       {"", "\n\n\n\n", "untrusted comment: a\nAAAA\ntrusted comment: b\nAAAA\n"})
    CHECK(why(verify("f", "x", text, {key.public_key()})).find("no signature of minisign") !=
          std::string::npos);
  CHECK_FALSE(verify("f", "x", std::string(9000, 'a'), {key.public_key()}));
}

TEST_CASE("keys: a password locks, a wrong one does not open") {
  const SecretKey key = generate_key();
  const LockCost cheap{32'768, 16'777'216};
  const auto locked = text_of(key, "correct horse", cheap);
  REQUIRE(locked);
  const auto opened = parse_secret_key("k", *locked, "correct horse");
  REQUIRE(opened);
  CHECK(opened->key == key.key);
  CHECK(
      parse_secret_key("k", *locked, "battery").errors()[0].message.find("the password is wrong") ==
      0);
  const auto without = parse_secret_key("k", *locked, "");
  CHECK(without.errors()[0].message == "this key is locked with a password");
  CHECK(without.errors()[0].hint.find("--password-file") != std::string::npos);
}

TEST_CASE("keys: a hostile key file takes neither time nor memory") {
  const std::string text = *text_of(generate_key(), "");
  const std::size_t line = text.find('\n') + 1;
  std::string bytes = *from_base64(text.substr(line, text.size() - line - 1), 158);
  std::string damaged = bytes;
  damaged[70] = static_cast<char>(damaged[70] ^ 1);
  CHECK(parse_secret_key("k", "untrusted comment: a\n" + base64_of(damaged) + "\n", "")
            .errors()[0]
            .message.find("damaged") != std::string::npos);
  bytes.replace(2, 2, "Sc");
  bytes.replace(38, 16, std::string(16, '\xFF'));
  const auto greedy =
      parse_secret_key("k", "untrusted comment: a\n" + base64_of(bytes) + "\n", "p");
  CHECK(greedy.errors()[0].message.find("more than 2 GiB") != std::string::npos);
  for (const std::string& other : {std::string(), std::string("untrusted comment: a\nRWQ\n"),
                                   text.substr(0, 80), text + text}) {
    CHECK_FALSE(parse_secret_key("k", other, "p"));
    CHECK_FALSE(parse_public_key("k", other));
  }
}
