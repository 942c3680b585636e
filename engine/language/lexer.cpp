#include "language/lexer.h"

namespace pandect::language {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_word(char c) { return is_letter(c) || is_digit(c); }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

std::size_t end_of_name(std::string_view text, std::size_t at) {
  while (at < text.size() && is_word(text[at])) ++at;
  while (at + 1 < text.size() && text[at] == '.' && is_word(text[at + 1])) {
    ++at;
    while (at < text.size() && is_word(text[at])) ++at;
  }
  return at;
}

bool is_date_at(std::string_view text, std::size_t at) {
  if (at + 10 > text.size()) return false;
  for (std::size_t i = 0; i < 10; ++i) {
    const bool dash = i == 4 || i == 7;
    if (dash ? text[at + i] != '-' : !is_digit(text[at + i])) return false;
  }
  return at + 10 == text.size() || !is_word(text[at + 10]);
}

std::size_t end_of_number(std::string_view text, std::size_t at) {
  while (at < text.size() && (is_digit(text[at]) || text[at] == '_')) ++at;
  if (at + 1 < text.size() && text[at] == '.' && is_digit(text[at + 1])) {
    ++at;
    while (at < text.size() && is_digit(text[at])) ++at;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    std::size_t power = at + 1;
    if (power < text.size() && (text[power] == '+' || text[power] == '-')) ++power;
    if (power < text.size() && is_digit(text[power])) {
      while (power < text.size() && is_digit(text[power])) ++power;
      at = power;
    }
  }
  return at;
}

}  // namespace

Tokens tokenize(std::string_view text) {
  Tokens tokens;
  std::size_t at = 0;
  const auto push = [&](TokenKind kind, std::size_t end) {
    tokens.list.push_back({kind,
                           text.substr(at, end - at),
                           {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)}});
    at = end;
  };
  while (at < text.size()) {
    const char c = text[at];
    if (is_space(c)) {
      ++at;
    } else if (is_letter(c)) {
      push(TokenKind::name, end_of_name(text, at));
    } else if (is_date_at(text, at)) {
      push(TokenKind::date, at + 10);
    } else if (is_digit(c)) {
      push(TokenKind::number, end_of_number(text, at));
    } else if (c == '"') {
      const std::size_t close = text.find('"', at + 1);
      if (close == std::string_view::npos) {
        tokens.error = {static_cast<std::uint32_t>(at), "this text has no closing quote",
                        "add a \""};
        return tokens;
      }
      push(TokenKind::text, close + 1);
    } else if ((c == '<' || c == '>' || c == '=' || c == '!') && at + 1 < text.size() &&
               text[at + 1] == '=') {
      push(TokenKind::symbol, at + 2);
    } else if (std::string_view("<>+-*/()[],").find(c) != std::string_view::npos) {
      push(TokenKind::symbol, at + 1);
    } else {
      std::string shown(1, c);
      if (static_cast<unsigned char>(c) >= 0x80) shown = "a character outside ASCII";
      tokens.error = {
          static_cast<std::uint32_t>(at), "`" + shown + "` has no meaning here",
          c == '=' ? "write == to compare" : (c == '&' || c == '|' ? "write `and` or `or`" : "")};
      return tokens;
    }
  }
  tokens.list.push_back(
      {TokenKind::end, {}, {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at)}});
  return tokens;
}

}  // namespace pandect::language
