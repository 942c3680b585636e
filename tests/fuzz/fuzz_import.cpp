// Any bytes through every importer, under the name of each kind of file. The first byte chooses.
#include "plugins/importer.h"

#include <cstddef>
#include <cstdlib>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  static const auto importers = pandect::plugins::importers();
  if (size < 2 || size > 100'000) return 0;
  const auto& importer = importers[data[0] % importers.size()];
  const std::string bytes(reinterpret_cast<const char*>(data + 1), size - 1);
  const char* const names[] = {"README.md", "config.json", "MLmodel", "LICENSE"};
  const std::string name = names[(data[0] / 16) % 4];
  importer.recognises(name, bytes);
  const auto imported = importer.read({name, bytes});
  if (!imported) {
    if (imported.errors().empty()) std::abort();  // a refusal says why
    return 0;
  }
  for (const auto& each : imported->proposals) {
    if (each.fact.empty() || each.values.empty() || each.where.file != name) std::abort();
    if (each.quote.size() > 200) std::abort();
  }
  return 0;
}
