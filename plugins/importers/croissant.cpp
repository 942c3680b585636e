// Croissant 1.0 and 1.1 descriptions of data sets, with the RAI extension, in their usual JSON
// form.
#include "plugins/importing/collector.h"

namespace pandect::plugins {
namespace {

int recognises(std::string_view, std::string_view head) {
  return head.find("mlcommons.org/croissant/") != std::string_view::npos ? 85 : 0;
}

Result<Imported> read(const ImportedFile& file) {
  auto tree = read_json(file.path, file.bytes);
  if (!tree) return tree.errors();
  Collector collector(file.path);
  for (const auto& each : tree->warnings) collector.warn(each.code, each.where.line, each.message);
  const std::string name = text_at(tree->root, "name");
  collector.model = "dataset:" + short_text(name.empty() ? file.path : name, 120);
  collector.apply(tables().rows("croissant/dataset"), tree->root, "");
  return collector.finish();
}

}  // namespace
}  // namespace pandect::plugins

pandect::plugins::Importer importer_croissant() {
  return {"croissant", "Croissant 1.0 and 1.1 description of a data set", 64u << 20,
          pandect::plugins::recognises, pandect::plugins::read};
}
