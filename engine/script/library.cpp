// The allow-list: what a script finds, name by name. Functions of Lua whose cost does not show in
// steps are charged by the size of what they are given; those that show addresses, chance or the
// order of a hash table are replaced.
#include "script/library.h"

#include "base/names.h"

#include <algorithm>
#include <cmath>

namespace pandect::script {
namespace {

constexpr const char* kWords = "pandect.words";  // registry: the table behind the globals

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
