// Looks for any of several patterns in texts; RE2 only, so that no pattern and no text can make it
// slow. Shared by the probes that look for words.
#pragma once

#include "plugins/probe.h"

#include <memory>
#include <string>
#include <vector>

namespace pandect::plugins {

class Patterns {
 public:
  // Problems name the pattern that RE2 does not take.
  static Result<Patterns> compile(const std::vector<std::string>& patterns);

  // Adds a sighting for each line that matches, at most `most` in all; the number of lines found.
  std::size_t find(const std::string& path, std::string_view text, std::size_t most,
                   std::vector<Sighting>& seen) const;

 private:
  struct Compiled;
  std::shared_ptr<const Compiled> compiled_;
};

}  // namespace pandect::plugins
