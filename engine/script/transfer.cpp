// Copies values over the border.
#include "script/machine.h"

#include <cmath>

namespace pandect::script {
namespace {

class Reader {
 public:
  explicit Reader(lua_State* state) : state_(state), machine_(Machine::of(state)) {}

  Value read(int index, int depth) {
    if (++count_ > machine_.budgets.crossing_values)
      fail("more than " + std::to_string(machine_.budgets.crossing_values) + " values");
    machine_.charge_or_stop(1);
    switch (lua_type(state_, index)) {
      case LUA_TNIL:
        return {};
      case LUA_TBOOLEAN:
        return Value::of(lua_toboolean(state_, index) != 0);
      case LUA_TNUMBER:
        return number(index);
      case LUA_TSTRING: {
        std::size_t size = 0;
        const char* text = lua_tolstring(state_, index, &size);
        return Value::of(std::string(text, size));
      }
      case LUA_TTABLE:
        return table(lua_absindex(state_, index), depth);
      case LUA_TFUNCTION: {
        Value value;
        value.kind = Value::Kind::function;
        lua_pushvalue(state_, index);
        value.integer = luaL_ref(state_, LUA_REGISTRYINDEX);
        return value;
      }
      default:
        fail(std::string("a ") + luaL_typename(state_, index));
    }
  }

 private:
  [[noreturn]] void fail(const std::string& what) {
    std::string path;
    for (const auto& each : path_) path += (path.empty() ? "" : ".") + each;
    if (path.size() > 200) path.resize(200);
    Machine::of(state_).raise(
        {{Level::error,
          "script-value",
          {},
          (path.empty() ? "" : "`" + path + "`: ") + what + " cannot be handed over",
          "hand over texts, numbers, true, false, lists and maps"}});
  }

  Value number(int index) {
    if (lua_isinteger(state_, index) != 0)
      return Value::of(static_cast<std::int64_t>(lua_tointeger(state_, index)));
    const double value = lua_tonumber(state_, index);
    if (!std::isfinite(value)) fail("a number that is not finite");
    return Value::of(value);
  }

  Value table(int index, int depth) {
    if (depth >= machine_.budgets.crossing_depth)
      fail("a table nested deeper than " + std::to_string(machine_.budgets.crossing_depth) +
           " levels (or within itself)");
    if (lua_checkstack(state_, 8) == 0) fail("a table nested too deeply");
    std::int64_t highest = 0, count = 0;
    bool named = false;
    Value result = Value::list();
    for (lua_pushnil(state_); lua_next(state_, index) != 0; lua_pop(state_, 1)) {
      if (lua_isinteger(state_, -2) != 0) {
        highest = std::max(highest, static_cast<std::int64_t>(lua_tointeger(state_, -2)));
        if (lua_tointeger(state_, -2) < 1)
          fail("a table with the key " + std::to_string(lua_tointeger(state_, -2)));
        ++count;
      } else if (lua_type(state_, -2) == LUA_TSTRING) {
        named = true;
      } else {
        fail(std::string("a table with a key that is a ") + luaL_typename(state_, -2));
      }
      if (named && count > 0) fail("a table that is both a list and a map");
    }
    if (highest != count) fail("a list with holes");
    return named ? map(index, depth) : list(index, count, depth);
  }

  Value list(int index, std::int64_t count, int depth) {
    Value result = Value::list();
    for (std::int64_t i = 1; i <= count; ++i) {
      path_.push_back(std::to_string(i));
      lua_rawgeti(state_, index, i);
      result.items.push_back(read(-1, depth + 1));
      lua_pop(state_, 1);
      path_.pop_back();
    }
    return result;
  }

  Value map(int index, int depth) {
    std::vector<Entry> entries;
    for (lua_pushnil(state_); lua_next(state_, index) != 0; lua_pop(state_, 1)) {
      std::size_t size = 0;
      const char* key = lua_tolstring(state_, -2, &size);
      entries.push_back({std::string(key, size), {}});
    }
    std::sort(entries.begin(), entries.end(),
              [](const Entry& a, const Entry& b) { return a.key < b.key; });
    for (auto& [key, value] : entries) {
      path_.push_back(key);
      lua_pushlstring(state_, key.data(), key.size());
      lua_rawget(state_, index);
      value = read(-1, depth + 1);
      lua_pop(state_, 1);
      path_.pop_back();
    }
    Value result = Value::map();
    result.entries = std::move(entries);
    return result;
  }

  lua_State* state_;
  Machine& machine_;
  std::size_t count_ = 0;
  std::vector<std::string> path_;
};

void push(lua_State* state, const Value& value, int depth) {
  Machine& machine = Machine::of(state);
  machine.charge_or_stop(1);
  if (depth > machine.budgets.crossing_depth) luaL_error(state, "the value is nested too deeply");
  luaL_checkstack(state, 4, "the value is nested too deeply");
  switch (value.kind) {
    case Value::Kind::nil:
      return lua_pushnil(state);
    case Value::Kind::boolean:
      return lua_pushboolean(state, value.boolean ? 1 : 0);
    case Value::Kind::integer:
      return lua_pushinteger(state, value.integer);
    case Value::Kind::number:
      return lua_pushnumber(state, value.number);
    case Value::Kind::text:
      lua_pushlstring(state, value.text.data(), value.text.size());
      return;
    case Value::Kind::list:
      lua_createtable(state, static_cast<int>(std::min<std::size_t>(value.items.size(), 1u << 20)),
                      0);
      for (std::size_t i = 0; i < value.items.size(); ++i) {
        push(state, value.items[i], depth + 1);
        lua_rawseti(state, -2, static_cast<lua_Integer>(i) + 1);
      }
      return;
    case Value::Kind::map:
      lua_createtable(state, 0,
                      static_cast<int>(std::min<std::size_t>(value.entries.size(), 1u << 20)));
      for (const auto& [key, item] : value.entries) {
        lua_pushlstring(state, key.data(), key.size());
        push(state, item, depth + 1);
        lua_rawset(state, -3);
      }
      return;
    case Value::Kind::function:
      lua_rawgeti(state, LUA_REGISTRYINDEX, value.integer);
      if (!lua_isfunction(state, -1)) luaL_error(state, "the function is of another sandbox");
      return;
  }
}

}  // namespace

Value to_value(lua_State* state, int index) { return Reader(state).read(index, 0); }

void push_value(lua_State* state, const Value& value) { push(state, value, 0); }

int call_host(lua_State* state) {
  Machine& machine = Machine::of(state);
  const auto* function =
      static_cast<const HostFunction*>(lua_touserdata(state, lua_upvalueindex(1)));
  Call call{*machine.owner, {}, machine.here()};
  const int count = lua_gettop(state);
  for (int i = 1; i <= count; ++i) call.arguments.push_back(to_value(state, i));
  Diagnostics problems;
  Value value;
  try {  // Lua's own exceptions do not pass here: the host reaches scripts through protect()
    auto result = (*function)(call);
    if (result) {
      value = std::move(*result);
    } else {
      problems = result.errors();
    }
  } catch (const std::exception& error) {
    problems.push_back({Level::error, "script-host", {}, error.what(), ""});
  }
  if (machine.exhausted()) machine.stop(Spent::steps);
  if (!problems.empty()) machine.raise(std::move(problems));
  push_value(state, value);
  return 1;
}

}  // namespace pandect::script
