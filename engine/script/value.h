// A value that crosses the border between a script and the engine: always a copy, bounded in depth
// and size. A function crosses only as a handle, which its own Sandbox can call.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pandect::script {

struct Entry;

struct Value {
  enum class Kind : std::uint8_t { nil, boolean, integer, number, text, list, map, function };

  Kind kind = Kind::nil;
  bool boolean = false;
  std::int64_t integer = 0;  // also the handle of a function
  double number = 0;
  std::string text;
  std::vector<Value> items;    // list; an empty table is an empty list
  std::vector<Entry> entries;  // map, ascending by key

  static Value of(bool value);
  static Value of(std::int64_t value);
  static Value of(double value);
  static Value of(std::string value);
  static Value of(const char* value);
  static Value list();
  static Value map();

  bool is_nil() const { return kind == Kind::nil; }
  bool is(Kind wanted) const { return kind == wanted; }
  const Value* find(std::string_view key) const;  // null if there is none
  void set(std::string key, Value value);
};

struct Entry {
  std::string key;
  Value value;
};

// "a text", "a list", ... as messages name it.
std::string_view kind_name(Value::Kind kind);

}  // namespace pandect::script
