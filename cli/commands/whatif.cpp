// pandect whatif FACT=VALUE...: which conclusions and duties would change; with --find, which facts
// would have to change for a conclusion.
#include "base/names.h"
#include "cli/inputs.h"
#include "manifest/answers.h"
#include "reports/find.h"
#include "reports/proof.h"

#include <algorithm>

namespace pandect::cli {
namespace {

struct Options {
  InputOptions input;
  std::vector<std::string> changes;
  std::string subject, format = "text", find;
  int most = 3;
};

void put(std::vector<Answer>& answers, const Answer& answer) {
  answers.erase(std::remove_if(answers.begin(), answers.end(),
                               [&](const Answer& each) { return each.fact == answer.fact; }),
                answers.end());
  answers.push_back(answer);
}

// Sets the answer where the fact is asked: the organisation, the model, or the system and its
// deployments.
bool apply(const Context& context, const Program& program, Manifest& manifest,
           const std::string& change, const std::string& subject) {
  const std::size_t equals = change.find('=');
  if (equals == std::string::npos || equals == 0) {
    context.err("pandect whatif: `" + change + "` is not FACT=VALUE");
    return false;
  }
  std::string name = change.substr(0, equals), where = subject;
  if (const std::size_t mark = name.find('@'); mark != std::string::npos) {
    where = name.substr(mark + 1);
    name.resize(mark);
  }
  auto document = yaml::parse("(whatif)", name + ": " + change.substr(equals + 1) + "\n");
  if (!document) {
    context.report(document.errors());
    return false;
  }
  Diagnostics problems;
  std::vector<Answer> answers;
  AnswerReader(program, *document, problems)
      .read(document->root, kOrganisation | kSystem | kDeployment | kModel, "", answers);
  if (has_errors(problems) || answers.empty()) {
    context.report(problems);
    return false;
  }
  const std::uint8_t scopes = program.facts[answers[0].fact].scopes;
  bool placed = false;
  for (auto& model : manifest.models) {
    if ((scopes & kModel) == 0 || (!where.empty() && model.id != where)) continue;
    put(model.answers, answers[0]);
    placed = true;
  }
  if (placed && !where.empty()) return true;
  if (scopes == kOrganisation) {
    put(manifest.organisation.answers, answers[0]);
    return true;
  }
  for (auto& system : manifest.systems) {
    bool here = where.empty() || system.subject.id == where;
    for (auto& deployment : system.deployments) {
      if ((scopes & kDeployment) == 0 || (!here && deployment.id != where)) continue;
      put(deployment.answers, answers[0]);
      placed = true;
    }
    if (!here || (scopes & (kSystem | kDeployment)) == 0) continue;
    put(system.subject.answers, answers[0]);
    placed = true;
  }
  if (!placed)
    context.err("pandect whatif: the manifest has no subject of which `" + name + "` is asked");
  return placed;
}

// Of each subject of which the conclusion is asked.
int find(const Context& context, const Inputs& inputs, const Manifest& manifest,
         const Options& options) {
  const auto goal = read_goal(*inputs.program, options.find);
  if (!goal) {
    context.report(goal.errors());
    return kNoVerdict;
  }
  FindOptions how;
  how.as_of = inputs.assess.as_of;
  how.most = options.most;
  how.budget = inputs.assess.budget;
  std::vector<reports::Found> found;
  Diagnostics none;
  for (const auto& each : records_of(manifest)) {
    if (!options.subject.empty() && each.record.id != options.subject) continue;
    auto result = find_changes(*inputs.program, each.record, *goal, how);
    if (result) {
      found.push_back({each.record.id, std::move(*result)});
      continue;
    }
    const bool elsewhere = result.errors().front().code == "no-subject";
    if (!elsewhere) {
      context.report(result.errors());
      return kNoVerdict;
    }
    none = result.errors();
  }
  if (found.empty()) {
    context.report(none);
    if (none.empty()) context.err("pandect whatif: the manifest has no such subject");
    return kNoVerdict;
  }
  context.out(options.format == "json" ? reports::find_json(found, options.find)
                                       : reports::find_text(found, options.find, inputs.lang));
  return kClean;
}

int run(const Context& context, const Options& options) {
  if (options.changes.empty() && options.find.empty()) {
    context.err("pandect whatif: say FACT=VALUE, or --find CONCLUSION=VALUE");
    return kNoVerdict;
  }
  const auto inputs = read_inputs(context, options.input);
  if (!inputs) return kNoVerdict;
  Manifest changed = inputs->manifest;
  for (const auto& each : options.changes) {
    if (!apply(context, *inputs->program, changed, each, options.subject)) return kNoVerdict;
  }
  if (!options.find.empty()) return find(context, *inputs, changed, options);
  const auto before = assess(*inputs->program, inputs->manifest, inputs->assess);
  const auto after = assess(*inputs->program, changed, inputs->assess);
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

pandect::cli::Command command_whatif() {
  using namespace pandect::cli;
  Command command;
  command.name = "whatif";
  command.summary = "Which conclusions and duties change with other answers";
  command.example =
      "pandect whatif data.profiling=false decision.preparatory=true --path examples/cv-screener "
      "--as-of 2027-12-02";
  command.configure = [](CLI::App& app) {
    const auto options = std::make_shared<Options>();
    app.add_option("changes", options->changes, "FACT=VALUE, or FACT@SUBJECT=VALUE");
    app.add_option("--find", options->find,
                   "CONCLUSION=true|false or DUTY=due|not_due: the smallest changes of facts that "
                   "lead there. Days that have passed stay as they are");
    app.add_option("--most", options->most, "With --find: so many facts may change together")
        ->check(CLI::Range(1, 3))
        ->capture_default_str();
    app.add_option("--path", options->input.path, "Manifest, folder with pandect.yaml, or -")
        ->capture_default_str();
    app.add_option("--subject", options->subject, "Only this system or model");
    app.add_option("--pack", options->input.packs, "Only this pack");
    app.add_option("--jurisdiction", options->input.jurisdictions, "Only these: kr,eu,cn,us");
    app.add_option("--as-of", options->input.as_of, "The day whose law is asked for");
    app.add_option("--lang", options->input.lang, "en, ko or zh")
        ->check(CLI::IsMember({"en", "ko", "zh"}));
    app.add_option("--format", options->format, "text or json")
        ->check(CLI::IsMember({"text", "json"}))
        ->capture_default_str();
    return [=](Context& context) { return run(context, *options); };
  };
  return command;
}
