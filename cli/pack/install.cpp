// pandect pack install|list|remove: packs from elsewhere, by id and version, in the user's folder.
#include "cli/pack/actions.h"
#include "cli/packs.h"
#include "packs/library.h"

#include <filesystem>

namespace pandect::cli {
namespace {

struct Options {
  std::string name, signature;
  bool downgrade = false;
};

bool have_folder(const Context& context, const artefact::Places& places) {
  if (!places.store.folder().empty()) return true;
  context.err("pandect pack: there is no folder for packs; set XDG_DATA_HOME or HOME");
  return false;
}

// A pack that does not link with the core of this program is of no use here.
bool loads(const Context& context, const std::string& path, const artefact::Artefact& pack) {
  Diagnostics problems;
  const auto drafts =
      Library{context.rules, {}}.read_with_core(PackSource{path, true, pack.files}, problems);
  bool good = !has_errors(problems);
  if (good) {
    const Linked linked = link(drafts);
    problems.insert(problems.end(), linked.problems.begin(), linked.problems.end());
    good = linked.program != nullptr;
  }
  context.report(problems);
  return good;
}

int run_install(const Context& context, const Options& options) {
  const artefact::Places places = places_of(context);
  const auto trust = trust_of(context);
  if (!trust || !have_folder(context, places)) return kNoVerdict;
  const auto opened = artefact::open_file(
      options.name,
      options.signature.empty() ? artefact::signature_name(options.name) : options.signature,
      *trust, places.engine);
  if (!opened) {
    context.report(opened.errors());
    context.err("pandect pack install: nothing was installed");
    return kNoVerdict;
  }
  if (opened->artefact.id == "core") {
    context.err("pandect pack install: the core comes with the program and cannot be installed");
    return kNoVerdict;
  }
  if (!loads(context, options.name, opened->artefact)) {
    context.err("pandect pack install: nothing was installed");
    return kNoVerdict;
  }
  const auto made =
      places.store.install(opened->artefact, opened->bytes, opened->signature, options.downgrade);
  if (!made) {
    context.report(made.errors());
    context.err("pandect pack install: nothing was installed");
    return kNoVerdict;
  }
  context.out("installed " + made->id + " " + to_string(made->version) +
              (opened->key.empty() ? ", signature not checked: there is no trust root"
                                   : ", signed with the key " + opened->key) +
              "\n" + made->file + "\n");
  return kClean;
}

int run_list(const Context& context, const Options&) {
  const artefact::Places places = places_of(context);
  const auto trust = trust_of(context);
  if (!trust) return kNoVerdict;
  const Linked shipped = Library{context.rules, cache_folder()}.load({});
  if (!shipped.program) {
    context.report(shipped.problems);
    return kNoVerdict;
  }
  for (const auto& pack : shipped.program->packs.all())
    context.out(std::string(shipped.program->text(pack.id)) + "@" +
                std::string(shipped.program->text(pack.version)) + "  " + context.rules + "\n");
  int status = kClean;
  for (const auto& each : places.store.list()) {
    const auto opened =
        artefact::open_file(each.file, artefact::signature_name(each.file), *trust, places.engine);
    std::string state = opened.ok() ? opened->key.empty() ? "" : "  signed with " + opened->key
                                    : "  REFUSED: " + opened.errors().front().message;
    if (!opened) status = kFindings;
    context.out(each.id + "@" + to_string(each.version) + "  " + each.file + state + "\n");
  }
  return status;
}

int run_remove(const Context& context, const Options& options) {
  const artefact::Places places = places_of(context);
  if (!have_folder(context, places)) return kNoVerdict;
  const std::size_t at = options.name.find('@');
  std::optional<artefact::Version> version;
  if (at != std::string::npos) {
    version = artefact::parse_version(options.name.substr(at + 1));
    if (!version) {
      context.err("pandect pack remove: `" + options.name.substr(at + 1) +
                  "` is no version; write it like 1.0.0");
      return kNoVerdict;
    }
  }
  const auto gone = places.store.remove(options.name.substr(0, at), version);
  if (!gone) {
    context.report(gone.errors());
    return kNoVerdict;
  }
  for (const auto& each : *gone)
    context.out("removed " + each.id + " " + to_string(each.version) + "\n");
  return kClean;
}

}  // namespace

void add_install(CLI::App& app, const Chosen& chosen) {
  const auto options = std::make_shared<Options>();
  const auto add = [&](const char* name, const char* summary,
                       int (*action)(const Context&, const Options&)) {
    CLI::App* sub = app.add_subcommand(name, summary);
    sub->callback([chosen, options, action] {
      *chosen = [options, action](Context& context) { return action(context, *options); };
    });
    return sub;
  };
  CLI::App* install = add("install", "Install a pack file for this user", run_install);
  install->add_option("file", options->name, "The pack file")->required();
  install->add_option("--signature", options->signature, "Its signature (default: FILE.minisig)");
  install->add_flag("--allow-downgrade", options->downgrade,
                    "Also if a newer version is installed");
  add("list", "List the packs that shipped and those that are installed", run_list);
  add("remove", "Remove an installed pack", run_remove)
      ->add_option("name", options->name, "id, or id@version")
      ->required();
}

}  // namespace pandect::cli
