// Two places that say different things of one fact are a result of their own; neither is dropped.
#pragma once

#include "plugins/importer.h"

#include <vector>

namespace pandect::plugins {

// The conflicts among the proposals of one file.
std::vector<Proposal> conflicts_of(const std::vector<Proposal>& proposals);
// Those between files that describe the same thing; those within a file are told already.
std::vector<Proposal> conflicts_between_files(const std::vector<Proposal>& proposals);

}  // namespace pandect::plugins
