// Splits an expression into tokens. A dotted name is one token, so `us.or` is Oregon.
#pragma once

#include "language/expression.h"

#include <string>
#include <string_view>
#include <vector>

namespace pandect::language {

enum class TokenKind : std::uint8_t { end, name, number, date, text, symbol };

struct Token {
  TokenKind kind = TokenKind::end;
  std::string_view text;
  Span span;
};

struct Tokens {
  std::vector<Token> list;  // ends with a token of kind `end`
  SyntaxError error;        // message empty if all is well
};

Tokens tokenize(std::string_view text);

}  // namespace pandect::language
