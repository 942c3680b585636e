// Runs the .lua files of one pack in one fresh sandbox and reads what they state as if it stood in
// YAML: `concept{...}` and its like take the same words, and every node keeps its place. Knows the
// words; the sandbox knows the budgets.
#pragma once

#include "packs/draft.h"

#include <functional>
#include <memory>
#include <string>

namespace pandect {

// The text of a file below data/ by its name there.
using DataSource = std::function<Result<std::string>(const std::string&)>;

// The folder data/ of a pack; links that leave it are refused.
DataSource data_below(const std::string& folder);

class LuaPack {
 public:
  // `folder` is what messages print before the names of data.
  LuaPack(std::string folder, DataSource data);
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
