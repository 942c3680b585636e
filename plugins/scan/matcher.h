// Finds signals in names and texts: tables of names, and one RE2::Set per language, built when the
// first text of that language comes. Safe to share between threads.
#pragma once

#include "plugins/scan/signals.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace pandect::scan {

struct Match {
  std::uint32_t signal = 0;
  std::size_t offset = 0, length = 0;  // in the text
};

class Matcher {
 public:
  explicit Matcher(const SignalPack& pack);
  ~Matcher();
  Matcher(const Matcher&) = delete;
  Matcher& operator=(const Matcher&) = delete;

  // Signals that name this package; `*` at the end of a name in the data stands for anything.
  std::vector<std::uint32_t> dependency(std::string_view ecosystem, std::string_view name) const;
  // Signals that name this module or one above it (a.b for a.b.c).
  std::vector<std::uint32_t> import(std::string_view language, std::string_view module) const;
  std::vector<std::uint32_t> architecture(std::string_view name) const;

  // The first place of each pattern that is in the text, comments aside, ascending.
  std::vector<Match> code(std::string_view text, std::string_view language) const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace pandect::scan
