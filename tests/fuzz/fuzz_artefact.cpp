// Any bytes as a pack file: it is refused, or what is in it builds the same bytes again. The same
// bytes laid over a good file are refused, or change nothing. As a signature over a file, as keys,
// as a lockfile and as a changelog: refused or read, never a forged one.
#include "artefact/artefact.h"
#include "artefact/changelog.h"
#include "artefact/lockfile.h"
#include "artefact/signature.h"

#include <cstdlib>

using namespace pandect;
using namespace pandect::artefact;

namespace {

void open_and_build(const std::string& bytes) {
  const auto made = artefact::open("any", bytes);
  if (!made) return;
  const auto again = build("any", made->files, made->engine);
  if (!again || *again != bytes) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  static const std::string whole =
      *build("any", {{"/a.yaml", "facts: []\n"}, {"/pack.yaml", "id: any\nversion: 1.0.0\n"}},
             {{{0, 1, 0}}, {}});
  static const SecretKey key = generate_key();
  static const std::string signature = sign(whole, key, "any");
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  open_and_build(bytes);
  if (verify("any", whole, bytes, {key.public_key()})) std::abort();
  parse_public_key("any", bytes);
  parse_secret_key("any", bytes, "");
  parse_lock("any", bytes);
  lint_changelog("any", bytes);
  if (size < 3) return 0;
  std::string laid = whole, signed_over = signature;
  const std::size_t at = data[0] | data[1] << 8;
  const std::size_t first = signature.find('\n') + 1;  // the line before is said to be untrusted
  for (std::size_t i = 2; i < size; ++i) {
    laid[(at + i) % laid.size()] = bytes[i];
    signed_over[first + (at + i) % (signed_over.size() - first)] = bytes[i];
  }
  open_and_build(laid);
  if (laid != whole && verify("any", laid, signature, {key.public_key()})) std::abort();
  const auto verified = verify("any", whole, signed_over, {key.public_key()});
  if (verified && verified->trusted_comment != "any") std::abort();
  return 0;
}
