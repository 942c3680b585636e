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

std::vector<PackDraft> Library::read_with_core(const std::string& pack_folder,
                                               Diagnostics& problems) const {
  std::vector<PackDraft> drafts;
  drafts.push_back(read_pack_folder(folder + "/core", problems));
  std::error_code error;
  if (fs::equivalent(pack_folder, folder + "/core", error)) return drafts;
  std::string path = pack_folder;
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  drafts.push_back(read_pack_folder(path, problems));
  return drafts;
}

Linked Library::load(const std::vector<std::string>& wanted) const {
  Linked linked;
  const std::vector<std::string> available = ids();
  std::vector<std::string> chosen = wanted.empty() ? available : wanted;
  std::sort(chosen.begin(), chosen.end());
  chosen.erase(std::unique(chosen.begin(), chosen.end()), chosen.end());
  std::error_code error;
  if (!fs::exists(folder + "/core/pack.yaml", error)) {
    linked.problems.push_back({Level::error,
                               "no-pack",
                               {folder, 0, 0},
                               "there is no core pack here",
                               "name the folder of the packs with --rules or PANDECT_RULES"});
    return linked;
  }
  for (const auto& id : chosen) {
    if (std::find(available.begin(), available.end(), id) != available.end() || id == "core")
      continue;
    const std::vector<std::string_view> known(available.begin(), available.end());
    linked.problems.push_back({Level::error,
                               "no-pack",
                               {folder, 0, 0},
                               "there is no pack `" + id + "`",
                               did_you_mean(id, known)});
  }
  if (!linked.problems.empty()) return linked;
  std::vector<std::string> folders{folder + "/core"};
  for (const auto& id : chosen) {
    if (id != "core") folders.push_back(folder + "/" + id);
  }
  Diagnostics problems;
  std::vector<std::string> files;
  for (const auto& each : folders) {
    for (auto& file : pack_files(each, problems)) {
      if (!is_case_file(file)) files.push_back(std::move(file));
    }
  }
  const std::string stamp = cache.empty() || has_errors(problems) ? std::string() : stamp_of(files);
  if (!stamp.empty()) {
    if (ProgramPtr program = read_image(cache, stamp)) {
      linked.program = std::move(program);
      return linked;
    }
  }
  std::vector<PackDraft> drafts;
  for (const auto& each : folders)
    drafts.push_back(read_pack_folder(each, problems, WithCases::no));
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
