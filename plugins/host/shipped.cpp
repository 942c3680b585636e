#include "plugins/host/shipped.h"

#include "plugins/host/call.h"

#include <nlohmann/json.hpp>

namespace pandect::plugins {
namespace {

pandect_status fail(pandect_call handle, const Diagnostics& problems) {
  for (const auto& each : problems) {
    const std::string text = write_diagnostic(each);
    host_functions().report_diagnostic(handle, text.data(), text.size());
  }
  return PANDECT_FAILED;
}

pandect_status run_probe(void* context, pandect_call handle, const pandect_input* input) {
  const Probe& probe = *static_cast<const Probe*>(context);
  pandect_status status = PANDECT_OK;
  const Call* call = Call::find(handle, status);
  if (call == nullptr) return status;
  const auto settings = nlohmann::json::parse(view(input->json), nullptr, false);
  const auto outcome = probe.run(settings, *call->root());
  if (!outcome) return fail(handle, outcome.errors());
  const std::string text = write_outcome(*outcome);
  return host_functions().report_outcome(handle, text.data(), text.size());
}

std::int32_t recognises(void* context, pandect_call, const char* path, size_t path_size,
                        const char* head, size_t head_size) {
  return static_cast<const Importer*>(context)->recognises({path, path_size}, {head, head_size});
}

pandect_status run_importer(void* context, pandect_call handle, const pandect_input* input) {
  const Importer& importer = *static_cast<const Importer*>(context);
  const auto imported =
      importer.read({std::string(view(input->path)), std::string(view(input->bytes))});
  if (!imported) return fail(handle, imported.errors());
  for (const auto& each : imported->proposals) {
    const std::string text = write_proposal(each);
    const auto status = host_functions().report_proposal(handle, text.data(), text.size());
    if (status != PANDECT_OK) return status;
  }
  for (const auto& each : imported->warnings) {
    const std::string text = write_diagnostic(each);
    host_functions().report_diagnostic(handle, text.data(), text.size());
  }
  return PANDECT_OK;
}

struct Shipped {
  std::vector<Probe> probes;
  std::vector<Importer> importers;
};

pandect_capability capability(std::uint32_t kind, const std::string& name,
                              const std::string& summary, const void* context) {
  pandect_capability made{};
  made.size = sizeof made;
  made.kind = kind;
  made.name = text_of(name);
  made.summary = text_of(summary);
  made.context = const_cast<void*>(context);
  return made;
}

}  // namespace

PluginPtr shipped_plugin(std::vector<Probe> probes, std::vector<Importer> importers) {
  const auto shipped =
      std::make_shared<const Shipped>(Shipped{std::move(probes), std::move(importers)});
  std::vector<pandect_capability> capabilities;
  for (const auto& each : shipped->probes) {
    capabilities.push_back(capability(PANDECT_PROBE, each.name, each.summary, &each));
    capabilities.back().places = text_of(each.places);
    capabilities.back().flags = each.wants_day ? PANDECT_WANTS_DAY : 0;
    capabilities.back().run = run_probe;
  }
  for (const auto& each : shipped->importers) {
    capabilities.push_back(capability(PANDECT_IMPORTER, each.name, each.summary, &each));
    capabilities.back().limit = each.limit;
    capabilities.back().recognises = recognises;
    capabilities.back().run = run_importer;
  }
  pandect_plugin descriptor{};
  descriptor.size = sizeof descriptor;
  descriptor.abi = PANDECT_PLUGIN_ABI;
  descriptor.name = text_of("pandect");
  descriptor.summary = text_of("The probes and importers that ship with Pandect.");
  descriptor.capabilities = capabilities.data();
  descriptor.capability_size = sizeof(pandect_capability);
  descriptor.capability_count = static_cast<std::uint32_t>(capabilities.size());
  auto plugin = adopt(descriptor, "", Source::shipped, shipped);
  return plugin ? *plugin : nullptr;
}

}  // namespace pandect::plugins
