// All that an assessment was made from: manifest, waivers, the sources of the packs, what was seen
// of evidence, the day and the options. It becomes an entry of a store and comes back from one.
#pragma once

#include "assessment/assess.h"
#include "store/observations.h"
#include "store/store.h"

#include "pandect/assessment.h"

#include <optional>
#include <string>
#include <vector>

namespace pandect::store {

struct StoredFile {
  std::string name, text;
};

struct StoredPack {
  std::string id, version, digest;
  std::vector<StoredFile> files;  // names below the folder of the pack
};

struct Snapshot {
  StoredFile manifest;
  std::optional<StoredFile> waivers;  // the file beside the manifest
  std::vector<StoredPack> packs;      // core first
  Day as_of = 0;
  std::vector<std::string> jurisdictions;
  bool with_not_applicable = false;
  bool looked = false;  // at evidence
  Observations observations;
  std::vector<SkippedItem> skipped;
  std::string engine_version;
};

// The sources of the packs of a program, read again from the folder of the packs and compared with
// the digests of the program: what is stored is what was used, or nothing is.
Result<std::vector<StoredPack>> packs_of(const Program& program, const std::string& rules);

// What a list of assessments shows without opening each.
struct SubjectSummary {
  std::string kind, id, name;
  std::vector<std::string> classes, open;  // ids that are true, and that are unknown
  std::size_t due = 0, met = 0, waived = 0, upcoming = 0, undetermined = 0, overdue = 0,
              findings = 0;
};
std::vector<SubjectSummary> summary_of(const Assessment& assessment);

// `bytes`: the assessment as it is kept, in the form that replays are compared with.
Draft draft_of(const Snapshot& snapshot, const Assessment& assessment, const std::string& bytes,
               const std::string& recorded_at);

// An entry as lists and replays read it.
struct Recorded {
  Entry entry;
  Day as_of = 0;
  std::string organisation, engine_version, manifest_name, manifest_digest;
  std::string assessment;                                  // digest of its bytes
  std::vector<std::pair<std::string, std::string>> packs;  // id and digest of the pack
  std::vector<SubjectSummary> subjects;
};
Result<Recorded> recorded_of(const Entry& entry);
Result<Snapshot> snapshot_of(const Store& store, const Entry& entry);

}  // namespace pandect::store
