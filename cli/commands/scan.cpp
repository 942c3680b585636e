// pandect scan: signs of the use of AI in a folder, with file and line.
#include "plugins/scan/scan.h"

#include "cli/command.h"
#include "plugins/scan/report.h"

#include <memory>

namespace pandect::cli {
namespace {

struct Options {
  std::string path = ".", format = "text", lang;
  bool all = false;
};

int run(const Context& context, const Options& options) {
  const auto root = Root::open(options.path);
  if (!root) {
    context.report(root.errors());
    return kNoVerdict;
  }
  auto pack = scan::read_signals(context.rules + "/signals");
  if (!pack) {
    context.report(pack.errors());
    return kNoVerdict;
  }
  const auto program = load_program(context, {"core"});
  if (!program) return kNoVerdict;
  const auto result = scan::scan(*root, std::move(*pack));
  const scan::ReportOptions report{options.lang.empty() ? context.lang : options.lang, options.all};
  context.out(options.format == "json" ? scan::json_report(result, *program, options.path, report)
                                       : scan::text_report(result, *program, options.path, report));
  return kClean;
}

}  // namespace
}  // namespace pandect::cli

pandect::cli::Command command_scan() {
  using namespace pandect::cli;
  Command command;
  command.name = "scan";
  command.summary = "Signs of AI in a repository, with file and line; sets no fact";
  command.example = "pandect scan examples/cv-screener";
  command.configure = [](CLI::App& app) {
    const auto options = std::make_shared<Options>();
    app.add_option("path", options->path, "Folder to look through")->capture_default_str();
    app.add_option("--format", options->format, "text or json")
        ->check(CLI::IsMember({"text", "json"}))
        ->capture_default_str();
    app.add_option("--lang", options->lang, "en, ko or zh")
        ->check(CLI::IsMember({"en", "ko", "zh"}));
    app.add_flag("--all", options->all, "Every place, and every path that was passed over");
    return [=](Context& context) { return run(context, *options); };
  };
  return command;
}
