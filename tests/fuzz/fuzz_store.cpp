// Any bytes as a damaged store, and as the lines of an export: what comes out has proved itself,
// and what goes in leaves a whole store.
#include "base/digest.h"
#include "store/transfer.h"

#include <algorithm>
#include <cstdlib>

namespace {

void salvage_any(std::string bytes) {
  // Without this nearly every page would be passed over.
  for (std::size_t page = 0; page < bytes.size(); page += 4096) {
    const std::size_t kind = page == 0 ? 100 : page;
    if (kind < bytes.size()) bytes[kind] = 0x0d;
  }
  const auto salvaged = pandect::store::salvage(bytes);
  for (const auto& each : salvaged.entries) {
    if (pandect::store::hash_of(each) != each.hash) std::abort();
  }
  for (const auto& [digest, document] : salvaged.documents) {
    if (pandect::digest_of(document) != digest) std::abort();
  }
}

void import_any(const std::string& bytes) {
  const auto store = pandect::store::Store::open("", pandect::store::Mode::create);
  if (!store) std::abort();
  std::size_t at = 0;
  const auto lines = [&](std::string& line) {
    if (at >= bytes.size()) return false;
    const std::size_t end = std::min(bytes.find('\n', at), bytes.size());
    line = bytes.substr(at, end - at);
    at = end + 1;
    return true;
  };
  (void)pandect::store::import_lines(*store, "fuzz", lines, bytes.size() % 2 == 0);
  if (!store->verify().problems.empty()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  if ((data[0] & 1) == 0) {
    salvage_any(bytes);
  } else {
    import_any(bytes);
  }
  return 0;
}
