#include "packs/yaml.h"

#include "base/names.h"

#include <charconv>
#include <set>
#include <sstream>

#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

namespace pandect::yaml {
namespace {

struct Refused {  // leaves the yaml-cpp parser early; caught in parse()
  YAML::Mark mark;
  std::string code, message, hint;
};

class TreeBuilder : public YAML::EventHandler {
 public:
  Value root;
  bool any = false;

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (any)
      throw Refused{mark, "yaml", "a second document starts here", "keep one document per file"};
  }
  void OnDocumentEnd() override { any = true; }
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    no_anchor(mark, anchor);
    add(place(Shape::null, mark));
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    throw Refused{mark, "yaml-alias", "aliases are not allowed", "write the value out"};
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    no_anchor(mark, anchor);
    if (!tag.empty() && tag != "?" && tag != "!") {
      throw Refused{mark, "yaml-tag", "the tag " + tag + " is not allowed", "write a plain value"};
    }
    Value scalar = place(Shape::scalar, mark);
    scalar.text = value;
    scalar.quoted = tag == "!";
    if (!scalar.quoted && (value == "null" || value == "~")) scalar.shape = Shape::null;
    add(std::move(scalar));
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(Shape::list, mark, tag, anchor);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(Shape::map, mark, tag, anchor);
  }
  void OnMapEnd() override { close(); }

 private:
  struct Level {
    Value value;
    std::set<std::string> keys;
    Value key;
    bool has_key = false;
  };

  static void no_anchor(const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (anchor != 0)
      throw Refused{mark, "yaml-alias", "anchors are not allowed", "write the value out"};
  }
  Value place(Shape shape, const YAML::Mark& mark) {
    if (++count_ > kMaximumNodes) {
      throw Refused{mark, "too-large", "the file holds too many values", "split it"};
    }
    Value value;
    value.shape = shape;
    value.line = mark.line + 1;
    value.column = mark.column + 1;
    return value;
  }
  void open(Shape shape, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    no_anchor(mark, anchor);
    if (!tag.empty() && tag != "?" && tag != "!") {
      throw Refused{mark, "yaml-tag", "the tag " + tag + " is not allowed", "write a plain value"};
    }
    if (levels_.size() >= static_cast<std::size_t>(kMaximumDepth)) {
      throw Refused{mark, "too-deep", "the file is nested too deeply", "at most 64 levels"};
    }
    Level level;
    level.value = place(shape, mark);
    levels_.push_back(std::move(level));
  }
  void close() {
    Value value = std::move(levels_.back().value);
    levels_.pop_back();
    add(std::move(value));
  }
  void add(Value value) {
    if (levels_.empty()) {
      root = std::move(value);
      return;
    }
    Level& level = levels_.back();
    if (level.value.shape == Shape::list) {
      level.value.items.push_back(std::move(value));
    } else if (!level.has_key) {
      if (value.shape == Shape::list || value.shape == Shape::map) {
        throw Refused{mark_of(value), "yaml", "a key must be a plain word", ""};
      }
      if (value.shape == Shape::null) value.text = "null";
      if (!level.keys.insert(value.text).second) {
        throw Refused{mark_of(value), "duplicate-key",
                      "the key `" + value.text + "` stands twice in this map", "keep one of them"};
      }
      level.key = std::move(value);
      level.has_key = true;
    } else {
      level.value.entries.emplace_back(std::move(level.key), std::move(value));
      level.has_key = false;
    }
  }
  static YAML::Mark mark_of(const Value& value) {
    YAML::Mark mark;
    mark.line = value.line - 1;
    mark.column = value.column - 1;
    return mark;
  }

  std::vector<Level> levels_;
  std::size_t count_ = 0;
};

Diagnostic problem(const std::string& name, int line, int column, std::string code,
                   std::string message, std::string hint) {
  return {Level::error, std::move(code), {name, line, column}, std::move(message), std::move(hint)};
}

Location location_at(const File& file, std::size_t offset) {
  Location where{file.name, 1, 1};
  for (std::size_t i = 0; i < offset && i < file.text.size(); ++i) {
    if (file.text[i] == '\n') {
      ++where.line;
      where.column = 1;
    } else {
      ++where.column;
    }
  }
  return where;
}

// Programs that write JSON in ASCII put what lies beyond U+FFFF into two escapes (RFC 8259, 7),
// which YAML 1.2 knows as one of another form. Only JSON: elsewhere a backslash may be just that.
std::string for_scanner(const std::string& text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string::npos || (text[first] != '{' && text[first] != '[') ||
      text.find("\\u") == std::string::npos)
    return text;
  const auto unit = [&](std::size_t at) {  // 0: no \uXXXX stands here
    std::uint32_t value = 0;
    if (text.compare(at, 2, "\\u") != 0 || at + 6 > text.size()) return value;
    const char* digits = text.data() + at + 2;
    const auto read = std::from_chars(digits, digits + 4, value, 16);
    return read.ptr == digits + 4 ? value : 0;
  };
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::uint32_t high = text[at] == '\\' ? unit(at) : 0;
    const std::uint32_t low = high >= 0xD800 && high < 0xDC00 ? unit(at + 6) : 0;
    if (low >= 0xDC00 && low < 0xE000) {
      const std::uint32_t point = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
      out += "\\U";
      for (int shift = 28; shift >= 0; shift -= 4) out += kDigits[(point >> shift) & 15];
      at += 11;
    } else {
      out += text[at];
      if (text[at] == '\\' && at + 1 < text.size()) out += text[++at];
    }
  }
  return out;
}

}  // namespace

const Value* Value::find(std::string_view key) const {
  for (const auto& [name, value] : entries) {
    if (name.text == key) return &value;
  }
  return nullptr;
}

Result<Document> parse(std::string name, std::string text) {
  if (text.size() > kMaximumBytes) {
    return problem(name, 0, 0, "too-large",
                   "the file has " + std::to_string(text.size()) + " bytes; at most " +
                       std::to_string(kMaximumBytes) + " are read",
                   "split it, or check that it is the file you meant");
  }
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  auto file = std::make_shared<File>(File{std::move(name), std::move(text)});
  if (const std::size_t zero = file->text.find('\0'); zero != std::string::npos) {
    const Location where = location_at(*file, zero);
    return problem(file->name, where.line, where.column, "binary",
                   "this is a binary file, not YAML", "check that it is the file you meant");
  }
  if (const std::size_t bad = invalid_utf8_at(file->text); bad != std::string::npos) {
    const Location where = location_at(*file, bad);
    return problem(file->name, where.line, where.column, "encoding", "this byte is not valid UTF-8",
                   "save the file as UTF-8");
  }
  TreeBuilder builder;
  try {
    std::istringstream stream(for_scanner(file->text));
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const Refused& refused) {
    return problem(file->name, refused.mark.line + 1, refused.mark.column + 1, refused.code,
                   refused.message, refused.hint);
  } catch (const YAML::Exception& error) {
    const bool deep = dynamic_cast<const YAML::DeepRecursion*>(&error) != nullptr;
    return problem(
        file->name, error.mark.line + 1, error.mark.column + 1, deep ? "too-deep" : "yaml",
        deep ? "the file is nested too deeply" : "this is not valid YAML: " + error.msg,
        deep ? "at most 64 levels" : "quote texts that hold `: ` or ` #`, and indent with spaces");
  } catch (const std::exception& error) {
    return problem(file->name, 0, 0, "yaml", std::string("this is not valid YAML: ") + error.what(),
                   "");
  }
  Document document;
  document.file = std::move(file);
  document.root = std::move(builder.root);
  return document;
}

Location Source::locate(std::size_t offset) const {
  Location where{file ? file->name : std::string(), line, column};
  if (!file || line <= 0 || column <= 0) return where;
  const std::string& all = file->text;
  std::size_t at = 0;
  for (int seen = 1; seen < line && at < all.size(); ++at) {
    if (all[at] == '\n') ++seen;
  }
  at += static_cast<std::size_t>(column - 1);
  int current_line = line, current_column = column;
  const auto step = [&] {
    if (all[at] == '\n') {
      ++current_line;
      current_column = 1;
    } else {
      ++current_column;
    }
    ++at;
  };
  if (at < all.size() && (all[at] == '>' || all[at] == '|')) {
    while (at < all.size() && all[at] != '\n') step();
  } else if (at < all.size() && (all[at] == '"' || all[at] == '\'')) {
    step();
  }
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
  for (std::size_t i = 0; i <= offset && i < text.size(); ++i) {
    if (blank(text[i])) continue;
    while (at < all.size() && all[at] != text[i]) step();
    where.line = current_line;
    where.column = current_column;
    if (i < offset && at < all.size()) step();
  }
  if (offset >= text.size()) where.column = current_column;
  return where;
}

Source source_of(const Document& document, const Value& value) {
  return {value.text, document.file, value.line, value.column};
}

Location location_of(const Document& document, const Value& value) {
  return {document.file->name, value.line, value.column};
}

std::string_view shape_name(Shape shape) {
  switch (shape) {
    case Shape::null:
      return "nothing";
    case Shape::scalar:
      return "a single value";
    case Shape::list:
      return "a list";
    case Shape::map:
      return "a map";
  }
  return "";
}

namespace {

void json_scalar(const std::string& text, std::string& out) {
  static constexpr char kDigits[] = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += "\\u00";
      out += kDigits[static_cast<unsigned char>(c) >> 4];
      out += kDigits[c & 15];
    } else {
      out += c;
    }
  }
  out += '"';
}

void json_value(const Value& value, std::string& out) {
  const char* between = "";
  switch (value.shape) {
    case Shape::null:
      out += "null";
      return;
    case Shape::scalar:
      json_scalar(value.text, out);
      return;
    case Shape::list:
      out += '[';
      for (const auto& item : value.items) {
        out += between;
        json_value(item, out);
        between = ", ";
      }
      out += ']';
      return;
    case Shape::map:
      out += '{';
      for (const auto& [key, item] : value.entries) {
        out += between;
        json_scalar(key.text, out);
        out += ": ";
        json_value(item, out);
        between = ", ";
      }
      out += '}';
      return;
  }
}

}  // namespace

std::string json_text(const Value& value) {
  std::string out;
  json_value(value, out);
  return out;
}

}  // namespace pandect::yaml
