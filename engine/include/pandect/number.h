// Exact rational numbers. Law compares amounts exactly, so no float enters a value
// (semantics: "numbers are compared as rationals"). 128 bits on either side of the bar hold every
// figure that a statute or a training run needs; what does not fit is reported, never rounded.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pandect {

__extension__ typedef __int128 Int128;

class Number {
 public:
  constexpr Number() = default;
  constexpr Number(std::int64_t integer)
      : numerator_(integer) {}  // NOLINT(google-explicit-constructor)

  // Reads "1e25", "1_000_000", "0.07", "-3". Nothing else, and nothing that would overflow.
  static std::optional<Number> parse(std::string_view text);
  static std::optional<Number> fraction(Int128 numerator, Int128 denominator);

  Int128 numerator() const { return numerator_; }
  Int128 denominator() const { return denominator_; }
  bool is_integer() const { return denominator_ == 1; }
  bool is_zero() const { return numerator_ == 0; }
  bool is_negative() const { return numerator_ < 0; }

  // Nearest integer below or above.
  Number floor() const;
  Number ceil() const;
  std::int64_t to_int() const { return static_cast<std::int64_t>(numerator_ / denominator_); }
  double to_double() const;

  // Exact arithmetic; empty where the result does not fit.
  friend std::optional<Number> add(const Number& a, const Number& b);
  friend std::optional<Number> multiply(const Number& a, const Number& b);
  friend std::optional<Number> divide(const Number& a, const Number& b);
  Number negated() const;

  friend std::strong_ordering operator<=>(const Number& a, const Number& b);
  friend bool operator==(const Number& a, const Number& b) {
    return a.numerator_ == b.numerator_ && a.denominator_ == b.denominator_;
  }

  // Shortest exact form: "35000000", "0.07", "1e25", "1/3". Independent of locale.
  std::string text() const;

 private:
  Int128 numerator_ = 0;
  Int128 denominator_ = 1;  // always positive, lowest terms
};

std::optional<Number> add(const Number& a, const Number& b);
std::optional<Number> multiply(const Number& a, const Number& b);
std::optional<Number> divide(const Number& a, const Number& b);

}  // namespace pandect
