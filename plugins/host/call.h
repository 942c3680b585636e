// One call of a plugin: what it may see, what it has reported, and what it did wrong. A call is
// known to the functions of `pandect_host` only while it lives and only on its thread; so a handle
// that is stale, made up or carried to another thread is answered and never followed. Knows nothing
// of where a plugin comes from.
#pragma once

#include "plugins/host/payload.h"
#include "plugins/include/pandect_plugin.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace re2 {
class RE2;
}

namespace pandect::plugins {

inline constexpr std::size_t kMaximumFile = 64u << 20;
inline constexpr std::size_t kMaximumReading = 256u << 20;  // what the host hands out in one call
inline constexpr std::size_t kMaximumReport = 256u << 20;   // bytes of a format
inline constexpr std::size_t kMaximumProposals = 100'000;
inline constexpr std::size_t kMaximumDiagnostics = 1000;
inline constexpr std::size_t kMaximumPatterns = 512;

class Call {
 public:
  // Begins the call on this thread; calls nest.
  Call(std::uint32_t kind, const Root* root, std::string plugin);
  ~Call();
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;

  pandect_call handle() const { return handle_; }
  std::uint32_t kind() const { return kind_; }
  const Root* root() const { return root_; }

  // The call that `handle` means on this thread; empty with the status of why not.
  static Call* find(pandect_call handle, pandect_status& status);

  // Remembers what was wrong and gives `status` back.
  pandect_status misuse(pandect_status status, const std::string& message);

  // Errors if the plugin said that it failed, reported an error, or misused the interface.
  Diagnostics errors(pandect_status returned) const;

  bool has_outcome = false;
  ProbeOutcome outcome;
  std::vector<Proposal> proposals;
  std::string bytes;
  Diagnostics diagnostics;

  // Text for the plugin, kept until the call ends; `room` is what may still be kept.
  pandect_text keep(std::string text);
  std::size_t room() const { return kMaximumReading - kept_bytes_; }

  // A parsed document. The one parsed last is kept, since plugins ask for one member after another.
  const nlohmann::json* document(std::string_view json);
  std::map<std::string, std::unique_ptr<re2::RE2>, std::less<>> patterns;

 private:
  std::uint32_t kind_;
  const Root* root_;
  std::string plugin_;
  pandect_call handle_;
  Call* outer_;
  Diagnostics misuses_;
  std::vector<std::unique_ptr<std::string>> kept_;
  std::size_t kept_bytes_ = 0;
  std::string document_text_;
  std::unique_ptr<nlohmann::json> document_;
};

// The functions that plugins get; the same for all.
const pandect_host& host_functions();

// As text; a null pointer with a length above 0 gives nothing.
inline bool readable(const char* data, std::size_t size) { return data != nullptr || size == 0; }
inline std::string_view view(pandect_text text) {
  return text.size == 0 || text.data == nullptr ? std::string_view()
                                                : std::string_view(text.data, text.size);
}
inline pandect_text text_of(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace pandect::plugins
