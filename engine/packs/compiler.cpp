#include "packs/compiler.h"

#include "base/names.h"
#include "packs/predicates.h"

#include <algorithm>

namespace pandect {
namespace {

using language::Comparison;
using language::Kind;

bool is_currency(std::string_view unit) {
  if (unit.size() != 3) return false;
  return std::all_of(unit.begin(), unit.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

std::string_view type_name(Value::Type type) {
  switch (type) {
    case Value::Type::boolean:
      return "a yes or no";
    case Value::Type::number:
    case Value::Type::concept_number:
      return "a number";
    case Value::Type::date:
      return "a date";
    case Value::Type::enumeration:
    case Value::Type::concept_enum:
      return "one of a list";
    case Value::Type::set:
      return "a set";
    case Value::Type::text:
      return "a text";
    case Value::Type::none:
      break;
  }
  return "nothing";
}

std::string shown_unit(std::string_view unit) {
  return unit.empty() ? std::string("no unit") : "`" + std::string(unit) + "`";
}

Comparison mirrored(Comparison op) {
  switch (op) {
    case Comparison::less:
      return Comparison::greater;
    case Comparison::less_equal:
      return Comparison::greater_equal;
    case Comparison::greater:
      return Comparison::less;
    case Comparison::greater_equal:
      return Comparison::less_equal;
    default:
      return op;
  }
}

void collect_names(const language::Expression& e, std::vector<std::string>& out) {
  if (e.kind == Kind::name || e.kind == Kind::count || e.kind == Kind::known) out.push_back(e.text);
  for (const auto& child : e.children) collect_names(child, out);
}

}  // namespace

void Compiler::fail(language::Span at, std::string code, std::string message, std::string hint) {
  problems_.push_back({Level::error, std::move(code), source_->locate(at.begin), std::move(message),
                       std::move(hint)});
}

std::vector<std::string_view> Compiler::names() const {
  const Program& program = builder_.program();
  std::vector<std::string_view> list;
  for (const auto& fact : program.facts.all()) list.push_back(program.text(fact.id));
  for (const auto& each : program.concepts.all()) list.push_back(program.text(each.id));
  for (const auto& [id, table] : predicates) list.push_back(id);
  return list;
}

std::optional<language::Expression> Compiler::parse(const yaml::Source& source) {
  source_ = &source;
  auto parsed = language::parse(source.text);
  if (parsed.expression) return std::move(parsed.expression);
  problems_.push_back({Level::error, "syntax", source.locate(parsed.error.at), parsed.error.message,
                       parsed.error.hint});
  return std::nullopt;
}

std::vector<std::uint32_t> Compiler::facts_in(const yaml::Source& source) const {
  std::vector<std::uint32_t> facts;
  const auto parsed = language::parse(source.text);
  if (!parsed.expression) return facts;
  std::vector<std::string> list;
  collect_names(*parsed.expression, list);
  for (const auto& each : list) {
    const std::uint32_t fact = builder_.program().find_fact(each);
    if (fact != kNone && std::find(facts.begin(), facts.end(), fact) == facts.end())
      facts.push_back(fact);
  }
  return facts;
}

std::uint32_t Compiler::condition(const yaml::Source& source, const Site& site) {
  if (source.empty()) return builder_.truth(true);
  const auto expression = parse(source);
  return expression ? boolean(*expression, site) : kNone;
}

std::uint32_t Compiler::date(const yaml::Source& source, const Site& site) {
  const auto expression = parse(source);
  if (!expression) return kNone;
  const Value result = value(*expression, site);
  if (result.type == Value::Type::none) return kNone;
  if (result.type != Value::Type::date) {
    fail(expression->span, "wrong-type",
         "a date is expected here, not " + std::string(type_name(result.type)));
    return kNone;
  }
  return result.node;
}

std::uint32_t Compiler::amount(const yaml::Source& source, const Site& site, std::string_view unit,
                               std::string_view currency) {
  const auto expression = parse(source);
  if (!expression) return kNone;
  const Value result = value(*expression, site);
  if (result.type == Value::Type::none) return kNone;
  const bool numeric =
      result.type == Value::Type::number || result.type == Value::Type::concept_number;
  if (!numeric || result.unit != unit) {
    fail(expression->span, "wrong-unit",
         "a number with " + shown_unit(unit) + " is expected here, not " +
             std::string(type_name(result.type)) + " with " + shown_unit(result.unit));
    return kNone;
  }
  if (currency.empty()) return result.node;
  Node node;
  node.op = Op::convert;
  const Amount target = amount_of(Number(), builder_.text(currency));
  for (std::uint32_t i = 0; i < builder_.program().amounts.size() && node.a == kNone; ++i) {
    const Amount& each = builder_.program().amounts[i];
    if (each.currency.offset == target.currency.offset && each.value.is_zero()) node.a = i;
  }
  if (node.a == kNone) node.a = builder_.program().amounts.push(target);
  return builder_.make(node, {result.node});
}

std::optional<Slot> Compiler::slot_of(const Fact& fact, const Site& site) const {
  const bool model = site.in_model || site.scope == kModel;
  if (model && (fact.scopes & kModel) != 0) return kAtModel;
  const bool deployment = site.in_deployment || site.scope == kDeployment;
  if (deployment && (fact.scopes & kDeployment) != 0) return kAtDeployment;
  const bool system = deployment || site.scope == kSystem;
  if (system && (fact.scopes & kSystem) != 0) return kAtSystem;
  if ((fact.scopes & kOrganisation) != 0) return kAtOrganisation;
  return std::nullopt;
}

std::uint32_t Compiler::fact_test(std::uint32_t fact, Slot slot) {
  Node node;
  node.op = Op::fact;
  node.a = fact;
  node.amount = slot;
  return builder_.make(node, {},
                       slot == kAtModel        ? kReadsModel
                       : slot == kAtDeployment ? kReadsDeployment
                                               : 0);
}

std::uint32_t Compiler::has(std::uint32_t fact, Slot slot, std::uint32_t member) {
  Node node;
  node.op = Op::has;
  node.a = fact;
  node.b = member;
  node.amount = slot;
  return builder_.make(node, {},
                       slot == kAtModel        ? kReadsModel
                       : slot == kAtDeployment ? kReadsDeployment
                                               : 0);
}

std::uint32_t Compiler::fact_number(std::uint32_t fact, Slot slot) {
  Node node;
  node.op = Op::fact_number;
  node.a = fact;
  node.amount = slot;
  return builder_.make(node, {},
                       slot == kAtModel        ? kReadsModel
                       : slot == kAtDeployment ? kReadsDeployment
                                               : 0);
}

std::uint32_t Compiler::comparison(Comparison op, std::uint32_t left, std::uint32_t right) {
  Node node;
  node.op = Op::compare;
  node.comparison = static_cast<std::uint8_t>(op);
  return builder_.make(node, {left, right});
}

std::uint32_t Compiler::boolean(const Expression& e, const Site& site) {
  switch (e.kind) {
    case Kind::not_: {
      const std::uint32_t child = boolean(e.children[0], site);
      return child == kNone ? kNone : builder_.negation(child);
    }
    case Kind::and_:
    case Kind::or_:
    case Kind::at_least: {
      std::vector<std::uint32_t> children;
      for (const auto& each : e.children) children.push_back(boolean(each, site));
      for (const auto child : children) {
        if (child == kNone) return kNone;
      }
      if (e.kind == Kind::and_) return builder_.conjunction(std::move(children));
      if (e.kind == Kind::or_) return builder_.disjunction(std::move(children));
      Node node;
      node.op = Op::at_least;
      node.amount = e.amount;
      return builder_.make(node, children);
    }
    case Kind::compare:
      return compare(e, site);
    case Kind::in:
    case Kind::has:
    case Kind::has_any:
    case Kind::has_all:
      return membership(e, site);
    case Kind::any_model:
    case Kind::all_models:
    case Kind::any_deployment:
    case Kind::all_deployments:
      return quantifier(e, site);
    case Kind::maps:
      return maps(e, site);
    default:
      break;
  }
  const Value result = value(e, site);
  if (result.type == Value::Type::none) return kNone;
  if (result.type != Value::Type::boolean) {
    fail(e.span, "wrong-type",
         "a condition is expected here, not " + std::string(type_name(result.type)),
         result.type == Value::Type::set ? "write `has ...`" : "compare it with something");
    return kNone;
  }
  return result.node;
}

Value Compiler::literal(const Expression& e) {
  Value result;
  Node node;
  node.op = Op::constant;
  result.literal = true;
  if (e.kind == Kind::date) {
    result.type = Value::Type::date;
    node.a = builder_.number(Number(e.day));
    node.amount = 1;  // a date, for printing
  } else {
    result.type = Value::Type::number;
    result.number = e.number;
    result.unit = is_currency(e.text) ? "money" : e.text;
    node.a = builder_.number(e.number);
    if (is_currency(e.text)) {
      const Text currency = builder_.text(e.text);
      for (std::uint32_t i = 0; i < builder_.program().amounts.size() && node.b == kNone; ++i) {
        const Amount& each = builder_.program().amounts[i];
        if (each.currency.offset == currency.offset && each.value == e.number) node.b = i;
      }
      if (node.b == kNone) node.b = builder_.program().amounts.push(amount_of(e.number, currency));
    }
  }
  result.node = builder_.make(node, {});
  return result;
}

Value Compiler::value(const Expression& e, const Site& site) {
  Value result;
  switch (e.kind) {
    case Kind::true_:
    case Kind::false_:
      result.type = Value::Type::boolean;
      result.node = builder_.truth(e.kind == Kind::true_);
      return result;
    case Kind::number:
    case Kind::date:
      return literal(e);
    case Kind::text:
      result.type = Value::Type::text;
      result.literal = true;
      result.text = e.text;
      return result;
    case Kind::as_of: {
      if (site.facts_only) {
        fail(e.span, "as-of", "`as_of` may not stand in " + std::string(site.facts_only_what));
        return result;
      }
      Node node;
      node.op = Op::as_of;
      result.type = Value::Type::date;
      result.node = builder_.make(node, {});
      return result;
    }
    case Kind::name:
      return name(e, site);
    case Kind::count:
    case Kind::known: {
      const std::uint32_t fact = builder_.program().find_fact(e.text);
      if (fact == kNone) {
        fail(e.span, "unknown-name", "there is no fact `" + e.text + "`",
             did_you_mean(e.text, names()));
        return result;
      }
      const Value subject = named_fact(e, fact, site);
      if (subject.type == Value::Type::none) return result;
      Node node;
      node.a = fact;
      node.amount = subject.slot;
      const std::uint8_t flags = subject.slot == kAtModel        ? kReadsModel
                                 : subject.slot == kAtDeployment ? kReadsDeployment
                                                                 : 0;
      if (e.kind == Kind::known) {
        node.op = Op::known;
        result.type = Value::Type::boolean;
      } else {
        if (subject.type != Value::Type::set) {
          fail(e.span, "wrong-type",
               "`count` takes a set, not " + std::string(type_name(subject.type)));
          return result;
        }
        node.op = Op::count;
        result.type = Value::Type::number;
      }
      result.node = builder_.make(node, {}, flags);
      return result;
    }
    case Kind::add:
    case Kind::subtract:
    case Kind::multiply:
    case Kind::divide:
    case Kind::negate:
      return arithmetic(e, site);
    case Kind::shift:
      return shift(e, site);
    default:
      result.node = boolean(e, site);
      if (result.node != kNone) result.type = Value::Type::boolean;
      return result;
  }
}

Value Compiler::name(const Expression& e, const Site& site) {
  const Program& program = builder_.program();
  if (const std::uint32_t fact = program.find_fact(e.text); fact != kNone)
    return named_fact(e, fact, site);
  const std::uint32_t found = program.find_concept(e.text);
  if (const auto predicate = predicates.find(e.text);
      found == kNone && predicate != predicates.end())
    return predicate->second == nullptr ? Value{} : named_predicate(e, *predicate->second, site);
  if (found == kNone) {
    fail(e.span, "unknown-name", "there is no fact or concept `" + e.text + "`",
         did_you_mean(e.text, names()));
    return {};
  }
  if (site.facts_only) {
    fail(e.span, "facts-only",
         std::string(site.facts_only_what) + " may name facts only; `" + e.text + "` is a concept");
    return {};
  }
  return named_concept(e, found, site);
}

// Each input splits the answers into branches; an enum has one more, where it does not apply.
Value Compiler::named_predicate(const Expression& e, const PredicateTable& table,
                                const Site& site) {
  std::vector<std::vector<std::uint32_t>> branches;
  for (const auto& input : table.inputs) {
    if (input.fact == kNone) {
      const yaml::Source* saved = source_;
      const std::uint32_t node = condition(input.condition, site);
      source_ = saved;
      if (node == kNone) return {};
      branches.push_back({node, builder_.negation(node)});
      continue;
    }
    Expression fact = e;
    fact.text = builder_.program().text(builder_.program().facts[input.fact].id);
    const Value asked = named_fact(fact, input.fact, site);
    if (asked.type == Value::Type::none) return {};
    if (asked.type == Value::Type::boolean) {
      branches.push_back({asked.node, builder_.negation(asked.node)});
      continue;
    }
    Node node;
    node.op = Op::one_of;
    node.a = input.fact;
    node.amount = asked.slot;
    const std::uint8_t flags = asked.slot == kAtModel        ? kReadsModel
                               : asked.slot == kAtDeployment ? kReadsDeployment
                                                             : 0;
    auto& list = branches.emplace_back();
    for (const std::uint32_t member : input.members)
      list.push_back(builder_.make(node, {member}, flags));
    list.push_back(builder_.negation(builder_.make(node, input.members, flags)));
  }
  Value result;
  result.node = predicate_node(builder_, table, branches);
  result.type = Value::Type::boolean;
  return result;
}

Value Compiler::named_fact(const Expression& e, std::uint32_t index, const Site& site) {
  const Fact& fact = builder_.program().facts[index];
  Value result;
  const auto slot = slot_of(fact, site);
  if (!slot) {
    if ((fact.scopes & kModel) != 0) {
      fail(e.span, "scope", "`" + e.text + "` is a fact of a model",
           "read it inside `any model (...)` or `all models (...)`");
    } else if ((fact.scopes & kDeployment) != 0) {
      fail(e.span, "scope", "`" + e.text + "` is a fact of a deployment",
           "give the concept `scope: deployment`, or read it inside `any deployment (...)`");
    } else {
      fail(e.span, "scope", "`" + e.text + "` cannot be seen from a concept of this scope");
    }
    return result;
  }
  result.slot = *slot;
  result.subject = index;
  result.members = fact.members;
  result.unit = builder_.program().text(fact.unit);
  switch (fact.type) {
    case FactType::boolean:
      result.type = Value::Type::boolean;
      result.node = fact_test(index, *slot);
      break;
    case FactType::integer:
    case FactType::number:
      result.type = Value::Type::number;
      result.node = fact_number(index, *slot);
      break;
    case FactType::date:
      result.type = Value::Type::date;
      result.node = fact_number(index, *slot);
      break;
    case FactType::enumeration:
      result.type = Value::Type::enumeration;
      break;
    case FactType::set:
      result.type = Value::Type::set;
      break;
    case FactType::text:
      result.type = Value::Type::text;
      break;
  }
  return result;
}

Value Compiler::named_concept(const Expression& e, std::uint32_t index, const Site& site) {
  Value result;
  const Scope scope = builder_.program().concepts[index].scope;
  const bool model = site.in_model || site.scope == kModel;
  const bool deployment = site.in_deployment || site.scope == kDeployment;
  if (scope == kModel && !model) {
    fail(e.span, "scope", "`" + e.text + "` is a concept of a model",
         "read it inside `any model (...)` or `all models (...)`");
    return result;
  }
  if (scope == kDeployment && !deployment) {
    fail(e.span, "scope", "`" + e.text + "` is a concept of a deployment",
         "read it inside `any deployment (...)`");
    return result;
  }
  if (scope == kSystem && !deployment && site.scope != kSystem) {
    fail(e.span, "scope", "`" + e.text + "` is a concept of a system and cannot be seen from here");
    return result;
  }
  const yaml::Source* saved = source_;
  const bool ready = ready_(index);
  source_ = saved;
  if (!ready) {
    fail(e.span, "cycle", "the concepts go round in a circle through `" + e.text + "`",
         "split one of them in two: a first test without the circle, and the rest");
    return result;
  }
  const Concept& found = builder_.program().concepts[index];
  result.subject = index;
  result.unit = builder_.program().text(found.unit);
  if (found.type == FactType::boolean) {
    if (found.root == kNone) return result;  // had an error of its own
    Node node;
    node.op = Op::concept_;
    node.a = index;
    result.type = Value::Type::boolean;
    result.node = builder_.make(node, {found.root});
  } else if (found.type == FactType::enumeration) {
    result.type = Value::Type::concept_enum;
    result.members = found.values;
  } else {
    Node node;
    node.op = Op::concept_number;
    node.a = index;
    result.type = Value::Type::concept_number;
    result.node = builder_.make(node, {}, found.flags);
  }
  return result;
}

Value Compiler::arithmetic(const Expression& e, const Site& site) {
  Value left = value(e.children[0], site);
  Value result;
  if (left.type == Value::Type::none) return result;
  const auto number_needed = [&](const Value& operand, const Expression& at) {
    if (operand.type == Value::Type::number || operand.type == Value::Type::concept_number)
      return true;
    fail(at.span, "wrong-type",
         "a number is expected here, not " + std::string(type_name(operand.type)));
    return false;
  };
  Node node;
  if (e.kind == Kind::negate) {
    if (!number_needed(left, e.children[0])) return result;
    result = left;
    if (left.literal) {
      result.number = left.number.negated();
      node.op = Op::constant;
      node.a = builder_.number(result.number);
      result.node = builder_.make(node, {});
      return result;
    }
    node.op = Op::scale;
    node.a = builder_.number(Number(-1));
    result.node = builder_.make(node, {left.node});
    return result;
  }
  Value right = value(e.children[1], site);
  if (right.type == Value::Type::none) return result;
  if (!number_needed(left, e.children[0]) || !number_needed(right, e.children[1])) return result;
  if (e.kind == Kind::multiply || e.kind == Kind::divide) {
    if (e.kind == Kind::multiply && left.literal && !right.literal) std::swap(left, right);
    if (!right.literal) {
      fail(e.span, "not-linear",
           e.kind == Kind::divide ? "a divisor must be a literal number"
                                  : "one factor of a product must be a literal number");
      return result;
    }
    if (!right.unit.empty()) {
      fail(e.children[1].span, "wrong-unit", "a factor has no unit");
      return result;
    }
    std::optional<Number> factor = right.number;
    if (e.kind == Kind::divide) factor = divide(Number(1), right.number);
    if (!factor) {
      fail(e.children[1].span, "divide-by-zero", "nothing can be divided by 0");
      return result;
    }
    result = left;
    result.type = Value::Type::number;
    node.op = Op::scale;
    node.a = builder_.number(*factor);
    result.literal = false;
    result.node = builder_.make(node, {left.node});
    return result;
  }
  if (left.unit != right.unit) {
    fail(e.span, "wrong-unit",
         "the left side has " + shown_unit(left.unit) + ", the right side " +
             shown_unit(right.unit));
    return result;
  }
  node.op = e.kind == Kind::add ? Op::add : Op::subtract;
  result.type = Value::Type::number;
  result.unit = left.unit;
  result.node = builder_.make(node, {left.node, right.node});
  return result;
}

Value Compiler::shift(const Expression& e, const Site& site) {
  const Value base = value(e.children[0], site);
  Value result;
  if (base.type == Value::Type::none) return result;
  if (base.type != Value::Type::date) {
    fail(e.children[0].span, "wrong-type",
         "a duration is added to a date, not to " + std::string(type_name(base.type)));
    return result;
  }
  Node node;
  node.op = Op::shift;
  node.amount = e.amount;
  node.b = 0;  // days
  switch (e.duration) {
    case language::DurationUnit::days:
      break;
    case language::DurationUnit::weeks:
      node.amount *= 7;
      break;
    case language::DurationUnit::months:
      node.b = 1;
      break;
    case language::DurationUnit::years:
      node.amount *= 12;
      node.b = 1;
      break;
    case language::DurationUnit::working_days: {
      const auto calendar = calendars.find(e.text);
      if (calendar == calendars.end()) {
        fail(e.span, "unknown-calendar", "there is no calendar `" + e.text + "`",
             "declare it under `calendars` in pack.yaml");
        return result;
      }
      node.op = Op::working_days;
      node.a = calendar->second;
      node.b = kNone;
      break;
    }
  }
  result.type = Value::Type::date;
  result.node = builder_.make(node, {base.node});
  return result;
}

std::optional<std::uint32_t> Compiler::member(const language::Word& word, Range members) {
  const Program& program = builder_.program();
  const std::uint32_t found = program.find_member(members, word.text);
  if (found != kNone) return found;
  std::vector<std::string_view> known;
  for (const auto& each : program.members.slice(members)) known.push_back(program.text(each.id));
  fail(word.span, "unknown-member", "there is no member `" + word.text + "`",
       did_you_mean(word.text, known));
  return std::nullopt;
}

std::uint32_t Compiler::one_of(const Value& subject, const std::vector<std::uint32_t>& members,
                               bool negative) {
  if (subject.type == Value::Type::concept_enum)
    return concept_one_of(subject.subject, members, negative);
  const Program& program = builder_.program();
  std::vector<std::uint32_t> all;  // closed downwards
  for (std::uint32_t i = 0; i < subject.members.count; ++i) {
    for (const std::uint32_t group : members) {
      if (program.below(subject.members, i, group)) {
        all.push_back(i);
        break;
      }
    }
  }
  Node node;
  node.op = Op::one_of;
  node.a = subject.subject;
  node.amount = subject.slot;
  node.comparison = negative ? 1 : 0;
  return builder_.make(node, all,
                       subject.slot == kAtModel        ? kReadsModel
                       : subject.slot == kAtDeployment ? kReadsDeployment
                                                       : 0);
}

// An enum concept holds the value of its rules that apply; two different values are a conflict,
// which settles a test only where both answer it alike (semantics 4.4).
std::uint32_t Compiler::concept_one_of(std::uint32_t subject,
                                       const std::vector<std::uint32_t>& members, bool negative) {
  const Program& program = builder_.program();
  const Concept found = program.concepts[subject];
  const auto inside = [&](std::uint32_t value) {
    for (const std::uint32_t group : members) {
      if (program.below(found.values, value, group)) return true;
    }
    return false;
  };
  std::vector<std::uint32_t> yes, no;
  for (std::uint32_t i = found.rules.first; i < found.rules.first + found.rules.count; ++i) {
    const Rule& rule = program.rules[i];
    if (rule.exception != 0 || rule.then == kNone || rule.applies == kNone) continue;
    (inside(rule.then) != negative ? yes : no).push_back(rule.applies);
  }
  std::vector<std::uint32_t> all = yes;
  all.insert(all.end(), no.begin(), no.end());
  const std::uint32_t some_yes = builder_.disjunction(yes), some_no = builder_.disjunction(no);
  const std::uint32_t none = builder_.negation(builder_.disjunction(all));
  const bool otherwise = found.default_value != kNone && inside(found.default_value) != negative;
  Node open;
  open.op = Op::open;
  open.a = subject;
  const std::uint32_t conflict = builder_.conjunction({some_yes, some_no, builder_.make(open, {})});
  const std::uint32_t settled = builder_.conjunction({some_yes, builder_.negation(some_no)});
  return builder_.disjunction(
      {settled, conflict, builder_.conjunction({none, builder_.truth(otherwise)})});
}

std::uint32_t Compiler::compare_concept(const Expression& e, std::uint32_t subject, Comparison op,
                                        std::uint32_t right) {
  const Concept found = builder_.program().concepts[subject];
  std::vector<std::uint32_t> applied, some, none_against;
  for (std::uint32_t i = found.rules.first; i < found.rules.first + found.rules.count; ++i) {
    const Rule rule = builder_.program().rules[i];
    if (rule.exception != 0 || rule.then == kNone || rule.applies == kNone) continue;
    const std::uint32_t test = comparison(op, rule.then, right);
    applied.push_back(rule.applies);
    some.push_back(builder_.conjunction({rule.applies, test}));
    none_against.push_back(builder_.disjunction({builder_.negation(rule.applies), test}));
  }
  const std::uint32_t any = builder_.disjunction(applied);
  none_against.push_back(any);
  const std::uint32_t exists = builder_.disjunction(some),
                      every = builder_.conjunction(none_against);
  const bool upward = op == Comparison::greater || op == Comparison::greater_equal;
  const bool downward = op == Comparison::less || op == Comparison::less_equal;
  std::uint32_t result = kNone;
  if (found.combine == Combine::none) {
    Node open;
    open.op = Op::open;
    open.a = subject;
    result = builder_.disjunction({every, builder_.conjunction({exists, builder_.make(open, {})})});
  } else if ((found.combine == Combine::maximum && upward) ||
             (found.combine == Combine::minimum && downward)) {
    result = exists;
  } else if ((found.combine == Combine::maximum && downward) ||
             (found.combine == Combine::minimum && upward)) {
    result = every;
  } else {
    fail(e.span, "not-comparable",
         "a concept that is combined by `sum`, or by `max` or `min` under == or !=, cannot be "
         "compared here",
         "compare its parts");
    return kNone;
  }
  if (found.default_value == kNone) return result;
  return builder_.disjunction(
      {result,
       builder_.conjunction({builder_.negation(any), comparison(op, found.default_value, right)})});
}

std::uint32_t Compiler::compare_member(const Expression& e, const Value& left, Comparison op) {
  if (op != Comparison::equal && op != Comparison::not_equal) {
    fail(e.span, "wrong-type", "members of a list have no order", "use == or in");
    return kNone;
  }
  const Expression& right = e.children[1];
  if (right.kind != Kind::name && right.kind != Kind::true_ && right.kind != Kind::false_) {
    fail(right.span, "wrong-type", "the name of a member is expected here");
    return kNone;
  }
  const auto found = member({right.text, right.span}, left.members);
  if (!found) return kNone;
  if (builder_.program().members[left.members.first + *found].has_children != 0) {
    fail(right.span, "group-compared", "`" + right.text + "` is a group",
         "write `in [" + right.text + "]`");
    return kNone;
  }
  return one_of(left, {*found}, op == Comparison::not_equal);
}

std::uint32_t Compiler::compare(const Expression& e, const Site& site) {
  const Value left = value(e.children[0], site);
  if (left.type == Value::Type::none) return kNone;
  if (left.type == Value::Type::enumeration || left.type == Value::Type::concept_enum) {
    return compare_member(e, left, e.comparison);
  }
  const Value right = value(e.children[1], site);
  if (right.type == Value::Type::none) return kNone;
  const auto numeric = [](const Value& v) {
    return v.type == Value::Type::number || v.type == Value::Type::concept_number;
  };
  if (numeric(left) && numeric(right)) {
    if (left.unit != right.unit) {
      fail(e.span, "wrong-unit",
           "the left side has " + shown_unit(left.unit) + ", the right side " +
               shown_unit(right.unit),
           "write the unit after the number");
      return kNone;
    }
    if (left.type == Value::Type::concept_number)
      return compare_concept(e, left.subject, e.comparison, right.node);
    if (right.type == Value::Type::concept_number)
      return compare_concept(e, right.subject, mirrored(e.comparison), left.node);
    return comparison(e.comparison, left.node, right.node);
  }
  if (left.type == Value::Type::date && right.type == Value::Type::date) {
    return comparison(e.comparison, left.node, right.node);
  }
  if (left.type == Value::Type::text && right.type == Value::Type::text) {
    if (left.literal || !right.literal ||
        (e.comparison != Comparison::equal && e.comparison != Comparison::not_equal)) {
      fail(e.span, "wrong-type", "a text is only compared with a quoted text, by == or !=");
      return kNone;
    }
    Node node;
    node.op = Op::text_equal;
    node.comparison = static_cast<std::uint8_t>(e.comparison);
    node.a = left.subject;
    node.amount = left.slot;
    const Text text = builder_.text(right.text);
    std::uint32_t at = kNone;
    for (std::uint32_t i = 0; i < builder_.program().words.size() && at == kNone; ++i) {
      if (builder_.program().words[i].en.offset == text.offset &&
          builder_.program().words[i].en.size == text.size)
        at = i;
    }
    if (at == kNone) at = builder_.program().words.push({text, {}, {}});
    node.b = at;
    return builder_.make(node, {},
                         left.slot == kAtModel        ? kReadsModel
                         : left.slot == kAtDeployment ? kReadsDeployment
                                                      : 0);
  }
  if (left.type == Value::Type::boolean || right.type == Value::Type::boolean) {
    fail(e.span, "bool-compared", "a yes or no is not compared", "write it alone, or with `not`");
  } else if (left.type == Value::Type::set) {
    fail(e.span, "wrong-type", "a set is not compared",
         "write `has`, `has any [...]` or `count(...)`");
  } else {
    fail(e.span, "wrong-type",
         std::string(type_name(left.type)) + " is compared with " +
             std::string(type_name(right.type)));
  }
  return kNone;
}

std::uint32_t Compiler::membership(const Expression& e, const Site& site) {
  const Value subject = value(e.children[0], site);
  if (subject.type == Value::Type::none) return kNone;
  const bool in = e.kind == Kind::in;
  const bool enumeration =
      subject.type == Value::Type::enumeration || subject.type == Value::Type::concept_enum;
  if (in ? !enumeration : subject.type != Value::Type::set) {
    fail(e.span, "wrong-type",
         std::string(in ? "`in`" : "`has`") + " does not fit " +
             std::string(type_name(subject.type)),
         subject.type == Value::Type::set ? "write `has any [...]`"
         : enumeration                    ? "write `in [...]`"
                                          : "");
    return kNone;
  }
  std::vector<std::uint32_t> members;
  for (const auto& word : e.members) {
    const auto found = member(word, subject.members);
    if (!found) return kNone;
    members.push_back(*found);
  }
  if (in) return one_of(subject, members, false);
  std::vector<std::uint32_t> tests;
  for (const std::uint32_t each : members)
    tests.push_back(has(subject.subject, subject.slot, each));
  return e.kind == Kind::has_all ? builder_.conjunction(std::move(tests))
                                 : builder_.disjunction(std::move(tests));
}

std::uint32_t Compiler::quantifier(const Expression& e, const Site& site) {
  const bool model = e.kind == Kind::any_model || e.kind == Kind::all_models;
  Site inner = site;
  if (site.scope == kModel || site.scope == kOrganisation || site.in_model ||
      (!model && site.in_deployment)) {
    fail(e.span, "scope", "this quantifier cannot stand here",
         "models and deployments are seen from a system or a deployment");
    return kNone;
  }
  (model ? inner.in_model : inner.in_deployment) = true;
  const std::uint32_t child = boolean(e.children[0], inner);
  if (child == kNone) return kNone;
  Node node;
  switch (e.kind) {
    case Kind::any_model:
      node.op = Op::any_model;
      break;
    case Kind::all_models:
      node.op = Op::all_models;
      break;
    case Kind::any_deployment:
      node.op = Op::any_deployment;
      break;
    default:
      node.op = Op::all_deployments;
      break;
  }
  return builder_.make(node, {child});
}

std::uint32_t Compiler::maps(const Expression& e, const Site& site) {
  const Value subject = value(e.children[0], site);
  if (subject.type == Value::Type::none) return kNone;
  if (subject.type != Value::Type::set) {
    fail(e.children[0].span, "wrong-type", "`maps` takes a set of uses");
    return kNone;
  }
  const Program& program = builder_.program();
  std::vector<std::uint32_t> tests;
  bool any = false;
  for (std::uint32_t i = 0; i < program.mappings.size(); ++i) {
    const Mapping mapping = program.mappings[i];
    if (mapping.relation == Relation::out) continue;
    const std::string_view to = program.text(program.provisions[mapping.provision].id);
    if (to != e.text &&
        !(to.starts_with(e.text) && to.size() > e.text.size() && to[e.text.size()] == ':'))
      continue;
    if (!e.members.empty() && program.text(mapping.klass) != e.members[0].text) continue;
    any = true;
    const std::uint32_t member = program.find_member(subject.members, program.text(mapping.use));
    if (member == kNone) continue;  // the linker has reported the use
    std::uint32_t test = has(subject.subject, subject.slot, member);
    if (mapping.relation == Relation::may) {
      if (mapping.when == kNone) continue;
      test = builder_.conjunction({test, mapping.when});
    }
    tests.push_back(test);
  }
  if (!any) {
    fail(e.span, "unknown-provision", "no use maps to `" + e.text + "`",
         "add it to the mappings of the pack");
    return kNone;
  }
  (void)site;
  return builder_.disjunction(std::move(tests));
}

}  // namespace pandect
