// The direct dependencies that a project declares: names, lines, and whether they are for
// development alone. Reads one file's text; runs nothing, follows nothing, and passes over what it
// cannot read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pandect::scan {

struct Dependency {
  std::string ecosystem;  // as `ecosystems()` names it
  std::string name;  // as the registry compares it (lower case; for Python `-` for `_` and `.`)
  int line = 0;
  bool development = false;
};

// What kind of declaration the file is; none for anything else.
enum class ManifestKind {
  none,
  requirements,
  pyproject,
  setup_cfg,
  setup_py,
  pipfile,
  environment,
  package_json,
  pom,
  gradle,
  go_mod,
  cargo,
  csproj,
  gemfile,
  composer,
  vcpkg,
  conan,
  cmake
};
ManifestKind manifest_kind(std::string_view path);

struct Declared {
  std::vector<Dependency> list;
  bool understood = true;  // false: not well-formed, nothing was read
};
Declared dependencies_of(std::string_view path, std::string_view text);

// PEP 503: runs of `-`, `_` and `.` are one `-`, case does not count.
std::string python_name(std::string_view name);

// Readers by form; used by dependencies_of.
namespace forms {
Declared requirements(std::string_view path, std::string_view text);
Declared toml(ManifestKind kind, std::string_view text);
Declared json(ManifestKind kind, std::string_view text);
Declared xml(ManifestKind kind, std::string_view text);
Declared lines(ManifestKind kind, std::string_view text);
}  // namespace forms

}  // namespace pandect::scan
