// Packs and manifests of any size, made for measuring how the figures grow. No law.
#pragma once

#include "bench/bench.h"
#include "manifest/manifest.h"
#include "packs/linker.h"

#include <string>
#include <vector>

namespace bench {

// The files of a pack, in memory.
using PackTexts = std::vector<std::string>;

// The rules of ai-act-30 so many times, facts, concepts and rules renamed; with three duties, a
// fine and two axioms each.
PackTexts copied_rules(int copies);
// Conclusions that each rest on the one before and on one of 25 facts. `routes` rules lead from
// each to the next: with two the graph is as small as with one, and the paths through it double
// with each step.
PackTexts chain(int depth, int routes);
std::string chain_end(int depth);

std::vector<pandect::PackDraft> read_drafts(const PackTexts& texts, pandect::Diagnostics& problems);
pandect::Linked read_and_link(const PackTexts& texts);

// The first `stated` facts in a random order that is the same for every count.
std::string answers(const pandect::Program& program, std::size_t stated);
// A line of NDJSON: each fact is stated with this chance in a hundred.
std::string made_line(const pandect::Program& program, Random& random, int stated, int number);
// Every fact that is a yes or no, as yes.
std::string all_yes(const pandect::Program& program);
std::string manifest_text(const std::string& answers, int systems);

}  // namespace bench
