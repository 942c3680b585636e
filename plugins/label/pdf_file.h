// As much of ISO 32000-1 as reaching a few objects takes: values, cross-reference tables and
// streams, object streams, Flate with PNG predictors. Bounded; nothing is decrypted or repaired.
// Knows nothing of labels.
#pragma once

#include "plugins/label/source.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace pandect::label::pdf {

struct Entry;

struct Value {
  enum class Type { null, other, number, name, text, list, dict, reference };
  Type type = Type::null;
  double number = 0;  // also the object number of a reference
  int generation = 0;
  std::string text;  // name, text (decoded bytes), other (as written)
  std::vector<Value> items;
  std::vector<Entry> entries;

  const Value* find(std::string_view key) const;
  std::int64_t integer(std::string_view key, std::int64_t otherwise) const;
};

struct Entry {
  std::string first;
  Value second;
  Entry(std::string key, Value value) : first(std::move(key)), second(std::move(value)) {}
};

// Reads one value at `at` and moves behind it; empty if there is none or it breaks a bound.
std::optional<Value> parse_value(std::string_view bytes, std::size_t& at, int depth = 0);
std::string written(const Value& value);
// A text of the file as UTF-8: UTF-16 with mark, UTF-8 with mark, else as Latin-1.
std::string utf8_of(std::string_view text);
bool is_blank(char each);

struct Object {
  Value value;
  std::uint64_t stream_at = 0;  // 0: no stream
};

class File {
 public:
  explicit File(const Source& source) : source_(source) {}

  // Empty if it could be opened, else why not.
  std::string open();

  const Value& trailer() const { return trailer_; }
  std::uint64_t last_table() const { return last_table_; }
  bool last_is_stream() const { return last_is_stream_; }
  std::optional<Object> object(std::uint32_t number, int depth = 0);
  // The value itself, or what it refers to.
  std::optional<Object> resolve(const Value& value, int depth = 0);
  // The decoded bytes of a stream; `limit` holds before and after decoding.
  std::optional<std::string> stream(const Object& object, std::size_t limit, int depth = 0);

 private:
  struct Place {
    bool inside = false;   // in an object stream
    std::uint64_t at = 0;  // offset, or number of the object stream
    std::uint32_t index = 0;
  };
  std::string table(std::uint64_t at, Value& trailer);
  std::string table_stream(std::uint64_t at, Value& trailer);
  std::optional<Object> object_at(std::uint64_t at, std::int64_t number);

  const Source& source_;
  Value trailer_;
  std::uint64_t last_table_ = 0;
  bool last_is_stream_ = false;
  std::size_t budget_ = 256u << 20;  // bytes read and inflated, all streams together
  std::unordered_map<std::uint32_t, Place> places_;
  std::map<std::uint32_t, std::string> object_streams_;
};

}  // namespace pandect::label::pdf
