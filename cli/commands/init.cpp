// pandect init: a first manifest from what can be seen in a folder.
#include "cli/inputs.h"
#include "plugins/scan/draft.h"
#include "plugins/scan/scan.h"

#include <filesystem>
#include <memory>

namespace pandect::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::string path = ".", file, lang;
  bool force = false;
};

std::string name_of(const std::string& path) {
  std::error_code error;
  const fs::path full = fs::weakly_canonical(path, error);
  return error ? std::string() : full.filename().string();
}

int run(const Context& context, const Options& options) {
  const auto root = Root::open(options.path);
  if (!root) {
    context.report(root.errors());
    return kNoVerdict;
  }
  const std::string file =
      options.file.empty() ? (fs::path(options.path) / "pandect.yaml").string() : options.file;
  std::error_code error;
  if (file != "-" && !options.force && fs::exists(fs::symlink_status(file, error))) {
    context.err("pandect init: " + file +
                " is there already; name another with -o, or overwrite it with --force");
    return kNoVerdict;
  }
  auto pack = scan::read_signals(context.rules + "/signals");
  if (!pack) {
    context.report(pack.errors());
    return kNoVerdict;
  }
  const auto program = load_program(context, {"core"});
  if (!program) return kNoVerdict;
  const scan::ScanLimits limits;
  const auto result = scan::scan(*root, std::move(*pack), limits);
  Diagnostics problems;
  scan::DraftInput input;
  input.scan = &result;
  input.imported = scan::import_all(*root, limits, problems);
  input.folder = name_of(options.path);
  input.lang = options.lang.empty() ? context.lang : options.lang;
  context.report(problems);
  const std::string text = scan::draft_manifest(*program, input);
  if (file == "-") {
    context.out(text);
    return kClean;
  }
  if (!write_file(context, file, text)) return kNoVerdict;
  context.err("pandect init: wrote " + file +
              "; confirm what is proposed, answer what is asked, "
              "then run `pandect check`");
  return kClean;
}

}  // namespace
}  // namespace pandect::cli

pandect::cli::Command command_init() {
  using namespace pandect::cli;
  Command command;
  command.name = "init";
  command.summary = "Write a first pandect.yaml from what can be seen in a repository";
  command.example = "pandect init examples/cv-screener -o -";
  command.configure = [](CLI::App& app) {
    const auto options = std::make_shared<Options>();
    app.add_option("path", options->path, "Folder to look through")->capture_default_str();
    app.add_option("-o", options->file,
                   "File to write, or - for standard output (default: "
                   "pandect.yaml in the folder)");
    app.add_option("--lang", options->lang, "en, ko or zh: the language of comments and questions")
        ->check(CLI::IsMember({"en", "ko", "zh"}));
    app.add_flag("--force", options->force, "Overwrite a manifest that is there");
    return [=](Context& context) { return run(context, *options); };
  };
  return command;
}
