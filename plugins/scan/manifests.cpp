#include "plugins/scan/manifests.h"

#include <algorithm>
#include <cctype>

namespace pandect::scan {
namespace {

std::string_view base_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

bool is_requirements(std::string_view path, std::string_view base) {
  if (!base.ends_with(".txt") && !base.ends_with(".in")) return false;
  return base.find("requirements") != std::string_view::npos ||
         path.find("requirements/") != std::string_view::npos;
}

}  // namespace

std::string python_name(std::string_view name) {
  std::string out;
  for (const char sign : name) {
    if (sign == '-' || sign == '_' || sign == '.') {
      if (!out.empty() && out.back() != '-') out += '-';
    } else {
      out += static_cast<char>(std::tolower(static_cast<unsigned char>(sign)));
    }
  }
  return out;
}

ManifestKind manifest_kind(std::string_view path) {
  const auto base = base_of(path);
  if (is_requirements(path, base)) return ManifestKind::requirements;
  if (base == "pyproject.toml") return ManifestKind::pyproject;
  if (base == "setup.cfg") return ManifestKind::setup_cfg;
  if (base == "setup.py") return ManifestKind::setup_py;
  if (base == "Pipfile") return ManifestKind::pipfile;
  if (base.starts_with("environment") && (base.ends_with(".yml") || base.ends_with(".yaml")))
    return ManifestKind::environment;
  if (base == "package.json") return ManifestKind::package_json;
  if (base == "pom.xml") return ManifestKind::pom;
  if (base == "build.gradle" || base == "build.gradle.kts") return ManifestKind::gradle;
  if (base == "go.mod") return ManifestKind::go_mod;
  if (base == "Cargo.toml") return ManifestKind::cargo;
  if (base.ends_with(".csproj") || base.ends_with(".fsproj") || base == "packages.config" ||
      base == "Directory.Packages.props")
    return ManifestKind::csproj;
  if (base == "Gemfile" || base.ends_with(".gemspec")) return ManifestKind::gemfile;
  if (base == "composer.json") return ManifestKind::composer;
  if (base == "vcpkg.json") return ManifestKind::vcpkg;
  if (base == "conanfile.txt" || base == "conanfile.py") return ManifestKind::conan;
  if (base == "CMakeLists.txt" || base.ends_with(".cmake")) return ManifestKind::cmake;
  return ManifestKind::none;
}

Declared dependencies_of(std::string_view path, std::string_view text) {
  const ManifestKind kind = manifest_kind(path);
  switch (kind) {
    case ManifestKind::none:
      return {};
    case ManifestKind::requirements:
      return forms::requirements(path, text);
    case ManifestKind::pyproject:
    case ManifestKind::pipfile:
    case ManifestKind::cargo:
      return forms::toml(kind, text);
    case ManifestKind::package_json:
    case ManifestKind::composer:
    case ManifestKind::vcpkg:
      return forms::json(kind, text);
    case ManifestKind::pom:
    case ManifestKind::csproj:
      return forms::xml(kind, text);
    default:
      return forms::lines(kind, text);
  }
}

}  // namespace pandect::scan
