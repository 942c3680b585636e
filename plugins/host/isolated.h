// Runs work in a process of its own with a limit of time.
#pragma once

#include <functional>
#include <string>

namespace pandect::plugins {

struct Isolated {
  bool passed = false;
  std::string said;  // what the work returned, or how it died
};

// `work` returns an empty text if all is well, else what is wrong.
Isolated isolated(const std::function<std::string()>& work, unsigned seconds);

}  // namespace pandect::plugins
