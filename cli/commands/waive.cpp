// pandect waive: a person answers for not acting on a duty yet (design: never a prohibition).
#include "cli/store_access.h"

#include <map>

pandect::cli::Command command_waive() {
  using namespace pandect::cli;
  Command command;
  command.name = "waive";
  command.summary =
      "Contest, defer or accept the risk of a duty as a person; lapses when its facts change";
  command.example =
      "pandect waive kr.advance_notice --manifest examples/image-generator --subject lumo "
      "\\\n"
      "    --kind deferred --reason 'the new screens ship in March' --by 'Seo-yeon Park' \\\n"
      "    --made 2026-11-21 --until 2027-03-31 --store build/history.sqlite3";
  command.configure = [](CLI::App& app) {
    const auto options = std::make_shared<StatementOptions>();
    const auto said = std::make_shared<pandect::store::Statement>();
    said->kind = "waiver";
    add_statement_options(app, *options);
    static const std::map<std::string, pandect::WaiverKind> kinds{
        {"contested", pandect::WaiverKind::contested},
        {"deferred", pandect::WaiverKind::deferred},
        {"risk_accepted", pandect::WaiverKind::risk_accepted}};
    app.add_option("--kind", said->waiver, "contested, deferred or risk_accepted")
        ->required()
        ->transform(CLI::Transformer(kinds));
    app.add_option("--reason", said->reason, "Why")->required();
    app.add_option("--by", said->by, "Name of the person who answers for it")->required();
    app.add_option("--until", options->through, "Last day on which it holds")->required();
    return [=](Context& context) { return make_statement(context, *options, *said); };
  };
  return command;
}
