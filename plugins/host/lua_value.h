// JSON as values of Lua and back. null is nil, and a member that is null is absent.
#pragma once

#include "script/value.h"

#include "pandect/result.h"

#include <string>
#include <string_view>

namespace pandect::plugins {

Result<script::Value> value_of_json(std::string_view json);
// Functions have no JSON. An empty table is an empty list.
Result<std::string> json_of_value(const script::Value& value);

}  // namespace pandect::plugins
