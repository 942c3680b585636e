// The result of a scan as people and programs read it. Everything that comes from the repository is
// escaped for its output.
#pragma once

#include "plugins/scan/scan.h"

#include "pandect/program.h"

#include <string>
#include <string_view>
#include <vector>

namespace pandect::scan {

struct ReportOptions {
  std::string lang = "en";
  bool all = false;  // every place, and what was passed over
};

// Facts to ask: those that the families of the signs name and the program knows, in the order of
// its interview.
std::vector<std::string> questions_of(const ScanResult& result, const Program& program);

std::string text_report(const ScanResult& result, const Program& program, std::string_view root,
                        const ReportOptions& options);

// {"schema": "pandect.scan/1", "root", "files", "bytes", "signs": [...], "models": [...],
//  "proposals": [...], "questions": [...], "skipped": {"counts": {...}, "paths": [...] with `all`}}
std::string json_report(const ScanResult& result, const Program& program, std::string_view root,
                        const ReportOptions& options);

// "7.6e9" as 7.6 B, 350 M: for people.
std::string short_count(std::uint64_t count);

}  // namespace pandect::scan
