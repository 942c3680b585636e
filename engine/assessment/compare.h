// What differs between two assessments of the same subjects: two days, two sets of facts, two
// packs.
#pragma once

#include "pandect/assessment.h"

#include <string>
#include <vector>

namespace pandect {

enum class ChangeKind : std::uint8_t { classification, obligation, subject };

struct Change {
  ChangeKind kind = ChangeKind::obligation;
  std::string subject, id, jurisdiction;
  Texts title;
  std::string what;           // value, status, applies_from, deadline, fulfilment, penalty, subject
  std::string before, after;  // words or days; empty: not there
  std::vector<Citation> cite;
  std::string deployment;  // where a system has several
};

std::vector<Change> compare(const Assessment& before, const Assessment& after);

}  // namespace pandect
