// CycloneDX 1.5 to 1.7 as JSON or XML: components that are machine-learning models or data, nested
// ones too. Not a validator: it warns of the faults that hide facts.
#include "plugins/importing/collector.h"

#include <array>

namespace pandect::plugins {
namespace {

using yaml::Shape;
using yaml::Value;

constexpr std::array<std::string_view, 3> kVersions{"1.5", "1.6", "1.7"};

bool is_xml(std::string_view text) {
  const std::size_t start = text.find_first_not_of("\xEF\xBB\xBF \t\r\n");
  return start != std::string_view::npos && text[start] == '<';
}

int recognises(std::string_view, std::string_view head) {
  if (head.find("\"CycloneDX\"") != std::string_view::npos) return 95;
  return is_xml(head) && head.find("http://cyclonedx.org/schema/bom/") != std::string_view::npos
             ? 95
             : 0;
}

struct Component {
  const Value* value;
  std::string pointer;
};

void find_components(const Value& owner, const std::string& pointer, int depth,
                     std::vector<Component>& found) {
  const Value* list = owner.find("components");
  if (list == nullptr || depth > 16) return;
  for (std::size_t i = 0; i < list->items.size() && found.size() < 100'000; ++i) {
    const std::string below = pointer + "/components/" + std::to_string(i);
    found.push_back({&list->items[i], below});
    find_components(list->items[i], below, depth + 1, found);
  }
}

std::string subject_of(const Component& component, const std::string& kind, std::size_t count) {
  const std::string name = text_at(*component.value, "name");
  if (kind == "model" && count == 1) return "model";
  return kind + ":" + short_text(name.empty() ? component.pointer : name, 120);
}

void energy(Collector& collector, const Component& component) {
  const std::string path =
      "modelCard.considerations.environmentalConsiderations.energyConsumptions[]";
  for (const auto& each : select(*component.value, path, component.pointer)) {
    const bool training = text_at(*each.value, "activity") == "training";
    const bool inference = text_at(*each.value, "activity") == "inference";
    if (training) collector.apply(tables().rows("cyclonedx/energy"), *each.value, each.pointer);
    if (inference)
      collector.apply(tables().rows("cyclonedx/energy_inference"), *each.value, each.pointer);
  }
}

void version(Collector& collector, const Value& root, const std::string& text, bool xml) {
  for (const auto known : kVersions) {
    if (text != known) continue;
    Proposed format;
    format.subject = "source";
    format.fact = "about.format";
    format.kind = ProposalClass::extracted;
    format.confidence = 0.95;
    const Value* place = root.find("specVersion");
    collector.add(format, "CycloneDX " + text + (xml ? " (XML)" : ""),
                  {place == nullptr ? root.line : place->line, "/specVersion", text, "cyclonedx"});
    return;
  }
  collector.warn("version", root.line,
                 "this version of CycloneDX is not known: `" + short_text(text, 40) + "`",
                 "1.5, 1.6 and 1.7 are; what has the same names is read all the same");
}

Result<Imported> read(const ImportedFile& file) {
  const bool xml = is_xml(std::string_view(file.bytes).substr(0, 4096));
  auto tree =
      xml ? read_xml(file.path, file.bytes, tables().xml_lists) : read_json(file.path, file.bytes);
  if (!tree) return tree.errors();
  Collector collector(file.path);
  for (const auto& each : tree->warnings) collector.warn(each.code, each.where.line, each.message);
  const Value& root = tree->root;
  std::string spec = text_at(root, "specVersion");
  if (xml) {  // the namespace carries it
    spec = text_at(root, "xmlns");
    spec.erase(0, spec.rfind('/') == std::string::npos ? 0 : spec.rfind('/') + 1);
  }
  version(collector, root, spec, xml);
  std::vector<Component> components;
  if (const Value* metadata = root.find("metadata")) {
    if (const Value* main = metadata->find("component")) {
      components.push_back({main, "/metadata/component"});
      find_components(*main, "/metadata/component", 0, components);
    }
  }
  find_components(root, "", 0, components);
  std::size_t models = 0;
  for (const auto& each : components) {
    models += text_at(*each.value, "type") == "machine-learning-model" ? 1u : 0u;
    collector.check(tables().rows("cyclonedx/check"), *each.value, each.pointer);
  }
  for (const auto& each : components) {
    const std::string type = text_at(*each.value, "type");
    if (type == "machine-learning-model") {
      collector.model = subject_of(each, "model", models);
      collector.apply(tables().rows("cyclonedx/model"), *each.value, each.pointer);
      energy(collector, each);
    } else if (type == "data") {
      collector.model = subject_of(each, "dataset", models);
      collector.apply(tables().rows("cyclonedx/data"), *each.value, each.pointer);
    }
  }
  return collector.finish();
}

}  // namespace
}  // namespace pandect::plugins

pandect::plugins::Importer importer_cyclonedx() {
  return {"cyclonedx", "CycloneDX ML-BOM 1.5, 1.6 and 1.7, JSON and XML", 64u << 20,
          pandect::plugins::recognises, pandect::plugins::read};
}
