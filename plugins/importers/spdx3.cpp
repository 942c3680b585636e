// SPDX 3.0 in its canonical JSON-LD form: AI packages, data set packages, and the relationships
// that tell training data and licences. `@context` is never opened; other JSON-LD forms are not
// expanded.
#include "plugins/importing/collector.h"

#include <map>

namespace pandect::plugins {
namespace {

using yaml::Shape;
using yaml::Value;

int recognises(std::string_view, std::string_view head) {
  return head.find("spdx.org/rdf/3.") != std::string_view::npos ? 95 : 0;
}

struct Element {
  const Value* value;
  std::string pointer, type;
};

class Reader {
 public:
  explicit Reader(const std::string& path) : collector_(path) {}

  Imported read(const Tree& tree) {
    for (const auto& each : tree.warnings)
      collector_.warn(each.code, each.where.line, each.message);
    gather(tree.root);
    for (const auto& each : elements_) {
      if (each.type.find("://") != std::string::npos) return unsupported(each);
      if (each.type == "ai_AIPackage") ++models_;
    }
    for (const auto& each : elements_) {
      if (each.type == "ai_AIPackage") {
        package(each, models_ > 1 ? "model:" + name_of(each) : "model");
      } else if (each.type == "dataset_DatasetPackage") {
        package(each, "dataset:" + name_of(each));
      }
    }
    for (const auto& each : elements_) {
      if (each.type == "Relationship" || each.type == "LifecycleScopedRelationship")
        relationship(each);
    }
    return collector_.finish();
  }

 private:
  void gather(const Value& root) {
    const Value* graph = root.find("@graph");
    if (graph == nullptr) return element(root, "");  // one object without a graph is legal
    for (std::size_t i = 0; i < graph->items.size(); ++i)
      element(graph->items[i], "/@graph/" + std::to_string(i));
  }

  void element(const Value& value, std::string pointer) {
    std::string type = text_at(value, "type");
    if (type.empty()) type = text_at(value, "@type");
    elements_.push_back({&value, std::move(pointer), std::move(type)});
    const std::string id = text_at(value, "spdxId");
    if (!id.empty()) by_id_.emplace(id, elements_.size() - 1);
  }

  Imported unsupported(const Element& element) {
    collector_.warn("json-ld", element.value->line,
                    "unsupported JSON-LD form: types are written as addresses",
                    "write the document with the context of SPDX 3.0.1");
    return collector_.finish();
  }

  static std::string name_of(const Element& element) {
    const std::string name = text_at(*element.value, "name");
    return short_text(name.empty() ? element.pointer : name, 120);
  }

  void package(const Element& element, const std::string& subject) {
    subjects_[text_at(*element.value, "spdxId")] = subject;
    collector_.model = subject;
    collector_.apply(tables().rows("spdx3/" + element.type), *element.value, element.pointer);
    const auto supplier = by_id_.find(text_at(*element.value, "suppliedBy"));
    if (supplier != by_id_.end())
      propose("about.supplier", elements_[supplier->second], element, "suppliedBy", true);
  }

  void propose(const std::string& fact, const Element& named, const Element& at,
               const std::string& sign, bool set) {
    Proposed what;
    what.subject = "model";
    what.fact = fact;
    what.kind = ProposalClass::extracted;
    what.confidence = 0.9;
    what.set = set;
    std::string text = text_at(*named.value, "simplelicensing_licenseExpression");
    if (text.empty()) text = text_at(*named.value, "name");
    if (fact == "about.licence") {
      if (const Licence* known = tables().licence(text)) what.note = known->note;
    }
    collector_.add(what, text, {at.value->line, at.pointer, text, "spdx3:" + sign});
  }

  void relationship(const Element& element) {
    static const std::map<std::string, std::string, std::less<>> facts{
        {"trainedOn", "about.training_data"},
        {"testedOn", "about.testing_data"},
        {"hasDeclaredLicense", "about.licence"},
        {"hasConcludedLicense", "about.licence"}};
    const auto fact = facts.find(text_at(*element.value, "relationshipType"));
    const Value* targets = element.value->find("to");
    if (fact == facts.end() || targets == nullptr) return;
    const bool licence = fact->second == "about.licence";
    const auto subject = subjects_.find(text_at(*element.value, "from"));
    // A file that was trained belongs to the one model of the document.
    if (subject == subjects_.end() && (licence || models_ != 1)) return;
    collector_.model = subject == subjects_.end() ? "model" : subject->second;
    for (const auto& target : targets->items) {
      const auto named = by_id_.find(target.text);
      if (named != by_id_.end())
        propose(fact->second, elements_[named->second], element, fact->first, !licence);
    }
  }

  Collector collector_;
  std::vector<Element> elements_;
  std::map<std::string, std::size_t, std::less<>> by_id_;
  std::map<std::string, std::string, std::less<>> subjects_;
  std::size_t models_ = 0;
};

Result<Imported> read(const ImportedFile& file) {
  auto tree = read_json(file.path, file.bytes);
  if (!tree) return tree.errors();
  return Reader(file.path).read(*tree);
}

}  // namespace
}  // namespace pandect::plugins

pandect::plugins::Importer importer_spdx3() {
  return {"spdx3", "SPDX 3.0 with the AI and Dataset profiles (JSON-LD)", 64u << 20,
          pandect::plugins::recognises, pandect::plugins::read};
}
