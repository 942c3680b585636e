// print() and parse() undo one another on random expressions.
#include "language/expression.h"
#include "logic/laws.h"

#include <doctest/doctest.h>

using namespace pandect::language;

namespace {

// Random text of the grammar; brackets where it pleases, also where none are needed.
class Writer {
 public:
  explicit Writer(naive::Random& random) : random_(random) {}

  std::string condition(int depth) {
    if (depth == 0) return test(0);
    switch (random_.below(6)) {
      case 0:
        return condition(depth - 1) + " and " + condition(depth - 1);
      case 1:
        return condition(depth - 1) + " or " + condition(depth - 1);
      case 2:
        return "not " + condition(depth - 1);
      case 3:
        return "(" + condition(depth - 1) + ")";
      case 4:
        return "at least 1 of [" + condition(depth - 1) + ", " + condition(depth - 1) + "]";
      default:
        return test(depth);
    }
  }

 private:
  std::string name() {
    static const char* const names[] = {"a",     "b.c", "us.or", "_x1",    "not.in",
                                        "model", "day", "weeks", "least.x"};
    return names[random_.below(9)];
  }
  std::string list() { return "[" + name() + ", " + name() + (random_.chance(30) ? ",]" : "]"); }

  std::string test(int depth) {
    static const char* const orders[] = {" < ", " <= ", " > ", " >= ", " == ", " != "};
    switch (random_.below(10)) {
      case 0:
        return name() + " in " + list();
      case 1:
        return name() + " has any " + list();
      case 2:
        return name() + " has all " + list();
      case 3:
        return name() + " has " + name();
      case 4:
        return "known(" + name() + ")";
      case 5:
        return (random_.chance(50) ? "any model (" : "all deployments (") +
               condition(depth > 0 ? depth - 1 : 0) + ")";
      case 6:
        return "maps(" + name() + ", \"eu:annex-3\"" +
               (random_.chance(50) ? ", " + name() + ")" : ")");
      case 7:
        return random_.chance(50) ? "true" : name();
      default:
        return sum(depth) + orders[random_.below(6)] + sum(depth);
    }
  }

  std::string sum(int depth) {
    if (depth == 0) return value();
    switch (random_.below(8)) {
      case 0:
        return sum(depth - 1) + " + " + sum(depth - 1);
      case 1:
        return sum(depth - 1) + " - (" + sum(depth - 1) + ")";
      case 2:
        return "(" + sum(depth - 1) + ") * " + value();
      case 3:
        return value() + " / 3";
      case 4:
        return "-" + value();
      case 5:
        return "(" + sum(depth - 1) + ") + " + std::to_string(random_.below(40)) + " months";
      case 6:
        return name() + " - 1 year + 10 working days of cn";
      default:
        return value();
    }
  }

  std::string value() {
    static const char* const values[] = {"0",          "1e25 FLOP", "0.07",    "1_000_000 KRW",
                                         "2026-08-02", "as_of",     "\"a b\"", "3.5e2",
                                         "count(s)"};
    return random_.chance(50) ? name() : values[random_.below(9)];
  }

  naive::Random& random_;
};

}  // namespace

TEST_CASE("parse(print(e)) is e, and print is stable") {
  naive::Random random(3);
  int read = 0;
  for (int i = 0; i < 20'000; ++i) {
    const std::string text = Writer(random).condition(random.between(0, 4));
    const auto first = parse(text);
    if (!first.expression) continue;
    ++read;
    const std::string printed = print(*first.expression);
    const auto second = parse(printed);
    INFO(text, "\n", printed);
    REQUIRE(second.expression);
    CHECK(same(*first.expression, *second.expression));
    CHECK(print(*second.expression) == printed);
  }
  CHECK(read > 15'000);
}

TEST_CASE("print leaves out brackets that say nothing") {
  const auto shortest = [](std::string_view text) { return print(*parse(text).expression); };
  CHECK(shortest("((a)) or ((b) and (c))") == "a or b and c");
  CHECK(shortest("(a or b) and c") == "(a or b) and c");
  CHECK(shortest("not (a)") == "not a");
  CHECK(shortest("not (a and b)") == "not (a and b)");
  CHECK(shortest("(a + b) + c > 1") == "a + b + c > 1");
  CHECK(shortest("a - (b - c) > 1") == "a - (b - c) > 1");
  CHECK(shortest("d + 1 months > as_of") == "d + 1 month > as_of");
}

TEST_CASE("same() looks at structure, not at places") {
  CHECK(same(*parse("a   and b").expression, *parse("a and b").expression));
  CHECK_FALSE(same(*parse("a and b").expression, *parse("b and a").expression));
  CHECK_FALSE(same(*parse("a < 1").expression, *parse("a <= 1").expression));
  CHECK_FALSE(same(*parse("a < 1 hour").expression, *parse("a < 1 FLOP").expression));
}
