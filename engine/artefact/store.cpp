#include "artefact/store.h"

#include "artefact/archive.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include <unistd.h>

namespace pandect::artefact {
namespace {

namespace fs = std::filesystem;

Diagnostic problem(const std::string& where, const char* code, std::string message,
                   std::string hint) {
  return {Level::error, code, {where, 0, 0}, std::move(message), std::move(hint)};
}

std::vector<std::string> names_below(const std::string& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error))
    names.push_back(at->path().filename().string());
  return names;
}

bool write(const std::string& path, const std::string& bytes) {
  std::ofstream file(path, std::ios::binary);
  file << bytes;
  file.close();
  return !file.fail();
}

}  // namespace

std::vector<Installed> Store::list() const {
  std::vector<Installed> found;
  std::error_code error;
  for (const auto& id : names_below(folder_)) {
    if (!is_pack_id(id)) continue;
    for (const auto& name : names_below(folder_ + "/" + id)) {
      const auto version = parse_version(name);
      if (!version) continue;
      std::string file = folder_ + "/" + id + "/" + name + "/" + file_name(id, *version);
      if (fs::is_regular_file(file, error)) found.push_back({id, *version, std::move(file)});
    }
  }
  std::sort(found.begin(), found.end(), [](const Installed& a, const Installed& b) {
    return std::tie(a.id, a.version) < std::tie(b.id, b.version);
  });
  return found;
}

std::optional<Installed> Store::find(const std::string& id,
                                     const std::optional<Version>& version) const {
  std::optional<Installed> best;
  for (auto& each : list()) {
    if (each.id == id && (!version || each.version == *version)) best = std::move(each);
  }
  return best;
}

Result<Installed> Store::install(const Artefact& artefact, const std::string& bytes,
                                 const std::string& signature, bool allow_downgrade) const {
  const std::string version = to_string(artefact.version);
  const std::string place = folder_ + "/" + artefact.id + "/" + version;
  Installed made{artefact.id, artefact.version,
                 place + "/" + file_name(artefact.id, artefact.version)};
  if (const auto same = find(artefact.id, artefact.version)) {
    const auto there = read_text(same->file, kMaximumArchive);
    if (!there) return there.errors();
    if (*there != bytes)
      return problem(same->file, "installed",
                     "another file is installed as " + artefact.id + " " + version,
                     "a changed pack takes a new version; or first `pandect pack remove " +
                         artefact.id + "@" + version + "`");
  }
  const auto newest = find(artefact.id, std::nullopt);
  if (newest && newest->version > artefact.version && !allow_downgrade)
    return problem(newest->file, "downgrade",
                   artefact.id + " " + to_string(newest->version) +
                       " is installed, which is newer than " + version,
                   "if the older one is meant, add --allow-downgrade");
  const std::string own =
      folder_ + "/" + artefact.id + "/.installing-" + std::to_string(::getpid());
  std::error_code error;
  fs::remove_all(own, error);
  fs::create_directories(own, error);
  const std::string file = own + "/" + file_name(artefact.id, artefact.version);
  bool written = !error && write(file, bytes);
  if (!signature.empty()) written = written && write(signature_name(file), signature);
  if (written) {
    fs::remove_all(place, error);  // the same file, perhaps with another signature
    fs::rename(own, place, error);
    if (!error) return made;
  }
  const std::string reason = error ? error.message() : std::strerror(errno);
  fs::remove_all(own, error);
  return problem(place, "unwritable", "cannot be written: " + reason,
                 "check the folder and its permissions");
}

Result<std::vector<Installed>> Store::remove(const std::string& id,
                                             const std::optional<Version>& version) const {
  std::vector<Installed> gone;
  for (auto& each : list()) {
    if (each.id != id || (version && each.version != *version)) continue;
    std::error_code error;
    fs::remove_all(fs::path(each.file).parent_path(), error);
    if (error)
      return problem(each.file, "unwritable", "cannot be removed: " + error.message(),
                     "check the folder and its permissions");
    gone.push_back(std::move(each));
  }
  std::error_code ignored;
  fs::remove(folder_ + "/" + id, ignored);  // only if nothing is left in it
  if (gone.empty())
    return problem(folder_, "no-pack",
                   "`" + id + (version ? "@" + to_string(*version) : "") + "` is not installed",
                   "`pandect pack list` shows what is");
  return gone;
}

}  // namespace pandect::artefact
