#include "cli/inputs.h"

#include "assessment/explain.h"
#include "cli/packs.h"
#include "packs/folder.h"
#include "plugins/reading/tree.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include <unistd.h>

namespace pandect::cli {

namespace fs = std::filesystem;

namespace {

std::vector<std::string> split(const std::vector<std::string>& lists) {
  std::vector<std::string> result;
  for (const auto& list : lists) {
    std::size_t start = 0;
    while (start <= list.size()) {
      const std::size_t comma = std::min(list.find(',', start), list.size());
      if (comma > start) result.push_back(list.substr(start, comma - start));
      start = comma + 1;
    }
  }
  return result;
}

std::optional<std::string> standard_input(const Context& context) {
  std::string text, buffer(64 * 1024, '\0');
  while (true) {
    const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), stdin);
    text.append(buffer.data(), count);
    if (count < buffer.size()) break;
    if (text.size() > yaml::kMaximumBytes) {
      context.err("pandect: standard input holds more than 8 MiB; check that it is a manifest");
      return std::nullopt;
    }
  }
  return text;
}

bool check_jurisdictions(const Context& context, const Program& program,
                         const std::vector<std::string>& wanted) {
  std::vector<std::string_view> known;
  for (const auto& pack : program.packs.all()) {
    const auto jurisdiction = program.text(pack.jurisdiction);
    if (jurisdiction != "core") known.push_back(jurisdiction);
  }
  for (const auto& each : wanted) {
    if (std::find(known.begin(), known.end(), each) != known.end()) continue;
    std::string list;
    for (const auto name : known) list += (list.empty() ? "" : ", ") + std::string(name);
    context.err("pandect: no pack is loaded for the jurisdiction `" + each +
                "`; there are: " + list);
    return false;
  }
  return true;
}

}  // namespace

void add_input_options(CLI::App& app, InputOptions& options) {
  app.add_option("path", options.path,
                 "Manifest, folder with pandect.yaml, or - for standard input")
      ->capture_default_str();
  app.add_option(
         "--pack", options.packs,
         "Only this pack: id, id@version, a pack file or a folder (may be repeated, or a list)")
      ->allow_extra_args(false);  // a path may follow
  app.add_option("--jurisdiction", options.jurisdictions, "Only these: kr,eu,cn,us")
      ->allow_extra_args(false);
  app.add_option("--as-of", options.as_of,
                 "The day whose law is asked for (YYYY-MM-DD; default: today)");
  app.add_option("--lang", options.lang, "en, ko or zh")->check(CLI::IsMember({"en", "ko", "zh"}));
  app.add_option("--config", options.config,
                 "Settings file (default: .pandect.toml beside the manifest, if there is one)");
}

std::optional<ManifestText> read_manifest_text(const Context& context, const std::string& path) {
  if (path == "-") {
    auto text = standard_input(context);
    if (!text) return std::nullopt;
    return ManifestText{"(standard input)", std::move(*text)};
  }
  std::error_code error;
  std::string file = path;
  if (fs::is_directory(path, error)) {
    file = (fs::path(path) / "pandect.yaml").string();
    if (!fs::exists(file, error)) {
      context.err(path +
                  ": there is no pandect.yaml in this folder; write one (the examples show how), "
                  "or name the manifest");
      return std::nullopt;
    }
  } else if (!fs::exists(path, error)) {
    context.err(path + ": there is no such file or folder");
    return std::nullopt;
  }
  auto text = read_text(file, yaml::kMaximumBytes);
  if (!text) {
    context.report(text.errors());
    return std::nullopt;
  }
  return ManifestText{file, std::move(*text)};
}

namespace {

// Settings of a file beside the manifest, or of the one that was named. Only opened if it is there.
std::optional<Settings> file_settings(const Context& context, const std::string& stated,
                                      const std::string& folder) {
  std::string file = stated;
  if (file.empty()) {
    if (folder.empty()) return Settings{};
    file = (fs::path(folder) / ".pandect.toml").string();
    std::error_code error;
    if (!fs::exists(file, error)) return Settings{};
  }
  auto text = read_text(file, yaml::kMaximumBytes);
  if (!text) {
    context.report(text.errors());
    return std::nullopt;
  }
  const auto tree = plugins::toml_tree(file, std::move(*text));
  if (!tree) {
    context.report(tree.errors());
    return std::nullopt;
  }
  Diagnostics problems;
  Settings settings = read_settings(*tree, tree->root, problems);
  context.report(problems);
  if (has_errors(problems)) return std::nullopt;
  return settings;
}

// Waivers of the file beside the manifest, after those of the manifest itself.
bool add_waivers(const Context& context, Inputs& inputs) {
  std::string file = inputs.settings.waivers;
  const bool stated = !file.empty();
  if (inputs.folder.empty() && !stated) return true;
  file = (fs::path(inputs.folder) / (stated ? file : ".pandect.waivers.yaml")).string();
  std::error_code error;
  if (!stated && !fs::exists(file, error)) return true;
  auto text = read_text(file, yaml::kMaximumBytes);
  if (!text) {
    context.report(text.errors());
    return false;
  }
  auto document = yaml::parse(file, std::move(*text));
  if (!document) {
    context.report(document.errors());
    return false;
  }
  Diagnostics problems;
  read_waiver_document(*inputs.program, *document, subject_ids(inputs.manifest),
                       inputs.manifest.waivers, problems);
  inputs.waivers = document->file;
  context.report(problems);
  return !has_errors(problems);
}

}  // namespace

std::optional<Inputs> read_inputs(const Context& context, const InputOptions& options) {
  Inputs inputs;
  if (!read_day(context, options.as_of, inputs.assess.as_of)) return std::nullopt;
  auto text = read_manifest_text(context, options.path);
  if (!text) return std::nullopt;
  const auto document = yaml::parse(text->name, std::move(text->text));
  if (!document) {
    context.report(document.errors());
    context.err("pandect: nothing was assessed");
    return std::nullopt;
  }
  const auto settings = read_settings(*document);
  if (!settings) {
    context.report(settings.errors());
    return std::nullopt;
  }
  if (options.path != "-") {
    inputs.folder = fs::path(document->file->name).parent_path().string();
    if (inputs.folder.empty()) inputs.folder = ".";
  }
  const auto beside = file_settings(context, options.config, inputs.folder);
  if (!beside) return std::nullopt;
  inputs.settings = merged(*settings, *beside);
  const auto packs = split(options.packs);
  const auto& wanted = packs.empty() ? inputs.settings.packs : packs;
  if (options.locked && inputs.folder.empty()) {
    context.err("pandect: --locked needs a manifest in a folder, which holds the lockfile");
    return std::nullopt;
  }
  if (options.load) {
    inputs.program = options.load(context, wanted);
    if (!inputs.program) return std::nullopt;
  } else {
    // What comes from a repository may name packs, not paths.
    auto loaded = load_packs(
        context,
        {wanted, !packs.empty(), options.locked ? lockfile_of(inputs.folder) : std::string()});
    if (!loaded) return std::nullopt;
    inputs.program = std::move(loaded->program);
    inputs.locks = std::move(loaded->locks);
  }
  auto manifest = read_manifest(*inputs.program, *document);
  if (!manifest) {
    context.report(manifest.errors());
    context.err("pandect: nothing was assessed");
    return std::nullopt;
  }
  inputs.manifest = std::move(*manifest);
  if (!add_waivers(context, inputs)) {
    context.err("pandect: nothing was assessed");
    return std::nullopt;
  }
  inputs.assess.engine_version = PANDECT_VERSION;
  inputs.assess.jurisdictions = split(options.jurisdictions);
  if (inputs.assess.jurisdictions.empty())
    inputs.assess.jurisdictions = inputs.settings.jurisdictions;
  if (!check_jurisdictions(context, *inputs.program, inputs.assess.jurisdictions))
    return std::nullopt;
  inputs.lang = !options.lang.empty()           ? options.lang
                : !inputs.settings.lang.empty() ? inputs.settings.lang
                                                : "en";
  return inputs;
}

std::optional<Assessable> pick_subject(const Context& context, const Manifest& manifest,
                                       const std::string& id) {
  auto found = find_subject(manifest, id);
  if (found) return std::move(*found);
  const auto& problem = found.errors().front();
  context.err("pandect: " + problem.message + (problem.hint.empty() ? "" : "; " + problem.hint));
  return std::nullopt;
}

std::string lockfile_of(const std::string& folder) {
  return (fs::path(folder) / ".pandect.lock").string();
}

bool write_file(const Context& context, const std::string& path, const std::string& bytes) {
  const std::string own = path + ".writing-" + std::to_string(::getpid());
  std::FILE* file = std::fopen(own.c_str(), "wb");
  if (file == nullptr) {
    context.err(path + ": cannot be written: " + std::strerror(errno));
    return false;
  }
  const bool whole = std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size();
  const bool closed = std::fclose(file) == 0;
  if (whole && closed && std::rename(own.c_str(), path.c_str()) == 0) return true;
  context.err(path + ": cannot be written: " + std::strerror(errno));
  ::unlink(own.c_str());
  return false;
}

}  // namespace pandect::cli
