#include "cli/rendering.h"

#include "base/names.h"
#include "cli/inputs.h"

#include <algorithm>

namespace pandect::cli {
namespace {

std::string format_names() {
  std::string names;
  for (const auto& each : reports::formats()) names += (names.empty() ? "" : ", ") + each.name;
  return names;
}

}  // namespace

void add_rendering_options(CLI::App& app, RenderingOptions& options) {
  app.add_option("--format", options.format,
                 "Format of the report on standard output: " + format_names())
      ->capture_default_str();
  app.add_option("-o", options.file, "Write the report to this file instead");
  app.add_option("--output", options.outputs, "FORMAT=FILE, one more report (may be repeated)")
      ->allow_extra_args(false);  // a path may follow
  app.add_flag("--all", options.all, "Also list duties that do not apply");
  add_plugin_option(app, options.plugins);
}

std::optional<Rendering> Rendering::choose(const Context& context,
                                           const RenderingOptions& options) {
  Rendering rendering;
  if (!rendering.load(context, options)) return std::nullopt;
  for (const auto& each : options.outputs) {
    const std::size_t equals = each.find('=');
    if (equals == std::string::npos) {
      context.err("pandect check: --output takes FORMAT=FILE, not `" + each + "`");
      return std::nullopt;
    }
    if (!rendering.add(context, each.substr(0, equals), each.substr(equals + 1)))
      return std::nullopt;
  }
  // A pipe that asks for files alone gets no text besides.
  const bool also = !options.file.empty() || options.outputs.empty() || context.terminal ||
                    options.format != "text";
  if (also && !rendering.add(context, options.format, options.file)) return std::nullopt;
  if (!rendering.usable(context)) return std::nullopt;
  return rendering;
}

bool Rendering::load(const Context& context, const RenderingOptions& options) {
  const auto ships = [&](const std::string& name) {
    return std::any_of(formats_.begin(), formats_.end(),
                       [&](const reports::Format& each) { return each.name == name; });
  };
  bool installed = !ships(options.format);
  for (const auto& each : options.outputs)
    installed = installed || !ships(each.substr(0, each.find('=')));
  if (!installed && options.plugins.empty()) return true;
  const auto registry =
      open_plugins(context, options.plugins, installed ? Installed::yes : Installed::no);
  if (!registry) return false;
  of_plugins_ = plugin_reports(*registry);
  for (const auto& each : of_plugins_) formats_.push_back(each.format);
  probes_ = registry->probes;
  return true;
}

bool Rendering::add(const Context& context, const std::string& name, const std::string& file) {
  std::vector<std::string_view> known;
  for (std::size_t i = 0; i < formats_.size(); ++i) {
    if (formats_[i].name == name) {
      wanted_.push_back({i, file});
      return true;
    }
    known.push_back(formats_[i].name);
  }
  std::string hint = did_you_mean(name, known);
  if (hint.empty()) {
    for (const auto each : known) hint += (hint.empty() ? "there are: " : ", ") + std::string(each);
  }
  context.err("pandect check: there is no format `" + name + "`; " + hint);
  return false;
}

bool Rendering::usable(const Context& context) const {
  for (const auto& each : wanted_) {
    const auto& format = formats_[each.format];
    if (format.binary && each.file.empty() && context.terminal) {
      context.err("pandect check: `" + format.name +
                  "` is not for a terminal; use -o FILE, or a pipe");
      return false;
    }
    const auto problem = format.problem ? format.problem() : std::nullopt;
    if (!problem) continue;
    context.report({*problem});
    return false;
  }
  return true;
}

bool Rendering::wants_proofs() const {
  return std::any_of(wanted_.begin(), wanted_.end(),
                     [&](const Wanted& each) { return formats_[each.format].proofs; });
}

std::string Rendering::only_language(const std::string& lang) const {
  const bool one = std::all_of(wanted_.begin(), wanted_.end(), [&](const Wanted& each) {
    return formats_[each.format].one_language;
  });
  return one ? lang : std::string();
}

bool Rendering::write(const Context& context, reports::Options render,
                      const Assessment& assessment) const {
  for (const auto& each : wanted_) {
    const auto& format = formats_[each.format];
    render.colour = each.file.empty() && context.colour;
    const std::string bytes = format.render(assessment, render);
    bool good = true, ships = true;
    for (const auto& plugin : of_plugins_) {
      context.report(*plugin.problems);
      good = good && plugin.problems->empty();
      ships = ships && plugin.format.name != format.name;
    }
    if (!good) return false;
    // What ships is never empty; a plugin may have nothing to say.
    if (ships && bytes.empty()) {
      context.err("pandect check: the format `" + format.name + "` could not be written");
      return false;
    }
    if (each.file.empty())
      context.out(bytes);
    else if (!write_file(context, each.file, bytes))
      return false;
  }
  return true;
}

}  // namespace pandect::cli
