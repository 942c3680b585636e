// pandect replay: evaluates a recorded assessment again, with the manifest, the packs and the
// evidence of then, and says whether it still comes out the same.
#include "store/replay.h"

#include "cli/rendering.h"
#include "cli/store_access.h"

namespace pandect::cli {
namespace {

struct Options {
  StoreOptions store;
  RenderingOptions rendering;
  std::string id, lang = "en";
  bool stored = false;
};

int run(const Context& context, const Options& options) {
  const auto fail = [&](const Diagnostics& problems) {
    context.report(problems);
    return kNoVerdict;
  };
  const auto opened = open_store(context, store_file(options.store), store::Mode::read);
  if (!opened) return kNoVerdict;
  const auto entry = opened->find(options.id);
  if (!entry) return fail(entry.errors());
  const auto snapshot = store::snapshot_of(*opened, *entry);
  if (!snapshot) return fail(snapshot.errors());
  const auto recorded = store::recorded_of(*entry);
  if (!recorded) return fail(recorded.errors());
  const auto kept = opened->document(recorded->assessment);
  if (!kept) return fail(kept.errors());
  if (options.stored) {
    context.out(*kept);
    return kClean;
  }
  // Under the name of the version of then, so that only what it says can differ.
  const auto rendering = Rendering::choose(context, options.rendering);
  if (!rendering) return kNoVerdict;
  store::Replay replay(snapshot->engine_version);
  replay.with_proofs = rendering->wants_proofs();
  const auto again = replay.run(*snapshot);
  if (!again) {
    context.report(again.errors());
    context.err("pandect: it cannot be evaluated any more; --stored prints it as it was kept");
    return kNoVerdict;
  }
  const bool same = kept_form(*again) == *kept;
  if (snapshot->engine_version != PANDECT_VERSION) {
    context.err("pandect: recorded by version " + snapshot->engine_version + "; this is " +
                PANDECT_VERSION + (same ? ", and the result is still the same" : ""));
  }
  if (!rendering->write(context, {options.lang, 80, false, snapshot->with_not_applicable}, *again))
    return kNoVerdict;
  if (same) return kClean;
  context.err("pandect: the result differs from the one that was kept; --stored prints that one");
  return kFindings;
}

}  // namespace
}  // namespace pandect::cli

pandect::cli::Command command_replay() {
  using namespace pandect::cli;
  Command command;
  command.name = "replay";
  command.summary = "Evaluate a recorded assessment again, as it was; exit 1 if it differs";
  command.example =
      "pandect check examples/cv-screener --as-of 2026-11-21 --record --store "
      "build/history.sqlite3\n"
      "  pandect replay latest --store build/history.sqlite3";
  command.configure = [](CLI::App& app) {
    const auto options = std::make_shared<Options>();
    app.add_option("id", options->id, "Number of the entry, first digits of its hash, or latest")
        ->required();
    add_store_options(app, options->store);
    app.add_flag("--stored", options->stored, "Print the bytes that were kept; evaluate nothing");
    options->rendering.format = "json";
    add_rendering_options(app, options->rendering);
    app.add_option("--lang", options->lang, "en, ko or zh")
        ->check(CLI::IsMember({"en", "ko", "zh"}));
    return [=](Context& context) { return run(context, *options); };
  };
  return command;
}
