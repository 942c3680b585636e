#include "artefact/lockfile.h"

#include "packs/fields.h"

#include <algorithm>

namespace pandect::artefact {
namespace {

const Lock* find(const std::vector<Lock>& locks, const std::string& id) {
  const auto at =
      std::find_if(locks.begin(), locks.end(), [&](const Lock& each) { return each.id == id; });
  return at == locks.end() ? nullptr : &*at;
}

std::string or_none(const std::string& key) { return key.empty() ? "no key" : "the key " + key; }

}  // namespace

std::vector<Lock> locks_of(const Program& program, const std::map<std::string, std::string>& keys) {
  std::vector<Lock> locks;
  for (const auto& pack : program.packs.all()) {
    Lock lock{std::string(program.text(pack.id)),
              std::string(program.text(pack.version)),
              std::string(program.text(pack.digest)),
              {}};
    if (const auto key = keys.find(lock.id); key != keys.end()) lock.key = key->second;
    locks.push_back(std::move(lock));
  }
  std::sort(locks.begin(), locks.end(), [](const Lock& a, const Lock& b) { return a.id < b.id; });
  return locks;
}

std::string text_of(const std::vector<Lock>& locks) {
  std::string text =
      "# Written by `pandect pack lock`; `pandect check --locked` takes these packs and no "
      "others.\n"
      "pandect_lock: 1\npacks:\n";
  for (const auto& each : locks) {
    text += "  - id: " + each.id + "\n    version: " + each.version + "\n    sha256: \"" +
            each.digest + "\"\n";
    if (!each.key.empty()) text += "    key: \"" + each.key + "\"\n";
  }
  return text;
}

Result<std::vector<Lock>> parse_lock(const std::string& file, std::string text) {
  const auto document = yaml::parse(file, std::move(text));
  if (!document) return document.errors();
  Diagnostics problems;
  std::vector<Lock> locks;
  Fields fields(*document, document->root, "the lockfile", problems);
  const std::string format = fields.text("pandect_lock");
  if (format != "1")
    problems.push_back({Level::error,
                        "bad-lock",
                        {file, 1, 1},
                        "this is no lockfile of format 1",
                        "write it with `pandect pack lock`"});
  const auto* packs = fields.take("packs");
  if (packs != nullptr) {
    for (const auto& item : packs->items) {
      Fields entry(*document, item, "a pack of the lockfile", problems);
      locks.push_back(
          {entry.text("id"), entry.text("version"), entry.text("sha256"), entry.text("key")});
      const Lock& lock = locks.back();
      if (lock.id.empty() || lock.version.empty() || lock.digest.size() != 64)
        problems.push_back({Level::error, "bad-lock", location_of(*document, item),
                            "a locked pack has `id`, `version` and `sha256` (64 digits)",
                            "write the file with `pandect pack lock`"});
    }
  }
  if (problems.empty() && locks.empty())
    problems.push_back({Level::error,
                        "bad-lock",
                        {file, 0, 0},
                        "the lockfile locks nothing",
                        "write it with `pandect pack lock`"});
  if (has_errors(problems)) return problems;
  return locks;
}

std::vector<std::string> pinned(const std::vector<std::string>& names,
                                const std::vector<Lock>& locks) {
  std::vector<std::string> result;
  for (const auto& name : names) {
    const Lock* lock = find(locks, name);
    result.push_back(lock == nullptr ? name : name + "@" + lock->version);
  }
  return result;
}

Diagnostics differences(const std::string& file, const std::vector<Lock>& locked,
                        const std::vector<Lock>& loaded) {
  Diagnostics problems;
  const auto add = [&](const std::string& message) {
    problems.push_back(
        {Level::error,
         "not-locked",
         {file, 0, 0},
         message,
         "if the change is meant, run `pandect pack lock` and review what it writes"});
  };
  for (const auto& now : loaded) {
    const Lock* lock = find(locked, now.id);
    if (lock == nullptr)
      add("the pack `" + now.id + "` is not in the lock");
    else if (lock->version != now.version)
      add("`" + now.id + "` is locked as " + lock->version + ", and " + now.version + " is there");
    else if (lock->digest != now.digest)
      add("`" + now.id + "` " + now.version + " is not the one that is locked: sha256 " +
          now.digest);
    else if (lock->key != now.key)
      add("`" + now.id + "` is locked with " + or_none(lock->key) + ", and is verified with " +
          or_none(now.key));
  }
  for (const auto& lock : locked) {
    if (find(loaded, lock.id) == nullptr)
      add("the pack `" + lock.id + "` is locked and was not loaded");
  }
  return problems;
}

}  // namespace pandect::artefact
