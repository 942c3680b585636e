// Small stores for tests, and files to damage.
#pragma once

#include "base/digest.h"
#include "cli/process.h"
#include "store/store.h"

#include <fstream>
#include <iterator>
#include <string>

namespace pandect::testing {

inline store::Draft draft(const std::string& document, const std::string& more = "") {
  return {"assessment",
          "2026-11-30T08:00:00Z",
          R"({"blobs":[")" + digest_of(document) + R"("],"more":")" + more + R"("})",
          {document}};
}

inline std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// A store of so many entries, each with a document of `size` bytes of its own.
inline std::string filled(const Scratch& scratch, int entries, std::size_t size = 100) {
  const std::string path = scratch.path("store.sqlite3");
  auto made = store::Store::open(path, store::Mode::create);
  for (int i = 1; made && i <= entries; ++i) {
    const std::string number = std::to_string(i);
    (void)made->append(draft(number + std::string(size, 'x'), number));
  }
  return path;
}

}  // namespace pandect::testing
