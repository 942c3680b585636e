// What check, explain, timeline, whatif and diff have in common: the manifest and the packs it
// wants.
#pragma once

#include "artefact/lockfile.h"
#include "assessment/assess.h"
#include "cli/command.h"
#include "manifest/manifest.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace pandect::cli {

struct InputOptions {
  std::string path = ".";
  std::vector<std::string> packs, jurisdictions;
  std::string as_of, lang;
  bool locked = false;  // exactly the packs of .pandect.lock beside the manifest
  std::string config;   // settings file; empty: .pandect.toml beside the manifest, if there is one
  // Who loads the packs; empty: load_packs. For many manifests that want the same ones.
  std::function<ProgramPtr(const Context&, const std::vector<std::string>&)> load;
};

struct Inputs {
  ProgramPtr program;
  Manifest manifest;
  Settings settings;      // flags aside: the manifest's, then those of the settings file
  yaml::FilePtr waivers;  // the file of waivers beside the manifest, if there is one
  std::string folder;     // of the manifest; empty for standard input
  std::vector<artefact::Lock> locks;  // the packs that are loaded
  AssessOptions assess;
  std::string lang = "en";
};

void add_input_options(CLI::App& app, InputOptions& options);

// Reads manifest and packs; empty after having printed why not.
std::optional<Inputs> read_inputs(const Context& context, const InputOptions& options);

// The text of a manifest: a file, a folder with pandect.yaml, or "-" for standard input.
struct ManifestText {
  std::string name, text;
};
std::optional<ManifestText> read_manifest_text(const Context& context, const std::string& path);

// One subject of a manifest by id; the only one if the id is empty. Prints why not.
std::optional<Assessable> pick_subject(const Context& context, const Manifest& manifest,
                                       const std::string& id);

// Where the lock of a manifest in this folder stands.
std::string lockfile_of(const std::string& folder);

// Writes a file whole or not at all.
bool write_file(const Context& context, const std::string& path, const std::string& bytes);

}  // namespace pandect::cli
