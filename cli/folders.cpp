#include "cli/folders.h"

#include <algorithm>
#include <array>
#include <filesystem>

namespace pandect::cli {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kManifest = "pandect.yaml";
constexpr int kDepth = 16;

bool is_passed_over(std::string_view path) {
  static constexpr std::array<std::string_view, 9> kNames{
      "node_modules", "bower_components", "__pycache__", ".venv", "venv", ".tox", ".git", ".hg",
      ".svn"};
  const auto name = path.substr(path.rfind('/') + 1);
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

// One folder after another, so that a tree of any size needs no list of all its files.
class Walk {
 public:
  Walk(const std::string& folder, Folders& folders) : folder_(folder), folders_(folders) {}

  void look(const fs::path& at, int depth) {
    if (full()) return;
    std::error_code error;
    std::vector<fs::path> below;
    fs::directory_iterator entry(at, error);
    if (error) {
      skip(at, "unreadable");
      return;
    }
    bool manifest = false;
    for (const fs::directory_iterator end; entry != end; entry.increment(error)) {
      if (error) break;
      std::error_code unknown;
      const auto status = entry->symlink_status(unknown);
      const std::string name = entry->path().filename().string();
      if (fs::is_symlink(status)) {
        if (name == kManifest || fs::is_directory(entry->path(), unknown))
          skip(entry->path(), "link");
      } else if (name == kManifest) {
        manifest = true;
      } else if (fs::is_directory(status) && !is_passed_over(name)) {
        below.push_back(entry->path());
      }
    }
    if (error) skip(at, "unreadable");
    if (manifest) add(at);
    std::sort(below.begin(), below.end());
    for (const auto& each : below) {
      if (depth >= kDepth)
        skip(each, "too-deep");
      else
        look(each, depth + 1);
    }
  }

 private:
  bool full() {
    if (folders_.found.size() < kMostManifests) return false;
    if (!told_) skip(folder_, "too-many");
    told_ = true;
    return true;
  }
  void add(const fs::path& folder) { folders_.found.push_back(folder.string()); }
  void skip(const fs::path& path, const char* why) {
    folders_.skipped.push_back({path.string(), why});
  }

  fs::path folder_;
  Folders& folders_;
  bool told_ = false;
};

}  // namespace

Diagnostics find_manifests(const std::string& folder, Folders& folders) {
  std::error_code error;
  if (fs::is_regular_file(folder, error)) {
    folders.found.push_back(folder);
  } else if (fs::is_directory(folder, error)) {
    Walk(folder, folders).look(folder, 0);
  } else {
    return {{Level::error,
             "no-folder",
             {folder, 0, 0},
             "there is no such file or folder",
             "name folders below which manifests stand, or manifests"}};
  }
  return {};
}

}  // namespace pandect::cli
