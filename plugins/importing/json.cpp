#include "plugins/importing/tree.h"

#include <algorithm>
#include <charconv>
#include <iterator>

#include <nlohmann/json.hpp>

namespace pandect::plugins {
namespace {

using yaml::Shape;
using yaml::Value;

// Hands the text to the scanner and remembers how far it has read: the library's events carry no
// place. A value ends at the last character read or, for a number, one before it.
class Reading {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  Reading(const char* at, const char** furthest) : at_(at), furthest_(furthest) {}
  reference operator*() const { return *at_; }
  Reading& operator++() {
    ++at_;
    if (furthest_ != nullptr) *furthest_ = at_;
    return *this;
  }
  Reading operator++(int) {
    Reading old = *this;
    ++*this;
    return old;
  }
  bool operator==(const Reading& other) const { return at_ == other.at_; }
  bool operator!=(const Reading& other) const { return at_ != other.at_; }

 private:
  const char* at_;
  const char** furthest_;
};

class Builder {
 public:
  using Json = nlohmann::json;

  Builder(std::string file, std::string_view text) : file_(std::move(file)), text_(text) {
    furthest = text_.data();
    counted_ = text_.data();
  }

  Tree tree;
  Diagnostic refusal;
  const char* furthest = nullptr;

  bool null() { return add({}); }
  bool boolean(bool value) { return add(scalar(value ? "true" : "false")); }
  bool number_integer(Json::number_integer_t value) { return add(scalar(std::to_string(value))); }
  bool number_unsigned(Json::number_unsigned_t value) { return add(scalar(std::to_string(value))); }
  bool number_float(Json::number_float_t, const std::string& written) {
    return add(scalar(written));
  }
  bool string(std::string& value) {
    Value made = scalar(std::move(value));
    made.quoted = true;
    return add(std::move(made));
  }
  bool binary(Json::binary_t&) { return false; }
  bool start_object(std::size_t) { return open(Shape::map); }
  bool start_array(std::size_t) { return open(Shape::list); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }
  bool key(std::string& name) {
    levels_.back().key = scalar(std::move(name));
    levels_.back().key.line = line();
    return true;
  }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception& error) {
    if (!refusal.message.empty()) return false;
    std::string why = error.what();
    if (const auto colon = why.rfind("; "); colon != std::string::npos) why.erase(0, colon + 2);
    if (why.size() > 200) why = "it breaks off or holds what JSON does not allow";
    refuse("json", "this is not valid JSON: " + why, "check that the file is whole");
    return false;
  }

 private:
  struct Level {
    Value value, key;
    std::set<std::string, std::less<>> keys;
  };

  static Value scalar(std::string text) {
    Value value;
    value.shape = Shape::scalar;
    value.text = std::move(text);
    return value;
  }

  int line() {
    const char* end = std::max(text_.data(), furthest - 1);
    if (end > counted_) {
      line_ += static_cast<int>(std::count(counted_, end, '\n'));
      counted_ = end;
    }
    return line_;
  }

  void refuse(std::string code, std::string message, std::string hint) {
    refusal = {
        error_level(), std::move(code), {file_, line(), 0}, std::move(message), std::move(hint)};
  }
  static pandect::Level error_level() { return pandect::Level::error; }

  bool count() {
    if (++nodes_ <= kTreeNodes) return true;
    refuse("too-large", "the file holds more than a million values", "name a smaller file");
    return false;
  }

  bool open(Shape shape) {
    if (!count()) return false;
    if (levels_.size() >= static_cast<std::size_t>(kTreeDepth)) {
      refuse("too-deep", "the file is nested too deeply", "at most 64 levels are read");
      return false;
    }
    Level level;
    level.value.shape = shape;
    level.value.line = line();
    levels_.push_back(std::move(level));
    return true;
  }

  bool close() {
    Value value = std::move(levels_.back().value);
    levels_.pop_back();
    return attach(std::move(value));
  }

  bool add(Value value) {
    if (!count()) return false;
    value.line = line();
    return attach(std::move(value));
  }

  bool attach(Value value) {
    if (levels_.empty()) {
      tree.root = std::move(value);
      return true;
    }
    Level& level = levels_.back();
    if (level.value.shape == Shape::list) {
      level.value.items.push_back(std::move(value));
    } else if (level.keys.insert(level.key.text).second) {
      level.value.entries.emplace_back(std::move(level.key), std::move(value));
    } else if (tree.warnings.size() < 20) {
      tree.warnings.push_back({pandect::Level::warning,
                               "duplicate-key",
                               {file_, level.key.line, 0},
                               "the key `" + level.key.text.substr(0, 80) +
                                   "` stands twice in this object; the first was read",
                               "keep one of them"});
    }
    return true;
  }

  std::string file_;
  std::string_view text_;
  std::vector<Level> levels_;
  std::size_t nodes_ = 0;
  const char* counted_ = nullptr;
  int line_ = 1;
};

}  // namespace

Result<Tree> read_json(const std::string& file, std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  Builder builder(file, text);
  const Reading begin(text.data(), &builder.furthest);
  const Reading end(text.data() + text.size(), nullptr);
  bool whole = false;
  try {
    whole = nlohmann::json::sax_parse(begin, end, &builder);
  } catch (const std::exception& error) {
    return Diagnostic{Level::error, "json", {file, 0, 0}, error.what(), ""};
  }
  if (!whole) return builder.refusal;
  return std::move(builder.tree);
}

}  // namespace pandect::plugins
