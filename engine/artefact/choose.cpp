#include "artefact/choose.h"

#include "artefact/archive.h"
#include "base/names.h"

#include <algorithm>
#include <filesystem>

namespace pandect::artefact {
namespace {

namespace fs = std::filesystem;

Diagnostic problem(const std::string& where, const char* code, std::string message,
                   std::string hint) {
  return {Level::error, code, {where, 0, 0}, std::move(message), std::move(hint)};
}

bool is_path(const std::string& name) {
  return name.find('/') != std::string::npos || name.ends_with(".pandect-pack") || name == ".";
}

std::string scalar_of(const yaml::Document& document, std::string_view key) {
  const auto* value = document.root.find(key);
  return value == nullptr ? std::string() : value->text;
}

// What pack.yaml of a folder says of itself; nothing where it cannot be read, which the reader of
// packs reports.
struct Stated {
  std::string id, version;
};
Stated stated_in(const std::string& folder) {
  auto text = read_text(folder + "/pack.yaml", yaml::kMaximumBytes);
  if (!text) return {};
  const auto document = yaml::parse(folder + "/pack.yaml", std::move(*text));
  if (!document) return {};
  return {scalar_of(*document, "id"), scalar_of(*document, "version")};
}

std::string without_slashes(std::string path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path;
}

class Chooser {
 public:
  Chooser(const Places& places, const std::optional<TrustRoot>& trust)
      : places_(places), trust_(trust), shipped_ids_(Library{places.rules, {}}.ids()) {}

  const std::vector<std::string>& shipped_ids() const { return shipped_ids_; }

  Result<ChosenPack> named(const std::string& name) const {
    const std::size_t at = name.find('@');
    const std::string id = name.substr(0, at);
    const bool shipped =
        std::find(shipped_ids_.begin(), shipped_ids_.end(), id) != shipped_ids_.end();
    if (at == std::string::npos) {
      if (shipped) return of_folder(id);
      const auto newest = places_.store.find(id, std::nullopt);
      return newest ? of_file(newest->file) : Result<ChosenPack>(unknown(id));
    }
    const auto version = parse_version(name.substr(at + 1));
    if (!version)
      return problem(name, "bad-version", "`" + name.substr(at + 1) + "` is no version",
                     "write it like " + id + "@1.0.0");
    if (shipped && stated_in(places_.rules + "/" + id).version == to_string(*version))
      return of_folder(id);
    if (const auto found = places_.store.find(id, version)) return of_file(found->file);
    if (!shipped && !places_.store.find(id, std::nullopt)) return unknown(id);
    return problem(places_.store.folder(), "no-pack",
                   "there is no `" + id + "` of version " + to_string(*version),
                   "`pandect pack list` shows what is there; `pandect pack install` adds one");
  }

  Result<ChosenPack> at_path(const std::string& path) const {
    std::error_code error;
    if (!fs::is_directory(path, error)) return of_file(path);
    const std::string folder = without_slashes(path);
    if (trust_)
      return problem(
          folder, "untrusted",
          "a folder carries no signature, and there is a trust root (" + trust_->where + ")",
          "build and sign it (`pandect pack build`, `pandect pack sign`)");
    return ChosenPack{stated_in(folder).id, {folder, false, {}}, {}};
  }

 private:
  ChosenPack of_folder(const std::string& id) const {
    return {id, {places_.rules + "/" + id, false, {}}, {}};
  }

  Result<ChosenPack> of_file(const std::string& path) const {
    auto opened = open_file(path, signature_name(path), trust_, places_.engine);
    if (!opened) return opened.errors();
    return ChosenPack{
        opened->artefact.id, {path, true, std::move(opened->artefact.files)}, opened->key};
  }

  Diagnostic unknown(const std::string& id) const {
    std::vector<std::string> names = shipped_ids_;
    for (const auto& each : places_.store.list()) names.push_back(each.id);
    const std::vector<std::string_view> known(names.begin(), names.end());
    std::string hint = did_you_mean(id, known);
    if (hint.empty()) hint = "`pandect pack list` shows what is there; a path has a `/` in it";
    return problem(places_.rules, "no-pack", "there is no pack `" + id + "`", hint);
  }

  const Places& places_;
  const std::optional<TrustRoot>& trust_;
  std::vector<std::string> shipped_ids_;
};

}  // namespace

Result<OpenedFile> open_file(const std::string& path, const std::string& signature_path,
                             const std::optional<TrustRoot>& trust, const Version& engine) {
  OpenedFile opened;
  auto bytes = read_text(path, kMaximumArchive);
  if (!bytes) return bytes.errors();
  opened.bytes = std::move(*bytes);
  std::error_code error;
  if (fs::exists(signature_path, error)) {
    auto signature = read_text(signature_path, 64 * 1024);
    if (!signature) return signature.errors();
    opened.signature = std::move(*signature);
  }
  if (trust) {
    if (opened.signature.empty())
      return problem(path, "untrusted",
                     "is not signed, and there is a trust root (" + trust->where + ")",
                     "ask its author for the file " + fs::path(signature_path).filename().string());
    const auto verified = verify(path, opened.bytes, opened.signature, trust->keys);
    if (!verified) return verified.errors();
    opened.key = to_string(verified->key);
  }
  auto artefact = open(path, opened.bytes);
  if (!artefact) return artefact.errors();
  if (!artefact->engine.holds(engine))
    return problem(
        path, "other-engine",
        "is for pandect " + to_string(artefact->engine) + "; this is " + to_string(engine),
        engine < artefact->engine.from ? "update pandect" : "ask for a newer pack");
  opened.artefact = std::move(*artefact);
  return opened;
}

Result<std::vector<SourceFile>> files_of_folder(const std::string& folder) {
  std::vector<SourceFile> files;
  Diagnostics problems;
  for (const auto& path : pack_files(folder, problems)) {
    auto text = read_text(path, kMaximumEntry);
    if (text)
      files.push_back({path.substr(folder.size()), std::move(*text)});
    else
      problems.insert(problems.end(), text.errors().begin(), text.errors().end());
  }
  if (has_errors(problems)) return problems;
  return files;
}

Result<std::vector<ChosenPack>> choose_packs(const Places& places,
                                             const std::optional<TrustRoot>& trust,
                                             const std::vector<std::string>& names, bool paths) {
  std::error_code error;
  if (trust && !fs::equivalent(places.rules, places.shipped, error))
    return problem(places.rules, "untrusted",
                   "these packs did not come with the program and carry no signature, and there is "
                   "a trust root (" +
                       trust->where + ")",
                   "leave out --rules and PANDECT_RULES, and install signed packs");
  const Chooser chooser(places, trust);
  Diagnostics problems;
  std::vector<ChosenPack> chosen;
  for (const auto& name : names.empty() ? chooser.shipped_ids() : names) {
    if (name == "core" || name.starts_with("core@")) continue;  // always loaded
    if (is_path(name) && !paths) {
      problems.push_back(problem(name, "path", "settings name packs by id, not by path",
                                 "install it, or name the path with --pack"));
      continue;
    }
    auto pack = is_path(name) ? chooser.at_path(name) : chooser.named(name);
    if (!pack) {
      problems.insert(problems.end(), pack.errors().begin(), pack.errors().end());
      continue;
    }
    const auto same = std::find_if(chosen.begin(), chosen.end(),
                                   [&](const ChosenPack& each) { return each.id == pack->id; });
    if (same == chosen.end())
      chosen.push_back(std::move(*pack));
    else if (same->source.path != pack->source.path)
      problems.push_back(problem(pack->source.path, "two-packs",
                                 "`" + pack->id + "` is also " + same->source.path,
                                 "choose one of the two"));
  }
  if (has_errors(problems)) return problems;
  std::sort(chosen.begin(), chosen.end(),
            [](const ChosenPack& a, const ChosenPack& b) { return a.id < b.id; });
  return chosen;
}

Result<PackSource> find_pack(const Places& places, const std::string& name) {
  const std::optional<TrustRoot> nobody;
  std::error_code error;
  const Chooser chooser(places, nobody);
  auto pack =
      is_path(name) || fs::exists(name, error) ? chooser.at_path(name) : chooser.named(name);
  if (!pack) return pack.errors();
  return std::move(pack->source);
}

}  // namespace pandect::artefact
