#include "script/machine.h"

#include <algorithm>
#include <charconv>
#include <clocale>
#include <cstdlib>

namespace pandect::script {
namespace {

constexpr int kInterval = 1000;               // steps between two looks at the budget
constexpr std::size_t kStackMargin = 5 * 16;  // slots at the end of a stack (lstate.h, EXTRA_STACK)
constexpr std::size_t kBytesPerStep = 64;     // what is made is paid for by its size
constexpr std::size_t kBytesPerSweep = 256;  // a collection forced by a full memory walks all of it

struct Place {
  std::size_t file = 0;
  int line = 0;
  std::size_t length = 0;  // of the prefix
};

// "#3:12: " at the front of a message of Lua.
std::optional<Place> place_of(std::string_view message) {
  Place place;
  if (message.empty() || message[0] != '#') return std::nullopt;
  const char* end = message.data() + message.size();
  const auto file = std::from_chars(message.data() + 1, end, place.file);
  if (file.ec != std::errc() || file.ptr == end || *file.ptr != ':') return std::nullopt;
  const auto line = std::from_chars(file.ptr + 1, end, place.line);
  if (line.ec != std::errc() || end - line.ptr < 2 || line.ptr[0] != ':' || line.ptr[1] != ' ')
    return std::nullopt;
  place.length = static_cast<std::size_t>(line.ptr + 2 - message.data());
  return place;
}

int on_error(lua_State* state) {
  // Only strings have a place yet: `error` of another value is told where it was raised.
  if (lua_type(state, 1) != LUA_TSTRING) return 1;
  std::size_t size = 0;
  const char* text = lua_tolstring(state, 1, &size);
  if (place_of({text, size})) return 1;
  luaL_where(state, 1);
  lua_pushvalue(state, 1);
  lua_concat(state, 2);
  return 1;
}

int run_body(lua_State* state) {
  const auto* body = static_cast<const std::function<void(lua_State*)>*>(lua_touserdata(state, 1));
  lua_settop(state, 0);
  (*body)(state);
  return 0;
}

std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
    digits.insert(static_cast<std::size_t>(at), ",");
  return digits;
}

}  // namespace

PlainLocale::PlainLocale()
    : plain_(newlocale(LC_ALL_MASK, "C", nullptr)), before_(uselocale(plain_)) {}

PlainLocale::~PlainLocale() {
  uselocale(before_);
  freelocale(plain_);
}

Machine::Machine(const Budgets& limits) : budgets(limits) {
  state = lua_newstate(&Machine::allocate, this);
  if (state == nullptr) {
    unusable.push_back({Level::error,
                        "script-budget",
                        {},
                        "the memory budget is too small for a sandbox",
                        "give it at least 1 MiB"});
    return;
  }
  *static_cast<Machine**>(lua_getextraspace(state)) = this;
  ready_ = true;
  lua_sethook(state, &Machine::count, LUA_MASKCOUNT, kInterval);
  protect([](lua_State* fresh) { open_library(fresh); }, unusable);
  steps = 0;
}

Machine::~Machine() {
  if (state == nullptr) return;
  ready_ = false;
  lua_close(state);
}

Machine& Machine::of(lua_State* state) {
  return **static_cast<Machine**>(lua_getextraspace(state));
}

Spent Machine::refusal(const void* block, std::size_t tag, std::size_t old_size,
                       std::size_t size) const {
  if (used_ - old_size + size > budgets.memory) return Spent::memory;
  if (!ready_) return Spent::none;
  if (steps > budgets.steps) return Spent::steps;
  if (block == nullptr && tag == LUA_TSTRING)
    return size > budgets.text + 64 ? Spent::text : Spent::none;
  if (tag == 0 && size == stack_size_ * 2 - kStackMargin)
    return size > budgets.stack ? Spent::stack : Spent::none;
  return size > budgets.block ? Spent::block : Spent::none;
}

// Lua calls this for every block; for a new one `old_size` says of what type (manual, lua_Alloc).
// A refusal makes Lua collect and ask once more, then raise LUA_ERRMEM.
void* Machine::allocate(void* self, void* block, std::size_t old_size, std::size_t size) {
  auto& machine = *static_cast<Machine*>(self);
  const std::size_t held = block != nullptr ? old_size : 0;
  if (size == 0) {
    if (block != nullptr && block == machine.stack_) {
      machine.stack_ = machine.last_;
      machine.stack_size_ = machine.last_size_;
    }
    std::free(block);
    machine.used_ -= held;
    return nullptr;
  }
  if (size > held) {
    const Spent why = machine.refusal(block, old_size, held, size);
    if (why != Spent::none) {
      machine.refused_ = why;
      machine.refused_at_ = machine.here();
      machine.steps += machine.used_ / kBytesPerSweep;
      return nullptr;
    }
    machine.steps += size / kBytesPerStep;
  }
  const bool fresh = block == nullptr;  // asked before: g++ 12 takes a later look for a use
  void* made = std::realloc(block, size);
  if (made == nullptr) {
    if (size <= held) return block;
    machine.refused_ = Spent::memory;
    return nullptr;
  }
  machine.used_ += size - held;
  // The second block that a new state asks for is its stack (lstate.c, stack_init). It grows into
  // a new block, twice as large, and frees the old one right after (ldo.c, luaD_reallocstack).
  if (fresh && old_size == 0) {
    machine.last_ = made;
    machine.last_size_ = size;
  }
  if (fresh && ++machine.births_ == 2) {
    machine.stack_ = made;
    machine.stack_size_ = size;
  }
  return made;
}

void Machine::count(lua_State* state, lua_Debug*) { of(state).charge_or_stop(kInterval); }

bool Machine::spend(std::uint64_t more) {
  steps += more;
  if (steps > budgets.steps && spent_ == Spent::none) {
    spent_ = Spent::steps;
    spent_at_ = here();
  }
  return spent_ == Spent::none;
}

void Machine::charge_or_stop(std::uint64_t more) {
  if (!spend(more)) stop(spent_);
}

void Machine::stop(Spent what) {
  if (spent_ == Spent::none) {
    spent_ = what;
    spent_at_ = here();
  }
  lua_sethook(state, &Machine::count, LUA_MASKCOUNT, 1);  // whatever still runs ends at once
  lua_pushlightuserdata(state, this);
  lua_error(state);
  __builtin_unreachable();  // lua_error does not return; a library must not know how to abort
}

void Machine::pass_on(int status) {
  if (status == LUA_OK) return;
  if (spent_ != Spent::none) stop(spent_);
  if (status == LUA_ERRMEM || status < 0) {
    spent_ = refused_ == Spent::none ? Spent::memory : refused_;
    spent_at_ = refused_at_;
    stop(spent_);
  }
}

Location Machine::here() const {
  lua_Debug frame;
  if (!ready_) return {};
  for (int level = 0; lua_getstack(state, level, &frame) != 0; ++level) {
    if (lua_getinfo(state, "Sl", &frame) == 0 || frame.currentline <= 0) continue;
    std::size_t file = 0;
    const std::string_view name = frame.source;  // "=#3"
    if (name.size() > 2) std::from_chars(name.data() + 2, name.data() + name.size(), file);
    return {file < files.size() ? files[file] : std::string(), frame.currentline, 0};
  }
  return {};
}

std::string Machine::readable(std::string_view message) const {
  const auto place = place_of(message);
  if (!place || place->file >= files.size()) return std::string(message);
  return files[place->file] + ":" + std::to_string(place->line) + ": " +
         std::string(message.substr(place->length));
}

void Machine::raise(Diagnostics problems) {
  for (auto& each : problems) {
    if (each.where.file.empty()) each.where = here();
  }
  raised_ = std::move(problems);
  luaL_where(state, 1);
  const std::string message = raised_.empty() ? "failed" : raised_.front().message;
  lua_pushlstring(state, message.data(), message.size());
  lua_concat(state, 2);
  raised_text_ = lua_tostring(state, -1);
  lua_error(state);
  __builtin_unreachable();  // lua_error does not return; a library must not know how to abort
}

Diagnostic Machine::budget_problem() const {
  Diagnostic problem{Level::error, "script-budget", spent_at_, {}, {}};
  switch (spent_) {
    case Spent::none:
    case Spent::steps:
      problem.message = "the step budget of " + grouped(budgets.steps) + " is used up here";
      problem.hint =
          "a script may not run on: make the loop or the texts smaller, or split the work";
      break;
    case Spent::memory:
      problem.message =
          "the memory budget of " + grouped(budgets.memory) + " bytes is used up here";
      problem.hint = "keep less at once";
      break;
    case Spent::block:
      problem.message =
          "a table grows beyond the budget of " + grouped(budgets.block) + " bytes here";
      problem.hint = "use several smaller tables";
      break;
    case Spent::text:
      problem.message =
          "a text grows beyond the budget of " + grouped(budgets.text) + " bytes here";
      problem.hint = "make it in parts";
      break;
    case Spent::stack:
      problem.message = "calls are nested too deeply here: the stack budget of " +
                        grouped(budgets.stack) + " bytes is used up";
      problem.hint = "end the recursion, or use a loop";
      break;
  }
  return problem;
}

Diagnostic Machine::problem_of(int status) {
  if (spent_ == Spent::none && (status == LUA_ERRMEM || status < 0)) {
    spent_ = refused_ == Spent::none ? Spent::memory : refused_;
    spent_at_ = refused_at_;
  }
  if (spent_ != Spent::none) return budget_problem();
  Diagnostic problem{
      Level::error, status == LUA_ERRSYNTAX ? "script-syntax" : "script", {}, {}, {}};
  std::size_t size = 0;
  const char* text = lua_type(state, -1) == LUA_TSTRING ? lua_tolstring(state, -1, &size) : nullptr;
  if (text == nullptr) {
    problem.message = "the script raised an error that is " +
                      std::string(luaL_typename(state, -1)) + ", not a text";
    return problem;
  }
  std::string_view message{text, size};
  if (const auto place = place_of(message)) {
    if (place->file < files.size()) problem.where = {files[place->file], place->line, 0};
    message.remove_prefix(place->length);
  }
  problem.message = message;
  return problem;
}

bool Machine::protect(const std::function<void(lua_State*)>& body, Diagnostics& problems) {
  if (state == nullptr) {
    problems.insert(problems.end(), unusable.begin(), unusable.end());
    return false;
  }
  if (spent_ != Spent::none) {
    problems.push_back(budget_problem());
    return false;
  }
  const PlainLocale plain;
  const int top = lua_gettop(state);
  if (lua_checkstack(state, 8) == 0) {
    problems.push_back(
        {Level::error, "script-budget", here(), "calls are nested too deeply here", ""});
    return false;
  }
  lua_pushcfunction(state, &on_error);
  lua_pushcfunction(state, &run_body);
  lua_pushlightuserdata(state, const_cast<void*>(static_cast<const void*>(&body)));
  const int status = lua_pcall(state, 1, 0, top + 1);
  if (status != LUA_OK) {
    const char* text = lua_type(state, -1) == LUA_TSTRING ? lua_tostring(state, -1) : nullptr;
    if (spent_ == Spent::none && status == LUA_ERRRUN && text != nullptr && !raised_.empty() &&
        raised_text_ == text) {
      problems.insert(problems.end(), raised_.begin(), raised_.end());
    } else {
      problems.push_back(problem_of(status));
    }
    raised_.clear();
  }
  lua_settop(state, top);
  return status == LUA_OK;
}

}  // namespace pandect::script
