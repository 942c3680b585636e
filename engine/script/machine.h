// The Lua state behind a Sandbox: allocator, step counter, protected calls, errors with a place.
// Within the room only.
#pragma once

#include "script/sandbox.h"

#include <deque>
#include <optional>
#include <set>

#include <lua.hpp>

namespace pandect::script {

enum class Spent : std::uint8_t { none, steps, memory, block, text, stack };

class Machine {
 public:
  explicit Machine(const Budgets& budgets);
  ~Machine();
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;

  static Machine& of(lua_State* state);

  // Runs `body` under protection; false and the diagnostics of why not.
  bool protect(const std::function<void(lua_State*)>& body, Diagnostics& problems);

  // Within a call by a script; these raise a Lua error that no script can catch for good.
  void charge_or_stop(std::uint64_t steps);
  [[noreturn]] void stop(Spent what);
  // Within pcall: a status that a script may not see.
  void pass_on(int status);

  bool spend(std::uint64_t steps);
  bool exhausted() const { return spent_ != Spent::none; }
  // Place of the statement that runs now; 0 if none does.
  Location here() const;
  // "#3:12: message" with the name of the file in the place of its number.
  std::string readable(std::string_view message) const;
  // Raises the problems of a host function at the call.
  [[noreturn]] void raise(Diagnostics problems);

  lua_State* state = nullptr;
  Sandbox* owner = nullptr;
  const Budgets budgets;
  std::uint64_t steps = 0;
  std::deque<std::string> files;  // by the number that chunks carry
  std::deque<HostFunction> functions;
  Diagnostics unusable;  // why the state could not be made

 private:
  static void* allocate(void* self, void* block, std::size_t old_size, std::size_t size);
  static void count(lua_State* state, lua_Debug* event);
  Spent refusal(const void* block, std::size_t tag, std::size_t old_size, std::size_t size) const;
  Diagnostic problem_of(int status);
  Diagnostic budget_problem() const;

  std::size_t used_ = 0;
  std::size_t births_ = 0;
  const void* stack_ = nullptr;  // the block that holds the stack
  const void* last_ = nullptr;   // the last block without a type
  std::size_t stack_size_ = 0, last_size_ = 0;
  bool ready_ = false;
  Spent spent_ = Spent::none;
  Spent refused_ = Spent::none;
  Location spent_at_, refused_at_;
  Diagnostics raised_;  // of the last host function that failed
  std::string raised_text_;
};

// Lua reads numbers, orders texts and classifies letters by the locale of the thread.
class PlainLocale {
 public:
  PlainLocale();
  ~PlainLocale();
  PlainLocale(const PlainLocale&) = delete;
  PlainLocale& operator=(const PlainLocale&) = delete;

 private:
  locale_t plain_, before_;
};

inline constexpr int kMostResults = 4096;  // of one call: results are copied without a step

// Fills the globals with the allow-list. Called once, under protection.
void open_library(lua_State* state);
void push_string_library(lua_State* state);  // library_text.cpp

// Copies; these raise Lua errors for what may not cross.
Value to_value(lua_State* state, int index);
void push_value(lua_State* state, const Value& value);
// Text of a value without addresses.
void push_text(lua_State* state, int index);

// Adds to the words that no script can replace. The value is on the top of the stack.
void define_word(lua_State* state, const std::string& name);
int call_host(lua_State* state);

}  // namespace pandect::script
