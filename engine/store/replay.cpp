#include "store/replay.h"

#include "base/digest.h"
#include "packs/library.h"

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace pandect::store {

namespace fs = std::filesystem;

namespace {

class Folder {  // of this process alone
 public:
  Folder() {
    std::error_code error;
    std::string pattern = (fs::temp_directory_path(error) / "pandect-replay-XXXXXX").string();
    if (!error && ::mkdtemp(pattern.data()) != nullptr) path_ = pattern;
  }
  ~Folder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// A store may come from elsewhere: names that would leave the folder are refused.
bool is_plain(const std::string& name) {
  const fs::path path(name);
  if (name.empty() || path.is_absolute() || name.find('\0') != std::string::npos) return false;
  return std::none_of(path.begin(), path.end(), [](const fs::path& part) {
    return part == ".." || part == "." || part.empty();
  });
}

Trouble write_pack(const std::string& folder, const StoredPack& pack) {
  const auto wrong = [&](const std::string& file, const std::string& message) {
    return Diagnostic{Level::error,
                      "unreadable",
                      {pack.id + "/" + file, 0, 0},
                      message,
                      "run `pandect store verify`; TMPDIR names the folder for passing files"};
  };
  if (!is_plain(pack.id) || pack.id.find('/') != std::string::npos)
    return wrong("", "this is no name of a pack");
  for (const auto& each : pack.files) {
    if (!is_plain(each.name)) return wrong(each.name, "this is no name of a file of a pack");
    const fs::path path = fs::path(folder) / pack.id / each.name;
    std::error_code error;
    fs::create_directories(path.parent_path(), error);
    std::ofstream file(path, std::ios::binary);
    file.write(each.text.data(), static_cast<std::streamsize>(each.text.size()));
    if (error || !file.flush()) return wrong(each.name, "it cannot be written for the replay");
  }
  return {};
}

Diagnostics read_waiver_file(const Program& program, const StoredFile& file, Manifest& manifest) {
  const auto document = yaml::parse(file.name, file.text);
  if (!document) return document.errors();
  Diagnostics problems;
  read_waiver_document(program, *document, subject_ids(manifest), manifest.waivers, problems);
  return has_errors(problems) ? problems : Diagnostics{};
}

bool same_packs(const Snapshot& a, const Snapshot& b) {
  return a.jurisdictions == b.jurisdictions &&
         std::equal(a.packs.begin(), a.packs.end(), b.packs.begin(), b.packs.end(),
                    [](const StoredPack& x, const StoredPack& y) {
                      return x.id == y.id && x.digest == y.digest;
                    });
}

bool same_observations(const Snapshot& a, const Snapshot& b) {
  const auto text = [](const std::optional<StoredFile>& file) { return file ? file->text : ""; };
  return a.looked == b.looked && text(a.waivers) == text(b.waivers) &&
         observations_text(a.observations) == observations_text(b.observations);
}

std::string key_of(const Change& change) {
  return std::to_string(static_cast<int>(change.kind)) + "\n" + change.subject + "\n" + change.id +
         "\n" + change.deployment + "\n" + change.what + "\n" + change.before + "\n" + change.after;
}

// Sets of causes in which none contains another.
void keep_smallest(std::vector<unsigned>& sets) {
  std::vector<unsigned> smallest;
  for (const unsigned each : sets) {
    const bool larger = std::any_of(sets.begin(), sets.end(), [&](unsigned other) {
      return other != each && (other & each) == other;
    });
    if (!larger) smallest.push_back(each);
  }
  sets = std::move(smallest);
}

}  // namespace

Result<ProgramPtr> Replay::program(const Snapshot& snapshot) {
  std::string key;
  for (const auto& each : snapshot.packs) key += each.id + " " + each.digest + "\n";
  const auto known = programs_.find(key);
  if (known != programs_.end()) return known->second;
  const Folder folder;
  if (folder.path().empty()) {
    return Diagnostic{Level::error,
                      "unwritable",
                      {},
                      "there is no folder for passing files",
                      "set TMPDIR to a folder that can be written"};
  }
  Library library{folder.path(), {}};
  std::vector<std::string> ids;
  for (const auto& each : snapshot.packs) {
    if (auto trouble = write_pack(folder.path(), each)) return *trouble;
    ids.push_back(each.id);
  }
  Linked linked = library.load(ids);
  if (!linked.program) return linked.problems;
  for (std::size_t i = 0; i < snapshot.packs.size(); ++i) {
    bool found = false;
    for (const auto& pack : linked.program->packs.all()) {
      found = found || (linked.program->text(pack.id) == snapshot.packs[i].id &&
                        linked.program->text(pack.digest) == snapshot.packs[i].digest);
    }
    if (found) continue;
    return Diagnostic{Level::error,
                      "changed",
                      {snapshot.packs[i].id, 0, 0},
                      "the recorded pack is not what its digest says",
                      "run `pandect store verify`"};
  }
  programs_[key] = linked.program;
  return linked.program;
}

Result<Assessment> Replay::run(const Snapshot& facts, const Snapshot& evidence,
                               const Snapshot& packs, Day as_of) {
  const auto loaded = program(packs);
  if (!loaded) return loaded.errors();
  const Program& law = **loaded;
  auto manifest = read_manifest(law, facts.manifest.name, facts.manifest.text);
  if (!manifest) return manifest.errors();
  if (&facts != &evidence) {
    auto other = read_manifest(law, evidence.manifest.name, evidence.manifest.text);
    if (!other) return other.errors();
    manifest->evidence = std::move(other->evidence);
    manifest->waivers = std::move(other->waivers);
  }
  if (evidence.waivers) {
    if (auto problems = read_waiver_file(law, *evidence.waivers, *manifest); !problems.empty())
      return problems;
  }
  RecordedLooker looker(evidence.observations);
  AssessOptions options;
  options.as_of = as_of;
  options.jurisdictions = packs.jurisdictions;
  options.engine_version = engine_version_;
  options.with_proofs = with_proofs;
  options.with_not_applicable = packs.with_not_applicable;
  options.looker = evidence.looked ? &looker : nullptr;
  auto assessment = assess(law, *manifest, options);
  if (assessment) assessment->skipped = evidence.skipped;
  return assessment;
}

namespace {

// Another day or another law asks other questions. Of what was not asked on one side, what was seen
// on the other is the best there is to say; else every such question would count as evidence that
// changed.
Snapshot completed(Snapshot snapshot, const Snapshot& other) {
  snapshot.observations.insert(other.observations.begin(), other.observations.end());
  return snapshot;
}

}  // namespace

Result<Explanation> explain_changes(Replay& replay, const Snapshot& earlier,
                                    const Snapshot& later) {
  const Snapshot before = completed(earlier, later), after = completed(later, earlier);
  const auto crossed = [&](unsigned moved) {
    const auto side = [&](Cause cause) -> const Snapshot& {
      return (moved & static_cast<unsigned>(cause)) != 0 ? after : before;
    };
    return replay.run(side(Cause::facts), side(Cause::evidence), side(Cause::packs),
                      side(Cause::law).as_of);
  };
  constexpr unsigned kAll = 15;
  const auto first = crossed(0), last = crossed(kAll);
  if (!first) return first.errors();
  if (!last) return last.errors();
  Explanation explanation;
  // Facts and evidence stand in one file, so both may have changed where it did.
  if (before.manifest.text != after.manifest.text) {
    explanation.differs |=
        static_cast<unsigned>(Cause::facts) | static_cast<unsigned>(Cause::evidence);
  }
  if (before.as_of != after.as_of) explanation.differs |= static_cast<unsigned>(Cause::law);
  if (!same_packs(before, after)) explanation.differs |= static_cast<unsigned>(Cause::packs);
  if (!same_observations(before, after))
    explanation.differs |= static_cast<unsigned>(Cause::evidence);
  std::map<std::string, std::size_t> places;
  for (auto& change : compare(*first, *last)) {
    places[key_of(change)] = explanation.changes.size();
    explanation.changes.push_back({std::move(change), {}});
  }
  for (unsigned moved = 1; moved <= kAll && !places.empty(); ++moved) {
    if ((moved & ~explanation.differs) != 0) continue;
    const auto made = moved == explanation.differs ? last : crossed(moved);
    if (!made) {
      explanation.unevaluated.insert(explanation.unevaluated.end(), made.errors().begin(),
                                     made.errors().end());
      continue;
    }
    for (const auto& change : compare(*first, *made)) {
      const auto place = places.find(key_of(change));
      if (place != places.end()) explanation.changes[place->second].causes.push_back(moved);
    }
  }
  for (auto& each : explanation.changes) keep_smallest(each.causes);
  return explanation;
}

}  // namespace pandect::store
