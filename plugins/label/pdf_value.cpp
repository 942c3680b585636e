#include "base/names.h"
#include "plugins/label/carriers.h"
#include "plugins/label/pdf_file.h"

#include <cmath>
#include <cstdlib>

namespace pandect::label::pdf {
namespace {

constexpr int kDeepest = 32;
constexpr std::size_t kMostItems = 20'000;
constexpr std::string_view kDelimiters = "()<>[]{}/%";

bool is_regular(char each) {
  return !is_blank(each) && kDelimiters.find(each) == std::string_view::npos;
}

void skip_blank(std::string_view bytes, std::size_t& at) {
  while (at < bytes.size()) {
    if (is_blank(bytes[at])) {
      ++at;
    } else if (bytes[at] == '%') {
      at = std::min(bytes.find_first_of("\r\n", at), bytes.size());
    } else {
      return;
    }
  }
}

int hex_of(char each) {
  if (each >= '0' && each <= '9') return each - '0';
  if (each >= 'a' && each <= 'f') return each - 'a' + 10;
  if (each >= 'A' && each <= 'F') return each - 'A' + 10;
  return -1;
}

std::string_view word(std::string_view bytes, std::size_t& at) {
  const std::size_t start = at;
  while (at < bytes.size() && is_regular(bytes[at])) ++at;
  return bytes.substr(start, at - start);
}

std::string name_text(std::string_view raw) {
  std::string out;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    const bool coded =
        raw[i] == '#' && i + 2 < raw.size() && hex_of(raw[i + 1]) >= 0 && hex_of(raw[i + 2]) >= 0;
    if (coded) {
      out += static_cast<char>(hex_of(raw[i + 1]) * 16 + hex_of(raw[i + 2]));
      i += 2;
    } else {
      out += raw[i];
    }
  }
  return out;
}

std::optional<Value> hex_text(std::string_view bytes, std::size_t& at) {
  Value value;
  value.type = Value::Type::text;
  int half = -1;
  for (++at; at < bytes.size() && bytes[at] != '>'; ++at) {
    const int digit = hex_of(bytes[at]);
    if (digit < 0) continue;
    if (half < 0) {
      half = digit;
    } else {
      value.text += static_cast<char>(half * 16 + digit);
      half = -1;
    }
  }
  if (at >= bytes.size()) return std::nullopt;
  ++at;
  if (half >= 0) value.text += static_cast<char>(half * 16);
  return value;
}

char escaped(char each) {
  switch (each) {
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    default:
      return each;
  }
}

std::optional<Value> literal_text(std::string_view bytes, std::size_t& at) {
  Value value;
  value.type = Value::Type::text;
  int open = 1;
  for (++at; at < bytes.size(); ++at) {
    const char each = bytes[at];
    if (each == '(') ++open;
    if (each == ')' && --open == 0) {
      ++at;
      return value;
    }
    if (each != '\\') {
      value.text += each;
      continue;
    }
    if (++at >= bytes.size()) break;
    if (bytes[at] >= '0' && bytes[at] <= '7') {
      int code = 0;
      std::size_t digits = 0;
      while (digits < 3 && at + digits < bytes.size() && bytes[at + digits] >= '0' &&
             bytes[at + digits] <= '7')
        code = code * 8 + (bytes[at + digits++] - '0');
      at += digits - 1;
      value.text += static_cast<char>(code & 0xFF);
    } else if (bytes[at] == '\r') {
      if (at + 1 < bytes.size() && bytes[at + 1] == '\n') ++at;
    } else if (bytes[at] != '\n') {
      value.text += escaped(bytes[at]);
    }
  }
  return std::nullopt;
}

std::optional<Value> dictionary(std::string_view bytes, std::size_t& at, int depth) {
  Value value;
  value.type = Value::Type::dict;
  for (at += 2;;) {
    skip_blank(bytes, at);
    if (bytes.substr(at, 2) == ">>") {
      at += 2;
      return value;
    }
    if (at >= bytes.size() || bytes[at] != '/' || value.entries.size() > kMostItems)
      return std::nullopt;
    ++at;
    std::string key = name_text(word(bytes, at));
    auto item = parse_value(bytes, at, depth + 1);
    if (!item) return std::nullopt;
    value.entries.emplace_back(std::move(key), std::move(*item));
  }
}

std::optional<Value> array(std::string_view bytes, std::size_t& at, int depth) {
  Value value;
  value.type = Value::Type::list;
  for (++at;;) {
    skip_blank(bytes, at);
    if (at < bytes.size() && bytes[at] == ']') {
      ++at;
      return value;
    }
    auto item = parse_value(bytes, at, depth + 1);
    if (!item || value.items.size() > kMostItems) return std::nullopt;
    value.items.push_back(std::move(*item));
  }
}

bool is_integer(std::string_view text) {
  return !text.empty() && text.size() < 11 &&
         text.find_first_not_of("0123456789") == std::string_view::npos;
}

Value number_or_reference(std::string_view bytes, std::size_t& at, std::string_view first) {
  Value value;
  value.type = Value::Type::number;
  value.number = std::strtod(std::string(first).c_str(), nullptr);
  if (!std::isfinite(value.number)) value.number = 0;
  value.text = std::string(first);
  if (!is_integer(first)) return value;
  std::size_t ahead = at;
  skip_blank(bytes, ahead);
  const std::string_view second = word(bytes, ahead);
  if (!is_integer(second) || second.size() > 5) return value;
  skip_blank(bytes, ahead);
  if (word(bytes, ahead) != "R") return value;
  at = ahead;
  value.type = Value::Type::reference;
  value.generation = std::atoi(std::string(second).c_str());
  return value;
}

std::string text_written(const std::string& text) {
  static constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out = "<";
  for (const char each : text) {
    out += kDigits[static_cast<unsigned char>(each) >> 4];
    out += kDigits[static_cast<unsigned char>(each) & 15];
  }
  return out + ">";
}

std::string name_written(const std::string& name) {
  static constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out = "/";
  for (const char each : name) {
    const auto code = static_cast<unsigned char>(each);
    if (is_regular(each) && each != '#' && code > 0x20 && code < 0x7F) {
      out += each;
    } else {
      out.append("#").append(1, kDigits[code >> 4]).append(1, kDigits[code & 15]);
    }
  }
  return out;
}

}  // namespace

bool is_blank(char each) {
  return each == ' ' || each == '\n' || each == '\r' || each == '\t' || each == '\f' ||
         each == '\0';
}

const Value* Value::find(std::string_view key) const {
  for (const auto& [name, value] : entries) {
    if (name == key) return &value;
  }
  return nullptr;
}

std::int64_t Value::integer(std::string_view key, std::int64_t otherwise) const {
  const Value* value = find(key);
  if (value == nullptr || value->type != Type::number || std::fabs(value->number) > 1e15)
    return otherwise;
  return static_cast<std::int64_t>(value->number);
}

std::optional<Value> parse_value(std::string_view bytes, std::size_t& at, int depth) {
  if (depth > kDeepest) return std::nullopt;
  skip_blank(bytes, at);
  if (at >= bytes.size()) return std::nullopt;
  Value value;
  const char first = bytes[at];
  if (first == '/') {
    ++at;
    value.type = Value::Type::name;
    value.text = name_text(word(bytes, at));
    return value;
  }
  if (first == '(') return literal_text(bytes, at);
  if (bytes.substr(at, 2) == "<<") return dictionary(bytes, at, depth);
  if (first == '<') return hex_text(bytes, at);
  if (first == '[') return array(bytes, at, depth);
  const std::string_view text = word(bytes, at);
  if (text.empty() || text.size() > 64) return std::nullopt;
  if (text == "null") return value;
  if (text.find_first_not_of("0123456789+-.") == std::string_view::npos)
    return number_or_reference(bytes, at, text);
  value.type = Value::Type::other;
  value.text = std::string(text);
  return value;
}

std::string written(const Value& value) {
  std::string out;
  switch (value.type) {
    case Value::Type::null:
      return "null";
    case Value::Type::other:
    case Value::Type::number:
      return value.text;
    case Value::Type::name:
      return name_written(value.text);
    case Value::Type::text:
      return text_written(value.text);
    case Value::Type::reference:
      return std::to_string(static_cast<std::int64_t>(value.number)) + " " +
             std::to_string(value.generation) + " R";
    case Value::Type::list:
      for (const auto& item : value.items) out += (out.empty() ? "" : " ") + written(item);
      return "[" + out + "]";
    case Value::Type::dict:
      for (const auto& [name, item] : value.entries)
        out += " " + name_written(name) + " " + written(item);
      return "<<" + out + " >>";
  }
  return out;
}

std::string utf8_of(std::string_view text) {
  if (text.substr(0, 2) == "\xFE\xFF" || text.substr(0, 2) == "\xFF\xFE")
    return utf8_of_utf16(text, true);
  if (text.substr(0, 3) == "\xEF\xBB\xBF") return std::string(text.substr(3));
  // Writers put bare UTF-8 there, which PDFDocEncoding would hardly yield by chance.
  if (invalid_utf8_at(text) == std::string_view::npos) return std::string(text);
  return utf8_of_latin1(text);
}

}  // namespace pandect::label::pdf
