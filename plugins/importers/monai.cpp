// metadata.json of a MONAI bundle.
#include "plugins/importing/collector.h"

namespace pandect::plugins {
namespace {

int recognises(std::string_view, std::string_view head) {
  return head.find("\"monai_version\"") != std::string_view::npos ? 90 : 0;
}

Result<Imported> read(const ImportedFile& file) {
  auto tree = read_json(file.path, file.bytes);
  if (!tree) return tree.errors();
  Collector collector(file.path);
  for (const auto& each : tree->warnings) collector.warn(each.code, each.where.line, each.message);
  collector.apply(tables().rows("monai/metadata"), tree->root, "");
  return collector.finish();
}

}  // namespace
}  // namespace pandect::plugins

pandect::plugins::Importer importer_monai() {
  return {"monai", "MONAI bundle metadata.json", 8u << 20, pandect::plugins::recognises,
          pandect::plugins::read};
}
