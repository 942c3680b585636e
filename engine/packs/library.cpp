#include "packs/library.h"

#include "base/names.h"
#include "packs/image.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>

namespace pandect {

namespace fs = std::filesystem;

std::vector<std::string> Library::ids() const {
  std::vector<std::string> list;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    const std::string name = at->path().filename().string();
    if (name != "core" && fs::exists(at->path() / "pack.yaml", error)) list.push_back(name);
  }
  std::sort(list.begin(), list.end());
  return list;
}

PackDraft read_pack(const PackSource& source, Diagnostics& problems, WithCases cases) {
  return source.is_file ? read_pack_sources(source.path, source.files, problems, cases)
                        : read_pack_folder(source.path, problems, cases);
}

std::vector<PackDraft> Library::read_with_core(const std::string& pack_folder,
                                               Diagnostics& problems) const {
  std::string path = pack_folder;
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return read_with_core(PackSource{path, false, {}}, problems);
}

std::vector<PackDraft> Library::read_with_core(const PackSource& source,
                                               Diagnostics& problems) const {
  std::vector<PackDraft> drafts;
  drafts.push_back(read_pack_folder(folder + "/core", problems));
  std::error_code error;
  if (source.is_file || !fs::equivalent(source.path, folder + "/core", error))
    drafts.push_back(read_pack(source, problems));
  return drafts;
}

Linked Library::load(const std::vector<std::string>& wanted) const {
  Linked linked;
  const std::vector<std::string> available = ids();
  std::vector<std::string> chosen = wanted.empty() ? available : wanted;
  std::sort(chosen.begin(), chosen.end());
  chosen.erase(std::unique(chosen.begin(), chosen.end()), chosen.end());
  std::vector<PackSource> sources;
  for (const auto& id : chosen) {
    if (id == "core") continue;
    if (std::find(available.begin(), available.end(), id) != available.end()) {
      sources.push_back({folder + "/" + id, false, {}});
      continue;
    }
    const std::vector<std::string_view> known(available.begin(), available.end());
    linked.problems.push_back({Level::error,
                               "no-pack",
                               {folder, 0, 0},
                               "there is no pack `" + id + "`",
                               did_you_mean(id, known)});
  }
  std::error_code error;
  if (!linked.problems.empty() && fs::exists(folder + "/core/pack.yaml", error)) return linked;
  return load_sources(sources);
}

namespace {

// The files whose change makes a linked program stale.
std::vector<std::string> files_of(const std::vector<PackSource>& sources, Diagnostics& problems) {
  std::vector<std::string> files;
  for (const auto& each : sources) {
    if (each.is_file) {
      files.push_back(each.path);
      continue;
    }
    for (auto& file : pack_files(each.path, problems)) {
      if (!is_case_file(file.substr(each.path.size()))) files.push_back(std::move(file));
    }
  }
  return files;
}

}  // namespace

Linked Library::load_sources(const std::vector<PackSource>& chosen) const {
  Linked linked;
  std::error_code error;
  if (!fs::exists(folder + "/core/pack.yaml", error)) {
    linked.problems.push_back({Level::error,
                               "no-pack",
                               {folder, 0, 0},
                               "there is no core pack here",
                               "name the folder of the packs with --rules or PANDECT_RULES"});
    return linked;
  }
  std::vector<PackSource> sources{{folder + "/core", false, {}}};
  sources.insert(sources.end(), chosen.begin(), chosen.end());
  Diagnostics problems;
  const std::vector<std::string> files = files_of(sources, problems);
  const std::string stamp = cache.empty() || has_errors(problems) ? std::string() : stamp_of(files);
  if (!stamp.empty()) {
    if (ProgramPtr program = read_image(cache, stamp)) {
      linked.program = std::move(program);
      return linked;
    }
  }
  std::vector<PackDraft> drafts;
  for (const auto& each : sources) drafts.push_back(read_pack(each, problems, WithCases::no));
  bool complete = true;
  for (const auto& draft : drafts) complete = complete && draft.has_manifest && !draft.incomplete;
  if (complete) linked = link(drafts);  // so that all errors come together
  if (has_errors(problems)) linked.program = nullptr;
  if (linked.program && !stamp.empty()) write_image(cache, stamp, *linked.program);
  linked.problems.insert(linked.problems.begin(), problems.begin(), problems.end());
  return linked;
}

std::string cache_folder() {
  if (const char* choice = std::getenv("PANDECT_CACHE"); choice != nullptr) {
    return std::string_view(choice) == "off" ? std::string() : std::string(choice);
  }
  if (const char* base = std::getenv("XDG_CACHE_HOME"); base != nullptr && *base == '/')
    return std::string(base) + "/pandect";
  if (const char* home = std::getenv("HOME"); home != nullptr && *home == '/')
    return std::string(home) + "/.cache/pandect";
  return {};
}

}  // namespace pandect
