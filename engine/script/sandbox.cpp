#include "script/sandbox.h"

#include "base/names.h"
#include "script/machine.h"

namespace pandect::script {
namespace {

Diagnostic refused(const std::string& name, std::string_view text, std::size_t offset,
                   std::string code, std::string message, std::string hint) {
  int line = offset == std::string_view::npos ? 0 : 1;
  if (line > 0) {
    for (const char c : text.substr(0, offset)) line += c == '\n' ? 1 : 0;
  }
  return {Level::error, std::move(code), {name, line, 0}, std::move(message), std::move(hint)};
}

// What no script may be, before Lua sees it.
std::optional<Diagnostic> refusal(const Budgets& budgets, const std::string& name,
                                  std::string_view text) {
  constexpr auto kWhole = std::string_view::npos;
  if (text.size() > budgets.source) {
    return refused(name, text, kWhole, "too-large",
                   "the script has " + std::to_string(text.size()) + " bytes; at most " +
                       std::to_string(budgets.source) + " are read",
                   "split it");
  }
  if (text.starts_with('\x1b'))
    return refused(name, text, kWhole, "script-bytecode", "this is Lua bytecode",
                   "only Lua source is read");
  if (const auto zero = text.find('\0'); zero != kWhole)
    return refused(name, text, zero, "binary", "this is a binary file, not Lua",
                   "check that it is the file you meant");
  if (const auto bad = invalid_utf8_at(text); bad != kWhole)
    return refused(name, text, bad, "encoding", "this byte is not valid UTF-8",
                   "save the file as UTF-8");
  // Lua 5.4.4 can compile wrong code for a constant _ENV; nothing here needs the name.
  if (const auto at = text.find("_ENV"); at != kWhole)
    return refused(name, text, at, "script-name", "`_ENV` may not stand in a script",
                   "use globals or locals");
  return std::nullopt;
}

struct Source {
  std::string_view text;
  static const char* read(lua_State*, void* self, std::size_t* size) {
    auto& source = *static_cast<Source*>(self);
    *size = source.text.size();
    const char* data = source.text.data();
    source.text = {};
    return *size == 0 ? nullptr : data;
  }
};

}  // namespace

const Value& Call::argument(std::size_t index) const {
  static const Value nothing;
  return index < arguments.size() ? arguments[index] : nothing;
}

Sandbox::Sandbox(const Budgets& budgets) : machine_(std::make_unique<Machine>(budgets)) {
  machine_->owner = this;
}
Sandbox::~Sandbox() = default;
Sandbox::Sandbox(Sandbox&& other) noexcept : machine_(std::move(other.machine_)) {
  machine_->owner = this;
}
Sandbox& Sandbox::operator=(Sandbox&& other) noexcept {
  machine_ = std::move(other.machine_);
  machine_->owner = this;
  return *this;
}

void Sandbox::define(const std::string& name, HostFunction function) {
  machine_->functions.push_back(std::move(function));
  machine_->protect(
      [&](lua_State* state) {
        lua_pushlightuserdata(state, &machine_->functions.back());
        lua_pushcclosure(state, &call_host, 1);
        define_word(state, name);
      },
      machine_->unusable);
}

void Sandbox::define(const std::string& name, Value value) {
  machine_->protect(
      [&](lua_State* state) {
        push_value(state, value);
        define_word(state, name);
      },
      machine_->unusable);
}

Result<Value> Sandbox::run(const std::string& name, std::string_view text) {
  if (!machine_->unusable.empty()) return machine_->unusable;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (auto problem = refusal(machine_->budgets, name, text)) return *std::move(problem);
  machine_->files.push_back(name);
  const std::string chunk = "=#" + std::to_string(machine_->files.size() - 1);
  Diagnostics problems;
  Value value;
  Source source{text};
  machine_->protect(
      [&](lua_State* state) {
        machine_->charge_or_stop(text.size() / 4);
        const int status = lua_load(state, &Source::read, &source, chunk.c_str(), "t");
        machine_->pass_on(status);
        if (status != LUA_OK) lua_error(state);
        lua_call(state, 0, 1);
        value = to_value(state, -1);
      },
      problems);
  for (auto& each : problems) {
    if (each.where.file.empty()) each.where = {name, 0, 0};
  }
  if (!problems.empty()) return problems;
  return value;
}

Result<Value> Sandbox::call(const Value& function, const std::vector<Value>& arguments) {
  Diagnostics problems;
  Value value;
  machine_->protect(
      [&](lua_State* state) {
        push_value(state, function);
        luaL_checktype(state, -1, LUA_TFUNCTION);
        luaL_checkstack(state, static_cast<int>(std::min<std::size_t>(arguments.size(), 10'000)),
                        "too many arguments");
        for (const auto& each : arguments) push_value(state, each);
        lua_call(state, static_cast<int>(arguments.size()), 1);
        value = to_value(state, -1);
      },
      problems);
  if (!problems.empty()) return problems;
  return value;
}

Result<Value> Sandbox::call(std::string_view global, const std::vector<Value>& arguments) {
  Diagnostics problems;
  Value function;
  machine_->protect(
      [&](lua_State* state) {
        lua_pushglobaltable(state);
        lua_pushlstring(state, global.data(), global.size());
        if (lua_rawget(state, -2) == LUA_TFUNCTION) function = to_value(state, -1);
      },
      problems);
  if (!problems.empty()) return problems;
  if (!function.is(Value::Kind::function)) {
    return Diagnostic{Level::error,
                      "script-name",
                      {machine_->files.empty() ? std::string() : machine_->files.back(), 0, 0},
                      "the script has no function `" + std::string(global) + "`",
                      "write function " + std::string(global) + "(...) ... end"};
  }
  auto result = call(function, arguments);
  luaL_unref(machine_->state, LUA_REGISTRYINDEX, static_cast<int>(function.integer));
  return result;
}

bool Sandbox::has_function(std::string_view global) {
  Diagnostics problems;
  bool found = false;
  machine_->protect(
      [&](lua_State* state) {
        lua_pushglobaltable(state);
        lua_pushlstring(state, global.data(), global.size());
        found = lua_rawget(state, -2) == LUA_TFUNCTION;
      },
      problems);
  return found;
}

bool Sandbox::exhausted() const { return machine_->exhausted(); }
std::uint64_t Sandbox::steps_used() const { return machine_->steps; }
bool Sandbox::charge(std::uint64_t steps) { return machine_->spend(steps); }

}  // namespace pandect::script
