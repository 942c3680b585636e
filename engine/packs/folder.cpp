#include "packs/folder.h"

#include "files/root.h"
#include "packs/reader.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <system_error>

namespace pandect {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t kMaximumFiles = 2000;

Diagnostic unreadable(const std::string& path, const std::string& reason) {
  return {Level::error,
          "unreadable",
          {path, 0, 0},
          "cannot be read: " + reason,
          "check the path and its permissions"};
}

// What the scripts of a pack may read: its folder data/ and nothing else.
DataReader data_below(const std::string& folder) {
  return [folder](const std::string& name) -> Result<std::string> {
    const auto root = Root::open(folder + "/data");
    if (root) return root->read(name, yaml::kMaximumBytes);
    return Diagnostic{Level::error,
                      "no-data",
                      {},
                      "is not there: the pack has no folder data/",
                      "put the file at data/" + name};
  };
}

}  // namespace

std::vector<std::string> pack_files(const std::string& folder, Diagnostics& problems) {
  std::vector<std::string> files;
  std::error_code error;
  if (!fs::is_directory(folder, error)) {
    problems.push_back({Level::error,
                        "no-pack",
                        {folder, 0, 0},
                        "there is no pack folder here",
                        "name a folder with a pack.yaml"});
    return files;
  }
  const fs::path root = fs::weakly_canonical(folder, error);
  for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end;
       at.increment(error)) {
    const auto extension = at->path().extension();
    if ((extension != ".yaml" && extension != ".lua") || !at->is_regular_file(error)) continue;
    if (at->is_symlink(error)) {
      const fs::path target = fs::weakly_canonical(at->path(), error);
      if (std::mismatch(root.begin(), root.end(), target.begin(), target.end()).first !=
          root.end()) {
        problems.push_back({Level::error,
                            "outside",
                            {at->path().string(), 0, 0},
                            "this link leaves the pack folder",
                            "copy the file into the pack"});
        continue;
      }
    }
    files.push_back(at->path().string());
    if (files.size() > kMaximumFiles) {
      problems.push_back(
          {Level::error, "too-large", {folder, 0, 0}, "a pack has at most 2000 files", "split it"});
      break;
    }
  }
  if (error) problems.push_back(unreadable(folder, error.message()));
  std::sort(files.begin(), files.end());
  return files;
}

Result<std::string> read_text(const std::string& path, std::size_t limit) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"),
                                                             &std::fclose);
  if (!file) return unreadable(path, std::strerror(errno));
  std::string text;
  std::string buffer(64 * 1024, '\0');
  while (true) {
    const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), file.get());
    text.append(buffer.data(), count);
    if (count < buffer.size()) break;
    if (text.size() > limit) {
      return Diagnostic{Level::error,
                        "too-large",
                        {path, 0, 0},
                        "the file is larger than " + std::to_string(limit / (1024 * 1024)) + " MiB",
                        "check that it is the file you meant"};
    }
  }
  if (std::ferror(file.get()) != 0) return unreadable(path, std::strerror(errno));
  return text;
}

PackDraft read_pack_folder(const std::string& folder, Diagnostics& problems, WithCases cases) {
  PackReader reader(folder, data_below(folder), problems);
  for (const auto& path : pack_files(folder, problems)) {
    if (cases == WithCases::no && is_case_file(path)) continue;
    auto text = read_text(path, yaml::kMaximumBytes + 16);
    if (text) {
      reader.add(path, std::move(*text));
    } else {
      problems.insert(problems.end(), text.errors().begin(), text.errors().end());
    }
  }
  return reader.finish();
}

}  // namespace pandect
