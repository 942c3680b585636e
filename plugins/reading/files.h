// Files that a probe reads: those that match its patterns, bounded in number and size, with what
// was left out.
#pragma once

#include "plugins/probe.h"

#include <functional>
#include <string>
#include <vector>

namespace pandect::plugins {

inline constexpr std::size_t kProbeFileBytes = 4u << 20;
inline constexpr std::size_t kProbeTotalBytes = 64u << 20;
inline constexpr std::size_t kProbeFiles = 5000;

// Calls `read` with the path and text of each match, ascending; what cannot be read goes into
// `outcome.skipped`. Returns the number of files that match.
std::size_t each_text(const Root& root, const std::vector<std::string>& patterns,
                      ProbeOutcome& outcome,
                      const std::function<void(const std::string& path, std::string text)>& read);

// "a, b, c", cut after 160 characters.
std::string listed(const std::vector<std::string>& items);

// That something was looked for, and in which places: "passage X in Y".
Texts sought(const Texts& kind, const std::string& what, const Texts& where);
Texts no_such_file();
Texts empty_file(const std::string& path);

// One line of what stands at an offset, at most 200 characters, without control characters.
std::string excerpt(std::string_view text, std::size_t offset);

int line_at(std::string_view text, std::size_t offset);

// Lower-case extension without the dot.
std::string extension_of(std::string_view path);

}  // namespace pandect::plugins
