#include "reports/module.h"

#include "module_build.h"
#include "reports/modules/module_interface.h"

#include <filesystem>
#include <map>
#include <mutex>
#include <vector>

#include <dlfcn.h>

namespace pandect::reports {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> places(const std::string& name) {
  const std::string file = "pandect-" + name + ".so";
  std::vector<fs::path> out;
  std::error_code error;
  const fs::path self = fs::read_symlink("/proc/self/exe", error);
  if (!error) {
    out.push_back(self.parent_path() / file);
    out.push_back(self.parent_path().parent_path() / "lib" / "pandect" / file);
  }
  out.push_back(fs::path(PANDECT_MODULE_PREFIX) / "lib" / "pandect" / file);
  return out;
}

struct Loaded {
  PandectModuleRender render = nullptr;
  Diagnostic problem;
};

Diagnostic missing(const std::string& name, const std::string& why) {
  const std::string package =
      name == "xlsx" ? "libxlsxwriter4" : "libpangocairo-1.0-0 and fonts-noto-cjk";
  const std::string instead = name == "xlsx" ? "csv" : "html";
  return {Level::error,
          "no-module",
          {},
          "the format `" + name + "` cannot be written: " + why,
          "install " + package + " and the module pandect-" + name +
              ".so beside the program or in ../lib/pandect, or use --format " + instead};
}

Loaded load(const std::string& name) {
  Loaded out;
  std::string why = "its module is not installed";
  for (const auto& path : places(name)) {
    std::error_code error;
    if (!fs::is_regular_file(path, error)) continue;
    void* handle = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);  // stays until the process ends
    if (handle == nullptr) {
      const char* said = dlerror();
      why = said != nullptr ? said : "its module cannot be loaded";
      continue;
    }
    const auto build = reinterpret_cast<PandectModuleBuild>(dlsym(handle, "pandect_module_build"));
    if (build == nullptr || build() != module_build()) {
      why = path.string() + " belongs to another build of Pandect";
      continue;
    }
    out.render = reinterpret_cast<PandectModuleRender>(dlsym(handle, "pandect_module_render"));
    if (out.render != nullptr) return out;
    why = path.string() + " is no module of Pandect";
  }
  out.problem = missing(name, why);
  return out;
}

const Loaded& module_named(const std::string& name) {
  static std::mutex guard;
  static std::map<std::string, Loaded> modules;  // what dlopen keeps anyway
  const std::scoped_lock lock(guard);
  const auto found = modules.find(name);
  return found != modules.end() ? found->second : modules.emplace(name, load(name)).first->second;
}

Result<std::string> render(const std::string& name, const void* model) {
  const Loaded& module = module_named(name);
  if (module.render == nullptr) return module.problem;
  std::string bytes;
  if (module.render(model, &bytes)) return bytes;
  return Diagnostic{
      Level::error, "not-written", {}, "the format `" + name + "` failed: " + bytes, {}};
}

}  // namespace

std::string_view module_build() { return PANDECT_MODULE_BUILD; }

std::optional<Diagnostic> module_problem(const std::string& name) {
  const Loaded& module = module_named(name);
  if (module.render != nullptr) return std::nullopt;
  return module.problem;
}

Result<std::string> write_workbook(const Workbook& workbook) { return render("xlsx", &workbook); }
Result<std::string> write_document(const Document& document) { return render("pdf", &document); }

}  // namespace pandect::reports
