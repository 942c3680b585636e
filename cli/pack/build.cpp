// pandect pack build: one reproducible file from a folder.
#include "base/digest.h"
#include "cli/inputs.h"
#include "cli/pack/actions.h"
#include "cli/packs.h"

namespace pandect::cli {
namespace {

struct Options {
  std::string folder, file, from, below;
};

std::optional<artefact::Version> version_of(const Context& context, const std::string& text) {
  const auto version = artefact::parse_version(text);
  if (!version)
    context.err("pandect pack build: `" + text + "` is no version; write it like 0.1.0");
  return version;
}

// The bytes of the pack, if it loads with the core of this program.
std::optional<std::string> bytes_of(const Context& context, const Options& options,
                                    const artefact::EngineRange& range) {
  std::string folder = options.folder;
  while (folder.size() > 1 && folder.back() == '/') folder.pop_back();
  const auto files = artefact::files_of_folder(folder);
  if (!files) {
    context.report(files.errors());
    return std::nullopt;
  }
  Diagnostics problems;
  const auto drafts =
      Library{context.rules, {}}.read_with_core(PackSource{folder, true, *files}, problems);
  if (!has_errors(problems)) {
    const Linked linked = link(drafts);
    problems.insert(problems.end(), linked.problems.begin(), linked.problems.end());
  }
  auto bytes = artefact::build(folder, *files, range);
  if (!bytes) problems.insert(problems.end(), bytes.errors().begin(), bytes.errors().end());
  context.report(problems);
  if (!bytes || has_errors(problems)) {
    context.err("pandect pack build: nothing was written");
    return std::nullopt;
  }
  return std::move(*bytes);
}

int run(const Context& context, const Options& options) {
  artefact::EngineRange range{places_of(context).engine, std::nullopt};
  if (!options.from.empty()) {
    const auto from = version_of(context, options.from);
    if (!from) return kNoVerdict;
    range.from = *from;
  }
  if (!options.below.empty()) {
    range.below = version_of(context, options.below);
    if (!range.below) return kNoVerdict;
  }
  const auto bytes = bytes_of(context, options, range);
  if (!bytes) return kNoVerdict;
  const auto made = artefact::open(options.folder, *bytes);
  if (!made) {
    context.report(made.errors());
    return kNoVerdict;
  }
  const std::string file =
      options.file.empty() ? artefact::file_name(made->id, made->version) : options.file;
  if (!write_file(context, file, *bytes)) return kNoVerdict;
  context.out(file + "\n" + made->id + " " + to_string(made->version) + ", " +
              std::to_string(made->files.size()) + " files, for pandect " +
              to_string(made->engine) + "\nsha256 " + digest_of(*bytes) + "\n");
  return kClean;
}

}  // namespace

void add_build(CLI::App& app, const Chosen& chosen) {
  const auto options = std::make_shared<Options>();
  CLI::App* sub = app.add_subcommand("build", "Make one reproducible file from a folder");
  sub->add_option("folder", options->folder, "Folder of the pack")->required();
  sub->add_option("-o", options->file, "File to write (default: ID-VERSION.pandect-pack)");
  sub->add_option("--engine", options->from,
                  "Lowest version of pandect that can read it (default: this one)");
  sub->add_option("--engine-below", options->below, "First version of pandect that cannot");
  sub->footer(
      "Example:\n  pandect pack build examples/packs/company-policy -o policy.pandect-pack");
  sub->callback([chosen, options] {
    *chosen = [options](Context& context) { return run(context, *options); };
  });
}

}  // namespace pandect::cli
