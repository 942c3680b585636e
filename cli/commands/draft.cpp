// pandect draft: drafts of the papers that the laws ask for, from manifest and packs.
#include "base/names.h"
#include "cli/inputs.h"
#include "papers/fill.h"
#include "plugins/evidence.h"
#include "reports/draft_list.h"
#include "reports/drafts.h"

#include <algorithm>

namespace pandect::cli {
namespace {

struct Options {
  InputOptions input;
  std::string name, system, format = "md", output;
  bool list = false, no_evidence = false;
};

using Templates = std::vector<reports::ListedPaper>;

// The papers of all packs of the program, in the order of the packs.
Templates templates_of(const Context& context, const Program& program, bool& sound) {
  Templates list;
  Diagnostics problems;
  for (std::uint32_t pack = 0; pack < program.packs.size(); ++pack) {
    for (auto& each : read_papers(std::string(program.text(program.packs[pack].folder)), problems))
      list.push_back({std::move(each), pack});
  }
  context.report(problems);
  sound = !has_errors(problems);
  return list;
}

const reports::ListedPaper* find(const Context& context, const Templates& list,
                                 const std::string& name) {
  std::vector<std::string_view> known;
  for (const auto& each : list) {
    if (each.paper.id == name) return &each;
    known.push_back(each.paper.id);
  }
  const std::string hint = did_you_mean(name, known);
  context.err("pandect draft: there is no paper `" + name + "`; " +
              (hint.empty() ? "`pandect draft --list` names them" : hint));
  return nullptr;
}

// The subject named, or the first of the kind that the paper is about.
std::optional<Assessable> subject_for(const Context& context, const Manifest& manifest,
                                      const PaperDraft& paper, const std::string& id) {
  const auto kind = paper.of_model ? Assessable::Kind::model : Assessable::Kind::system;
  const std::string what = paper.of_model ? "model" : "system";
  if (id.empty()) {
    for (auto& each : records_of(manifest)) {
      if (each.kind == kind) return std::move(each);
    }
    context.err("pandect draft: " + paper.id + " is about a " + what +
                ", and the manifest describes none; add it under `" + what + "s`");
    return std::nullopt;
  }
  auto subject = pick_subject(context, manifest, id);
  if (subject && subject->kind != kind) {
    context.err("pandect draft: " + paper.id + " is about a " + what + ", and `" + id +
                "` is none; name one with --system");
    return std::nullopt;
  }
  return subject;
}

std::optional<FilledPaper> fill(const Context& context, const Inputs& inputs,
                                const reports::ListedPaper& chosen, const Options& options) {
  const Diagnostics wrong = check_paper(*inputs.program, chosen.paper);
  context.report(wrong);
  if (has_errors(wrong)) return std::nullopt;
  context.report(stray_topics(inputs.manifest, chosen.paper));
  const auto subject = subject_for(context, inputs.manifest, chosen.paper, options.system);
  if (!subject) return std::nullopt;
  AssessOptions assess = inputs.assess;
  std::optional<plugins::EvidenceLooker> looker;
  if (!options.no_evidence && !inputs.folder.empty()) {
    looker.emplace(inputs.folder, plugins::probes(), assess.as_of, inputs.settings.evidence_paths,
                   inputs.settings.ignore);
    assess.looker = &*looker;
  }
  auto filled =
      fill_paper(*inputs.program, inputs.manifest, *subject, chosen.paper, chosen.pack, assess);
  const Diagnostics unread = looker ? looker->problems() : Diagnostics{};
  if (!filled) context.report(filled.errors());
  context.report(unread);
  if (!filled || has_errors(unread)) return std::nullopt;
  return std::move(*filled);
}

int run(const Context& context, const Options& options) {
  bool sound = true;
  if (options.list) {
    const auto program = load_program(context, options.input.packs);
    if (!program) return kNoVerdict;
    const Templates list = templates_of(context, *program, sound);
    context.out(reports::draft_list(*program, list, options.input.lang));
    return sound ? kClean : kNoVerdict;
  }
  if (options.name.empty()) {
    context.err("pandect draft: name the paper; `pandect draft --list` shows them");
    return kNoVerdict;
  }
  const auto inputs = read_inputs(context, options.input);
  if (!inputs) return kNoVerdict;
  const Templates list = templates_of(context, *inputs->program, sound);
  const auto* chosen = sound ? find(context, list, options.name) : nullptr;
  const auto filled = chosen == nullptr ? std::nullopt : fill(context, *inputs, *chosen, options);
  if (!filled) {
    context.err("pandect: nothing was drafted");
    return kNoVerdict;
  }
  const std::string bytes = options.format == "html"
                                ? reports::draft_html(*filled, inputs->lang)
                                : reports::draft_markdown(*filled, inputs->lang);
  if (options.output.empty()) {
    context.out(bytes);
  } else if (!write_file(context, options.output, bytes)) {
    return kNoVerdict;
  }
  if (filled->gaps == 0) return kClean;
  context.err("pandect draft: " + std::to_string(filled->gaps) +
              (filled->gaps == 1 ? " gap" : " gaps") + " in " + chosen->paper.id);
  return kUndetermined;
}

}  // namespace
}  // namespace pandect::cli

pandect::cli::Command command_draft() {
  using namespace pandect::cli;
  Command command;
  command.name = "draft";
  command.summary =
      "Drafts a paper that a law asks for: what is stated, what is concluded, and marked gaps. "
      "Exit status: 0 no gap, 3 gaps, 2 nothing was drafted";
  command.example = "pandect draft eu-annex-4 examples/cv-screener --as-of 2026-11-21";
  command.configure = [](CLI::App& app) {
    const auto options = std::make_shared<Options>();
    app.add_option("name", options->name, "The paper, as --list names it");
    add_input_options(app, options->input);
    app.add_flag("--list", options->list, "Names the papers there are");
    app.add_option("--system", options->system,
                   "Id of the system or model it is about (default: the first that fits)");
    app.add_option("--format", options->format, "md or html")
        ->check(CLI::IsMember({"md", "html"}))
        ->capture_default_str();
    app.add_option("-o,--output", options->output, "Writes to this file instead");
    app.add_flag("--no-evidence", options->no_evidence, "Look at no file of the repository");
    return [=](Context& context) { return run(context, *options); };
  };
  return command;
}
