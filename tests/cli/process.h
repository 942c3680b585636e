// Runs the built program as a user does: arguments, standard input, environment; captures both
// outputs.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace pandect::testing {

struct Ran {
  int status = -1;
  std::string out, err;
};

Ran run(const std::vector<std::string>& arguments, const std::string& input = {},
        const std::vector<std::pair<std::string, std::string>>& environment = {});

// A folder of its own that goes away at the end.
class Scratch {
 public:
  Scratch();
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  std::string path(const std::string& name) const { return folder_ + "/" + name; }
  std::string write(const std::string& name, const std::string& text) const;

 private:
  std::string folder_;
};

}  // namespace pandect::testing
