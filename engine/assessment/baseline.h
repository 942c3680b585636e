// A baseline: the findings that a project knew when it began to watch, so that only new ones stop a
// release. Keyed by fingerprint. Never hides a prohibition. Knows its text, opens no file.
#pragma once

#include "pandect/assessment.h"
#include "pandect/result.h"

#include <map>
#include <string>

namespace pandect {

struct Baseline {
  std::string file, made;
  std::map<std::string, std::string> known;  // fingerprint: id of the finding
};

// `name` is printed in messages. What is no baseline, whole and of this version, is an error.
Result<Baseline> read_baseline(std::string name, std::string text);

// All findings that a baseline may know, as the text of a file.
std::string baseline_text(const Assessment& assessment);

// Marks the findings it knows and notes those that are gone.
void apply_baseline(Assessment& assessment, const Baseline& baseline);

}  // namespace pandect
