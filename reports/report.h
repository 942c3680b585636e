// A report format is a pure function from an assessment to bytes: no files, no clock, no locale.
// A format is one file in reports/formats/NAME.cpp that defines `pandect::reports::Format
// format_NAME()`; the build finds it. Words stand in the catalogue (`words.h`), never in a format.
#pragma once

#include "reports/run.h"

#include "pandect/assessment.h"
#include "pandect/result.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pandect::reports {

struct Options {
  std::string lang = "en";  // en, ko, zh
  int width = 80;           // columns of the text report
  bool colour = false;      // ANSI colours
  bool all = false;         // also what does not apply
  Run run{};                // for machines
};

struct Format {
  std::string name;       // as --format names it
  std::string extension;  // "json"
  // Empty where the format cannot be written, as `problem` says.
  std::function<std::string(const Assessment&, const Options&)> render;
  bool binary = false;  // not for a terminal
  bool proofs = false;  // shows whole proofs (AssessOptions.with_proofs)
  // Why this format cannot be written here, asked before anything is assessed.
  std::function<std::optional<Diagnostic>()> problem = nullptr;
  // Shows texts in Options.lang alone, and in English where that is missing (AssessOptions.lang).
  bool one_language = false;
};

// All formats, in the order of their names.
std::vector<Format> formats();

}  // namespace pandect::reports
