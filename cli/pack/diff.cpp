// pandect pack diff: what changed between two packs, and what follows for one manifest.
#include "artefact/changes.h"
#include "assessment/compare.h"
#include "cli/inputs.h"
#include "cli/pack/actions.h"
#include "cli/packs.h"
#include "reports/proof.h"

namespace pandect::cli {
namespace {

struct Options {
  std::string before, after, manifest, as_of, lang = "en";
};

struct Side {
  PackSource source;
  PackDraft draft;
};

std::optional<Side> read_side(const Context& context, const std::string& name) {
  auto source = artefact::find_pack(places_of(context), name);
  if (!source) {
    context.report(source.errors());
    return std::nullopt;
  }
  Diagnostics problems;
  auto drafts = Library{context.rules, {}}.read_with_core(*source, problems);
  if (!has_errors(problems)) {
    const Linked linked = link(drafts);  // predicates answer only once they are linked
    problems.insert(problems.end(), linked.problems.begin(), linked.problems.end());
  }
  context.report(problems);
  if (has_errors(problems)) return std::nullopt;
  return Side{std::move(*source), std::move(drafts.back())};
}

// The manifest under this side and the other packs of the rules folder, whose facts it may state.
std::optional<Assessment> assess_with(const Context& context, const Options& options,
                                      const Side& side) {
  const Library library{context.rules, {}};
  std::vector<PackSource> sources;
  for (const auto& id : library.ids()) {
    if (id != side.draft.id) sources.push_back({context.rules + "/" + id, false, {}});
  }
  sources.push_back(side.source);
  const Linked linked = library.load_sources(sources);
  auto text = read_manifest_text(context, options.manifest);
  if (!linked.program) context.report(linked.problems);
  if (!linked.program || !text) return std::nullopt;
  const auto manifest = read_manifest(*linked.program, text->name, std::move(text->text));
  if (!manifest) {
    context.report(manifest.errors());
    return std::nullopt;
  }
  AssessOptions assess_options;
  assess_options.engine_version = PANDECT_VERSION;
  assess_options.jurisdictions = {side.draft.jurisdiction};
  if (!read_day(context, options.as_of, assess_options.as_of)) return std::nullopt;
  auto assessment = assess(*linked.program, *manifest, assess_options);
  if (!assessment) {
    context.report(assessment.errors());
    return std::nullopt;
  }
  return std::move(*assessment);
}

int run(const Context& context, const Options& options) {
  const auto before = read_side(context, options.before);
  const auto after = read_side(context, options.after);
  if (!before || !after) return kNoVerdict;
  const auto changes = artefact::changes_between(before->draft, after->draft);
  context.out(before->draft.id + " " + before->draft.version + " -> " + after->draft.id + " " +
              after->draft.version + "\n\n" + artefact::to_text(changes));
  if (changes.empty() && before->draft.digest != after->draft.digest)
    context.out("only cases, comments or the layout of the files differ\n");
  if (!changes.empty() && before->draft.version == after->draft.version)
    context.err("pandect pack diff: both say " + after->draft.version +
                "; a changed pack takes a new version (rules/README.md)");
  if (options.manifest.empty()) return kClean;
  if (before->draft.id != after->draft.id || after->draft.id == "core") {
    context.err("pandect pack diff: --manifest compares two versions of one pack, the core aside");
    return kNoVerdict;
  }
  const auto old = assess_with(context, options, *before);
  const auto now = assess_with(context, options, *after);
  if (!old || !now) return kNoVerdict;
  context.out("\n" + reports::changes_text(pandect::compare(*old, *now), options.lang));
  return kClean;
}

}  // namespace

void add_pack_diff(CLI::App& app, const Chosen& chosen) {
  const auto options = std::make_shared<Options>();
  CLI::App* sub = app.add_subcommand(
      "diff", "Say in words what changed between two packs, and what follows for a manifest");
  sub->add_option("before", options->before, "Folder, pack file or id@version")->required();
  sub->add_option("after", options->after, "Folder, pack file or id@version")->required();
  sub->add_option("--manifest", options->manifest,
                  "Also say which conclusions and duties change for this one");
  sub->add_option("--as-of", options->as_of, "The day whose law is asked for (default: today)");
  sub->add_option("--lang", options->lang, "Language of these")
      ->check(CLI::IsMember({"en", "ko", "zh"}));
  sub->callback([chosen, options] {
    *chosen = [options](Context& context) { return run(context, *options); };
  });
}

}  // namespace pandect::cli
