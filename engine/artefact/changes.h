// What differs between two packs as their authors wrote them, in words: rules, dates, thresholds,
// provisions, texts. What follows from it for a given system is assessment/compare.h.
#pragma once

#include "packs/draft.h"

#include <cstdint>
#include <string>
#include <vector>

namespace pandect::artefact {

enum class PackChangeKind : std::uint8_t {
  rule,       // begins or is gone, or changes in what it states
  date,       // of a rule
  threshold,  // only numbers of a condition or value
  duty,
  provision,
  fact,
  text,
  other
};

struct PackChange {
  PackChangeKind kind = PackChangeKind::other;
  std::string what;           // "rule art-6-2 of eu.high_risk"
  std::string attribute;      // "from", "condition"; empty: the whole
  std::string before, after;  // empty: not there
};

// In the order of kinds, then of names.
std::vector<PackChange> changes_between(const PackDraft& before, const PackDraft& after);

// A line each, under a heading for each kind, and a line that counts.
std::string to_text(const std::vector<PackChange>& changes);

}  // namespace pandect::artefact
