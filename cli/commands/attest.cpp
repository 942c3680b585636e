// pandect attest: a person states that a duty is met, until a day.
#include "cli/store_access.h"

pandect::cli::Command command_attest() {
  using namespace pandect::cli;
  Command command;
  command.name = "attest";
  command.summary = "State as a person that a duty is met; recorded with who and when";
  command.example =
      "pandect attest kr.advance_notice --manifest examples/image-generator --subject lumo "
      "\\\n"
      "    --by 'Seo-yeon Park' --scope 'all screens of the web service' --made 2026-11-21 \\\n"
      "    --through 2027-11-20 --store build/history.sqlite3";
  command.configure = [](CLI::App& app) {
    const auto options = std::make_shared<StatementOptions>();
    const auto said = std::make_shared<pandect::store::Statement>();
    said->kind = "attestation";
    add_statement_options(app, *options);
    app.add_option("--by", said->by, "Name of the person who attests")->required();
    app.add_option("--scope", said->scope, "What exactly was looked at")->required();
    app.add_option("--through", options->through, "Last day on which it holds")->required();
    app.add_option("--evidence", said->piece, "Only this piece of evidence of the duty");
    app.add_option("--source", said->source, "Document or address that shows it");
    app.add_option("--note", said->note, "What else is to be said");
    return [=](Context& context) { return make_statement(context, *options, *said); };
  };
  return command;
}
