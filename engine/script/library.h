// The functions behind the allow-list, for library.cpp to name. Within the room only.
#pragma once

#include "script/machine.h"

namespace pandect::script {

int base_next(lua_State* state);
int base_pairs(lua_State* state);
int base_pcall(lua_State* state);
int base_tostring(lua_State* state);
int base_xpcall(lua_State* state);
int table_unpack(lua_State* state);
int table_sort(lua_State* state);

// Calls the function of Lua in upvalue 1, which finds its arguments where it expects them.
int charged(lua_State* state);
int utf8_codepoint(lua_State* state);

}  // namespace pandect::script
