// Evaluates what was recorded, with the manifest, the packs and the observations of then: as it
// was, or with parts of two records crossed to see which part makes a difference.
#pragma once

#include "assessment/compare.h"
#include "store/snapshot.h"

#include <map>
#include <string>
#include <vector>

namespace pandect::store {

// Packs are linked once for each set of sources. They are written into a folder of their own that
// only this user can read and that goes away again, since scripts of packs read files beside them.
class Replay {
 public:
  explicit Replay(std::string engine_version) : engine_version_(std::move(engine_version)) {}

  bool with_proofs = false;  // for those who render more than the conclusions

  Result<Assessment> run(const Snapshot& snapshot) {
    return run(snapshot, snapshot, snapshot, snapshot.as_of);
  }
  // Facts from one record; evidence and waivers from another; packs and options from a third.
  Result<Assessment> run(const Snapshot& facts, const Snapshot& evidence, const Snapshot& packs,
                         Day as_of);

 private:
  Result<ProgramPtr> program(const Snapshot& snapshot);
  std::string engine_version_;
  std::map<std::string, ProgramPtr> programs_;  // by the digests of the packs
};

enum class Cause : std::uint8_t { facts = 1, law = 2, packs = 4, evidence = 8 };

struct CausedChange {
  Change change;
  // The smallest sets of causes that make the change alone, as sums of Cause. Several: either
  // would have been enough. Empty: the crossed combinations could not be evaluated.
  std::vector<unsigned> causes;
};

struct Explanation {
  unsigned differs = 0;  // sum of Cause: what the two records do not have in common
  std::vector<CausedChange> changes;
  Diagnostics unevaluated;  // why some combination has no assessment
};

Result<Explanation> explain_changes(Replay& replay, const Snapshot& before, const Snapshot& after);

}  // namespace pandect::store
