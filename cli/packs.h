// Which packs a command works with: found, held to the trust root and to a lockfile, and linked.
// The folders of this user and this program come in here; the rules stand in engine/artefact.
#pragma once

#include "artefact/choose.h"
#include "artefact/lockfile.h"
#include "cli/command.h"

#include <optional>
#include <string>
#include <vector>

namespace pandect::cli {

struct PackWish {
  std::vector<std::string> names;  // id, id@version, or a path; empty: all that shipped
  bool paths = true;               // may a name be a path?
  std::string lockfile;            // if stated, exactly what it lists
};

struct LoadedPacks {
  ProgramPtr program;
  std::vector<artefact::Lock> locks;
};

// Empty after having printed why not.
std::optional<LoadedPacks> load_packs(const Context& context, const PackWish& wish);

artefact::Places places_of(const Context& context);

// Empty after having printed why not; holds nothing where there is no trust root.
std::optional<std::optional<artefact::TrustRoot>> trust_of(const Context& context);

}  // namespace pandect::cli
