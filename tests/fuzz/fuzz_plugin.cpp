// A plugin that does anything: bytes are read as a descriptor, as calls of the host in any order
// with any handle, pointer, length, JSON and UTF-8, or as a script. Nothing may crash, and a call
// that misused the interface must not succeed.
#include "plugins/host/call.h"
#include "plugins/host/lua.h"
#include "plugins/host/plugin.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include <nlohmann/json.hpp>

using namespace pandect;
using namespace pandect::plugins;

namespace {

// Takes values off the front of the input.
struct Bytes {
  const unsigned char* at;
  std::size_t left;

  unsigned take() {
    if (left == 0) return 0;
    --left;
    return *at++;
  }
  std::string_view text(std::size_t most) {
    const std::size_t size = std::min({std::size_t{take()} * 4, left, most});
    const std::string_view taken(reinterpret_cast<const char*>(at), size);
    at += size;
    left -= size;
    return taken;
  }
};

const Root& root() {
  static const Root opened = [] {
    char folder[] = "/tmp/pandect-fuzz-plugin-XXXXXX";
    if (::mkdtemp(folder) == nullptr) std::abort();
    std::ofstream(std::string(folder) + "/a.md") << "one two three\n";
    return *Root::open(folder);
  }();
  return opened;
}

std::string outcome_of(std::string_view text, unsigned shape) {
  const nlohmann::json quoted(std::string(text.substr(0, 300)));
  const std::string word = quoted.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  switch (shape % 6) {
    case 0:
      return R"({"state":"shown","note":)" + word + "}";
    case 1:
      return R"({"state":"absent","seen":[{"file":)" + word + R"(,"line":1}]})";
    case 2:
      return R"({"subject":"system","fact":"a.b","values":[)" + word + "]}";
    case 3:
      return R"({"level":"warning","message":)" + word + "}";
    case 4:
      return "{" + word + ":1}";
    default:
      return std::string(text);
  }
}

struct Plan {
  Bytes bytes;
  bool misused = false;
};

std::int32_t each(void* context, const char*, std::size_t, std::uint64_t) {
  return static_cast<std::int32_t>(static_cast<Plan*>(context)->bytes.take() & 1);
}

pandect_status step(Plan& plan, pandect_call call, const pandect_input* input) {
  const pandect_host& host = host_functions();
  Bytes& bytes = plan.bytes;
  const unsigned function = bytes.take(), shape = bytes.take();
  const pandect_call handle = (shape & 0x30) == 0x30 ? bytes.take() : call;
  const std::string made = outcome_of(bytes.text(4000), shape);
  std::string_view text = made;
  const char* data = (shape & 0xC0) == 0xC0 ? nullptr : text.data();
  pandect_text out{};
  pandect_span spans[4];
  char buffer[64];
  std::size_t count = 0;
  const std::string_view second = bytes.text(200);
  switch (function % 11) {
    case 0:
      return host.report_outcome(handle, data, text.size());
    case 1:
      return host.report_proposal(handle, data, text.size());
    case 2:
      return host.report_bytes(handle, data, text.size());
    case 3:
      return host.report_diagnostic(handle, data, text.size());
    case 4:
      return host.read_file(handle, data, text.size(), shape & 8 ? nullptr : &out);
    case 5:
      return host.read_part(handle, "a.md", 4, bytes.take(), shape & 8 ? nullptr : buffer,
                            sizeof buffer, &count);
    case 6:
      return host.list(handle, second.data(), second.size(), shape & 8 ? nullptr : each, &plan);
    case 7:
      return host.glob(handle, second.data(), second.size(), each, &plan);
    case 8:
      return host.match(handle, second.data(), second.size(), data, text.size(), bytes.take(),
                        spans, bytes.take() % 5, &count);
    case 9:
      return host.json_get(handle, shape & 8 ? input->json.data : data,
                           shape & 8 ? input->json.size : text.size(), second.data(), second.size(),
                           &out);
    default:
      return host.json_quote(handle, data, text.size(), &out);
  }
}

pandect_status run(void* context, pandect_call call, const pandect_input* input) {
  Plan& plan = *static_cast<Plan*>(context);
  for (int steps = 0; plan.bytes.left > 0 && steps < 64; ++steps) {
    const pandect_status status = step(plan, call, input);
    plan.misused = plan.misused || status == PANDECT_TWICE || status == PANDECT_BAD_ARGUMENT ||
                   status == PANDECT_WRONG_KIND || status == PANDECT_BAD_TEXT;
  }
  return PANDECT_OK;
}

pandect_plugin descriptor_of(pandect_capability& capability, Plan& plan, std::uint32_t kind) {
  capability.size = sizeof capability;
  capability.kind = kind;
  capability.name = text_of("fuzz");
  capability.extension = text_of("txt");
  capability.context = &plan;
  capability.recognises = [](void*, pandect_call, const char*, std::size_t, const char*,
                             std::size_t) -> std::int32_t { return 1; };
  capability.run = run;
  pandect_plugin descriptor{};
  descriptor.size = sizeof descriptor;
  descriptor.abi = PANDECT_PLUGIN_ABI;
  descriptor.name = text_of("fuzz");
  descriptor.capabilities = &capability;
  descriptor.capability_size = sizeof capability;
  descriptor.capability_count = 1;
  return descriptor;
}

bool succeeds(const PluginPtr& plugin) {
  const Capability& capability = plugin->capabilities[0];
  switch (capability.kind) {
    case PANDECT_PROBE:
      return probe_of(plugin, capability).run({{"a", {1, "b"}}}, root()).ok();
    case PANDECT_IMPORTER:
      return importer_of(plugin, capability).read({"a.md", "a: b\n"}).ok();
    case PANDECT_FORMAT:
      return format_of(plugin, capability).render(R"({"subjects":[]})", "{}").ok();
    default:
      return derivation_of(plugin, capability).derive("{}").ok();
  }
}

void calls(Bytes bytes, std::uint32_t kind) {
  Plan plan{bytes};
  pandect_capability capability{};
  const auto plugin = adopt(descriptor_of(capability, plan, kind), "fuzz", Source::native, nullptr);
  if (!plugin) std::abort();
  if (succeeds(*plugin) && plan.misused) std::abort();
}

void descriptor(Bytes bytes) {
  Plan plan{{nullptr, 0}};
  pandect_capability capability{};
  pandect_plugin given = descriptor_of(capability, plan, bytes.take() % 6);
  const auto text = [&](pandect_text& into) {
    const unsigned how = bytes.take();
    const std::string_view words = bytes.text(600);
    if ((how & 3) == 0) into = {nullptr, words.size()};
    if ((how & 3) == 1) into = text_of(words);
  };
  for (pandect_text* each : {&given.name, &given.version, &given.summary, &capability.name,
                             &capability.summary, &capability.extension})
    text(*each);
  if (bytes.take() == 7) given.size = bytes.take();
  if (bytes.take() == 7) given.abi = bytes.take();
  if (bytes.take() == 7) given.capability_size = bytes.take();
  if (bytes.take() == 7) capability.size = bytes.take();
  if (bytes.take() == 7) given.capability_count = 0;
  if (bytes.take() == 7) given.capabilities = nullptr;
  if (bytes.take() == 7) capability.run = nullptr;
  if (bytes.take() == 7) capability.recognises = nullptr;
  if (bytes.take() == 7) capability.limit = std::uint64_t{bytes.take()} << 28;
  const auto plugin = adopt(given, "fuzz", Source::native, nullptr);
  if (plugin) succeeds(*plugin);
}

void script(Bytes bytes) {
  const std::string text(reinterpret_cast<const char*>(bytes.at), bytes.left);
  const auto plugin = read_lua("fuzz.lua", text);
  if (plugin) succeeds(*plugin);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  if (size > 20'000) return 0;
  Bytes bytes{data, size};
  const unsigned mode = bytes.take();
  if (mode % 8 == 6)
    descriptor(bytes);
  else if (mode % 8 == 7)
    script(bytes);
  else
    calls(bytes, mode % 4 + 1);
  return 0;
}
