#include "plugins/host/plugin.h"

#include "evidence/evidence.h"
#include "plugins/host/call.h"

#include <algorithm>
#include <exception>

#include <nlohmann/json.hpp>

namespace pandect::plugins {
namespace {

// Holds one call from beginning to end: the input, the run, and what is wrong afterwards.
struct Session {
  Session(const PluginPtr& plugin, const Capability& capability, const Root* root)
      : capability(capability), call(capability.kind, root, plugin->name) {
    if (plugin->source != Source::shipped) lock = std::unique_lock(plugin->one_at_a_time);
    input.size = sizeof input;
    input.kind = capability.kind;
  }

  // Errors, or none. Throwing is against the interface (convention 10); where the plugin happens to
  // share our C++ runtime it is still better told than died of.
  Diagnostics run() {
    pandect_status status = PANDECT_FAILED;
    try {
      status = capability.run(capability.context, call.handle(), &input);
    } catch (const std::exception& error) {
      call.misuse(PANDECT_FAILED,
                  std::string("let a C++ exception cross the border: ") + error.what());
    } catch (...) {
      call.misuse(PANDECT_FAILED, "let a C++ exception cross the border");
    }
    return call.errors(status);
  }

  const Capability& capability;
  Call call;
  std::unique_lock<std::mutex> lock;
  pandect_input input{};
};

Diagnostics warnings_of(Diagnostics list) {
  std::erase_if(list, [](const Diagnostic& each) { return each.level == Level::error; });
  return list;
}

}  // namespace

std::string_view kind_name(std::uint32_t kind) {
  switch (kind) {
    case PANDECT_PROBE:
      return "probe";
    case PANDECT_IMPORTER:
      return "importer";
    case PANDECT_FORMAT:
      return "format";
    case PANDECT_DERIVATION:
      return "derivation";
    default:
      return "unknown";
  }
}

Probe probe_of(const PluginPtr& plugin, const Capability& capability) {
  return {capability.name, capability.summary,
          [plugin, capability](const nlohmann::json& settings,
                               const Root& root) -> Result<ProbeOutcome> {
            Session session(plugin, capability, &root);
            const std::string text =
                settings.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
            session.input.json = text_of(text);
            Diagnostics errors = session.run();
            if (!errors.empty()) return errors;
            if (!session.call.has_outcome) {
              session.call.misuse(PANDECT_FAILED, "reported no outcome");
              return session.call.errors(PANDECT_OK);
            }
            for (const auto& each : session.call.diagnostics)
              session.call.outcome.note.append({each.message, "", ""}, semicolon());
            return std::move(session.call.outcome);
          },
          capability.places, (capability.flags & PANDECT_WANTS_DAY) != 0};
}

Importer importer_of(const PluginPtr& plugin, const Capability& capability) {
  Importer importer;
  importer.name = capability.name;
  importer.summary = capability.summary;
  importer.limit = capability.limit;
  importer.recognises = [plugin, capability](std::string_view path, std::string_view head) {
    const Session session(plugin, capability, nullptr);
    try {
      const int sure = capability.recognises(capability.context, session.call.handle(), path.data(),
                                             path.size(), head.data(), head.size());
      return plugin->source == Source::shipped ? sure : std::clamp(sure, 0, 100);
    } catch (...) {
      return 0;
    }
  };
  importer.read = [plugin, capability](const ImportedFile& file) -> Result<Imported> {
    Session session(plugin, capability, nullptr);
    session.input.path = text_of(file.path);
    session.input.bytes = text_of(file.bytes);
    Diagnostics errors = session.run();
    if (!errors.empty()) return errors;
    return Imported{std::move(session.call.proposals), warnings_of(session.call.diagnostics)};
  };
  return importer;
}

PluginFormat format_of(const PluginPtr& plugin, const Capability& capability) {
  return {capability.name, capability.summary, capability.extension,
          [plugin, capability](std::string_view assessment,
                               std::string_view options) -> Result<Rendered> {
            Session session(plugin, capability, nullptr);
            session.input.json = text_of(assessment);
            session.input.options = text_of(options);
            Diagnostics errors = session.run();
            if (!errors.empty()) return errors;
            return Rendered{std::move(session.call.bytes), warnings_of(session.call.diagnostics)};
          }};
}

Derivation derivation_of(const PluginPtr& plugin, const Capability& capability) {
  return {
      capability.name, capability.summary,
      [plugin, capability](std::string_view facts) -> Result<Imported> {
        Session session(plugin, capability, nullptr);
        session.input.json = text_of(facts);
        Diagnostics errors = session.run();
        if (!errors.empty()) return errors;
        return Imported{std::move(session.call.proposals), warnings_of(session.call.diagnostics)};
      }};
}

}  // namespace pandect::plugins
