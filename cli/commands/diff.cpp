// pandect diff: what differs between two days, or between two recorded assessments and why.
#include "cli/inputs.h"
#include "cli/store_access.h"
#include "reports/history.h"
#include "reports/proof.h"

namespace pandect::cli {
namespace {

struct Options {
  InputOptions input;  // its path is the first entry where no days are given
  std::string other, from, to, format = "text";
  StoreOptions store;
};

int between_days(const Context& context, const Options& options) {
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

struct Side {
  store::Recorded recorded;
  store::Snapshot snapshot;
};

std::optional<Side> read_side(const Context& context, const store::Store& store,
                              const std::string& id) {
  const auto fail = [&](const Diagnostics& problems) {
    context.report(problems);
    return std::nullopt;
  };
  const auto entry = store.find(id);
  if (!entry) return fail(entry.errors());
  auto snapshot = store::snapshot_of(store, *entry);
  if (!snapshot) return fail(snapshot.errors());
  auto recorded = store::recorded_of(*entry);
  if (!recorded) return fail(recorded.errors());
  if (snapshot->engine_version != PANDECT_VERSION) {
    context.err("pandect: entry " + std::to_string(entry->sequence) + " was recorded by version " +
                snapshot->engine_version + "; both are evaluated by this one, " PANDECT_VERSION);
  }
  return Side{std::move(*recorded), std::move(*snapshot)};
}

int between_entries(const Context& context, const Options& options) {
  const auto opened = open_store(context, store_file(options.store), store::Mode::read);
  if (!opened) return kNoVerdict;
  auto before = read_side(context, *opened, options.input.path);
  if (!before) return kNoVerdict;
  auto after = read_side(context, *opened, options.other);
  if (!after) return kNoVerdict;
  store::Replay replay(PANDECT_VERSION);
  auto explanation = store::explain_changes(replay, before->snapshot, after->snapshot);
  if (!explanation) {
    context.report(explanation.errors());
    return kNoVerdict;
  }
  context.report(explanation->unevaluated);
  if (!explanation->unevaluated.empty())
    context.err(
        "pandect: manifest and packs of different records do not all fit together, so that "
        "some causes cannot be told apart");
  const reports::StoredDifference difference{std::move(before->recorded),
                                             std::move(after->recorded), std::move(*explanation)};
  const std::string lang = options.input.lang.empty() ? "en" : options.input.lang;
  context.out(options.format == "json" ? reports::causes_json(difference, lang)
                                       : reports::causes_text(difference, lang));
  return kClean;
}

int run(const Context& context, const Options& options) {
  if (options.from.empty() != options.to.empty()) {
    context.err("pandect diff: --from and --to go together");
    return kNoVerdict;
  }
  if (!options.from.empty()) {
    if (options.other.empty()) return between_days(context, options);
    context.err("pandect diff: two days are compared for one manifest");
    return kNoVerdict;
  }
  if (!options.other.empty()) return between_entries(context, options);
  context.err("pandect diff: name two days (--from, --to) or two recorded assessments");
  context.err("run `pandect diff --help` for what it takes");
  return kNoVerdict;
}

}  // namespace
}  // namespace pandect::cli

pandect::cli::Command command_diff() {
  using namespace pandect::cli;
  Command command;
  command.name = "diff";
  command.summary = "What changes between two days, or two recorded assessments, and why";
  command.example =
      "pandect diff examples/cv-screener --jurisdiction eu --from 2027-12-01 --to 2027-12-02";
  command.configure = [](CLI::App& app) {
    const auto options = std::make_shared<Options>();
    add_input_options(app, options->input);
    app.add_option("other", options->other,
                   "With two recorded assessments (numbers or hashes) in place of a path: the "
                   "second; says of each change whether facts, law, packs or evidence made it");
    app.add_option("--from", options->from, "First day");
    app.add_option("--to", options->to, "Second day");
    add_store_options(app, options->store);
    app.add_option("--format", options->format, "text or json")
        ->check(CLI::IsMember({"text", "json"}))
        ->capture_default_str();
    return [=](Context& context) { return run(context, *options); };
  };
  return command;
}
