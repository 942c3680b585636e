// MLflow's MLmodel: flavours with the versions of their libraries, and the signature, which is JSON
// inside a folded YAML text. `artifact_path` and `run_id` are left alone: they name people and
// places.
#include "plugins/importing/collector.h"

namespace pandect::plugins {
namespace {

using yaml::Value;

int recognises(std::string_view path, std::string_view head) {
  const std::string name = lower_case(path);
  const bool named = name.ends_with("mlmodel");
  const bool flavours = head.find("flavors:") != std::string_view::npos;
  if (named && flavours) return 95;
  return flavours && head.find("loader_module:") != std::string_view::npos ? 80 : 0;
}

void libraries(Collector& collector, const Value& root) {
  const Value* flavours = root.find("flavors");
  if (flavours == nullptr) return;
  for (const auto& [name, flavour] : flavours->entries) {
    const Value* version = flavour.find(name.text + "_version");
    if (version == nullptr) continue;
    Proposed library;
    library.subject = "model";
    library.fact = "about.library";
    library.kind = ProposalClass::extracted;
    library.confidence = 0.95;
    library.set = true;
    collector.add(library, name.text + " " + version->text,
                  {version->line, "/flavors/" + name.text + "/" + name.text + "_version",
                   version->text, "mlflow:library"});
  }
}

void place(Value& value, int line) {
  value.line = line;
  for (auto& item : value.items) place(item, line);
  for (auto& entry : value.entries) {
    entry.key.line = line;
    place(entry.value, line);
  }
}

void signature(Collector& collector, const std::string& file, const Value& root) {
  const Value* owner = root.find("signature");
  const Value* inputs = owner == nullptr ? nullptr : owner->find("inputs");
  if (inputs == nullptr || inputs->text.empty()) return;
  auto tree = read_json(file, inputs->text);
  if (!tree)
    return collector.warn("signature", inputs->line, "the signature's inputs are not valid JSON");
  place(tree->root, inputs->line);
  collector.apply(tables().rows("mlflow/inputs"), tree->root, "/signature/inputs");
}

Result<Imported> read(const ImportedFile& file) {
  auto document = yaml::parse(file.path, file.bytes);
  if (!document) return document.errors();
  Collector collector(file.path);
  collector.apply(tables().rows("mlflow/model"), document->root, "");
  libraries(collector, document->root);
  signature(collector, file.path, document->root);
  return collector.finish();
}

}  // namespace
}  // namespace pandect::plugins

pandect::plugins::Importer importer_mlflow() {
  return {"mlflow", "MLflow MLmodel", 8u << 20, pandect::plugins::recognises,
          pandect::plugins::read};
}
