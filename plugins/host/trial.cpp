#include "plugins/host/trial.h"

#include "packs/folder.h"
#include "plugins/host/call.h"
#include "plugins/host/examples.h"
#include "plugins/host/isolated.h"
#include "plugins/host/registry.h"

#include <filesystem>

#include <dlfcn.h>
#include <nlohmann/json.hpp>

namespace pandect::plugins {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr unsigned kSeconds = 20;

std::string first_of(const Diagnostics& problems) { return to_string(problems.front()); }

// Errors of a kind that no input excuses.
std::string misuse_in(const Diagnostics& problems) {
  for (const auto& each : problems) {
    if (each.code == "plugin-misuse" || each.code == "plugin-failed") return to_string(each);
  }
  return {};
}

// An empty folder to look into.
class EmptyFolder {
 public:
  EmptyFolder() {
    std::string pattern = (fs::temp_directory_path() / "pandect-plugin-XXXXXX").string();
    if (::mkdtemp(pattern.data()) != nullptr) path_ = pattern;
  }
  ~EmptyFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove(path_, ignored);
  }
  EmptyFolder(const EmptyFolder&) = delete;
  EmptyFolder& operator=(const EmptyFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

std::string probe_on(const Probe& probe, const std::vector<std::string>& inputs) {
  const EmptyFolder folder;
  const auto root = Root::open(folder.path());
  if (!root) return first_of(root.errors());
  for (const auto& each : inputs) {
    const auto outcome = probe.run(Json::parse(each), *root);
    if (outcome) continue;
    if (auto said = misuse_in(outcome.errors()); !said.empty()) return each + ": " + said;
  }
  return {};
}

std::string importer_on(const Importer& importer, const std::vector<std::string>& inputs) {
  for (const auto& each : inputs) {
    importer.recognises("file", each.substr(0, 64 * 1024));
    const auto read = importer.read({"file", each});
    if (read) continue;
    if (auto said = misuse_in(read.errors()); !said.empty()) return said;
  }
  return {};
}

template <typename Work>
std::string each_of(const std::vector<std::string>& inputs, Work work) {
  for (const auto& input : inputs) {
    const auto result = work(input);
    if (result) continue;
    if (auto said = misuse_in(result.errors()); !said.empty())
      return input.substr(0, 100) + ": " + said;
  }
  return {};
}

std::string deep(int levels) {
  return std::string(static_cast<std::size_t>(levels), '[') +
         std::string(static_cast<std::size_t>(levels), ']');
}

std::string on_strange_input(const PluginPtr& plugin, const Capability& capability) {
  const std::vector<std::string> documents{"null", "{}",    "[]",      "\"\"",
                                           "0",    "1e308", deep(100), R"({"":{"a":[null]}})"};
  switch (capability.kind) {
    case PANDECT_PROBE:
      return probe_on(probe_of(plugin, capability), documents);
    case PANDECT_IMPORTER:
      return importer_on(importer_of(plugin, capability),
                         {"", std::string(4, '\0'), "\xff\xfe\x00garbage", "{", "a: b\n\x80: c\n",
                          std::string(1 << 20, 'a'), std::string(1 << 16, '\n')});
    case PANDECT_FORMAT: {
      const auto format = format_of(plugin, capability);
      return each_of(documents, [&](const std::string& input) {
        return format.render(input, R"({"lang":"ko","width":80,"colour":false,"all":true})");
      });
    }
    default: {
      const auto derivation = derivation_of(plugin, capability);
      return each_of(documents, [&](const std::string& input) { return derivation.derive(input); });
    }
  }
}

// Calls the entry as a host of another kind would; what it must not do is agree.
std::string entry_with(const std::string& file, std::uint32_t abi, bool with_host, bool with_out) {
  void* const library = ::dlopen(fs::absolute(file).c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) return "it does not load";
  auto* const entry =
      reinterpret_cast<pandect_plugin_entry_function>(::dlsym(library, "pandect_plugin_entry"));
  if (entry == nullptr) return "it exports no pandect_plugin_entry";
  pandect_plugin out{};
  out.size = sizeof out;
  const auto status =
      entry(with_host ? &host_functions() : nullptr, abi, with_out ? &out : nullptr);
  return status == PANDECT_OK ? "it returned PANDECT_OK" : "";
}

void add(std::vector<Trial>& trials, std::string what, bool is_example,
         const std::function<std::string()>& work) {
  const Isolated result = isolated(work, kSeconds);
  trials.push_back({std::move(what), result.passed, result.said, is_example});
}

void try_entry(std::vector<Trial>& trials, const std::string& file) {
  if (fs::path(file).extension() != ".so") return;
  add(trials, "refuses version 0", false, [&] { return entry_with(file, 0, true, true); });
  add(trials, "refuses a version to come", false,
      [&] { return entry_with(file, PANDECT_PLUGIN_ABI + 98, true, true); });
  add(trials, "answers a host that is null", false,
      [&] { return entry_with(file, PANDECT_PLUGIN_ABI, false, true); });
  add(trials, "answers a descriptor that is null", false,
      [&] { return entry_with(file, PANDECT_PLUGIN_ABI, true, false); });
}

}  // namespace

std::vector<Trial> try_plugin(const std::string& path) {
  std::vector<Trial> trials;
  const auto file = plugin_file(path);
  if (!file) return {{"is a plugin", false, first_of(file.errors()), false}};
  PluginPtr plugin;
  add(trials, "loads", false, [&] {
    const auto loaded = load_plugin(*file);
    return loaded ? std::string() : first_of(loaded.errors());
  });
  if (!trials.back().passed) return trials;
  try_entry(trials, *file);
  const auto loaded = load_plugin(*file);
  if (!loaded) return {{"loads", false, first_of(loaded.errors()), false}};
  add(trials, "takes no name that Pandect has", false, [&] {
    const auto registry = registry_of({*loaded}, {});
    return registry ? std::string() : first_of(registry.errors());
  });
  for (const auto& each : (*loaded)->capabilities) {
    add(trials,
        "the " + std::string(kind_name(each.kind)) + " " + each.name + " bears strange input",
        false, [&] { return on_strange_input(*loaded, each); });
  }
  const std::string folder = fs::path(*file).parent_path().string();
  const auto examples = read_examples(folder.empty() ? "." : folder);
  if (!examples) {
    trials.push_back({"examples.json can be read", false, first_of(examples.errors()), true});
    return trials;
  }
  for (const auto& each : *examples)
    add(trials, each.does, true, [&] { return run_example(*loaded, each); });
  return trials;
}

}  // namespace pandect::plugins
