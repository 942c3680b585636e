// Plugins made by tests: in this process from a function, or by the system's compiler from C.
#pragma once

#include "cli/process.h"
#include "plugins/host/call.h"
#include "plugins/host/plugin.h"

#include <cstdlib>
#include <functional>
#include <string>

namespace pandect::testing {

// A plugin of one capability whose `run` is `work`.
struct Fake {
  std::function<pandect_status(pandect_call, const pandect_input*)> work;
  pandect_capability capability{};
  pandect_plugin descriptor{};

  Fake(std::uint32_t kind, std::function<pandect_status(pandect_call, const pandect_input*)> does)
      : work(std::move(does)) {
    capability.size = sizeof capability;
    capability.kind = kind;
    capability.name = plugins::text_of("fake");
    capability.summary = plugins::text_of("For a test.");
    capability.extension = plugins::text_of("txt");
    capability.context = this;
    capability.recognises = [](void*, pandect_call, const char*, std::size_t, const char*,
                               std::size_t) -> std::int32_t { return 1; };
    capability.run = [](void* context, pandect_call call, const pandect_input* input) {
      return static_cast<Fake*>(context)->work(call, input);
    };
    descriptor.size = sizeof descriptor;
    descriptor.abi = PANDECT_PLUGIN_ABI;
    descriptor.name = plugins::text_of("fake");
    descriptor.version = plugins::text_of("1.0.0");
    descriptor.capabilities = &capability;
    descriptor.capability_size = sizeof(pandect_capability);
    descriptor.capability_count = 1;
  }
  Fake(const Fake&) = delete;
  Fake& operator=(const Fake&) = delete;

  Result<plugins::PluginPtr> adopt() const {
    return plugins::adopt(descriptor, "fake.so", plugins::Source::native, nullptr);
  }
};

// Compiles C against pandect_plugin.h alone; the path of the library, empty if it does not build.
inline std::string build_c(const Scratch& scratch, const std::string& name,
                           const std::string& source) {
  const std::string code = scratch.write(name + ".c", source), library = scratch.path(name + ".so");
  const std::string command = "cc -std=c99 -Wall -Werror -O1 -fPIC -shared -I '" PANDECT_SOURCE
                              "/plugins/include' -o '" +
                              library + "' '" + code + "'";
  return std::system(command.c_str()) == 0 ? library : std::string();
}

inline std::string told(const Diagnostics& problems) {
  std::string text;
  for (const auto& each : problems) text += to_string(each) + "\n";
  return text;
}

}  // namespace pandect::testing
