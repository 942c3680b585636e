// pandect doctor: what is installed, which packs load, how old they are.
#include "cli/command.h"
#include "packs/library.h"

#include <filesystem>

namespace pandect::cli {
namespace {

std::size_t count_of(const Program& program, std::uint32_t pack, const auto& pool) {
  std::size_t count = 0;
  for (const auto& each : pool.all()) count += each.pack == pack ? 1 : 0;
  (void)program;
  return count;
}

int run(const Context& context) {
  context.out("pandect " PANDECT_VERSION "\n");
  context.out("packs   " + context.rules + "\n");
  const std::string cache = cache_folder();
  context.out("cache   " + (cache.empty() ? std::string("off") : cache) + "\n");
  Library library;
  library.folder = context.rules;
  const Linked linked = library.load({});
  context.report(linked.problems);
  if (!linked.program) {
    context.err("pandect doctor: the packs could not be loaded");
    return kNoVerdict;
  }
  const Program& program = *linked.program;
  bool old = false;
  for (std::uint32_t i = 0; i < program.packs.size(); ++i) {
    const PackInfo& pack = program.packs[i];
    const bool late = pack.review_by != kNoDay && context.today() > pack.review_by;
    old = old || late;
    context.out(std::string(program.text(pack.id)) + " " + std::string(program.text(pack.version)) +
                ": " + std::to_string(count_of(program, i, program.facts)) + " facts, " +
                std::to_string(count_of(program, i, program.concepts)) + " concepts, " +
                std::to_string(count_of(program, i, program.obligations)) + " obligations, " +
                std::to_string(count_of(program, i, program.provisions)) + " provisions; law of " +
                to_string(pack.state_of_law) +
                (late ? "; REVIEW WAS DUE " + to_string(pack.review_by) : "") + "\n");
  }
  context.out(std::to_string(program.rules.size()) + " rules, " +
              std::to_string(program.nodes.size()) + " nodes, " +
              std::to_string(program.axioms.size()) + " axioms\n");
  return old ? kFindings : kClean;
}

}  // namespace
}  // namespace pandect::cli

pandect::cli::Command command_doctor() {
  using namespace pandect::cli;
  Command command;
  command.name = "doctor";
  command.summary = "What is installed, which packs load, how old they are";
  command.example = "pandect doctor";
  command.configure = [](CLI::App&) { return [](Context& context) { return run(context); }; };
  return command;
}
