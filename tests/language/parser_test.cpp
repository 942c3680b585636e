// The expression language: binding, places, messages and limits.
#include "language/expression.h"
#include "language/lexer.h"

#include <doctest/doctest.h>

using namespace pandect::language;

namespace {

// Every operation in brackets, so that binding can be seen.
std::string tree(const Expression& e) {
  static const std::string none;
  const auto each = [&](std::string_view word) {
    std::string text;
    for (const auto& child : e.children)
      text += (text.empty() ? "" : " " + std::string(word) + " ") + tree(child);
    return "(" + text + ")";
  };
  switch (e.kind) {
    case Kind::and_:
      return each("and");
    case Kind::or_:
      return each("or");
    case Kind::not_:
      return "(not " + tree(e.children[0]) + ")";
    case Kind::negate:
      return "(- " + tree(e.children[0]) + ")";
    case Kind::add:
      return each("+");
    case Kind::subtract:
      return each("-");
    case Kind::multiply:
      return each("*");
    case Kind::divide:
      return each("/");
    case Kind::compare:
      return each(symbol(e.comparison));
    case Kind::shift:
      return "(" + tree(e.children[0]) + " shifted " + std::to_string(e.amount) + ")";
    default:
      return print(e);
  }
}

std::string tree(std::string_view text) {
  const auto parsed = parse(text);
  return parsed.expression ? tree(*parsed.expression) : "error: " + parsed.error.message;
}

struct Wrong {
  const char* text;
  unsigned at;
  const char* message;
};

}  // namespace

TEST_CASE("operators bind as the grammar says") {
  CHECK(tree("a or b and not c") == "(a or (b and (not c)))");
  CHECK(tree("not a and b") == "((not a) and b)");
  CHECK(tree("not a < b") == "(not (a < b))");
  CHECK(tree("not not a or b") == "((not (not a)) or b)");
  CHECK(tree("a + b * 2 > -c - d") == "((a + (b * 2)) > ((- c) - d))");
  CHECK(tree("-a * b / 3") == "(((- a) * b) / 3)");
  CHECK(tree("a - b - c") == "((a - b) - c)");
  CHECK(tree("(a or b) and c") == "((a or b) and c)");
  CHECK(tree("d + 1 month + 2 days < as_of") == "(((d shifted 1) shifted 2) < as_of)");
  CHECK(tree("d - 2 weeks >= 2026-08-02") == "((d shifted -2) >= 2026-08-02)");
  CHECK(tree("a and b and c or d") == "((a and b and c) or d)");
}

TEST_CASE("a dotted name is one word, keywords inside it too") {
  CHECK(tree("us.or or us.and and not in.not") == "(us.or or (us.and and (not in.not)))");
  const auto parsed = parse("market has any [us.or, us.in, kr]");
  REQUIRE(parsed.expression);
  REQUIRE(parsed.expression->members.size() == 3);
  CHECK(parsed.expression->members[0].text == "us.or");
  CHECK(parsed.expression->members[1].text == "us.in");
}

TEST_CASE("members may have the names of keywords that YAML once read as booleans") {
  const auto parsed = parse("e in [no, yes, on]");
  REQUIRE(parsed.expression);
  CHECK(parsed.expression->members[2].text == "on");
}

TEST_CASE("spans name the bytes of each part") {
  const std::string text = "a.b and  count(s) >= 2";
  const auto parsed = parse(text);
  REQUIRE(parsed.expression);
  const auto cut = [&](const Span& span) { return text.substr(span.begin, span.end - span.begin); };
  CHECK(cut(parsed.expression->span) == text);
  CHECK(cut(parsed.expression->children[0].span) == "a.b");
  CHECK(cut(parsed.expression->children[1].span) == "count(s) >= 2");
  CHECK(cut(parsed.expression->children[1].children[0].span) == "count(s)");
  CHECK(cut(parsed.expression->children[1].children[1].span) == "2");
}

TEST_CASE("each syntax error names its place and what is wrong") {
  const Wrong cases[] = {
      {"", 0, "the condition is empty"},
      {"   ", 0, "the condition is empty"},
      {"a and", 5, "the condition ends where a fact, a concept or a value is expected"},
      {"a b", 2, "`b` stands where the end of the condition is expected"},
      {"(a or b", 7, "the condition ends where `)` is expected"},
      {"a < b < c", 6, "comparisons do not chain"},
      {"a = b", 2, "`=` has no meaning here"},
      {"a & b", 2, "`&` has no meaning here"},
      {"a == \"x", 5, "this text has no closing quote"},
      {"s has [a]", 6, "`has` takes one member"},
      {"s has any a", 10, "`a` stands where `[` is expected"},
      {"e in [1]", 6, "`1` stands where the name of a member is expected"},
      {"e in [a, b", 10, "the condition ends where `]` is expected"},
      {"at least 0 of [a]", 9, "`0` stands where a whole number from 1 is expected"},
      {"at least 3 of [a, b]", 20, "the list is shorter than the number asked for"},
      {"d < 2026-02-30", 4, "there is no day 2026-02-30"},
      {"d + 3 working months of cn", 14, "`months` stands where `days` is expected"},
      {"d + 3 working days", 18, "the condition ends where `of` is expected"},
      {"d - 3 working days of cn", 24, "working days count forwards only"},
      {"d + 1.5 months", 4, "a duration is a whole number of days, weeks, months or years"},
      {"any (a)", 4, "`(` stands where `model` or `deployment` is expected"},
      {"any model a", 10, "`a` stands where `(` is expected"},
      {"count(2)", 6, "`2` stands where the name of a fact is expected"},
      {"maps(u, eu)", 8, "`eu` stands where a provision in quotes is expected"},
      {"n > 1e99", 4, "`1e99` is too long or no number"},
      {"a and or b", 6, "`or` stands where a fact, a concept or a value is expected"},
  };
  for (const auto& each : cases) {
    const auto parsed = parse(each.text);
    INFO(std::string(each.text));
    CHECK_FALSE(parsed.expression);
    CHECK(parsed.error.at == each.at);
    CHECK(parsed.error.message == each.message);
  }
}

TEST_CASE("a remedy stands beside the errors that people make most") {
  CHECK(parse("a = b").error.hint == "write == to compare");
  CHECK(parse("a | b").error.hint == "write `and` or `or`");
  CHECK(parse("1 < a < 3").error.hint == "write `a < b and b < c`");
  CHECK(parse("s has [a]").error.hint == "write `has any [...]` or `has all [...]`");
}

TEST_CASE("letters outside ASCII are refused, in texts they may stand") {
  CHECK(parse("고영향 and a").error.message == "`a character outside ASCII` has no meaning here");
  const auto parsed = parse("t == \"인공지능\"");
  REQUIRE(parsed.expression);
  CHECK(parsed.expression->children[1].text == "인공지능");
}

TEST_CASE("nesting ends at 64 levels, with an error") {
  const auto nested = [](int levels) {
    return std::string(static_cast<std::size_t>(levels), '(') + "a" +
           std::string(static_cast<std::size_t>(levels), ')');
  };
  CHECK(parse(nested(63)).expression);
  CHECK(parse(nested(64)).error.message == "the condition is nested too deeply");
  CHECK(parse(nested(30'000)).error.message == "the condition is nested too deeply");
  std::string nots, minuses;
  for (int i = 0; i < 10'000; ++i) nots += "not ";
  minuses.assign(60'000, '-');
  CHECK(parse(nots + "a").error.message == "the condition is nested too deeply");
  CHECK(parse("n > " + minuses + "1").error.message == "the condition is nested too deeply");
}

TEST_CASE("a condition has at most 64 KiB") {
  const std::string long_name(64 * 1024, 'a');
  CHECK(parse(long_name).expression);
  const auto parsed = parse(long_name + "a");
  CHECK(parsed.error.message == "the condition is longer than 64 KiB");
  CHECK(parsed.error.at == 0);
}

TEST_CASE("long chains of one operator are read and printed") {
  std::string chain = "a";
  while (chain.size() < 60'000) chain += " or a";
  const auto parsed = parse(chain);
  REQUIRE(parsed.expression);
  CHECK(print(*parsed.expression) == chain);
}
