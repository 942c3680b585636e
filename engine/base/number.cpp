#include "pandect/number.h"

#include <algorithm>

namespace pandect {
namespace {

__extension__ typedef unsigned __int128 Unsigned128;

Unsigned128 magnitude(Int128 value) {
  return value < 0 ? Unsigned128{0} - static_cast<Unsigned128>(value)
                   : static_cast<Unsigned128>(value);
}

Unsigned128 greatest_common_divisor(Unsigned128 a, Unsigned128 b) {
  while (b != 0) {
    const Unsigned128 rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

struct Wide {  // 256-bit product, for comparing fractions without overflow
  Unsigned128 high = 0;
  Unsigned128 low = 0;
};

Wide wide_product(Unsigned128 a, Unsigned128 b) {
  constexpr Unsigned128 mask = (Unsigned128{1} << 64) - 1;
  const Unsigned128 a0 = a & mask, a1 = a >> 64, b0 = b & mask, b1 = b >> 64;
  const Unsigned128 low = a0 * b0;
  const Unsigned128 middle = a1 * b0 + (low >> 64);
  const Unsigned128 cross = a0 * b1 + (middle & mask);
  return {a1 * b1 + (middle >> 64) + (cross >> 64), (cross << 64) | (low & mask)};
}

bool times(Int128 a, Int128 b, Int128& out) { return !__builtin_mul_overflow(a, b, &out); }
bool plus(Int128 a, Int128 b, Int128& out) { return !__builtin_add_overflow(a, b, &out); }

std::string digits_of(Int128 value) {
  if (value == 0) return "0";
  std::string text;
  for (Unsigned128 rest = magnitude(value); rest != 0; rest /= 10) {
    text.push_back(static_cast<char>('0' + static_cast<int>(rest % 10)));
  }
  if (value < 0) text.push_back('-');
  std::reverse(text.begin(), text.end());
  return text;
}

}  // namespace

std::optional<Number> Number::fraction(Int128 numerator, Int128 denominator) {
  if (denominator == 0) return std::nullopt;
  if (denominator < 0) {
    if (!times(numerator, -1, numerator) || !times(denominator, -1, denominator))
      return std::nullopt;
  }
  if (denominator != 1) {
    const auto divisor =
        static_cast<Int128>(greatest_common_divisor(magnitude(numerator), magnitude(denominator)));
    if (divisor > 1) {
      numerator /= divisor;
      denominator /= divisor;
    }
  }
  Number result;
  result.numerator_ = numerator;
  result.denominator_ = numerator == 0 ? 1 : denominator;
  return result;
}

std::optional<Number> Number::parse(std::string_view text) {
  std::size_t at = 0;
  bool negative = false;
  if (at < text.size() && (text[at] == '-' || text[at] == '+')) negative = text[at++] == '-';
  Int128 mantissa = 0;
  int exponent = 0;
  bool any_digit = false, point = false;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c >= '0' && c <= '9') {
      if (!times(mantissa, 10, mantissa) || !plus(mantissa, c - '0', mantissa)) return std::nullopt;
      if (point) --exponent;
      any_digit = true;
    } else if (c == '_' && any_digit && !point) {
      continue;
    } else if (c == '.' && any_digit && !point && at + 1 < text.size() && text[at + 1] >= '0' &&
               text[at + 1] <= '9') {
      point = true;
    } else {
      break;
    }
  }
  if (!any_digit) return std::nullopt;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    bool minus = false;
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) minus = text[at++] == '-';
    int power = 0;
    const std::size_t first = at;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
      power = power * 10 + (text[at] - '0');
      if (power > 60) return std::nullopt;
    }
    if (at == first) return std::nullopt;
    exponent += minus ? -power : power;
  }
  if (at != text.size()) return std::nullopt;
  if (negative) mantissa = -mantissa;
  Int128 scale = 1;
  for (int i = 0; i < (exponent < 0 ? -exponent : exponent); ++i) {
    if (!times(scale, 10, scale)) return std::nullopt;
  }
  if (exponent >= 0) {
    if (!times(mantissa, scale, mantissa)) return std::nullopt;
    scale = 1;
  }
  return fraction(mantissa, scale);
}

Number Number::floor() const {
  Int128 quotient = numerator_ / denominator_;
  if (numerator_ < 0 && numerator_ % denominator_ != 0) quotient -= 1;
  return *fraction(quotient, 1);
}

Number Number::ceil() const { return negated().floor().negated(); }

double Number::to_double() const {
  return static_cast<double>(static_cast<long double>(numerator_) /
                             static_cast<long double>(denominator_));
}

Number Number::negated() const {
  Number result = *this;
  result.numerator_ = -result.numerator_;
  return result;
}

std::optional<Number> add(const Number& a, const Number& b) {
  if (a.denominator_ == 1 && b.denominator_ == 1) {
    Int128 sum = 0;
    if (!plus(a.numerator_, b.numerator_, sum)) return std::nullopt;
    return Number::fraction(sum, 1);
  }
  Int128 left = 0, right = 0, sum = 0, denominator = 0;
  if (!times(a.numerator_, b.denominator_, left) || !times(b.numerator_, a.denominator_, right) ||
      !plus(left, right, sum) || !times(a.denominator_, b.denominator_, denominator)) {
    return std::nullopt;
  }
  return Number::fraction(sum, denominator);
}

std::optional<Number> multiply(const Number& a, const Number& b) {
  const auto cross_a =
      Number::fraction(a.numerator_, b.denominator_);  // reduce first: keeps figures small
  const auto cross_b = Number::fraction(b.numerator_, a.denominator_);
  if (!cross_a || !cross_b) return std::nullopt;
  Int128 numerator = 0, denominator = 0;
  if (!times(cross_a->numerator_, cross_b->numerator_, numerator) ||
      !times(cross_a->denominator_, cross_b->denominator_, denominator)) {
    return std::nullopt;
  }
  return Number::fraction(numerator, denominator);
}

std::optional<Number> divide(const Number& a, const Number& b) {
  const auto inverse = Number::fraction(b.denominator_, b.numerator_);
  if (!inverse) return std::nullopt;
  return multiply(a, *inverse);
}

std::strong_ordering operator<=>(const Number& a, const Number& b) {
  if (a.denominator_ == b.denominator_) return a.numerator_ <=> b.numerator_;
  const bool a_negative = a.numerator_ < 0, b_negative = b.numerator_ < 0;
  if (a_negative != b_negative) {
    return a_negative ? std::strong_ordering::less : std::strong_ordering::greater;
  }
  const Wide left = wide_product(magnitude(a.numerator_), magnitude(b.denominator_));
  const Wide right = wide_product(magnitude(b.numerator_), magnitude(a.denominator_));
  std::strong_ordering order = std::strong_ordering::equal;
  if (left.high != right.high) {
    order = left.high < right.high ? std::strong_ordering::less : std::strong_ordering::greater;
  } else if (left.low != right.low) {
    order = left.low < right.low ? std::strong_ordering::less : std::strong_ordering::greater;
  }
  if (!a_negative || order == std::strong_ordering::equal) return order;
  return order == std::strong_ordering::less ? std::strong_ordering::greater
                                             : std::strong_ordering::less;
}

std::string Number::text() const {
  if (denominator_ == 1) {
    std::string digits = digits_of(numerator_);
    const std::size_t last = digits.find_last_not_of('0');
    const std::size_t zeros = digits.size() - 1 - last;
    const bool huge = last != std::string::npos && digits.size() > 18 && zeros > 6;
    if (!huge) return digits;
    const std::size_t first = digits[0] == '-' ? 1 : 0;
    std::string mantissa = digits.substr(0, last + 1);
    const std::size_t exponent = digits.size() - first - 1;
    if (mantissa.size() > first + 1) mantissa.insert(first + 1, ".");
    return mantissa + "e" + std::to_string(exponent);
  }
  Int128 scale = 1;
  for (int places = 1; places <= 18; ++places) {
    scale *= 10;
    if (scale % denominator_ != 0) continue;
    Int128 scaled = 0;
    if (!times(numerator_, scale / denominator_, scaled)) break;
    std::string digits = digits_of(scaled < 0 ? -scaled : scaled);
    if (digits.size() <= static_cast<std::size_t>(places)) {
      digits.insert(0, static_cast<std::size_t>(places) + 1 - digits.size(), '0');
    }
    digits.insert(digits.size() - static_cast<std::size_t>(places), ".");
    return scaled < 0 ? "-" + digits : digits;
  }
  return digits_of(numerator_) + "/" + digits_of(denominator_);
}

}  // namespace pandect
