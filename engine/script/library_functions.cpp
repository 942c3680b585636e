// Functions of the allow-list that Lua has otherwise, or not at all: what depends on addresses,
// seeds or chance goes by the order of keys, and what costs more than its steps is charged.
#include "script/library.h"

#include <algorithm>
#include <cmath>

namespace pandect::script {

namespace {

// What `pcall` and `xpcall` share: a budget that is used up is no error that a script may catch.
int protected_call(lua_State* state, int arguments) {
  Machine& machine = Machine::of(state);
  const int status = lua_pcall(state, arguments, LUA_MULTRET, 0);
  machine.pass_on(status);
  if (status == LUA_OK) return LUA_OK;
  if (lua_type(state, -1) == LUA_TSTRING) {
    const std::string message = machine.readable(lua_tostring(state, -1));
    lua_pop(state, 1);
    lua_pushlstring(state, message.data(), message.size());
  }
  return status;
}

}  // namespace

int base_pcall(lua_State* state) {
  luaL_checkany(state, 1);
  const int status = protected_call(state, lua_gettop(state) - 1);
  lua_pushboolean(state, status == LUA_OK ? 1 : 0);
  lua_insert(state, 1);
  return lua_gettop(state);
}

// The handler runs after the stack is unwound: within the error itself Lua runs no count hook.
int base_xpcall(lua_State* state) {
  luaL_checktype(state, 2, LUA_TFUNCTION);
  lua_pushvalue(state, 2);
  lua_insert(state, 1);
  lua_remove(state, 3);  // handler, function, arguments
  const int status = protected_call(state, lua_gettop(state) - 2);
  if (status != LUA_OK) {
    lua_pushvalue(state, 1);
    lua_insert(state, -2);
    lua_call(state, 1, LUA_MULTRET);
  }
  lua_pushboolean(state, status == LUA_OK ? 1 : 0);
  lua_replace(state, 1);
  return lua_gettop(state);
}

int base_tostring(lua_State* state) {
  luaL_checkany(state, 1);
  push_text(state, 1);
  return 1;
}

namespace {

struct Key {  // orders the keys of a table: numbers, texts, false, true
  int rank = 0;
  lua_Integer integer = 0;
  double number = 0;
  std::string_view text;

  bool operator<(const Key& other) const {
    if (rank != other.rank) return rank < other.rank;
    if (rank == 1) return text < other.text;
    if (number != other.number) return number < other.number;
    return integer < other.integer;
  }
};

Key key_at(lua_State* state, int index) {
  Key key;
  switch (lua_type(state, index)) {
    case LUA_TNUMBER:
      key.number = lua_tonumber(state, index);
      if (lua_isinteger(state, index) != 0) key.integer = lua_tointeger(state, index);
      return key;
    case LUA_TSTRING: {
      std::size_t size = 0;
      const char* text = lua_tolstring(state, index, &size);
      key.rank = 1;
      key.text = {text, size};
      return key;
    }
    case LUA_TBOOLEAN:
      key.rank = 2;
      key.number = lua_toboolean(state, index);
      return key;
    default:
      luaL_error(state, "a table with keys that are %ss cannot be walked: they have no order",
                 luaL_typename(state, index));
      return key;
  }
}

void push_key(lua_State* state, const Key& key) {
  if (key.rank == 1) {
    lua_pushlstring(state, key.text.data(), key.text.size());
  } else if (key.rank == 2) {
    lua_pushboolean(state, key.number != 0 ? 1 : 0);
  } else if (key.number == static_cast<double>(key.integer)) {
    lua_pushinteger(state, key.integer);
  } else {
    lua_pushnumber(state, key.number);
  }
}

int pairs_step(lua_State* state) {
  Machine& machine = Machine::of(state);
  lua_Integer at = lua_tointeger(state, lua_upvalueindex(2));
  while (true) {
    machine.charge_or_stop(1);
    if (lua_rawgeti(state, lua_upvalueindex(1), ++at) == LUA_TNIL) return 1;
    lua_pushvalue(state, -1);
    if (lua_rawget(state, lua_upvalueindex(3)) != LUA_TNIL) break;
    lua_pop(state, 2);  // removed during the walk
  }
  lua_pushinteger(state, at);
  lua_replace(state, lua_upvalueindex(2));
  return 2;
}

}  // namespace

// In the order of the keys, which Lua's own would leave to hash seed and addresses.
int base_pairs(lua_State* state) {
  luaL_checktype(state, 1, LUA_TTABLE);
  lua_settop(state, 1);
  Machine& machine = Machine::of(state);
  std::vector<Key> keys;
  for (lua_pushnil(state); lua_next(state, 1) != 0; lua_pop(state, 1)) {
    machine.charge_or_stop(2);
    keys.push_back(key_at(state, -2));
  }
  std::sort(keys.begin(), keys.end());
  lua_createtable(state, static_cast<int>(keys.size()), 0);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    push_key(state, keys[i]);
    lua_rawseti(state, 2, static_cast<lua_Integer>(i) + 1);
  }
  lua_pushinteger(state, 0);
  lua_pushvalue(state, 1);
  lua_pushcclosure(state, &pairs_step, 3);
  lua_pushvalue(state, 1);
  lua_pushnil(state);
  return 3;
}

int base_next(lua_State* state) {
  luaL_checktype(state, 1, LUA_TTABLE);
  lua_settop(state, 2);
  Machine& machine = Machine::of(state);
  const bool first = lua_isnil(state, 2);
  const Key after = first ? Key{} : key_at(state, 2);
  std::optional<Key> best;
  for (lua_pushnil(state); lua_next(state, 1) != 0; lua_pop(state, 1)) {
    machine.charge_or_stop(1);
    const Key key = key_at(state, -2);
    if (!first && !(after < key)) continue;
    if (!best || key < *best) best = key;
  }
  if (!best) {
    lua_pushnil(state);
    return 1;
  }
  push_key(state, *best);
  lua_pushvalue(state, -1);
  lua_rawget(state, 1);
  return 2;
}

// The function itself is upvalue 1; it finds its arguments where it expects them.
int charged(lua_State* state) {
  std::uint64_t size = 0;
  const int count = lua_gettop(state);
  for (int i = 1; i <= count; ++i) {
    const int type = lua_type(state, i);
    if (type == LUA_TSTRING || type == LUA_TTABLE) size += lua_rawlen(state, i);
  }
  Machine::of(state).charge_or_stop(size / 8 + static_cast<std::uint64_t>(count) / 4);
  return lua_tocfunction(state, lua_upvalueindex(1))(state);
}

// Upvalue 1 is Lua's own.
int utf8_codepoint(lua_State* state) {
  std::size_t size = 0;
  luaL_checklstring(state, 1, &size);
  const auto from_front = [size](lua_Integer at) {
    return at < 0 ? static_cast<lua_Integer>(size) + at + 1 : at;
  };
  const lua_Integer first = from_front(luaL_optinteger(state, 2, 1));
  const lua_Integer last = from_front(luaL_optinteger(state, 3, first));
  if (first > 0 && last <= static_cast<lua_Integer>(size) && last - first >= kMostResults)
    return luaL_error(state, "too many results: at most %d", kMostResults);
  return charged(state);
}

int table_unpack(lua_State* state) {
  constexpr lua_Unsigned kMost = kMostResults;
  luaL_checktype(state, 1, LUA_TTABLE);
  const lua_Integer first = luaL_optinteger(state, 2, 1);
  const lua_Integer last =
      luaL_opt(state, luaL_checkinteger, 3, static_cast<lua_Integer>(lua_rawlen(state, 1)));
  if (first > last) return 0;
  const lua_Unsigned count = static_cast<lua_Unsigned>(last) - static_cast<lua_Unsigned>(first);
  if (count >= kMost)
    return luaL_error(state, "too many results to unpack: at most %d", static_cast<int>(kMost));
  Machine::of(state).charge_or_stop(count);
  luaL_checkstack(state, static_cast<int>(count) + 1, "too many results to unpack");
  for (lua_Unsigned i = 0; i <= count; ++i)
    lua_rawgeti(state, 1, static_cast<lua_Integer>(static_cast<lua_Unsigned>(first) + i));
  return static_cast<int>(count) + 1;
}

// Stable, so that equal elements keep their order; any answer of the comparison ends it.
int table_sort(lua_State* state) {
  luaL_checktype(state, 1, LUA_TTABLE);
  const bool compared = !lua_isnoneornil(state, 2);
  if (compared) luaL_checktype(state, 2, LUA_TFUNCTION);
  lua_settop(state, 2);
  Machine& machine = Machine::of(state);
  const std::size_t count = lua_rawlen(state, 1);
  machine.charge_or_stop(count);
  lua_createtable(state, static_cast<int>(count), 0);  // 3: the elements as they were
  std::vector<lua_Integer> order(count), merged(count);
  for (std::size_t i = 0; i < count; ++i) {
    order[i] = static_cast<lua_Integer>(i) + 1;
    lua_rawgeti(state, 1, order[i]);
    lua_rawseti(state, 3, order[i]);
  }
  const auto less = [&](lua_Integer a, lua_Integer b) {
    machine.charge_or_stop(1);
    if (!compared) {
      lua_rawgeti(state, 3, a);
      lua_rawgeti(state, 3, b);
      const bool result = lua_compare(state, -2, -1, LUA_OPLT) != 0;
      lua_pop(state, 2);
      return result;
    }
    lua_pushvalue(state, 2);
    lua_rawgeti(state, 3, a);
    lua_rawgeti(state, 3, b);
    lua_call(state, 2, 1);
    const bool result = lua_toboolean(state, -1) != 0;
    lua_pop(state, 1);
    return result;
  };
  for (std::size_t width = 1; width < count; width *= 2) {
    for (std::size_t low = 0; low < count; low += 2 * width) {
      const std::size_t middle = std::min(low + width, count),
                        high = std::min(low + 2 * width, count);
      std::size_t left = low, right = middle;
      for (std::size_t at = low; at < high; ++at) {
        const bool take_right = right < high && (left == middle || less(order[right], order[left]));
        merged[at] = take_right ? order[right++] : order[left++];
      }
    }
    order.swap(merged);
  }
  for (std::size_t i = 0; i < count; ++i) {
    lua_rawgeti(state, 3, order[i]);
    lua_rawseti(state, 1, static_cast<lua_Integer>(i) + 1);
  }
  return 0;
}

}  // namespace pandect::script
