#include "packs/memory.h"

#include "base/digest.h"

#include <algorithm>
#include <map>

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

}  // namespace

std::vector<PackDraft> read_packs(std::vector<SourceFile> files, Diagnostics& problems) {
  std::sort(files.begin(), files.end(),
            [](const SourceFile& a, const SourceFile& b) { return a.name < b.name; });
  std::map<std::string, std::vector<SourceFile*>> packs;
  const std::string* last = nullptr;
  for (auto& file : files) {
    const std::size_t slash = file.name.find('/');
    if (!is_plain(file.name) || slash == std::string::npos) {
      complain(file.name, "bad-name", "a file of a pack is named PACK/FILE", "like core/pack.yaml",
               problems);
    } else if (last != nullptr && *last == file.name) {
      complain(file.name, "duplicate-id", "this file is there twice", "", problems);
    } else {
      packs[file.name.substr(0, slash)].push_back(&file);
    }
    last = &file.name;
  }
  std::vector<PackDraft> drafts;
  for (auto& [name, list] : packs) {
    if (list.size() > kMaximumFiles) {
      complain(name, "too-large", "a pack has at most 2000 files", "split it", problems);
      continue;
    }
    PackDraft draft;
    draft.folder = name;
    std::string digests;
    for (SourceFile* file : list) {
      if (is_case_file(file->name) || !file->name.ends_with(".yaml")) continue;
      digests += file->name.substr(name.size()) + " " + digest_of(file->text) + "\n";
      read_pack_file(file->name, std::move(file->text), draft, problems);
    }
    draft.digest = digest_of(digests);
    finish_pack(draft, problems);
    drafts.insert(name == "core" ? drafts.begin() : drafts.end(), std::move(draft));
  }
  if (packs.count("core") == 0)
    complain("core/pack.yaml", "no-pack", "there is no core pack", "hand in rules/core as well",
             problems);
  return drafts;
}

}  // namespace pandect
