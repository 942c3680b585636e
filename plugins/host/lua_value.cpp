#include "plugins/host/lua_value.h"

#include <nlohmann/json.hpp>

namespace pandect::plugins {
namespace {

using Json = nlohmann::ordered_json;
using script::Value;

Value value_of(const Json& json) {
  switch (json.type()) {
    case Json::value_t::boolean:
      return Value::of(json.get<bool>());
    case Json::value_t::number_integer:
      return Value::of(json.get<std::int64_t>());
    case Json::value_t::number_unsigned: {
      const auto number = json.get<std::uint64_t>();
      if (number <= INT64_MAX) return Value::of(static_cast<std::int64_t>(number));
      return Value::of(static_cast<double>(number));
    }
    case Json::value_t::number_float:
      return Value::of(json.get<double>());
    case Json::value_t::string:
      return Value::of(json.get<std::string>());
    case Json::value_t::array: {
      Value list = Value::list();
      for (const auto& each : json) list.items.push_back(value_of(each));
      return list;
    }
    case Json::value_t::object: {
      Value map = Value::map();
      for (const auto& [key, each] : json.items()) {
        if (!each.is_null()) map.set(key, value_of(each));
      }
      return map;
    }
    default:
      return {};
  }
}

Json json_of(const Value& value, bool& function) {
  switch (value.kind) {
    case Value::Kind::nil:
      return nullptr;
    case Value::Kind::boolean:
      return value.boolean;
    case Value::Kind::integer:
      return value.integer;
    case Value::Kind::number:
      return value.number;
    case Value::Kind::text:
      return value.text;
    case Value::Kind::list: {
      Json list = Json::array();
      for (const auto& each : value.items) list.push_back(json_of(each, function));
      return list;
    }
    case Value::Kind::map: {
      Json map = Json::object();
      for (const auto& each : value.entries) map[each.key] = json_of(each.value, function);
      return map;
    }
    case Value::Kind::function:
      function = true;
      return nullptr;
  }
  return nullptr;
}

}  // namespace

Result<Value> value_of_json(std::string_view json) {
  const Json parsed = Json::parse(json, nullptr, false);
  if (parsed.is_discarded())
    return Diagnostic{Level::error, "plugin-json", {}, "the input of the plugin is not JSON", ""};
  return value_of(parsed);
}

Result<std::string> json_of_value(const Value& value) {
  bool function = false;
  const Json json = json_of(value, function);
  if (function)
    return Diagnostic{
        Level::error, "plugin-json", {}, "a function stands where a value is expected", ""};
  // Text of Lua may be any bytes; the border refuses what is not UTF-8 only where it is not mended.
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace pandect::plugins
