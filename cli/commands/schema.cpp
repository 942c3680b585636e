// pandect schema NAME: the JSON Schemas of what Pandect writes and reads.
#include "reports/schema.h"

#include "base/names.h"
#include "cli/command.h"

pandect::cli::Command command_schema() {
  using namespace pandect::cli;
  Command command;
  command.name = "schema";
  command.summary = "The JSON Schema of an assessment or of a manifest";
  command.example = "pandect schema assessment";
  command.configure = [](CLI::App& app) {
    const auto name = std::make_shared<std::string>();
    app.add_option("name", *name, "assessment or manifest")
        ->required()
        ->check(CLI::IsMember({"assessment", "manifest"}));
    return [=](Context& context) {
      context.out(*name == "assessment" ? pandect::reports::assessment_schema()
                                        : pandect::reports::manifest_schema());
      return static_cast<int>(kClean);
    };
  };
  return command;
}
