// The string library of the sandbox: Lua's names and meaning, with matching and formatting that pay
// for their steps, show no address and do not ask the locale.
#include "script/machine.h"
#include "script/pattern.h"

#include <cstdio>

namespace pandect::script {
namespace {

std::string_view check_text(lua_State* state, int index) {
  std::size_t size = 0;
  const char* text = luaL_checklstring(state, index, &size);
  return {text, size};
}

// A start as Lua counts it (from 1; from the end where negative) as an offset.
std::size_t start_of(lua_Integer position, std::size_t size) {
  if (position > 0) return static_cast<std::size_t>(position) - 1;
  if (position == 0 || position < -static_cast<lua_Integer>(size)) return 0;
  return size - static_cast<std::size_t>(-position);
}

Pattern pattern_of(lua_State* state, std::string_view text, std::string_view pattern) {
  return {text, pattern,
          [&machine = Machine::of(state)](std::uint64_t steps) { machine.charge_or_stop(steps); },
          [state](const char* why) { luaL_error(state, "%s", why); }};
}

void push_capture(lua_State* state, const Pattern& pattern, std::string_view text, int index,
                  std::size_t from, std::size_t end) {
  if (index >= pattern.captures()) {
    if (index != 0) luaL_error(state, "invalid capture index %%%d", index + 1);
    lua_pushlstring(state, text.data() + from, end - from);
    return;
  }
  const auto [start, size] = pattern.capture(index);
  if (size == Pattern::kPosition) {
    lua_pushinteger(state, static_cast<lua_Integer>(start) + 1);
    return;
  }
  if (start + size > text.size() || start + size < start) luaL_error(state, "unfinished capture");
  lua_pushlstring(state, text.data() + start, size);
}

int push_captures(lua_State* state, const Pattern& pattern, std::string_view text, std::size_t from,
                  std::size_t end, bool whole) {
  const int count = pattern.captures() == 0 && whole ? 1 : pattern.captures();
  luaL_checkstack(state, count, "too many captures");
  for (int i = 0; i < count; ++i) push_capture(state, pattern, text, i, from, end);
  return count;
}

int push_range(lua_State* state, std::size_t from, std::size_t end) {
  lua_pushinteger(state, static_cast<lua_Integer>(from) + 1);
  lua_pushinteger(state, static_cast<lua_Integer>(end));
  return 2;
}

int plain_find(lua_State* state, std::string_view text, std::string_view wanted,
               std::size_t start) {
  Machine::of(state).charge_or_stop(text.size() / 8 + text.size() * wanted.size() / 256);
  const std::size_t at = text.find(wanted, start);
  if (at != std::string_view::npos) return push_range(state, at, at + wanted.size());
  lua_pushnil(state);
  return 1;
}

int find_or_match(lua_State* state, bool find) {
  const auto text = check_text(state, 1);
  auto wanted = check_text(state, 2);
  const std::size_t start = start_of(luaL_optinteger(state, 3, 1), text.size());
  if (start > text.size()) {
    lua_pushnil(state);
    return 1;
  }
  if (find && (lua_toboolean(state, 4) != 0 ||
               wanted.find_first_of("^$*+?.([%-") == std::string_view::npos))
    return plain_find(state, text, wanted, start);
  const bool anchored = wanted.starts_with('^');
  if (anchored) wanted.remove_prefix(1);
  Pattern pattern = pattern_of(state, text, wanted);
  for (std::size_t from = start; from <= text.size(); ++from) {
    const std::size_t end = pattern.match(from);
    if (end != Pattern::kNoMatch) {
      pattern.settle();
      if (!find) return push_captures(state, pattern, text, from, end, true);
      push_range(state, from, end);
      return 2 + push_captures(state, pattern, text, from, end, false);
    }
    if (anchored) break;
  }
  pattern.settle();
  lua_pushnil(state);
  return 1;
}

int text_find(lua_State* state) { return find_or_match(state, true); }
int text_match(lua_State* state) { return find_or_match(state, false); }

// Upvalues: text, pattern, where to go on, end of the last match (-1: none).
int gmatch_step(lua_State* state) {
  const auto text = check_text(state, lua_upvalueindex(1));
  Pattern pattern = pattern_of(state, text, check_text(state, lua_upvalueindex(2)));
  const lua_Integer last = lua_tointeger(state, lua_upvalueindex(4));
  auto from = static_cast<std::size_t>(lua_tointeger(state, lua_upvalueindex(3)));
  for (; from <= text.size(); ++from) {
    const std::size_t end = pattern.match(from);
    if (end == Pattern::kNoMatch || static_cast<lua_Integer>(end) == last) continue;
    pattern.settle();
    lua_pushinteger(state, static_cast<lua_Integer>(end));
    lua_copy(state, -1, lua_upvalueindex(3));
    lua_replace(state, lua_upvalueindex(4));
    return push_captures(state, pattern, text, from, end, true);
  }
  pattern.settle();
  return 0;
}

int text_gmatch(lua_State* state) {
  const auto text = check_text(state, 1);
  check_text(state, 2);
  const std::size_t start = start_of(luaL_optinteger(state, 3, 1), text.size());
  lua_settop(state, 2);
  lua_pushinteger(state, static_cast<lua_Integer>(std::min(start, text.size() + 1)));
  lua_pushinteger(state, -1);
  lua_pushcclosure(state, &gmatch_step, 4);
  return 1;
}

class Replacer {
 public:
  Replacer(lua_State* state, std::string_view text)
      : state_(state), machine_(Machine::of(state)), text_(text) {
    const int type = lua_type(state, 3);
    if (type == LUA_TSTRING || type == LUA_TNUMBER) {
      by_text_ = true;
      form_ = check_text(state, 3);
    } else if (type != LUA_TTABLE && type != LUA_TFUNCTION) {
      luaL_error(state, "bad argument #3 to 'gsub' (a text, table or function expected, got %s)",
                 luaL_typename(state, 3));
    }
  }

  void keep(std::string_view piece) {
    result_ += piece;
    machine_.charge_or_stop(piece.size() / 64);
    if (result_.size() > machine_.budgets.text) machine_.stop(Spent::text);
  }

  void replace(const Pattern& pattern, std::size_t from, std::size_t end) {
    if (by_text_) return fill(pattern, from, end);
    if (lua_type(state_, 3) == LUA_TTABLE) {
      push_capture(state_, pattern, text_, 0, from, end);
      lua_rawget(state_, 3);
    } else {
      lua_pushvalue(state_, 3);
      const int count = push_captures(state_, pattern, text_, from, end, true);
      lua_call(state_, count, 1);
    }
    if (lua_toboolean(state_, -1) == 0) {
      keep(text_.substr(from, end - from));
    } else if (lua_isstring(state_, -1) != 0) {
      keep(check_text(state_, -1));
    } else {
      luaL_error(state_, "invalid replacement value (a %s)", luaL_typename(state_, -1));
    }
    lua_pop(state_, 1);
  }

  const std::string& result() const { return result_; }

 private:
  void fill(const Pattern& pattern, std::size_t from, std::size_t end) {
    for (std::size_t i = 0; i < form_.size(); ++i) {
      if (form_[i] != '%') {
        keep(form_.substr(i, 1));
        continue;
      }
      const char what = ++i < form_.size() ? form_[i] : '\0';
      if (what == '%') {
        keep("%");
      } else if (what == '0') {
        keep(text_.substr(from, end - from));
      } else if (what >= '1' && what <= '9') {
        push_capture(state_, pattern, text_, what - '1', from, end);
        keep(check_text(state_, -1));
        lua_pop(state_, 1);
      } else {
        luaL_error(state_, "invalid use of '%%' in replacement string");
      }
    }
    machine_.charge_or_stop(form_.size() / 8);
  }

  lua_State* state_;
  Machine& machine_;
  std::string_view text_, form_;
  std::string result_;
  bool by_text_ = false;
};

int text_gsub(lua_State* state) {
  const auto text = check_text(state, 1);
  auto wanted = check_text(state, 2);
  Replacer replacer(state, text);
  const lua_Integer most = luaL_optinteger(state, 4, static_cast<lua_Integer>(text.size()) + 1);
  const bool anchored = wanted.starts_with('^');
  if (anchored) wanted.remove_prefix(1);
  Pattern pattern = pattern_of(state, text, wanted);
  std::size_t at = 0, last = Pattern::kNoMatch;
  lua_Integer count = 0;
  while (count < most) {
    const std::size_t end = pattern.match(at);
    if (end != Pattern::kNoMatch && end != last) {
      ++count;
      replacer.replace(pattern, at, end);
      at = last = end;
    } else if (at < text.size()) {
      replacer.keep(text.substr(at++, 1));
    } else {
      break;
    }
    if (anchored) break;
  }
  pattern.settle();
  if (at < text.size()) replacer.keep(text.substr(at));
  lua_pushlstring(state, replacer.result().data(), replacer.result().size());
  lua_pushinteger(state, count);
  return 2;
}

int text_rep(lua_State* state) {
  const auto text = check_text(state, 1);
  const lua_Integer count = luaL_checkinteger(state, 2);
  const auto between = lua_isnoneornil(state, 3) ? std::string_view() : check_text(state, 3);
  Machine& machine = Machine::of(state);
  std::string result;
  const std::size_t each = text.size() + between.size();
  if (count > 0 && each > 0) {
    if (static_cast<std::size_t>(count) > (machine.budgets.text + between.size()) / each)
      machine.stop(Spent::text);
    machine.charge_or_stop(each * static_cast<std::size_t>(count) / 8);
    result.reserve(each * static_cast<std::size_t>(count));
    for (lua_Integer i = 0; i < count; ++i) {
      if (i > 0) result += between;
      result += text;
    }
  }
  lua_pushlstring(state, result.data(), result.size());
  return 1;
}

struct Directive {  // %-08.3f
  std::string flags;
  int width = 0, precision = -1;
  char kind = '\0';
};

Directive directive_of(lua_State* state, std::string_view form, std::size_t& at) {
  Directive directive;
  const auto digits = [&](int& number) {
    number = 0;
    for (int i = 0; at < form.size() && form[at] >= '0' && form[at] <= '9'; ++i, ++at) {
      if (i == 2) luaL_error(state, "invalid format: width and precision have at most two digits");
      number = number * 10 + (form[at] - '0');
    }
  };
  while (at < form.size() && std::string_view("-+ #0").find(form[at]) != std::string_view::npos) {
    if (directive.flags.size() >= 5) luaL_error(state, "invalid format: too many flags");
    directive.flags += form[at++];
  }
  digits(directive.width);
  if (at < form.size() && form[at] == '.') {
    ++at;
    digits(directive.precision);
  }
  if (at < form.size()) directive.kind = form[at++];
  return directive;
}

std::string printed(const Directive& directive, const char* length, auto value) {
  std::string form = "%" + directive.flags;
  if (directive.width > 0) form += std::to_string(directive.width);
  if (directive.precision >= 0) form += "." + std::to_string(directive.precision);
  form += length;
  form += directive.kind;
  char buffer[512];  // %99.99f of the largest number has 410 characters
  const int size = std::snprintf(buffer, sizeof buffer, form.c_str(), value);
  return {buffer, size > 0 ? std::min(static_cast<std::size_t>(size), sizeof buffer - 1) : 0};
}

std::string one_format(lua_State* state, const Directive& directive, int argument) {
  switch (directive.kind) {
    case 'c':
      return {static_cast<char>(luaL_checkinteger(state, argument))};
    case 'd':
    case 'i':
    case 'o':
    case 'x':
    case 'X':
      return printed(directive, "ll", static_cast<long long>(luaL_checkinteger(state, argument)));
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G': {
      const double number = luaL_checknumber(state, argument);
      return printed(directive, "", number != number ? std::abs(number) : number);
    }
    case 's': {
      luaL_checkany(state, argument);
      push_text(state, argument);
      std::string text(check_text(state, -1));
      lua_pop(state, 1);
      if (directive.precision >= 0 && text.size() > static_cast<std::size_t>(directive.precision))
        text.resize(static_cast<std::size_t>(directive.precision));
      const auto width = static_cast<std::size_t>(directive.width);
      if (text.size() < width) {
        const bool left = directive.flags.find('-') != std::string::npos;
        text.insert(left ? text.size() : 0, width - text.size(), ' ');
      }
      return text;
    }
    default:
      luaL_error(state, "invalid format: `%%%c` is none of c d i o x X e E f F g G s",
                 directive.kind == '\0' ? '?' : directive.kind);
      return {};
  }
}

int text_format(lua_State* state) {
  const auto form = check_text(state, 1);
  Machine& machine = Machine::of(state);
  std::string result;
  int argument = 1;
  for (std::size_t at = 0; at < form.size();) {
    const std::size_t percent = std::min(form.find('%', at), form.size());
    result += form.substr(at, percent - at);
    at = percent + 1;
    if (percent == form.size()) break;
    if (at < form.size() && form[at] == '%') {
      result += '%';
      ++at;
      continue;
    }
    result += one_format(state, directive_of(state, form, at), ++argument);
    machine.charge_or_stop(4 + result.size() / 512);
    if (result.size() > machine.budgets.text) machine.stop(Spent::text);
  }
  machine.charge_or_stop(result.size() / 16);
  lua_pushlstring(state, result.data(), result.size());
  return 1;
}

// As Lua's, but bounded in results.
int text_byte(lua_State* state) {
  const auto text = check_text(state, 1);
  const lua_Integer from = luaL_optinteger(state, 2, 1);
  const lua_Integer to = luaL_optinteger(state, 3, from);
  const std::size_t first = start_of(from, text.size());
  const std::size_t end =
      to < 0 ? (start_of(to, text.size()) + (-to <= static_cast<lua_Integer>(text.size()) ? 1 : 0))
             : std::min(static_cast<std::size_t>(to), text.size());
  if (first >= end) return 0;
  if (end - first > kMostResults)
    return luaL_error(state, "too many results: at most %d", kMostResults);
  Machine::of(state).charge_or_stop(end - first);
  luaL_checkstack(state, static_cast<int>(end - first), "too many results");
  for (std::size_t i = first; i < end; ++i)
    lua_pushinteger(state, static_cast<unsigned char>(text[i]));
  return static_cast<int>(end - first);
}

// Functions of Lua whose cost is the size of the text.
int sized(lua_State* state) {
  Machine::of(state).charge_or_stop(check_text(state, 1).size() / 8);
  return lua_tocfunction(state, lua_upvalueindex(1))(state);
}

}  // namespace

void push_string_library(lua_State* state) {
  lua_pushcfunction(state, &luaopen_string);
  lua_call(state, 0, 1);
  lua_createtable(state, 0, 14);
  for (const char* name : {"char", "len", "lower", "reverse", "sub", "upper"}) {
    lua_getfield(state, -2, name);
    if (std::string_view(name) != "char" && std::string_view(name) != "len")
      lua_pushcclosure(state, &sized, 1);
    lua_setfield(state, -2, name);
  }
  const luaL_Reg own[] = {{"byte", &text_byte},     {"find", &text_find}, {"format", &text_format},
                          {"gmatch", &text_gmatch}, {"gsub", &text_gsub}, {"match", &text_match},
                          {"rep", &text_rep},       {nullptr, nullptr}};
  luaL_setfuncs(state, own, 0);
  lua_remove(state, -2);
}

}  // namespace pandect::script
