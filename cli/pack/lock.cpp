// pandect pack lock: writes down which packs a repository is checked with.
#include "cli/inputs.h"
#include "cli/pack/actions.h"

namespace pandect::cli {
namespace {

int run(const Context& context, const InputOptions& options) {
  const auto inputs = read_inputs(context, options);
  if (!inputs) return kNoVerdict;
  if (inputs->folder.empty()) {
    context.err("pandect pack lock: a lockfile stands beside a manifest; name a file or folder");
    return kNoVerdict;
  }
  const std::string file = lockfile_of(inputs->folder);
  if (!write_file(context, file, artefact::text_of(inputs->locks))) return kNoVerdict;
  context.out(file + "\n");
  for (const auto& each : inputs->locks)
    context.out("  " + each.id + " " + each.version + " sha256 " + each.digest.substr(0, 16) +
                (each.key.empty() ? "" : " key " + each.key) + "\n");
  return kClean;
}

}  // namespace

void add_lock(CLI::App& app, const Chosen& chosen) {
  const auto options = std::make_shared<InputOptions>();
  CLI::App* sub = app.add_subcommand(
      "lock", "Write the packs of a manifest, with their digests, to .pandect.lock beside it");
  sub->add_option("path", options->path, "Manifest, or folder with pandect.yaml")
      ->capture_default_str();
  sub->add_option("--pack", options->packs, "Only this pack, as for `check`")
      ->allow_extra_args(false);
  sub->callback([chosen, options] {
    *chosen = [options](Context& context) { return run(context, *options); };
  });
}

}  // namespace pandect::cli
