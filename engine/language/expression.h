// The expression language of packs: syntax only. A parsed Expression knows words, numbers and
// where they stand; it does not know which facts exist. Grammar: semantics section 2.
#pragma once

#include "pandect/date.h"
#include "pandect/number.h"
#include "pandect/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pandect::language {

enum class Kind : std::uint8_t {
  true_,
  false_,
  number,
  date,
  text,
  as_of,
  name,
  not_,
  and_,
  or_,
  compare,
  in,
  has,
  has_any,
  has_all,
  add,
  subtract,
  multiply,
  divide,
  negate,
  shift,
  at_least,
  count,
  known,
  any_model,
  all_models,
  any_deployment,
  all_deployments,
  maps,
};

enum class Comparison : std::uint8_t { less, less_equal, greater, greater_equal, equal, not_equal };

enum class DurationUnit : std::uint8_t { days, weeks, months, years, working_days };

struct Span {  // bytes of the expression's text
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

struct Word {
  std::string text;
  Span span;
};

struct Expression {
  Kind kind = Kind::true_;
  Comparison comparison = Comparison::equal;
  DurationUnit duration = DurationUnit::days;
  Span span;
  std::string text;           // name, text, unit of a number, id of maps, calendar of a shift
  Number number;              // number
  Day day = 0;                // date
  int amount = 0;             // length of a shift (negative backwards), N of "at least N of"
  std::vector<Word> members;  // in, has, has any, has all; the optional class of maps
  std::vector<Expression> children;  // operands in source order
};

struct SyntaxError {
  std::uint32_t at = 0;  // byte offset
  std::string message;
  std::string hint;
};

struct Parsed {
  std::optional<Expression> expression;
  SyntaxError error;
};

// Reads one expression. At most 64 levels deep and 64 KiB long.
Parsed parse(std::string_view text);

// The shortest text with the same meaning; parse(print(e)) gives e again.
std::string print(const Expression& expression);

// Equal in structure, spans aside.
bool same(const Expression& a, const Expression& b);

std::string_view symbol(Comparison comparison);

}  // namespace pandect::language
