// Runs the .lua files of one pack in one fresh sandbox and reads what they state as if it stood in
// YAML: `concept{...}` and its like take the same words, and every node keeps its place. Knows the
// words; the sandbox knows the budgets.
#pragma once

#include "packs/draft.h"

#include <functional>
#include <memory>
#include <string>

namespace pandect {

// Reads a file below data/ of a pack. A message of an error continues "`data/NAME` ...".
using DataReader = std::function<Result<std::string>(const std::string& name)>;

class LuaPack {
 public:
  LuaPack(std::string folder, DataReader data);
  ~LuaPack();
  LuaPack(const LuaPack&) = delete;
  LuaPack& operator=(const LuaPack&) = delete;

  // Files run in the order of the calls and share their globals.
  void run(const std::string& name, std::string text, PackDraft& draft, Diagnostics& problems);

 private:
  struct State;
  std::shared_ptr<State> state_;  // predicates keep it alive
};

}  // namespace pandect
