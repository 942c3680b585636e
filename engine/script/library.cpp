// The allow-list: what a script finds, name by name. Functions of Lua whose cost does not show in
// steps are charged by the size of what they are given; those that show addresses, chance or the
// order of a hash table are replaced.
#include "base/names.h"
#include "script/machine.h"

#include <algorithm>
#include <cmath>

namespace pandect::script {
namespace {

constexpr const char* kWords = "pandect.words";  // registry: the table behind the globals

// --- base ---------------------------------------------------------------------------------------

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

// --- functions of Lua, charged
// --------------------------------------------------------------------

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

// --- names that nobody can replace
// ----------------------------------------------------------------

const char* const kAbsent[] = {
    "collectgarbage", "coroutine",  "debug",   "dofile",       "getmetatable", "io",       "load",
    "loadfile",       "loadstring", "os",      "package",      "print",        "rawequal", "rawget",
    "rawlen",         "rawset",     "require", "setmetatable", "warn"};

void collect_names(lua_State* state, int table, std::vector<std::string>& names) {
  table = lua_absindex(state, table);
  for (lua_pushnil(state); lua_next(state, table) != 0; lua_pop(state, 1)) {
    Machine::of(state).charge_or_stop(1);
    if (lua_type(state, -2) == LUA_TSTRING && names.size() < 1000)
      names.emplace_back(lua_tostring(state, -2));
  }
}

// __index of the words: upvalue 1 is the name of the library, "" for the globals.
int unknown_name(lua_State* state) {
  const std::string library = lua_tostring(state, lua_upvalueindex(1));
  if (lua_type(state, 2) != LUA_TSTRING) return 0;
  const std::string name = (library.empty() ? "" : library + ".") + lua_tostring(state, 2);
  std::vector<std::string> names;
  collect_names(state, 1, names);
  if (library.empty()) {
    lua_pushglobaltable(state);
    collect_names(state, -1, names);
  }
  std::sort(names.begin(), names.end());
  for (const char* absent : kAbsent) {
    if (name == absent) {
      Machine::of(state).raise({{Level::error,
                                 "script-name",
                                 {},
                                 "the sandbox has no `" + name + "`",
                                 "scripts have no files, clock, chance, coroutines, metatables or "
                                 "loading of code"}});
    }
  }
  const std::vector<std::string_view> candidates(names.begin(), names.end());
  Machine::of(state).raise({{Level::error,
                             "script-name",
                             {},
                             "`" + name + "` is not defined here",
                             did_you_mean(lua_tostring(state, 2), candidates)}});
}

// __newindex of the globals: words stay as they are.
int new_global(lua_State* state) {
  lua_getfield(state, LUA_REGISTRYINDEX, kWords);
  lua_pushvalue(state, 2);
  if (lua_rawget(state, -2) != LUA_TNIL) {
    push_text(state, 2);
    return luaL_error(state, "`%s` is a word of the sandbox and cannot be replaced",
                      lua_tostring(state, -1));
  }
  lua_settop(state, 3);
  lua_rawset(state, 1);
  return 0;
}

int locked(lua_State* state) {
  push_text(state, 2);
  return luaL_error(state, "`%s` cannot be set: the libraries of the sandbox are locked",
                    lua_tostring(state, -1));
}

// Locks the table on the top: an empty one takes its place, which reads through to it.
void lock(lua_State* state, const char* name) {
  lua_createtable(state, 0, 1);
  lua_pushstring(state, name);
  lua_pushcclosure(state, &unknown_name, 1);
  lua_setfield(state, -2, "__index");
  lua_setmetatable(state, -2);
  lua_createtable(state, 0, 0);
  lua_createtable(state, 0, 2);
  lua_pushvalue(state, -3);
  lua_setfield(state, -2, "__index");
  lua_pushcfunction(state, &locked);
  lua_setfield(state, -2, "__newindex");
  lua_setmetatable(state, -2);
  lua_remove(state, -2);
}

enum class As : std::uint8_t { is, charged };
struct Name {
  const char* name;
  As as;
};

// Copies `names` from the table on the top (which is popped) into a new one.
void allow(lua_State* state, std::initializer_list<Name> names) {
  lua_createtable(state, 0, static_cast<int>(names.size()) + 8);
  for (const auto& [name, as] : names) {
    if (lua_getfield(state, -2, name) == LUA_TFUNCTION && as == As::charged)
      lua_pushcclosure(state, &charged, 1);
    lua_setfield(state, -2, name);
  }
  lua_remove(state, -2);
}

void set_function(lua_State* state, const char* name, lua_CFunction function) {
  lua_pushcfunction(state, function);
  lua_setfield(state, -2, name);
}

void open_base(lua_State* state) {
  lua_pushcfunction(state, &luaopen_base);
  lua_call(state, 0, 1);
  allow(state, {{"assert", As::is},
                {"error", As::is},
                {"ipairs", As::is},
                {"select", As::charged},
                {"tonumber", As::charged},
                {"type", As::is}});
  set_function(state, "next", &base_next);
  set_function(state, "pairs", &base_pairs);
  set_function(state, "pcall", &base_pcall);
  set_function(state, "tostring", &base_tostring);
  set_function(state, "xpcall", &base_xpcall);
}

void open_math(lua_State* state) {
  lua_pushcfunction(state, &luaopen_math);
  lua_call(state, 0, 1);
  // Without what the mathematics library of a machine may round its own way, and without chance.
  allow(state, {{"abs", As::is},
                {"ceil", As::is},
                {"floor", As::is},
                {"fmod", As::is},
                {"huge", As::is},
                {"max", As::charged},
                {"maxinteger", As::is},
                {"min", As::charged},
                {"mininteger", As::is},
                {"pi", As::is},
                {"sqrt", As::is},
                {"tointeger", As::is},
                {"type", As::is},
                {"ult", As::is}});
}

void open_table(lua_State* state) {
  lua_pushcfunction(state, &luaopen_table);
  lua_call(state, 0, 1);
  allow(state, {{"concat", As::charged},
                {"insert", As::charged},
                {"pack", As::charged},
                {"remove", As::charged}});
  set_function(state, "sort", &table_sort);
  set_function(state, "unpack", &table_unpack);
}

void open_utf8(lua_State* state) {
  lua_pushcfunction(state, &luaopen_utf8);
  lua_call(state, 0, 1);
  allow(state, {{"char", As::charged},
                {"charpattern", As::is},
                {"codepoint", As::is},
                {"codes", As::charged},
                {"len", As::charged},
                {"offset", As::charged}});
  lua_getfield(state, -1, "codepoint");
  lua_pushcclosure(state, &utf8_codepoint, 1);
  lua_setfield(state, -2, "codepoint");
}

}  // namespace

void push_text(lua_State* state, int index) {
  switch (lua_type(state, index)) {
    case LUA_TNUMBER:
      if (lua_isinteger(state, index) == 0 && std::isnan(lua_tonumber(state, index))) {
        lua_pushliteral(state, "nan");
        return;
      }
      luaL_tolstring(state, index, nullptr);
      return;
    case LUA_TNIL:
    case LUA_TBOOLEAN:
    case LUA_TSTRING:
      luaL_tolstring(state, index, nullptr);
      return;
    default:
      lua_pushstring(state, luaL_typename(state, index));
  }
}

void define_word(lua_State* state, const std::string& name) {
  const std::size_t dot = name.find('.');
  lua_getfield(state, LUA_REGISTRYINDEX, kWords);
  if (dot == std::string::npos) {
    lua_insert(state, -2);
    lua_setfield(state, -2, name.c_str());
    return;
  }
  const std::string library = name.substr(0, dot);
  lua_pushstring(state, library.c_str());
  if (lua_rawget(state, -2) == LUA_TNIL) {
    lua_pop(state, 1);
    lua_createtable(state, 0, 4);
    lock(state, library.c_str());
    lua_pushvalue(state, -1);
    lua_setfield(state, -3, library.c_str());
  }
  lua_getmetatable(state, -1);
  lua_getfield(state, -1, "__index");
  lua_pushvalue(state, -5);  // the value, below words, library, metatable and table
  lua_setfield(state, -2, name.substr(dot + 1).c_str());
}

void open_library(lua_State* state) {
  open_base(state);  // the words
  lua_pushvalue(state, -1);
  lua_setfield(state, LUA_REGISTRYINDEX, kWords);
  const int words = lua_gettop(state);
  open_math(state);
  lock(state, "math");
  lua_setfield(state, words, "math");
  open_table(state);
  lock(state, "table");
  lua_setfield(state, words, "table");
  open_utf8(state);
  lock(state, "utf8");
  lua_setfield(state, words, "utf8");
  push_string_library(state);
  lua_pushliteral(state, "");  // methods of texts come from the same table
  lua_createtable(state, 0, 1);
  lua_pushvalue(state, -3);
  lua_setfield(state, -2, "__index");
  lua_setmetatable(state, -2);
  lua_pop(state, 1);
  lock(state, "string");
  lua_setfield(state, words, "string");

  lua_createtable(state, 0, 1);
  lua_pushliteral(state, "");
  lua_pushcclosure(state, &unknown_name, 1);
  lua_setfield(state, -2, "__index");
  lua_setmetatable(state, words);

  // Fresh globals: those that luaopen_base filled are left behind.
  lua_createtable(state, 0, 0);
  lua_createtable(state, 0, 2);
  lua_pushvalue(state, words);
  lua_setfield(state, -2, "__index");
  lua_pushcfunction(state, &new_global);
  lua_setfield(state, -2, "__newindex");
  lua_setmetatable(state, -2);
  lua_pushvalue(state, -1);
  lua_setfield(state, words, "_G");
  lua_rawseti(state, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
}

}  // namespace pandect::script
