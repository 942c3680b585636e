// Tries a plugin: on the examples beside it (examples.json) and on input that nobody meant. Each
// trial runs in a process of its own, so that one that crashes or never ends is a result like any
// other.
#pragma once

#include <string>
#include <vector>

namespace pandect::plugins {

struct Trial {
  std::string what;
  bool passed = false;
  std::string detail;       // why not
  bool is_example = false;  // else conformance
};

// `path` as load_plugin takes it; examples are those of its folder, none if there is no
// examples.json. Needs a process of one thread.
std::vector<Trial> try_plugin(const std::string& path);

}  // namespace pandect::plugins
