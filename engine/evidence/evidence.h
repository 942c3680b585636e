// Weighs what shows that a duty is met: what the manifest declares, and what was seen when somebody
// looked. Opens no file: a Looker does, and stands outside the engine. Semantics 7.6.
#pragma once

#include "manifest/manifest.h"

#include "pandect/assessment.h"

#include <string>
#include <string_view>
#include <vector>

namespace pandect {

// What came of looking.
struct Look {
  bool looked = false;
  bool aimed = false;  // in places that the manifest named, so that finding nothing means something
  PieceState state = PieceState::unchecked;
  Texts looked_for, note;
  std::vector<SightingItem> seen;
};

struct ProbeRequest {
  std::string_view probe;   // of the pack, as JSON text; may be empty
  std::string_view own;     // of the manifest entry: where to look, or a probe of its own
  std::string_view source;  // of the manifest entry
  Location probe_at, own_at;
};

// That a file was looked for, by its pattern.
Texts file_text(const std::string& pattern);

// Between two things that were looked for, or two notes.
Texts semicolon();

class Looker {
 public:
  virtual ~Looker() = default;
  virtual Look source(const std::string& pattern) = 0;
  virtual Look probe(const ProbeRequest& request) = 0;
};

// Whether a source names something outside the folder on purpose (an address), which is not looked
// at.
bool is_address(std::string_view source);

// One piece of evidence of a duty: `base` has what the pack says of it.
struct Weighing {
  EvidenceItem base;
  Suffices suffices = Suffices::by_default;
  std::string_view probe;
  Location probe_at;
  const EvidenceEntry* entry = nullptr;  // the one of the manifest that counts; may be null
  Day today = 0;
};

// `looker` is null where nothing is looked at; then a declaration is taken at its word.
EvidenceItem weigh(Weighing weighing, Looker* looker);

Fulfilment fulfilment_of(const std::vector<EvidenceItem>& pieces);

}  // namespace pandect
