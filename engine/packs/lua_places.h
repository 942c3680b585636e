// Finds where the keys and values of a literal table stand in a Lua text, so that a message about a
// value of `concept{...}` names its line and column. What is computed has no place of its own.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pandect {

struct LuaKey;

struct LuaPlace {
  int line = 0;
  int column = 0;
  bool literal = false;        // a text, number or table written out: the place is exact
  std::vector<LuaKey> keys;    // the values by key
  std::vector<LuaKey> at_key;  // the keys themselves
  std::vector<LuaPlace> items;

  const LuaPlace* value(std::string_view key) const;
  const LuaPlace* key(std::string_view key) const;
};

struct LuaKey {
  std::string name;
  LuaPlace place;
};

// The argument of the call of `word` in that line; empty if it is no literal table.
std::optional<LuaPlace> lua_place(std::string_view text, int line, std::string_view word);

}  // namespace pandect
