// Finds the command that is asked for and sets up only that one: cold start counts.
#include "base/names.h"
#include "cli/command.h"
#include "commands.inc"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>

#include <unistd.h>

namespace {

using pandect::cli::Command;
using pandect::cli::Context;
using pandect::cli::kClean;
using pandect::cli::kNoVerdict;

std::string usage() {
  std::string text =
      "pandect: what AI law says of your system, in Korea, the EU, China and the US\n\n"
      "usage: pandect COMMAND [ARGS...]\n\n";
  for (const auto& entry : kCommands) {
    const Command command = entry.make();
    std::string name = "  " + command.name;
    if (name.size() < 14) name.resize(14, ' ');
    // The first sentence; --help of the command has the rest.
    text += name + command.summary.substr(0, command.summary.find(". ")) + "\n";
  }
  text +=
      "\n`pandect COMMAND --help` explains one and gives an example that works.\n"
      "Not legal advice: reports show sources, dates and how sure each statement is.\n";
  return text;
}

int run(const Command& command, int argc, char** argv) {
  Context context;
  context.terminal = isatty(STDOUT_FILENO) != 0;
  const char* no_colour = std::getenv("NO_COLOR");
  const char* term = std::getenv("TERM");
  context.colour = context.terminal && (no_colour == nullptr || *no_colour == '\0') &&
                   (term == nullptr || std::strcmp(term, "dumb") != 0);
  CLI::App app(command.summary, "pandect " + command.name);
  app.footer("Example:\n  " + command.example);
  std::string rules;
  app.add_option("--rules", rules, "Folder of the packs")->group("Packs");
  app.add_option("--trust", context.trust,
                 "Public key (minisign) whose packs are taken; every pack must then be signed")
      ->allow_extra_args(false)
      ->group("Packs");
  const auto execute = command.configure(app);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);
    context.err("pandect " + command.name + ": " + std::string(error.what()));
    context.err("run `pandect " + command.name + " --help` for what it takes");
    return kNoVerdict;
  }
  context.rules = pandect::cli::rules_folder(rules);
  const int status = execute(context);
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
    context.err("pandect: the output could not be written");
    return kNoVerdict;
  }
  return status;
}

}  // namespace

int main(int argc, char** argv) {
  const Context context;
  if (argc < 2) {
    context.err(usage());
    return kNoVerdict;
  }
  const std::string name = argv[1];
  if (name == "--help" || name == "-h" || name == "help") {
    context.out(usage());
    return kClean;
  }
  if (name == "--version" || name == "version") {
    context.out("pandect " PANDECT_VERSION "\n");
    return kClean;
  }
  try {
    for (const auto& entry : kCommands) {
      if (name == entry.name) return run(entry.make(), argc - 1, argv + 1);
    }
  } catch (const std::exception& error) {
    context.err(std::string("pandect: internal failure: ") + error.what());
    return kNoVerdict;
  }
  std::vector<std::string_view> names;
  for (const auto& entry : kCommands) names.push_back(entry.name);
  const std::string hint = pandect::did_you_mean(name, names);
  context.err("pandect: there is no command `" + name + "`" + (hint.empty() ? "" : "; " + hint));
  context.err("run `pandect --help` for the list");
  return kNoVerdict;
}
