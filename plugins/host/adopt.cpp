// The checks of a descriptor that a plugin's entry has filled in.
#include "base/names.h"
#include "plugins/host/call.h"
#include "plugins/host/plugin.h"

namespace pandect::plugins {
namespace {

constexpr std::uint32_t kMaximumCapabilities = 64;
constexpr std::size_t kMaximumName = 40, kMaximumText = 500;

bool is_name(std::string_view text) {
  if (text.empty() || text.size() > kMaximumName) return false;
  if (text[0] < 'a' || text[0] > 'z') return false;
  for (const char c : text) {
    if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_' && c != '-') return false;
  }
  return true;
}

class Check {
 public:
  explicit Check(std::string path) : path_(std::move(path)) {}

  void fail(std::string message, std::string hint) {
    problems.push_back(
        {Level::error, "plugin-descriptor", {path_, 0, 0}, std::move(message), std::move(hint)});
  }

  std::string text(pandect_text given, const std::string& what, std::size_t most = kMaximumText) {
    if (!readable(given.data, given.size))
      return fail(what + " is a null pointer with a length", "give text or length 0"), "";
    if (given.size > most)
      return fail(what + " is longer than " + std::to_string(most) + " bytes", "shorten it"), "";
    const std::string_view words = view(given);
    if (invalid_utf8_at(words) != std::string_view::npos)
      return fail(what + " is not UTF-8", "write it in UTF-8"), "";
    for (const char c : words) {
      if (static_cast<unsigned char>(c) < 0x20)
        return fail(what + " holds a control character", "give one line of text"), "";
    }
    return std::string(words);
  }

  std::string name(pandect_text given, const std::string& what) {
    const std::size_t before = problems.size();
    std::string words = text(given, what);
    if (problems.size() == before && !is_name(words))
      fail(what + " is `" + words + "`",
           "a name begins with a letter a-z and has a-z, 0-9, _ and -, at most 40");
    return words;
  }

  Diagnostics problems;

 private:
  std::string path_;
};

Capability capability_of(Check& check, const pandect_capability& given, std::uint32_t place) {
  const std::string what = "capability " + std::to_string(place + 1);
  Capability made;
  if (given.size != sizeof(pandect_capability)) {
    check.fail(what + " states the size " + std::to_string(given.size),
               "set `size` to sizeof(pandect_capability) of version 1");
    return made;
  }
  made.kind = given.kind;
  if (given.kind < PANDECT_PROBE || given.kind > PANDECT_DERIVATION)
    check.fail(what + " has the unknown kind " + std::to_string(given.kind),
               "kinds are PANDECT_PROBE, _IMPORTER, _FORMAT and _DERIVATION");
  made.name = check.name(given.name, "the name of " + what);
  made.summary = check.text(given.summary, "the summary of " + what);
  made.extension = check.text(given.extension, "the extension of " + what, 16);
  made.places = check.text(given.places, "the places of " + what, 40);
  made.flags = given.flags;
  if ((given.flags & ~std::uint64_t{PANDECT_WANTS_DAY}) != 0)
    check.fail(what + " has flags that version 1 does not know", "set no others than it names");
  made.context = given.context;
  made.recognises = given.recognises;
  made.run = given.run;
  if (made.run == nullptr) check.fail(what + " has no `run`", "set it to a function");
  const bool imports = given.kind == PANDECT_IMPORTER;
  if (imports && made.recognises == nullptr)
    check.fail(what + " is an importer without `recognises`", "set it to a function");
  if (given.kind == PANDECT_FORMAT && !is_name(made.extension))
    check.fail(what + " is a format without an extension", "set `extension`, like \"txt\"");
  const std::size_t most = std::size_t{1} << 30;
  made.limit = given.limit == 0 ? kMaximumFile : static_cast<std::size_t>(given.limit);
  if (imports && given.limit > most)
    check.fail(what + " wants files of more than 1 GiB", "set a smaller `limit`");
  return made;
}

}  // namespace

Result<PluginPtr> adopt(const pandect_plugin& given, std::string path, Source source,
                        std::shared_ptr<const void> keeper) {
  Check check(path);
  if (given.abi != PANDECT_PLUGIN_ABI || given.size != sizeof(pandect_plugin) ||
      given.capability_size != sizeof(pandect_capability)) {
    check.fail("this plugin speaks version " + std::to_string(given.abi) +
                   " of the interface, with structures of " + std::to_string(given.size) + " and " +
                   std::to_string(given.capability_size) + " bytes; this is version " +
                   std::to_string(PANDECT_PLUGIN_ABI) + " with " +
                   std::to_string(sizeof(pandect_plugin)) + " and " +
                   std::to_string(sizeof(pandect_capability)),
               "build it with the pandect_plugin.h of this version");
    return check.problems;
  }
  auto plugin = std::make_shared<Plugin>();
  plugin->name = check.name(given.name, "the name of the plugin");
  plugin->version = check.text(given.version, "the version of the plugin", 40);
  plugin->summary = check.text(given.summary, "the summary of the plugin");
  plugin->path = std::move(path);
  plugin->source = source;
  plugin->keeper = std::move(keeper);
  if (given.capabilities == nullptr || given.capability_count == 0 ||
      given.capability_count > kMaximumCapabilities) {
    check.fail("the plugin declares " + std::to_string(given.capability_count) + " capabilities" +
                   (given.capabilities == nullptr ? " at a null pointer" : ""),
               "declare 1 to 64");
    return check.problems;
  }
  for (std::uint32_t i = 0; i < given.capability_count; ++i) {
    Capability made = capability_of(check, given.capabilities[i], i);
    for (const auto& other : plugin->capabilities) {
      if (other.kind == made.kind && other.name == made.name)
        check.fail(
            "two capabilities are " + std::string(kind_name(made.kind)) + " `" + made.name + "`",
            "give each a name of its own");
    }
    plugin->capabilities.push_back(std::move(made));
  }
  if (!check.problems.empty()) return check.problems;
  return PluginPtr(std::move(plugin));
}

}  // namespace pandect::plugins
