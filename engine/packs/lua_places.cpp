#include "packs/lua_places.h"

namespace pandect {
namespace {

bool letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c >= '0' && c <= '9');
}

class Scanner {
 public:
  Scanner(std::string_view text, std::size_t at, int line) : text_(text), at_(at), line_(line) {
    start_ = text.rfind('\n', at == 0 ? 0 : at - 1);
    start_ = start_ == std::string_view::npos || start_ >= at ? 0 : start_ + 1;
  }

  // At the opening brace.
  bool table(LuaPlace& place, int depth = 0) {
    if (depth > 32) return false;
    step();
    while (true) {
      blank();
      if (end()) return false;
      if (now() == '}') {
        step();
        return true;
      }
      if (now() == ',' || now() == ';') {
        step();
        continue;
      }
      LuaPlace key{line_, column(), true, {}, {}, {}};
      const std::optional<std::string> name = named_key();
      blank();
      LuaPlace value{line_, column(), false, {}, {}, {}};
      if (!expression(value, depth)) return false;
      if (name) {
        place.at_key.push_back({*name, std::move(key)});
        place.keys.push_back({*name, std::move(value)});
      } else {
        place.items.push_back(std::move(value));
      }
    }
  }

  void blank() {
    while (!end()) {
      if (text_.substr(at_, 2) == "--") {
        at_ += 2;
        if (!long_bracket()) {
          while (!end() && now() != '\n') step();
        }
      } else if (now() == ' ' || now() == '\t' || now() == '\r' || now() == '\n') {
        step();
      } else {
        return;
      }
    }
  }
  bool end() const { return at_ >= text_.size(); }
  char now() const { return text_[at_]; }
  void step() {
    if (text_[at_++] == '\n') {
      ++line_;
      start_ = at_;
    }
  }

 private:
  int column() const { return static_cast<int>(at_ - start_) + 1; }

  std::string word() {
    const std::size_t from = at_;
    while (!end() && letter(now())) step();
    return std::string(text_.substr(from, at_ - from));
  }

  // `name =` or `["name"] =`; stays where it is if there is none.
  std::optional<std::string> named_key() {
    const Scanner before = *this;
    std::string name;
    if (now() == '[' && at_ + 1 < text_.size() &&
        (text_[at_ + 1] == '"' || text_[at_ + 1] == '\'')) {
      step();
      const std::size_t from = at_ + 1;
      quoted();
      name = std::string(text_.substr(from, at_ - from - 1));
      blank();
      if (!end() && now() == ']') step();
    } else {
      name = word();
    }
    blank();
    if (!name.empty() && !end() && now() == '=' && text_.substr(at_, 2) != "==") {
      step();
      return name;
    }
    *this = before;
    return std::nullopt;
  }

  void quoted() {
    const char quote = now();
    step();
    while (!end() && now() != quote && now() != '\n') {
      if (now() == '\\') step();
      if (!end()) step();
    }
    if (!end()) step();
  }

  bool long_bracket() {
    std::size_t level = at_ + 1;
    if (end() || now() != '[') return false;
    while (level < text_.size() && text_[level] == '=') ++level;
    if (level >= text_.size() || text_[level] != '[') return false;
    const std::string close = "]" + std::string(level - at_ - 1, '=') + "]";
    const std::size_t found = text_.find(close, level);
    const std::size_t stop = found == std::string_view::npos ? text_.size() : found + close.size();
    while (at_ < stop) step();
    return true;
  }

  // Up to the comma or brace that ends it.
  bool expression(LuaPlace& place, int depth) {
    bool first = true;
    int open = 0;
    while (!end()) {
      blank();
      if (end()) return false;
      const char c = now();
      if (open == 0 && (c == ',' || c == ';' || c == '}')) return true;
      place.literal = first && (c == '{' || c == '"' || c == '\'' || c == '[' || letter(c));
      if (c == '{' && first) {
        if (!table(place, depth + 1)) return false;
      } else if (c == '"' || c == '\'') {
        quoted();
      } else if (c == '[' && long_bracket()) {
        // a text
      } else if (letter(c)) {
        const std::string name = word();
        const bool number = name[0] >= '0' && name[0] <= '9';
        place.literal = place.literal && (number || name == "true" || name == "false");
        if (name == "function" || name == "if" || name == "do" || name == "repeat") ++open;
        if (name == "end" || name == "until") --open;
      } else {
        if (c == '(' || c == '{' || c == '[') ++open;
        if (c == ')' || c == '}' || c == ']') --open;
        if (open < 0) return false;
        step();
      }
      first = false;
    }
    return false;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t start_ = 0;  // of the line
  int line_ = 1;
};

const LuaPlace* find(const std::vector<LuaKey>& list, std::string_view key) {
  for (const auto& [name, place] : list) {
    if (name == key) return &place;
  }
  return nullptr;
}

}  // namespace

const LuaPlace* LuaPlace::value(std::string_view wanted) const { return find(keys, wanted); }
const LuaPlace* LuaPlace::key(std::string_view wanted) const { return find(at_key, wanted); }

std::optional<LuaPlace> lua_place(std::string_view text, int line, std::string_view word) {
  if (line <= 0) return std::nullopt;
  std::size_t at = 0;
  for (int seen = 1; seen < line; ++seen) {
    at = text.find('\n', at);
    if (at == std::string_view::npos) return std::nullopt;
    ++at;
  }
  const std::size_t line_end = std::min(text.find('\n', at), text.size());
  for (std::size_t found = text.find(word, at); found < line_end;
       found = text.find(word, found + 1)) {
    if (found > 0 && (letter(text[found - 1]) || text[found - 1] == '.')) continue;
    Scanner scanner(text, found + word.size(), line);
    scanner.blank();
    if (!scanner.end() && scanner.now() == '(') {
      scanner.step();
      scanner.blank();
    }
    if (scanner.end() || scanner.now() != '{') continue;
    LuaPlace place;
    place.line = line;
    place.column = static_cast<int>(found - at) + 1;
    place.literal = true;
    if (scanner.table(place)) return place;
  }
  return std::nullopt;
}

}  // namespace pandect
