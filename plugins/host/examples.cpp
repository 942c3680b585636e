#include "plugins/host/examples.h"

#include "packs/folder.h"
#include "plugins/host/payload.h"

#include <filesystem>

#include <nlohmann/json.hpp>

namespace pandect::plugins {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr std::size_t kMaximumExamples = 4u << 20;

Diagnostic wrong(const std::string& file, std::string message) {
  return {Level::error,
          "plugin-examples",
          {file, 0, 0},
          std::move(message),
          "see `pandect plugin new` for examples that work"};
}

bool matches(const Json& expected, const Json& got) {
  if (expected.is_object() && got.is_object()) {
    for (const auto& [key, value] : expected.items()) {
      if (!got.contains(key) || !matches(value, got[key])) return false;
    }
    return true;
  }
  if (expected.is_array() && got.is_array()) {
    if (expected.size() != got.size()) return false;
    for (std::size_t i = 0; i < expected.size(); ++i) {
      if (!matches(expected[i], got[i])) return false;
    }
    return true;
  }
  return expected == got;
}

Json proposals_of(const Imported& imported) {
  Json list = Json::array();
  for (const auto& each : imported.proposals) list.push_back(Json::parse(write_proposal(each)));
  return list;
}

using Got = Result<std::shared_ptr<Json>>;

template <typename T, typename Convert>
Got converted(const Result<T>& result, Convert convert) {
  if (!result) return result.errors();
  return std::make_shared<Json>(convert(*result));
}

Got run_importer(const Importer& importer, const Example& example) {
  const auto root = Root::open(example.root);
  if (!root) return root.errors();
  const std::string path = example.input->is_string() ? example.input->get<std::string>() : "";
  auto bytes = root->read(path, importer.limit);
  if (!bytes) return bytes.errors();
  if (importer.recognises(path, std::string_view(*bytes).substr(0, 64 * 1024)) <= 0)
    return wrong(path, "the importer does not recognise this file");
  return converted(importer.read({path, std::move(*bytes)}), proposals_of);
}

Got run_once(const PluginPtr& plugin, const Capability& capability, const Example& example) {
  switch (capability.kind) {
    case PANDECT_PROBE: {
      const auto root = Root::open(example.root);
      if (!root) return root.errors();
      return converted(probe_of(plugin, capability).run(*example.input, *root),
                       [](const ProbeOutcome& got) { return Json::parse(write_outcome(got)); });
    }
    case PANDECT_IMPORTER:
      return run_importer(importer_of(plugin, capability), example);
    case PANDECT_FORMAT:
      return converted(format_of(plugin, capability)
                           .render(example.input->dump(),
                                   R"({"lang":"en","width":80,"colour":false,"all":false})"),
                       [](const Rendered& got) { return Json(got.bytes); });
    default:
      return converted(derivation_of(plugin, capability).derive(example.input->dump()),
                       proposals_of);
  }
}

std::string told(const Got& got) {
  if (got) return (*got)->dump(-1, ' ', false, Json::error_handler_t::replace);
  std::string text;
  for (const auto& each : got.errors()) text += (text.empty() ? "" : "; ") + to_string(each);
  return text;
}

}  // namespace

Result<std::vector<Example>> read_examples(const std::string& folder) {
  const std::string file = (fs::path(folder) / "examples.json").string();
  std::error_code error;
  if (!fs::exists(file, error)) return std::vector<Example>();
  const auto text = read_text(file, kMaximumExamples);
  if (!text) return text.errors();
  const Json list = Json::parse(*text, nullptr, false);
  if (!list.is_array()) return wrong(file, "examples.json is no list in JSON");
  std::vector<Example> examples;
  for (const auto& each : list) {
    const auto word = [&](const char* key) {
      const auto at = each.is_object() ? each.find(key) : each.end();
      return each.is_object() && at != each.end() && at->is_string() ? at->get<std::string>()
                                                                     : std::string();
    };
    Example example{word("does"), word("kind"), word("name"), word("root"),
                    nullptr,      nullptr,      word("fails")};
    const bool expects = each.is_object() && each.contains("expect");
    if (example.does.empty() || example.kind.empty() || example.name.empty() ||
        !each.contains("input") || expects == !example.fails.empty())
      return wrong(file, "example " + std::to_string(examples.size() + 1) +
                             " needs `does`, `kind`, `name`, `input` and one of `expect` and "
                             "`fails`");
    example.root = (fs::path(folder) / example.root).string();
    example.input = std::make_shared<Json>(each["input"]);
    if (expects) example.expect = std::make_shared<Json>(each["expect"]);
    examples.push_back(std::move(example));
  }
  return examples;
}

std::string run_example(const PluginPtr& plugin, const Example& example) {
  for (const auto& each : plugin->capabilities) {
    if (kind_name(each.kind) != example.kind || each.name != example.name) continue;
    const Got first = run_once(plugin, each, example);
    const std::string text = told(first);
    if (text != told(run_once(plugin, each, example))) return "a second run gives something else";
    if (example.expect == nullptr) {
      const bool failed = !first && text.find(example.fails) != std::string::npos;
      return failed ? "" : "it did not fail with `" + example.fails + "`; it gave " + text;
    }
    if (!first) return "it failed: " + text;
    return matches(*example.expect, **first)
               ? ""
               : "expected " + example.expect->dump() + "; got " + text;
  }
  return "the plugin has no " + example.kind + " `" + example.name + "`";
}

}  // namespace pandect::plugins
