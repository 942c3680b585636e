#include "script/value.h"

#include <algorithm>

namespace pandect::script {

Value Value::of(bool value) {
  Value made;
  made.kind = Kind::boolean;
  made.boolean = value;
  return made;
}

Value Value::of(std::int64_t value) {
  Value made;
  made.kind = Kind::integer;
  made.integer = value;
  return made;
}

Value Value::of(double value) {
  Value made;
  made.kind = Kind::number;
  made.number = value;
  return made;
}

Value Value::of(std::string value) {
  Value made;
  made.kind = Kind::text;
  made.text = std::move(value);
  return made;
}

Value Value::of(const char* value) { return of(std::string(value)); }

Value Value::list() {
  Value made;
  made.kind = Kind::list;
  return made;
}

Value Value::map() {
  Value made;
  made.kind = Kind::map;
  return made;
}

const Value* Value::find(std::string_view key) const {
  const auto at = std::lower_bound(
      entries.begin(), entries.end(), key,
      [](const Entry& entry, std::string_view wanted) { return entry.key < wanted; });
  return at != entries.end() && at->key == key ? &at->value : nullptr;
}

void Value::set(std::string key, Value value) {
  const auto at = std::lower_bound(
      entries.begin(), entries.end(), key,
      [](const Entry& entry, const std::string& wanted) { return entry.key < wanted; });
  if (at != entries.end() && at->key == key) {
    at->value = std::move(value);
  } else {
    entries.insert(at, Entry{std::move(key), std::move(value)});
  }
}

std::string_view kind_name(Value::Kind kind) {
  switch (kind) {
    case Value::Kind::nil:
      return "nothing";
    case Value::Kind::boolean:
      return "true or false";
    case Value::Kind::integer:
    case Value::Kind::number:
      return "a number";
    case Value::Kind::text:
      return "a text";
    case Value::Kind::list:
      return "a list";
    case Value::Kind::map:
      return "a map";
    case Value::Kind::function:
      return "a function";
  }
  return "";
}

}  // namespace pandect::script
