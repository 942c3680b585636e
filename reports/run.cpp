#include "reports/run.h"

#include "assessment/assess.h"
#include "assessment/findings.h"

#include <array>
#include <cstdio>
#include <filesystem>
#include <string_view>

namespace pandect::reports {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kDefault = "pandect.yaml";

// A manifest from standard input has a name in brackets and no file.
bool is_file(const std::string& name) { return !name.empty() && name.front() != '('; }

std::string seen_from_root(const Run& run, const std::string& file) {
  fs::path path(file);
  if (path.is_relative() && !run.folder.empty()) path = fs::path(run.folder) / path;
  path = path.lexically_normal();
  if (path.is_relative() || run.root.empty()) return path.generic_string();
  const fs::path below = path.lexically_relative(run.root);
  const bool inside = !below.empty() && *below.begin() != "..";
  return (inside ? below : path).generic_string();
}

}  // namespace

Place place_in(const Run& run, const Location& where) {
  Place place;
  const bool known = is_file(where.file);
  const std::string& file = known ? where.file : run.manifest;
  place.path = is_file(file) ? seen_from_root(run, file) : std::string(kDefault);
  // A manifest from standard input is shown under its usual name, with its own lines.
  if (known || where.file == run.manifest) {
    place.line = where.line > 0 ? where.line : 1;
    place.column = where.line > 0 && where.column > 0 ? where.column : 0;
  }
  return place;
}

std::string manifest_folder(const Run& run) {
  const std::string path = place_in(run, {}).path;
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos || path.front() == '/' || path.starts_with("../")) return {};
  return path.substr(0, slash);
}

std::string uri_of(const std::string& path) {
  std::string out = path.starts_with("/") ? "file://" : "";
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter || std::string_view("-._~/").find(c) != std::string_view::npos) {
      out += c;
      continue;
    }
    std::array<char, 4> escape{};
    std::snprintf(escape.data(), escape.size(), "%%%02X", static_cast<unsigned>(byte));
    out += escape.data();
  }
  return out;
}

int exit_status(const Assessment& assessment, const Run& run) {
  const Verdict verdict = verdict_of(assessment, run.fail_on, run.fail_on_unknown);
  if (verdict.blocking) return 1;
  return verdict.nothing || verdict.undetermined ? 3 : 0;
}

bool blocks(const Finding& finding, const Run& run) {
  static constexpr std::array<std::string_view, 4> kLevels{"low", "medium", "high", "critical"};
  if (run.fail_on == "never" || !can_block(finding)) return false;
  std::size_t limit = 2;  // as for an unknown word in verdict_of
  for (std::size_t i = 0; i < kLevels.size(); ++i) {
    if (kLevels[i] == run.fail_on) limit = i;
  }
  return static_cast<std::size_t>(finding.level) >= limit;
}

}  // namespace pandect::reports
