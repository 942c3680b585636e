// What persons state and a store keeps: attestations (a duty is met) and waivers (it is not acted
// on yet). Both also stand in the manifest, which is what an assessment reads; the store says who
// wrote them when, against which manifest, packs and deciding facts.
#pragma once

#include "store/store.h"

#include "pandect/assessment.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace pandect::store {

struct Statement {
  std::string kind;  // attestation, waiver
  std::string subject, obligation, deployment;
  std::string piece, scope, source, note;    // attestation
  WaiverKind waiver = WaiverKind::deferred;  // waiver
  std::string reason;                        // waiver
  std::string by;
  Day made = kNoDay, through = kNoDay;  // through: last day
  Day as_of = kNoDay;                   // the law it was written under
  std::string facts;                    // hash of the deciding facts
  std::string manifest;                 // its text
  std::string engine_version;
  std::vector<std::pair<std::string, std::string>> packs;  // id and digest
};

Draft draft_of(const Statement& statement, const std::string& recorded_at);
Result<Statement> statement_of(const Entry& entry);  // without the manifest

std::string_view word_of(WaiverKind kind);

// The item as it stands under `evidence:` or `waivers:` of a manifest.
std::string stanza_of(const Statement& statement);
// The manifest with the item at the end of that list; the rest stays byte for byte. Nothing if the
// list is not written as a block, so that only a person can add to it.
std::optional<std::string> with_stanza(const std::string& manifest, const Statement& statement);

}  // namespace pandect::store
