#include "packs/folder.h"

#include "base/digest.h"
#include "packs/lua_pack.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <map>
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

bool is_case_file(const std::string& name) { return name.find("/cases/") != std::string::npos; }

namespace {

// Reads the files of one pack as they come and keeps the digest of what was read.
class PackReader {
 public:
  PackReader(std::string folder, DataSource data, Diagnostics& problems)
      : data_(std::move(data)), problems_(problems) {
    draft_.folder = std::move(folder);
  }

  void file(const std::string& name, std::string text) {
    digests_ += name + " " + digest_of(text) + "\n";
    if (name.starts_with("/data/")) return;
    const std::string path = draft_.folder + name;
    if (name.ends_with(".lua")) {
      if (!scripts_) scripts_.emplace(draft_.folder, data_);
      scripts_->run(path, std::move(text), draft_, problems_);
    } else {
      read_pack_file(path, std::move(text), draft_, problems_);
    }
  }

  PackDraft finish() {
    draft_.digest = digest_of(digests_);
    finish_pack(draft_, problems_);
    return std::move(draft_);
  }

 private:
  PackDraft draft_;
  DataSource data_;
  Diagnostics& problems_;
  std::string digests_;
  std::optional<LuaPack> scripts_;
};

}  // namespace

PackDraft read_pack_folder(const std::string& folder, Diagnostics& problems, WithCases cases) {
  PackReader reader(folder, data_below(folder), problems);
  for (const auto& path : pack_files(folder, problems)) {
    const std::string name = path.substr(folder.size());
    if (cases == WithCases::no && is_case_file(name)) continue;
    auto text = read_text(path, yaml::kMaximumBytes + 16);
    if (!text) {
      problems.insert(problems.end(), text.errors().begin(), text.errors().end());
      continue;
    }
    reader.file(name, std::move(*text));
  }
  return reader.finish();
}

PackDraft read_pack_sources(const std::string& folder, const std::vector<SourceFile>& files,
                            Diagnostics& problems, WithCases cases) {
  std::map<std::string, std::string> data;
  for (const auto& each : files) {
    if (each.name.starts_with("/data/")) data.emplace(each.name.substr(6), each.text);
  }
  const DataSource source = [data =
                                 std::move(data)](const std::string& name) -> Result<std::string> {
    const auto at = data.find(name);
    if (at != data.end()) return at->second;
    return Diagnostic{Level::error, "no-data", {}, "is not in the pack", "add it and build again"};
  };
  PackReader reader(folder, source, problems);
  for (const auto& each : files) {
    if (cases == WithCases::no && is_case_file(each.name)) continue;
    reader.file(each.name, each.text);
  }
  return reader.finish();
}

}  // namespace pandect
