// Model cards of the Hugging Face hub (README.md with front matter), cards without front matter,
// config.json, adapter_config.json and the index of sharded weights. Keys: huggingface/hub-docs,
// modelcard.md. What a key means stands in rules/imports/huggingface.yaml.
#include "plugins/importing/collector.h"
#include "plugins/importing/numbers.h"

namespace pandect::plugins {
namespace {

constexpr std::size_t kMostText = 4u << 20;

std::string base_name(std::string_view path) {
  return lower_case(
      path.substr(path.rfind('/') == std::string_view::npos ? 0 : path.rfind('/') + 1));
}

bool has_key(std::string_view head, std::string_view key) {
  return head.find("\"" + std::string(key) + "\"") != std::string_view::npos;
}

int recognises_card(const std::string& name, std::string_view head) {
  static const RE2 keys(
      R"((?m)^(license|pipeline_tag|library_name|base_model|datasets|language|tags|model-index|sdk|co2_eq_emissions)\s*:)");
  const FrontMatter front = front_matter(head);
  // Front matter longer than the head still starts here.
  const std::string_view start =
      front.present ? std::string_view(front.text) : head.substr(0, 4096);
  const bool fenced = front.present || head.substr(0, 16).find("---") != std::string_view::npos;
  if (fenced && RE2::PartialMatch({start.data(), start.size()}, keys)) return 80;
  const std::string first = lower_case(head.substr(0, 400));
  if (name.find("model_card") != std::string::npos || name.find("modelcard") != std::string::npos ||
      name.find("model-card") != std::string::npos || first.find("model card") != std::string::npos)
    return 60;
  return 10;
}

int recognises(std::string_view path, std::string_view head) {
  const std::string name = base_name(path);
  if (name.ends_with(".md") || name.ends_with(".markdown")) return recognises_card(name, head);
  if (!name.ends_with(".json")) return 0;
  if (has_key(head, "peft_type") || (has_key(head, "base_model_name_or_path"))) return 70;
  if (has_key(head, "weight_map")) return 70;
  if (name.ends_with("config.json") &&
      (has_key(head, "model_type") || has_key(head, "architectures")))
    return 70;
  return has_key(head, "architectures") && has_key(head, "model_type") ? 40 : 0;
}

std::string name_of(std::string title) {
  static const RE2 around(R"((?i)^\s*model card(?: for)?\s*[:–-]*\s*|\s*model card\s*$)");
  RE2::GlobalReplace(&title, around, "");
  return title;
}

Result<Imported> read_model_card(const ImportedFile& file) {
  Collector collector(file.path);
  const FrontMatter front = front_matter(file.bytes);
  if (front.present) {
    if (auto document = yaml::parse(file.path, front.text)) {
      collector.apply(tables().rows("huggingface/card"), document->root, "");
    } else {
      for (const auto& each : document.errors())
        collector.warn("front-matter", each.where.line,
                       "the front matter cannot be read: " + each.message,
                       "only the text below it was read");
    }
  }
  const std::string_view body = std::string_view(file.bytes).substr(front.body);
  const auto lines = std::count(file.bytes.begin(),
                                file.bytes.begin() + static_cast<std::ptrdiff_t>(front.body), '\n');
  const Card card = read_card(body, 1 + static_cast<int>(lines),
                              [](const std::string& text) { return tables().role_of(text); });
  const std::string name = name_of(card.title);
  const Origin title{card.title_line, "heading", card.title, "title"};
  collector.passages(card);
  Proposed what;
  what.subject = "model";
  what.fact = "about.name";
  what.confidence = 0.6;
  if (!name.empty()) collector.add(what, name, title);
  collector.measured(card, name);
  bool sized = false;
  for (const auto& each : collector.proposals()) sized = sized || each.fact == "about.parameters";
  if (const auto size = size_in_name(name); size && !sized) {
    what.fact = "about.parameters";
    what.confidence = 0.4;
    what.note = "the size in the name, rounded";
    collector.add(what, figure_text(*size), title);
  }
  return collector.finish();
}

Result<Imported> read_configuration(const ImportedFile& file) {
  auto tree = read_json(file.path, file.bytes);
  if (!tree) return tree.errors();
  Collector collector(file.path);
  for (const auto& each : tree->warnings) collector.warn(each.code, each.where.line, each.message);
  const bool index = tree->root.find("weight_map") != nullptr;
  const bool adapter = tree->root.find("base_model_name_or_path") != nullptr;
  const char* rows = index     ? "huggingface/index"
                     : adapter ? "huggingface/adapter"
                               : "huggingface/config";
  collector.apply(tables().rows(rows), tree->root, "");
  return collector.finish();
}

Result<Imported> read(const ImportedFile& file) {
  if (base_name(file.path).ends_with(".json")) return read_configuration(file);
  if (file.bytes.size() > kMostText)
    return Diagnostic{Level::error,
                      "too-large",
                      {file.path, 0, 0},
                      "a model card of more than 4 MiB is not read",
                      "name the card alone"};
  return read_model_card(file);
}

}  // namespace
}  // namespace pandect::plugins

pandect::plugins::Importer importer_huggingface() {
  return {"huggingface",
          "Hugging Face: model card (README.md), config.json, adapter_config.json, weight index",
          64u << 20, pandect::plugins::recognises, pandect::plugins::read};
}
