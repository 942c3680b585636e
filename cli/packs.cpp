#include "cli/packs.h"

#include "packs/folder.h"

#include <cstdlib>
#include <map>

namespace pandect::cli {
namespace {

// By the XDG Base Directory Specification: the variable if it is an absolute path, else below HOME.
std::string user_folder(const char* variable, const std::string& below_home,
                        const std::string& name) {
  if (const char* base = std::getenv(variable); base != nullptr && *base == '/')
    return std::string(base) + "/pandect/" + name;
  if (const char* home = std::getenv("HOME"); home != nullptr && *home == '/')
    return std::string(home) + below_home + "/pandect/" + name;
  return {};
}

constexpr std::size_t kMaximumLock = 1024 * 1024;

std::optional<std::vector<artefact::Lock>> read_lock(const Context& context,
                                                     const std::string& file) {
  auto text = read_text(file, kMaximumLock);
  if (!text) {
    context.err(file + ": there is no lockfile here; write one with `pandect pack lock`");
    return std::nullopt;
  }
  auto locks = artefact::parse_lock(file, std::move(*text));
  if (!locks) {
    context.report(locks.errors());
    return std::nullopt;
  }
  return std::move(*locks);
}

constexpr const char* kNothing = "pandect: the packs could not be loaded; nothing was assessed";

}  // namespace

artefact::Places places_of(const Context& context) {
  return {context.rules, shipped_rules(),
          artefact::Store(user_folder("XDG_DATA_HOME", "/.local/share", "packs")),
          artefact::parse_version(PANDECT_VERSION).value_or(artefact::Version{})};
}

std::optional<std::optional<artefact::TrustRoot>> trust_of(const Context& context) {
  auto trust =
      artefact::read_trust(context.trust, user_folder("XDG_CONFIG_HOME", "/.config", "trust"));
  if (trust) return std::move(*trust);
  context.report(trust.errors());
  return std::nullopt;
}

std::optional<LoadedPacks> load_packs(const Context& context, const PackWish& wish) {
  const auto trust = trust_of(context);
  if (!trust) {
    context.err(kNothing);
    return std::nullopt;
  }
  std::vector<artefact::Lock> locked;
  if (!wish.lockfile.empty()) {
    auto read = read_lock(context, wish.lockfile);
    if (!read) return std::nullopt;
    locked = std::move(*read);
  }
  const auto chosen = artefact::choose_packs(places_of(context), *trust,
                                             artefact::pinned(wish.names, locked), wish.paths);
  if (!chosen) {
    context.report(chosen.errors());
    context.err(kNothing);
    return std::nullopt;
  }
  std::vector<PackSource> sources;
  std::map<std::string, std::string> keys;
  for (const auto& each : *chosen) {
    sources.push_back(each.source);
    if (!each.key.empty()) keys[each.id] = each.key;
  }
  Library library;
  library.folder = context.rules;
  if (wish.lockfile.empty()) library.cache = cache_folder();  // a lock asks what is there now
  Linked linked = library.load_sources(sources);
  if (!linked.program) {
    context.report(linked.problems);
    context.err(kNothing);
    return std::nullopt;
  }
  LoadedPacks loaded{std::move(linked.program), {}};
  loaded.locks = artefact::locks_of(*loaded.program, keys);
  if (!wish.lockfile.empty()) {
    const Diagnostics problems = artefact::differences(wish.lockfile, locked, loaded.locks);
    if (!problems.empty()) {
      context.report(problems);
      context.err(kNothing);
      return std::nullopt;
    }
  }
  return loaded;
}

}  // namespace pandect::cli
