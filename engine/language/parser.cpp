// Recursive descent over the grammar of semantics section 2; one function per production.
#include "language/expression.h"
#include "language/lexer.h"

#include <array>
#include <utility>

namespace pandect::language {
namespace {

constexpr int kMaximumDepth = 64;
constexpr std::size_t kMaximumLength = 64 * 1024;

constexpr std::array<std::string_view, 16> kReserved{
    "and",   "or", "not", "in",    "has",   "any",   "all",  "true",
    "false", "at", "of",  "count", "known", "as_of", "maps", "least"};

bool reserved(std::string_view word) {
  for (const auto each : kReserved) {
    if (each == word) return true;
  }
  return false;
}

class Parser {
 public:
  explicit Parser(const std::vector<Token>& tokens) : tokens_(tokens) {}

  Parsed run() {
    Parsed parsed;
    Expression expression = parse_or();
    if (!failed_ && peek().kind != TokenKind::end) fail(unexpected("the end of the condition"));
    if (failed_) {
      parsed.error = error_;
    } else {
      parsed.expression = std::move(expression);
    }
    return parsed;
  }

 private:
  const Token& peek(std::size_t ahead = 0) const {
    const std::size_t at = position_ + ahead;
    return at < tokens_.size() ? tokens_[at] : tokens_.back();
  }
  bool is(std::string_view text, std::size_t ahead = 0) const {
    const Token& token = peek(ahead);
    return token.text == text && (token.kind == TokenKind::name || token.kind == TokenKind::symbol);
  }
  const Token& take() {
    const Token& token = peek();
    if (position_ + 1 < tokens_.size()) ++position_;
    return token;
  }
  bool accept(std::string_view text) {
    if (!is(text)) return false;
    take();
    return true;
  }
  void expect(std::string_view text) {
    if (!failed_ && !accept(text)) fail(unexpected("`" + std::string(text) + "`"));
  }
  void fail(std::string message, std::string hint = {}) {
    if (failed_) return;
    failed_ = true;
    error_ = {peek().span.begin, std::move(message), std::move(hint)};
  }
  std::string unexpected(const std::string& wanted) const {
    if (peek().kind == TokenKind::end) return "the condition ends where " + wanted + " is expected";
    return "`" + std::string(peek().text) + "` stands where " + wanted + " is expected";
  }
  Expression node(Kind kind, std::uint32_t begin) const {
    Expression expression;
    expression.kind = kind;
    expression.span = {begin, begin};
    return expression;
  }
  void close(Expression& expression) const {
    expression.span.end = position_ == 0 ? 0 : tokens_[position_ - 1].span.end;
  }

  Expression chain(Kind kind, std::string_view word, Expression (Parser::*next)()) {
    const std::uint32_t begin = peek().span.begin;
    Expression first = (this->*next)();
    if (failed_ || !is(word)) return first;
    Expression expression = node(kind, begin);
    expression.children.push_back(std::move(first));
    while (!failed_ && accept(word)) expression.children.push_back((this->*next)());
    close(expression);
    return expression;
  }

  Expression parse_or() {
    if (++depth_ > kMaximumDepth) {
      fail("the condition is nested too deeply", "split it into concepts");
      --depth_;
      return {};
    }
    Expression expression = chain(Kind::or_, "or", &Parser::parse_and);
    --depth_;
    return expression;
  }
  Expression parse_and() { return chain(Kind::and_, "and", &Parser::parse_not); }

  Expression parse_not() {
    if (!is("not")) return parse_test();
    const std::uint32_t begin = peek().span.begin;
    if (++depth_ > kMaximumDepth) {
      fail("the condition is nested too deeply", "split it into concepts");
      --depth_;
      return {};
    }
    take();
    Expression expression = node(Kind::not_, begin);
    expression.children.push_back(parse_not());
    --depth_;
    close(expression);
    return expression;
  }

  std::optional<Comparison> comparison() const {
    if (peek().kind != TokenKind::symbol) return std::nullopt;
    static constexpr std::array<std::pair<std::string_view, Comparison>, 6> table{
        {{"<", Comparison::less},
         {"<=", Comparison::less_equal},
         {">", Comparison::greater},
         {">=", Comparison::greater_equal},
         {"==", Comparison::equal},
         {"!=", Comparison::not_equal}}};
    for (const auto& [text, value] : table) {
      if (peek().text == text) return value;
    }
    return std::nullopt;
  }

  Expression parse_test() {
    const std::uint32_t begin = peek().span.begin;
    Expression left = parse_sum();
    if (failed_) return left;
    if (const auto operation = comparison()) {
      take();
      Expression expression = node(Kind::compare, begin);
      expression.comparison = *operation;
      expression.children.push_back(std::move(left));
      expression.children.push_back(parse_sum());
      close(expression);
      if (!failed_ && comparison()) fail("comparisons do not chain", "write `a < b and b < c`");
      return expression;
    }
    if (accept("in")) return membership(Kind::in, begin, std::move(left), true);
    if (accept("has")) {
      if (accept("any")) return membership(Kind::has_any, begin, std::move(left), true);
      if (accept("all")) return membership(Kind::has_all, begin, std::move(left), true);
      return membership(Kind::has, begin, std::move(left), false);
    }
    return left;
  }

  void member(Expression& expression) {
    if (peek().kind != TokenKind::name) {
      fail(unexpected("the name of a member"));
      return;
    }
    const Token& token = take();
    expression.members.push_back({std::string(token.text), token.span});
  }

  Expression membership(Kind kind, std::uint32_t begin, Expression left, bool list) {
    Expression expression = node(kind, begin);
    expression.children.push_back(std::move(left));
    if (!list) {
      if (is("[")) {
        fail("`has` takes one member", "write `has any [...]` or `has all [...]`");
        return expression;
      }
      member(expression);
    } else {
      expect("[");
      if (!failed_) member(expression);
      while (!failed_ && accept(",")) {
        if (is("]")) break;
        member(expression);
      }
      expect("]");
    }
    close(expression);
    return expression;
  }

  // "3 months", "10 working days of cn"; the sign has been taken.
  bool duration_ahead() const {
    if (peek().kind != TokenKind::number || peek(1).kind != TokenKind::name) return false;
    const std::string_view word = peek(1).text;
    return word == "day" || word == "days" || word == "week" || word == "weeks" ||
           word == "month" || word == "months" || word == "year" || word == "years" ||
           word == "working";
  }

  Expression parse_shift(std::uint32_t begin, Expression base, bool backwards) {
    Expression expression = node(Kind::shift, begin);
    const auto length = Number::parse(peek().text);
    if (!length || !length->is_integer() || *length > Number(100000)) {
      fail("a duration is a whole number of days, weeks, months or years");
      return expression;
    }
    take();
    expression.amount = static_cast<int>(length->to_int()) * (backwards ? -1 : 1);
    const std::string_view word = take().text;
    if (word == "working") {
      expression.duration = DurationUnit::working_days;
      if (!accept("days") && !accept("day")) fail(unexpected("`days`"));
      expect("of");
      if (!failed_ && peek().kind != TokenKind::name) fail(unexpected("the name of a calendar"));
      if (!failed_) expression.text = std::string(take().text);
      if (backwards) fail("working days count forwards only");
    } else if (word.starts_with("day")) {
      expression.duration = DurationUnit::days;
    } else if (word.starts_with("week")) {
      expression.duration = DurationUnit::weeks;
    } else if (word.starts_with("month")) {
      expression.duration = DurationUnit::months;
    } else {
      expression.duration = DurationUnit::years;
    }
    expression.children.push_back(std::move(base));
    close(expression);
    return expression;
  }

  Expression parse_sum() {
    const std::uint32_t begin = peek().span.begin;
    Expression left = parse_product();
    while (!failed_ && peek().kind == TokenKind::symbol && (is("+") || is("-"))) {
      const bool minus = take().text == "-";
      if (duration_ahead()) {
        left = parse_shift(begin, std::move(left), minus);
        continue;
      }
      Expression expression = node(minus ? Kind::subtract : Kind::add, begin);
      expression.children.push_back(std::move(left));
      expression.children.push_back(parse_product());
      close(expression);
      left = std::move(expression);
    }
    return left;
  }

  Expression parse_product() {
    const std::uint32_t begin = peek().span.begin;
    Expression left = parse_unary();
    while (!failed_ && peek().kind == TokenKind::symbol && (is("*") || is("/"))) {
      Expression expression = node(take().text == "*" ? Kind::multiply : Kind::divide, begin);
      expression.children.push_back(std::move(left));
      expression.children.push_back(parse_unary());
      close(expression);
      left = std::move(expression);
    }
    return left;
  }

  Expression parse_unary() {
    if (!(peek().kind == TokenKind::symbol && is("-"))) return parse_primary();
    const std::uint32_t begin = take().span.begin;
    if (++depth_ > kMaximumDepth) {
      fail("the condition is nested too deeply", "split it into concepts");
      return {};
    }
    Expression expression = node(Kind::negate, begin);
    expression.children.push_back(parse_unary());
    --depth_;
    close(expression);
    return expression;
  }

  Expression parse_number() {
    const Token& token = take();
    Expression expression = node(Kind::number, token.span.begin);
    const auto value = Number::parse(token.text);
    if (!value) {
      --position_;
      fail("`" + std::string(token.text) + "` is too long or no number");
      return expression;
    }
    expression.number = *value;
    if (peek().kind == TokenKind::name && !reserved(peek().text) && !duration_word(peek().text)) {
      expression.text = std::string(take().text);
    }
    close(expression);
    return expression;
  }
  static bool duration_word(std::string_view word) { return word == "working"; }

  Expression parse_primary() {
    const Token& token = peek();
    if (token.kind == TokenKind::number) return parse_number();
    if (token.kind == TokenKind::date) {
      Expression expression = node(Kind::date, token.span.begin);
      const auto day = parse_day(token.text);
      if (!day) {
        fail("there is no day " + std::string(token.text));
        return expression;
      }
      take();
      expression.day = *day;
      close(expression);
      return expression;
    }
    if (token.kind == TokenKind::text) {
      Expression expression = node(Kind::text, token.span.begin);
      expression.text = std::string(token.text.substr(1, token.text.size() - 2));
      take();
      close(expression);
      return expression;
    }
    if (accept("(")) {
      Expression inner = parse_or();
      expect(")");
      return inner;
    }
    if (token.kind == TokenKind::name) return parse_word();
    fail(unexpected("a fact, a concept or a value"));
    return {};
  }

  Expression parse_word() {
    const std::uint32_t begin = peek().span.begin;
    if (accept("true")) return closed(node(Kind::true_, begin));
    if (accept("false")) return closed(node(Kind::false_, begin));
    if (accept("as_of")) return closed(node(Kind::as_of, begin));
    if (is("at") && is("least", 1)) return parse_at_least(begin);
    if (is("count") && is("(", 1)) return parse_of_name(Kind::count, begin);
    if (is("known") && is("(", 1)) return parse_of_name(Kind::known, begin);
    if (is("any") || is("all")) return parse_quantifier(begin);
    if (is("maps") && is("(", 1)) return parse_maps(begin);
    if (reserved(peek().text)) {
      fail(unexpected("a fact, a concept or a value"));
      return {};
    }
    Expression expression = node(Kind::name, begin);
    expression.text = std::string(take().text);
    close(expression);
    return expression;
  }

  Expression closed(Expression expression) {
    close(expression);
    return expression;
  }

  Expression parse_at_least(std::uint32_t begin) {
    take();
    take();
    Expression expression = node(Kind::at_least, begin);
    const auto count = peek().kind == TokenKind::number ? Number::parse(peek().text) : std::nullopt;
    if (!count || !count->is_integer() || *count < Number(1) || *count > Number(1000)) {
      fail(unexpected("a whole number from 1"));
      return expression;
    }
    take();
    expression.amount = static_cast<int>(count->to_int());
    expect("of");
    expect("[");
    if (!failed_) expression.children.push_back(parse_or());
    while (!failed_ && accept(",")) {
      if (is("]")) break;
      expression.children.push_back(parse_or());
    }
    expect("]");
    close(expression);
    if (!failed_ && static_cast<std::size_t>(expression.amount) > expression.children.size()) {
      fail("the list is shorter than the number asked for");
    }
    return expression;
  }

  Expression parse_of_name(Kind kind, std::uint32_t begin) {
    take();
    take();
    Expression expression = node(kind, begin);
    if (peek().kind != TokenKind::name || reserved(peek().text)) {
      fail(unexpected("the name of a fact"));
      return expression;
    }
    expression.text = std::string(take().text);
    expect(")");
    close(expression);
    return expression;
  }

  Expression parse_quantifier(std::uint32_t begin) {
    const bool any = take().text == "any";
    const bool models = is("model") || is("models");
    if (!models && !is("deployment") && !is("deployments")) {
      fail(unexpected("`model` or `deployment`"), "write `any model (...)`");
      return {};
    }
    take();
    Kind kind = any ? Kind::any_deployment : Kind::all_deployments;
    if (models) kind = any ? Kind::any_model : Kind::all_models;
    Expression expression = node(kind, begin);
    expect("(");
    if (!failed_) expression.children.push_back(parse_or());
    expect(")");
    close(expression);
    return expression;
  }

  Expression parse_maps(std::uint32_t begin) {
    take();
    take();
    Expression expression = node(Kind::maps, begin);
    Expression fact = node(Kind::name, peek().span.begin);
    if (peek().kind != TokenKind::name) {
      fail(unexpected("the name of a set of uses"));
      return expression;
    }
    fact.text = std::string(take().text);
    close(fact);
    expression.children.push_back(std::move(fact));
    expect(",");
    if (!failed_ && peek().kind != TokenKind::text) fail(unexpected("a provision in quotes"));
    if (failed_) return expression;
    const std::string_view quoted = take().text;
    expression.text = std::string(quoted.substr(1, quoted.size() - 2));
    if (accept(",")) member(expression);
    expect(")");
    close(expression);
    return expression;
  }

  const std::vector<Token>& tokens_;
  std::size_t position_ = 0;
  int depth_ = 0;
  bool failed_ = false;
  SyntaxError error_;
};

}  // namespace

Parsed parse(std::string_view text) {
  Parsed parsed;
  if (text.size() > kMaximumLength) {
    parsed.error = {0, "the condition is longer than 64 KiB", "split it into concepts"};
    return parsed;
  }
  const Tokens tokens = tokenize(text);
  if (!tokens.error.message.empty()) {
    parsed.error = tokens.error;
    return parsed;
  }
  if (tokens.list.size() == 1) {
    parsed.error = {0, "the condition is empty", "write `true` if it always holds"};
    return parsed;
  }
  return Parser(tokens.list).run();
}

}  // namespace pandect::language
