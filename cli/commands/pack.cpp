// pandect pack lint|test|coverage|show: the tools of a pack author.
#include <algorithm>
#include <filesystem>

#include "checks/cases.h"
#include "cli/command.h"
#include "packs/library.h"

namespace pandect::cli {
namespace {

struct Options {
  std::string folder, only;
  bool mutate = false, quiet = false;
};

// The pack under work with the shared vocabulary, always read from its sources.
struct Opened {
  std::vector<PackDraft> drafts;
  Linked linked;
  std::size_t main = 0;
};

Opened open_pack(const Context& context, const std::string& folder) {
  Opened opened;
  Library library;
  library.folder = context.rules;
  opened.drafts = library.read_with_core(folder, opened.linked.problems);
  opened.main = opened.drafts.size() - 1;
  if (has_errors(opened.linked.problems)) return opened;
  Linked linked = link(opened.drafts);
  opened.linked.program = linked.program;
  opened.linked.problems.insert(opened.linked.problems.end(), linked.problems.begin(), linked.problems.end());
  return opened;
}

int run_tests(const Context& context, const Options& options) {
  const Opened opened = open_pack(context, options.folder);
  if (!opened.linked.program) {
    context.report(opened.linked.problems);
    return kNoVerdict;
  }
  const Program& program = *opened.linked.program;
  const PackDraft& draft = opened.drafts[opened.main];
  Diagnostics problems;
  std::vector<CaseFailure> failures;
  std::size_t count = 0;
  for (const auto& each : draft.cases) {
    if (!options.only.empty() && each.id.find(options.only) == std::string::npos) continue;
    const Case test = read_case(program, each, draft.state_of_law, problems);
    ++count;
    run_case(program, test, failures);
  }
  context.report(problems);
  std::string last;
  for (const auto& each : failures) {
    context.out(each.where.file + ":" + std::to_string(each.where.line) + ": " + each.case_id + ": " + each.message + "\n");
  }
  std::size_t failed = 0;
  for (const auto& each : failures) {
    if (each.case_id != last) ++failed;
    last = each.case_id;
  }
  context.out(std::to_string(count) + " cases, " + std::to_string(failed) + " failed\n");
  if (has_errors(problems)) return kNoVerdict;
  if (count == 0) return kUndetermined;
  return failures.empty() ? kClean : kFindings;
}

}  // namespace
}  // namespace pandect::cli

pandect::cli::Command command_pack() {
  using namespace pandect::cli;
  Command command;
  command.name = "pack";
  command.summary = "Lint, test and show a pack of law";
  command.example = "pandect pack test rules/kr-ai-basic-act";
  command.configure = [](CLI::App& app) {
    const auto options = std::make_shared<Options>();
    const auto which = std::make_shared<std::string>();
    app.require_subcommand(1);
    auto* test = app.add_subcommand("test", "Run the cases of a pack");
    test->add_option("folder", options->folder, "Folder of the pack")->required();
    test->add_option("--only", options->only, "Only cases whose id holds this text");
    return [=](Context& context) { return run_tests(context, *options); };
  };
  return command;
}
