// Reads YAML text into a tree that keeps the place of every node. YAML 1.2 core schema, one
// document, no aliases, anchors or tags, no duplicate keys; bounded in size, depth and nodes.
// yaml-cpp does the scanning and its exceptions stop here.
#pragma once

#include "pandect/result.h"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pandect::yaml {

inline constexpr std::size_t kMaximumBytes = 8u * 1024 * 1024;
inline constexpr int kMaximumDepth = 64;
inline constexpr std::size_t kMaximumNodes = 2'000'000;

struct File {
  std::string name;  // as printed in messages
  std::string text;
};
using FilePtr = std::shared_ptr<const File>;

enum class Shape { null, scalar, list, map };

struct Entry;

struct Value {
  Shape shape = Shape::null;
  bool quoted = false;
  int line = 0;
  int column = 0;
  std::string text;            // scalar
  std::vector<Value> items;    // list
  std::vector<Entry> entries;  // map, in source order

  const Value* find(std::string_view key) const;
};

struct Entry {
  Value key, value;
  Entry(Value key_, Value value_) : key(std::move(key_)), value(std::move(value_)) {}
};

struct Document {
  FilePtr file;
  Value root;
};

// `name` is printed in messages; nothing is opened here.
Result<Document> parse(std::string name, std::string text);

// A scalar that is itself a small language (a condition, a date): its text and where it came from.
struct Source {
  std::string text;
  FilePtr file;
  int line = 0;
  int column = 0;

  bool empty() const { return text.empty(); }
  // The place in the file of byte `offset` of the text; follows folded and quoted scalars.
  Location locate(std::size_t offset) const;
};

Source source_of(const Document& document, const Value& value);
Location location_of(const Document& document, const Value& value);
std::string_view shape_name(Shape shape);

// The tree as JSON on one line; every scalar is a text. How a probe travels in a linked program.
std::string json_text(const Value& value);

}  // namespace pandect::yaml
