// pandect explain SUBJECT ID: why a conclusion or a duty is what it is, or why it is not.
#include "base/names.h"
#include "cli/inputs.h"
#include "reports/proof.h"

namespace pandect::cli {
namespace {

struct Options {
  InputOptions input;
  std::string subject, id, format = "text";
};

Binding binding_for(const Assessable& subject, Scope scope, const std::string& where) {
  const Record& record = subject.record;
  if (subject.kind == Assessable::Kind::model || scope == kModel) {
    for (std::size_t i = 0; i < record.models.size(); ++i) {
      if (record.models[i].id == where) return {-1, static_cast<int>(i)};
    }
    return {-1, 0};
  }
  for (std::size_t i = 0; i < record.deployments.size(); ++i) {
    if (record.deployments[i].id == where) return {static_cast<int>(i), -1};
  }
  return scope == kDeployment ? Binding{0, -1} : Binding{};
}

std::string course_text(Timeline& timeline, std::uint32_t duty, Binding at) {
  std::string text = "over time:";
  Truth last = Truth::unknown;
  bool first = true;
  for (const auto& [day, value] : timeline.course(duty, at)) {
    if (!first && value == last) continue;
    const char* word = value == Truth::true_    ? "owed"
                       : value == Truth::false_ ? "not owed"
                                                : "open";
    text += std::string(first ? " " : ", ") +
            (day == kNoDay ? "at first " : "from " + to_string(day) + " ") + word;
    last = value;
    first = false;
  }
  return text + "\n";
}

int run(const Context& context, const Options& options) {
  const auto inputs = read_inputs(context, options.input);
  if (!inputs) return kNoVerdict;
  const Program& program = *inputs->program;
  const auto subject = pick_subject(context, inputs->manifest, options.subject);
  if (!subject) return kNoVerdict;
  const std::size_t mark = options.id.find('@');
  const std::string id = options.id.substr(0, mark),
                    where = mark == std::string::npos ? "" : options.id.substr(mark + 1);
  const std::uint32_t concept_index = program.find_concept(id), duty = program.find_obligation(id);
  if (concept_index == kNone && duty == kNone) {
    std::vector<std::string_view> known;
    for (const auto& each : program.concepts.all()) known.push_back(program.text(each.id));
    for (const auto& each : program.obligations.all()) known.push_back(program.text(each.id));
    context.err("pandect explain: there is no conclusion or duty `" + id + "`; " +
                did_you_mean(id, known));
    return kNoVerdict;
  }
  Diagnostics problems;
  const Knowledge knowledge(program, subject->record, problems);
  if (has_errors(problems)) {
    context.report(problems);
    return kNoVerdict;
  }
  const Scope scope =
      duty != kNone ? program.obligations[duty].scope : program.concepts[concept_index].scope;
  const bool fits = (scope == kModel) ? !subject->record.models.empty()
                                      : subject->kind == Assessable::Kind::system;
  if (!fits) {
    context.err("pandect explain: `" + id + "` is not asked of " + subject->record.id);
    return kNoVerdict;
  }
  const Binding at = binding_for(*subject, scope, where);
  Timeline timeline(knowledge, inputs->assess.as_of);
  std::string heading;
  Day day = inputs->assess.as_of;
  if (duty != kNone) {
    const DutyStatus status = timeline.status(duty, at);
    day = status.shown_on;
    heading = course_text(timeline, duty, at);
    if (day != inputs->assess.as_of) heading += "shown for " + to_string(day) + ":\n";
  }
  Prover prover(timeline, day);
  const ProofNode proof =
      duty != kNone ? prover.obligation_proof(duty, at) : prover.concept_proof(concept_index, at);
  if (options.format == "json") {
    context.out(reports::proof_json(program, proof, inputs->lang));
  } else {
    context.out(heading + reports::proof_text(program, proof, inputs->lang));
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
