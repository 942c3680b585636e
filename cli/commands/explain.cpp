// pandect explain SUBJECT ID: why a conclusion or a duty is what it is, or why it is not.
#include "assessment/explain.h"

#include "cli/inputs.h"
#include "reports/proof.h"

namespace pandect::cli {
namespace {

struct Options {
  InputOptions input;
  std::string subject, id, format = "text";
};

int run(const Context& context, const Options& options) {
  const auto inputs = read_inputs(context, options.input);
  if (!inputs) return kNoVerdict;
  const Program& program = *inputs->program;
  const auto subject = pick_subject(context, inputs->manifest, options.subject);
  if (!subject) return kNoVerdict;
  const auto found = explain(program, *subject, options.id, inputs->assess.as_of);
  if (!found) {
    for (const auto& each : found.errors()) {
      if (!each.where.file.empty()) {
        context.report({each});
      } else {
        context.err("pandect explain: " + each.message +
                    (each.hint.empty() ? "" : "; " + each.hint));
      }
    }
    return kNoVerdict;
  }
  if (options.format == "json") {
    context.out(reports::proof_json(program, found->proof, inputs->lang));
  } else {
    context.out(found->heading + reports::proof_text(program, found->proof, inputs->lang));
  }
  return kClean;
}

}  // namespace
}  // namespace pandect::cli

pandect::cli::Command command_explain() {
  using namespace pandect::cli;
  Command command;
  command.name = "explain";
  command.summary = "Why, or why not: the proof of one conclusion or duty";
  command.example = "pandect explain cv-screener kr.high_impact examples/cv-screener";
  command.configure = [](CLI::App& app) {
    const auto options = std::make_shared<Options>();
    app.add_option("subject", options->subject, "Id of a system or model")->required();
    app.add_option("id", options->id,
                   "Id of a conclusion or duty, with @deployment or @model where there are several")
        ->required();
    add_input_options(app, options->input);
    app.add_option("--format", options->format, "text or json")
        ->check(CLI::IsMember({"text", "json"}))
        ->capture_default_str();
    return [=](Context& context) { return run(context, *options); };
  };
  return command;
}
