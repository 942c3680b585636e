#include "language/expression.h"

namespace pandect::language {
namespace {

// Binding strength, weakest first; a child that binds weaker than its place needs parentheses.
enum Strength { kOr, kAnd, kNot, kTest, kSum, kProduct, kUnary, kPrimary };

Strength strength(const Expression& e) {
  switch (e.kind) {
    case Kind::or_:
      return kOr;
    case Kind::and_:
      return kAnd;
    case Kind::not_:
      return kNot;
    case Kind::compare:
    case Kind::in:
    case Kind::has:
    case Kind::has_any:
    case Kind::has_all:
      return kTest;
    case Kind::add:
    case Kind::subtract:
    case Kind::shift:
      return kSum;
    case Kind::multiply:
    case Kind::divide:
      return kProduct;
    case Kind::negate:
      return kUnary;
    default:
      return kPrimary;
  }
}

class Printer {
 public:
  std::string text;

  void print(const Expression& e, Strength place) {
    const bool parentheses = strength(e) < place;
    if (parentheses) text += "(";
    body(e);
    if (parentheses) text += ")";
  }

 private:
  void joined(const Expression& e, std::string_view word, Strength place) {
    for (std::size_t i = 0; i < e.children.size(); ++i) {
      if (i > 0) text += word;
      print(e.children[i], place);
    }
  }
  void list(const Expression& e) {
    text += "[";
    for (std::size_t i = 0; i < e.members.size(); ++i) {
      if (i > 0) text += ", ";
      text += e.members[i].text;
    }
    text += "]";
  }
  void quantifier(const Expression& e, std::string_view words) {
    text += words;
    text += " (";
    print(e.children[0], kOr);
    text += ")";
  }
  void shift(const Expression& e) {
    print(e.children[0], kSum);
    text += e.amount < 0 ? " - " : " + ";
    const int amount = e.amount < 0 ? -e.amount : e.amount;
    text += std::to_string(amount) + " ";
    switch (e.duration) {
      case DurationUnit::days:
        text += amount == 1 ? "day" : "days";
        break;
      case DurationUnit::weeks:
        text += amount == 1 ? "week" : "weeks";
        break;
      case DurationUnit::months:
        text += amount == 1 ? "month" : "months";
        break;
      case DurationUnit::years:
        text += amount == 1 ? "year" : "years";
        break;
      case DurationUnit::working_days:
        text += (amount == 1 ? "working day of " : "working days of ") + e.text;
        break;
    }
  }
  void maps(const Expression& e) {
    text += "maps(" + e.children[0].text + ", \"" + e.text + "\"";
    if (!e.members.empty()) text += ", " + e.members[0].text;
    text += ")";
  }

  void body(const Expression& e) {
    switch (e.kind) {
      case Kind::true_:
        text += "true";
        break;
      case Kind::false_:
        text += "false";
        break;
      case Kind::number:
        text += e.number.text() + (e.text.empty() ? "" : " " + e.text);
        break;
      case Kind::date:
        text += to_string(e.day);
        break;
      case Kind::text:
        text += "\"" + e.text + "\"";
        break;
      case Kind::as_of:
        text += "as_of";
        break;
      case Kind::name:
        text += e.text;
        break;
      case Kind::not_:
        text += "not ";
        print(e.children[0], kNot);
        break;
      case Kind::and_:
        joined(e, " and ", kNot);
        break;
      case Kind::or_:
        joined(e, " or ", kAnd);
        break;
      case Kind::compare:
        print(e.children[0], kSum);
        text += " " + std::string(symbol(e.comparison)) + " ";
        print(e.children[1], kSum);
        break;
      case Kind::in:
        print(e.children[0], kSum);
        text += " in ";
        list(e);
        break;
      case Kind::has:
        print(e.children[0], kSum);
        text += " has " + e.members[0].text;
        break;
      case Kind::has_any:
        print(e.children[0], kSum);
        text += " has any ";
        list(e);
        break;
      case Kind::has_all:
        print(e.children[0], kSum);
        text += " has all ";
        list(e);
        break;
      case Kind::add:
        print(e.children[0], kSum);
        text += " + ";
        print(e.children[1], kProduct);
        break;
      case Kind::subtract:
        print(e.children[0], kSum);
        text += " - ";
        print(e.children[1], kProduct);
        break;
      case Kind::multiply:
        print(e.children[0], kProduct);
        text += " * ";
        print(e.children[1], kUnary);
        break;
      case Kind::divide:
        print(e.children[0], kProduct);
        text += " / ";
        print(e.children[1], kUnary);
        break;
      case Kind::negate:
        text += "-";
        print(e.children[0], kUnary);
        break;
      case Kind::shift:
        shift(e);
        break;
      case Kind::at_least:
        text += "at least " + std::to_string(e.amount) + " of [";
        joined(e, ", ", kOr);
        text += "]";
        break;
      case Kind::count:
        text += "count(" + e.text + ")";
        break;
      case Kind::known:
        text += "known(" + e.text + ")";
        break;
      case Kind::any_model:
        quantifier(e, "any model");
        break;
      case Kind::all_models:
        quantifier(e, "all models");
        break;
      case Kind::any_deployment:
        quantifier(e, "any deployment");
        break;
      case Kind::all_deployments:
        quantifier(e, "all deployments");
        break;
      case Kind::maps:
        maps(e);
        break;
    }
  }
};

}  // namespace

std::string_view symbol(Comparison comparison) {
  switch (comparison) {
    case Comparison::less:
      return "<";
    case Comparison::less_equal:
      return "<=";
    case Comparison::greater:
      return ">";
    case Comparison::greater_equal:
      return ">=";
    case Comparison::equal:
      return "==";
    case Comparison::not_equal:
      return "!=";
  }
  return "==";
}

std::string print(const Expression& expression) {
  Printer printer;
  printer.print(expression, kOr);
  return printer.text;
}

bool same(const Expression& a, const Expression& b) {
  if (a.kind != b.kind || a.comparison != b.comparison || a.duration != b.duration ||
      a.text != b.text || !(a.number == b.number) || a.day != b.day || a.amount != b.amount ||
      a.members.size() != b.members.size() || a.children.size() != b.children.size()) {
    return false;
  }
  for (std::size_t i = 0; i < a.members.size(); ++i) {
    if (a.members[i].text != b.members[i].text) return false;
  }
  for (std::size_t i = 0; i < a.children.size(); ++i) {
    if (!same(a.children[i], b.children[i])) return false;
  }
  return true;
}

}  // namespace pandect::language
