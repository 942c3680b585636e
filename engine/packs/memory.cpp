#include "packs/memory.h"

#include "packs/reader.h"

#include <algorithm>
#include <map>
#include <memory>

namespace pandect {
namespace {

constexpr std::size_t kMaximumFiles = 2000;

void complain(const std::string& file, std::string code, std::string message, std::string hint,
              Diagnostics& problems) {
  problems.push_back(
      {Level::error, std::move(code), {file, 0, 0}, std::move(message), std::move(hint)});
}

bool is_plain(const std::string& name) {
  if (name.empty() || name.front() == '/' || name.back() == '/') return false;
  return name.find('\0') == std::string::npos &&
         ("/" + name + "/").find("/../") == std::string::npos;
}

using FileList = std::vector<SourceFile*>;  // of one pack, by name

// The tables that scripts read; shared, since predicates run after all files were read.
using Tables = std::map<std::string, std::string>;

DataReader reader_of(std::shared_ptr<const Tables> tables) {
  return [tables = std::move(tables)](const std::string& name) -> Result<std::string> {
    const auto found = tables->find(name);
    if (found != tables->end()) return found->second;
    return Diagnostic{Level::error, "no-data", {}, "is not among the files", "hand it in as well"};
  };
}

DataReader data_among(const std::string& folder, const FileList& list) {
  const std::string below = folder + "/data/";
  const auto tables = std::make_shared<Tables>();
  for (const SourceFile* file : list) {
    if (file->name.starts_with(below)) (*tables)[file->name.substr(below.size())] = file->text;
  }
  return reader_of(tables);
}

PackDraft read_one(const std::string& folder, const FileList& list, Diagnostics& problems) {
  PackReader reader(folder, data_among(folder, list), problems);
  for (SourceFile* file : list) {
    const bool read = file->name.ends_with(".yaml") || file->name.ends_with(".lua");
    if (read && !is_case_file(file->name)) reader.add(file->name, std::move(file->text));
  }
  return reader.finish();
}

}  // namespace

PackDraft read_pack_sources(const std::string& folder, const std::vector<SourceFile>& files,
                            Diagnostics& problems, WithCases cases) {
  const auto tables = std::make_shared<Tables>();
  for (const auto& each : files) {
    if (each.name.starts_with("/data/")) (*tables)[each.name.substr(6)] = each.text;
  }
  PackReader reader(folder, reader_of(tables), problems);
  for (const auto& each : files) {
    if (cases == WithCases::no && is_case_file(each.name)) continue;
    reader.add(folder + each.name, each.text);
  }
  return reader.finish();
}

std::vector<PackDraft> read_packs(std::vector<SourceFile> files, Diagnostics& problems) {
  std::sort(files.begin(), files.end(),
            [](const SourceFile& a, const SourceFile& b) { return a.name < b.name; });
  std::map<std::string, FileList> packs;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const std::string& name = files[i].name;
    const std::size_t slash = name.find('/');
    if (!is_plain(name) || slash == std::string::npos) {
      complain(name, "bad-name", "a file of a pack is named PACK/FILE", "like core/pack.yaml",
               problems);
    } else if (i > 0 && files[i - 1].name == name) {
      complain(name, "duplicate-id", "this file is there twice", "", problems);
    } else {
      packs[name.substr(0, slash)].push_back(&files[i]);
    }
  }
  std::vector<PackDraft> drafts;
  for (const auto& [name, list] : packs) {
    if (list.size() > kMaximumFiles) {
      complain(name, "too-large", "a pack has at most 2000 files", "split it", problems);
    } else {
      drafts.insert(name == "core" ? drafts.begin() : drafts.end(), read_one(name, list, problems));
    }
  }
  if (!packs.contains("core"))
    complain("core/pack.yaml", "no-pack", "there is no core pack", "hand in rules/core as well",
             problems);
  return drafts;
}

}  // namespace pandect
