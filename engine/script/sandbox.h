// Runs Lua 5.4 that nobody trusts. One Sandbox is one fresh state: no files, clock, chance,
// bytecode, metatables, coroutines or debug library; what there is stands in library.cpp and
// README.md. Steps, memory, the longest text and the deepest nesting are budgets; a script that
// uses one up is stopped for good, whatever it catches. The same texts give the same results on
// every machine. Knows budgets and the allow-list; knows nothing of packs or plugins. Not for two
// threads at once.
#pragma once

#include "script/value.h"

#include "pandect/result.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace pandect::script {

struct Budgets {
  std::uint64_t steps = 5'000'000;         // of the machine, over the life of the sandbox
  std::size_t memory = 64u * 1024 * 1024;  // bytes held at once
  std::size_t block = 2u * 1024 * 1024;    // bytes of one table's array or hash part
  std::size_t text = 256u * 1024;          // bytes of one text made by a script
  std::size_t stack = 256u * 1024;         // bytes of the stack: depth of calls
  std::size_t source = 256u * 1024;        // bytes of one script
  std::size_t crossing_values = 200'000;   // values in one crossing of the border
  int crossing_depth = 32;
};

class Machine;
class Sandbox;

// A call of a host function by a script.
struct Call {
  Sandbox& sandbox;  // to call back functions that were handed over
  std::vector<Value> arguments;
  Location where;  // file and line of the calling statement

  const Value& argument(std::size_t index) const;  // nil where there is none
};

// Errors stop the script at the call, unless it catches them. A place that is left empty becomes
// that of the call.
using HostFunction = std::function<Result<Value>(Call&)>;

class Sandbox {
 public:
  explicit Sandbox(const Budgets& budgets = {});
  ~Sandbox();
  Sandbox(Sandbox&&) noexcept;
  Sandbox& operator=(Sandbox&&) noexcept;

  // Makes `name` ("probe" or "files.read": one dot at most) a function or value of the sandbox that
  // scripts cannot replace. Before the first run.
  void define(const std::string& name, HostFunction function);
  void define(const std::string& name, Value value);

  // Runs a script; `name` is its file as printed in messages. What it returns (the first value).
  Result<Value> run(const std::string& name, std::string_view text);

  // Calls a global function, or one that was handed over as a Value.
  Result<Value> call(std::string_view global, const std::vector<Value>& arguments);
  Result<Value> call(const Value& function, const std::vector<Value>& arguments);
  bool has_function(std::string_view global);

  // A budget is used up: nothing more will run.
  bool exhausted() const;
  std::uint64_t steps_used() const;
  // For work that the host does on a script's behalf; false once the budget is used up.
  bool charge(std::uint64_t steps);

 private:
  std::unique_ptr<Machine> machine_;
};

}  // namespace pandect::script
