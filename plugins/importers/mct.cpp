// Model Card Toolkit JSON, v0.0.1 and v0.0.2 (schema of tensorflow/model-card-toolkit, archived).
#include "plugins/importing/collector.h"

namespace pandect::plugins {
namespace {

int recognises(std::string_view, std::string_view head) {
  const auto has = [&](std::string_view key) { return head.find(key) != std::string_view::npos; };
  return has("\"model_details\"") && (has("\"model_parameters\"") || has("\"schema_version\"") ||
                                      has("\"considerations\""))
             ? 85
             : 0;
}

Result<Imported> read(const ImportedFile& file) {
  auto tree = read_json(file.path, file.bytes);
  if (!tree) return tree.errors();
  Collector collector(file.path);
  for (const auto& each : tree->warnings) collector.warn(each.code, each.where.line, each.message);
  const std::string version = text_at(tree->root, "schema_version");
  Proposed format;
  format.subject = "source";
  format.fact = "about.format";
  format.kind = ProposalClass::extracted;
  format.confidence = version.empty() ? 0.7 : 0.95;
  collector.add(format, "Model Card Toolkit " + (version.empty() ? "0.0.1" : version),
                {tree->root.line, "/schema_version", version, "mct"});
  collector.apply(tables().rows("mct/card"), tree->root, "");
  return collector.finish();
}

}  // namespace
}  // namespace pandect::plugins

pandect::plugins::Importer importer_mct() {
  return {"mct", "Model Card Toolkit JSON", 16u << 20, pandect::plugins::recognises,
          pandect::plugins::read};
}
