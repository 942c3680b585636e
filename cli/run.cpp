#include "cli/run.h"

#include <filesystem>

namespace pandect::cli {

namespace fs = std::filesystem;

reports::Run run_of(const Inputs& inputs, std::string fail_on, std::string fail_on_unknown) {
  reports::Run run;
  if (inputs.manifest.file) run.manifest = inputs.manifest.file->name;
  run.fail_on = std::move(fail_on);
  run.fail_on_unknown = std::move(fail_on_unknown);
  std::error_code error;
  const fs::path here = fs::current_path(error);
  if (error) return run;
  run.folder = run.root = here.string();
  const fs::path start = inputs.folder.empty() ? here : (here / inputs.folder).lexically_normal();
  for (fs::path each = start; !each.empty(); each = each.parent_path()) {
    if (fs::exists(each / ".git", error)) {
      run.root =
          (each.has_filename() || each == each.root_path() ? each : each.parent_path()).string();
      break;
    }
    if (each == each.parent_path()) break;
  }
  return run;
}

}  // namespace pandect::cli
