// Exact rational numbers.
#include "pandect/number.h"

#include "logic/laws.h"

#include <doctest/doctest.h>

using pandect::Number;

namespace {

Number read(const char* text) {
  const auto number = Number::parse(text);
  REQUIRE(number);
  return *number;
}

const char* const kLargest = "170141183460469231731687303715884105727";  // 2^127 - 1

}  // namespace

TEST_CASE("numbers are read as they are written") {
  CHECK(read("1e25") == read("10000000000000000000000000"));
  CHECK(read("1_000_000") == Number(1'000'000));
  CHECK(read("0.07") == *Number::fraction(7, 100));
  CHECK(read("-3") == Number(-3));
  CHECK(read("+3") == Number(3));
  CHECK(read("2.50e3") == Number(2500));
  CHECK(read("25e-2") == *Number::fraction(1, 4));
  CHECK(read("-0") == Number(0));
  CHECK(read("1e-30") == *divide(Number(1), read("1e30")));
}

TEST_CASE("what is no number is refused") {
  for (const char* text :
       {"",      "-",  "+",  ".5",  "5.",  "1e",    "1e+", "e5",  "_1",   "0x10", "1,000",
        "1 000", " 1", "1 ", "nan", "inf", "1.2.3", "--1", "1/3", "1e61", "１"}) {
    INFO(std::string(text));
    CHECK_FALSE(Number::parse(text));
  }
}

TEST_CASE("what does not fit is refused, never rounded") {
  CHECK(Number::parse(kLargest));
  CHECK_FALSE(Number::parse("170141183460469231731687303715884105728"));
  CHECK_FALSE(Number::parse("1e39"));
  CHECK(Number::parse("1e38"));
  const Number large = read(kLargest);
  CHECK_FALSE(add(large, Number(1)));
  CHECK(*add(large, Number(-1)) < large);
  CHECK_FALSE(multiply(large, Number(2)));
  CHECK(*multiply(large, *Number::fraction(1, 2)) < large);
  CHECK_FALSE(multiply(*Number::fraction(1, 3), *divide(Number(1), large)));
  CHECK_FALSE(divide(Number(1), Number(0)));
  CHECK_FALSE(Number::fraction(1, 0));
}

TEST_CASE("arithmetic is exact") {
  CHECK(*add(read("0.1"), read("0.2")) == read("0.3"));
  CHECK(*multiply(*divide(Number(1), Number(3)), Number(3)) == Number(1));
  CHECK(*multiply(read("1e25"), read("1e-25")) == Number(1));
  CHECK(*Number::fraction(-6, -4) == *Number::fraction(3, 2));
  CHECK(*Number::fraction(6, -4) == *Number::fraction(-3, 2));
  CHECK(Number::fraction(0, 7)->is_zero());
  CHECK(*Number::fraction(0, 7) == Number(0));
}

TEST_CASE("fractions are ordered without overflow") {
  const Number third = *Number::fraction(1, 3);
  CHECK(read("0.333333333333333333") < third);
  CHECK(third < read("0.333333333333333334"));
  CHECK(*Number::fraction(-1, 3) < *Number::fraction(-1, 4));
  CHECK(Number(-1) < Number(0));
  const Number near_one =
      *Number::fraction(read(kLargest).numerator() - 1, read(kLargest).numerator());
  CHECK(near_one < Number(1));
  CHECK(near_one > read("0.999999999999999999"));
  CHECK(near_one.negated() > Number(-1));
}

TEST_CASE("floor and ceil go to the nearest whole number on either side") {
  CHECK(Number::fraction(7, 2)->floor() == Number(3));
  CHECK(Number::fraction(7, 2)->ceil() == Number(4));
  CHECK(Number::fraction(-7, 2)->floor() == Number(-4));
  CHECK(Number::fraction(-7, 2)->ceil() == Number(-3));
  CHECK(Number(5).floor() == Number(5));
  CHECK(Number(-5).ceil() == Number(-5));
}

TEST_CASE("the text of a number is short and reads back as the same number") {
  CHECK(read("35000000").text() == "35000000");
  CHECK(read("0.070").text() == "0.07");
  CHECK(read("10000000000000000000000000").text() == "1e25");
  CHECK(read("12e24").text() == "1.2e25");
  CHECK(read("-2.5").text() == "-2.5");
  CHECK(read("-3e25").text() == "-3e25");
  CHECK(Number::fraction(1, 3)->text() == "1/3");
  CHECK(Number(0).text() == "0");
  naive::Random random(11);
  for (int i = 0; i < 5000; ++i) {
    std::string text = std::to_string(random.between(-999'999, 999'999));
    if (random.chance(50)) text += "." + std::to_string(random.below(1'000'000));
    if (random.chance(50)) text += "e" + std::to_string(random.between(-8, 20));
    const auto number = Number::parse(text);
    REQUIRE(number);
    INFO(text, " ", number->text());
    REQUIRE(Number::parse(number->text()));
    CHECK(*Number::parse(number->text()) == *number);
  }
}

TEST_CASE("random fractions keep the laws of arithmetic and order") {
  naive::Random random(12);
  const auto fraction = [&] {
    return *Number::fraction(random.between(-1000, 1000), random.between(1, 1000));
  };
  for (int i = 0; i < 5000; ++i) {
    const Number a = fraction(), b = fraction(), c = fraction();
    CHECK(*add(a, b) == *add(b, a));
    CHECK(*add(*add(a, b), c) == *add(a, *add(b, c)));
    CHECK(*multiply(a, *add(b, c)) == *add(*multiply(a, b), *multiply(a, c)));
    if (!b.is_zero()) CHECK(*multiply(*divide(a, b), b) == a);
    CHECK((a < b) == (add(a, b.negated())->is_negative()));
    CHECK((*add(a, c) < *add(b, c)) == (a < b));
  }
}
