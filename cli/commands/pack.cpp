// pandect pack: what an author does with a pack, and what a user does with one from elsewhere.
#include "cli/pack/actions.h"

pandect::cli::Command command_pack() {
  using namespace pandect::cli;
  Command command;
  command.name = "pack";
  command.summary = "Lint, test, build, sign, install, lock and compare packs of law";
  command.example = "pandect pack test rules/kr-ai-basic-act";
  command.configure = [](CLI::App& app) {
    const auto chosen = std::make_shared<Action>();
    app.require_subcommand(1);
    app.fallthrough();  // --rules and --trust may stand after the sub-command
    add_author_tools(app, chosen);
    add_build(app, chosen);
    add_sign(app, chosen);
    add_install(app, chosen);
    add_lock(app, chosen);
    add_pack_diff(app, chosen);
    return [chosen](Context& context) { return (*chosen)(context); };
  };
  return command;
}
