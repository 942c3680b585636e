// Breaks a pack on purpose, one change at a time, and looks whether a case notices. A change that
// nobody notices is a condition that no case proves.
#pragma once

#include "checks/mutants.h"

#include "pandect/program.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace pandect {

struct MutationReport {
  struct Entry {
    Location where;
    std::string what, reason;
  };
  std::size_t mutants = 0;           // those that were tried
  std::vector<Entry> survivors;      // in the order of the pack
  std::vector<Entry> skipped;        // equivalent by construction, with the reason
  std::vector<std::string> failing;  // cases that fail without any change and so prove nothing
  std::map<std::string, std::pair<std::size_t, std::size_t>> by_kind;  // tried, survived
};

struct MutationOptions {
  std::string only;      // only owners or rules whose id holds this text
  unsigned threads = 0;  // 0: as many as the machine has
};

// `drafts` as linked into `program`; the last one is changed and its cases are run.
MutationReport mutate(const Program& program, const std::vector<PackDraft>& drafts,
                      const MutationOptions& options);

// With `skipped` also the changes that no case could notice, each with the reason.
std::string to_text(const MutationReport& report, bool skipped = false);

}  // namespace pandect
