// The reports that a command is asked for: which formats, from where, into which files. Chosen and
// checked before anything is assessed, so that a misspelt format costs nothing; written after.
#pragma once

#include "cli/command.h"
#include "cli/plugins.h"
#include "reports/report.h"

#include "pandect/assessment.h"

#include <optional>
#include <string>
#include <vector>

namespace pandect::cli {

struct RenderingOptions {
  std::string format = "text", file;  // file: -o; empty: standard output
  std::vector<std::string> outputs;   // FORMAT=FILE
  std::vector<std::string> plugins;   // --plugin
  bool all = false;                   // also what does not apply
};

void add_rendering_options(CLI::App& app, RenderingOptions& options);

class Rendering {
 public:
  // Empty after having printed why not. Plugins of the user's folder are loaded only if a format
  // is asked for that does not ship.
  static std::optional<Rendering> choose(const Context& context, const RenderingOptions& options);

  bool wants_proofs() const;
  // The language that all of them are content with; empty: some format shows several.
  std::string only_language(const std::string& lang) const;
  // Those that ship and those of plugins; none: only what ships.
  const std::vector<plugins::Probe>& probes() const { return probes_; }

  // Writes all of them; false after having printed why not.
  bool write(const Context& context, reports::Options render, const Assessment& assessment) const;

 private:
  struct Wanted {
    std::size_t format = 0;  // in formats_
    std::string file;
  };
  bool add(const Context& context, const std::string& name, const std::string& file);
  bool load(const Context& context, const RenderingOptions& options);
  bool usable(const Context& context) const;

  std::vector<reports::Format> formats_ = reports::formats();
  std::vector<PluginReport> of_plugins_;
  std::vector<plugins::Probe> probes_;
  std::vector<Wanted> wanted_;
};

}  // namespace pandect::cli
