// pandect diff --from DAY --to DAY: which duties begin, end or move between two days.
#include "cli/inputs.h"
#include "reports/proof.h"

namespace pandect::cli {
namespace {

struct Options {
  InputOptions input;
  std::string from, to, format = "text";
};

int run(const Context& context, const Options& options) {
  auto inputs = read_inputs(context, options.input);
  if (!inputs) return kNoVerdict;
  Day from = 0, to = 0;
  if (!read_day(context, options.from, from) || !read_day(context, options.to, to))
    return kNoVerdict;
  inputs->assess.as_of = from;
  const auto before = assess(*inputs->program, inputs->manifest, inputs->assess);
  inputs->assess.as_of = to;
  const auto after = assess(*inputs->program, inputs->manifest, inputs->assess);
  for (const auto* each : {&before, &after}) {
    if (each->ok()) continue;
    context.report(each->errors());
    return kNoVerdict;
  }
  const auto changes = compare(*before, *after);
  context.out(options.format == "json" ? reports::changes_json(changes, inputs->lang)
                                       : reports::changes_text(changes, inputs->lang));
  return kClean;
}

}  // namespace
}  // namespace pandect::cli

pandect::cli::Command command_diff() {
  using namespace pandect::cli;
  Command command;
  command.name = "diff";
  command.summary = "Which duties begin, end or move between two days";
  command.example =
      "pandect diff examples/cv-screener --jurisdiction eu --from 2027-12-01 --to 2027-12-02";
  command.configure = [](CLI::App& app) {
    const auto options = std::make_shared<Options>();
    add_input_options(app, options->input);
    app.add_option("--from", options->from, "First day")->required();
    app.add_option("--to", options->to, "Second day")->required();
    app.add_option("--format", options->format, "text or json")
        ->check(CLI::IsMember({"text", "json"}))
        ->capture_default_str();
    return [=](Context& context) { return run(context, *options); };
  };
  return command;
}
