#include "logic/naive.h"

#include <algorithm>
#include <array>
#include <bit>
#include <set>

namespace naive {
namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

bool below(const std::vector<Member>& members, int member, int group) {
  for (int up = member; up >= 0; up = members[at(up)].parent) {
    if (up == group) return true;
  }
  return false;
}

// Days are counted from 2026-01-01; months of that year and the next are all that tests need.
int add_months(int day, int months) {
  static constexpr std::array<int, 12> lengths{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  int month = 0;  // of 2025 and later; 2024 is never reached
  int rest = day + 365;
  while (rest >= lengths[at(month % 12)]) rest -= lengths[at(month++ % 12)];
  month += months;
  const int last = lengths[at(month % 12)] - 1;
  int result = std::min(rest, last) - 365;
  for (int each = 0; each < month; ++each) result += lengths[at(each % 12)];
  return result;
}

// The member of the left set that has the name of a member of the right enum.
int same_member(const Law& law, const Axiom& axiom, int member) {
  const auto& set = law.facts[at(axiom.fact)].members;
  const auto& wanted = law.facts[at(axiom.other)].members[at(member)].id;
  return static_cast<int>(
      std::find_if(set.begin(), set.end(), [&](const Member& each) { return each.id == wanted; }) -
      set.begin());
}

bool ordered(Order order, int left, int right) {
  switch (order) {
    case Order::less:
      return left < right;
    case Order::less_equal:
      return left <= right;
    case Order::greater:
      return left > right;
    case Order::greater_equal:
      return left >= right;
    case Order::equal:
      return left == right;
    case Order::different:
      return left != right;
  }
  return false;
}

const Answer& answer_of(const Case& input, const Variable& variable) {
  return variable.model < 0 ? input.facts[at(variable.fact)]
                            : input.models[at(variable.model)][at(variable.fact)];
}

std::vector<Variable> variables_of(const Law& law, const Case& input) {
  std::vector<Variable> list;
  for (int fact = 0; fact < static_cast<int>(law.facts.size()); ++fact) {
    const Fact& each = law.facts[at(fact)];
    const int count = each.model ? static_cast<int>(input.models.size()) : 1;
    for (int model = 0; model < count; ++model) {
      Variable variable{each.id, fact, each.model ? model : -1, {}};
      if (each.model) variable.name += "@m" + std::to_string(model);
      variable.values = answer_of(input, variable).values;
      list.push_back(std::move(variable));
    }
  }
  return list;
}

Value value_of(const std::vector<bool>& values) {
  const bool any = std::find(values.begin(), values.end(), true) != values.end();
  const bool all = std::find(values.begin(), values.end(), false) == values.end();
  return all ? Value::yes : any ? Value::unknown : Value::no;
}

}  // namespace

double combinations(const Law& law, const Case& input) {
  double product = 1;
  for (const auto& variable : variables_of(law, input))
    product *= static_cast<double>(variable.values.size());
  return product;
}

int open_facts(const Law& law, const Case& input) {
  int count = 0;
  for (const auto& variable : variables_of(law, input)) count += variable.values.size() > 1 ? 1 : 0;
  return count;
}

World::World(const Law& law, const Case& input)
    : law_(law), input_(input), variables_(variables_of(law, input)) {
  index_.assign(input.models.size() + 1, std::vector<int>(law.facts.size(), -1));
  for (std::size_t i = 0; i < variables_.size(); ++i) {
    index_[at(variables_[i].model + 1)][at(variables_[i].fact)] = static_cast<int>(i);
  }
  Completion completion(variables_.size());
  const std::function<void(std::size_t)> choose = [&](std::size_t depth) {
    if (depth == variables_.size()) {
      if (possible(completion)) completions_.push_back(completion);
      return;
    }
    for (const int value : variables_[depth].values) {
      completion[depth] = value;
      choose(depth + 1);
    }
  };
  choose(0);
}

bool World::possible(const Completion& completion) const {
  Judge judge(*this, 0, 0);
  judge.now_ = &completion;
  const auto holds = [&](const Axiom& axiom) {
    const int left = axiom.fact >= 0 ? judge.effective(axiom.fact, -1) : 0;
    const int right = axiom.other >= 0 ? judge.effective(axiom.other, -1) : 0;
    switch (axiom.kind) {
      case Axiom::Kind::implies:
        return left == 0 || judge.evaluate(axiom.consequence, -1);
      case Axiom::Kind::excludes:
        return left == 0 || !judge.evaluate(axiom.consequence, -1);
      case Axiom::Kind::if_then:
        return !judge.evaluate(axiom.premise, -1) || judge.evaluate(axiom.consequence, -1);
      case Axiom::Kind::at_least:
        return left == kNever || right == kNever || left >= right;
      case Axiom::Kind::at_most:
        return left == kNever || right == kNever || left <= right;
      case Axiom::Kind::subset_of:
        return (left & ~right) == 0;
      case Axiom::Kind::contains:
        if (!judge.asked(axiom.fact, -1)) return true;
        return right == kNever || (left >> same_member(law_, axiom, right) & 1) != 0;
    }
    return true;
  };
  return std::all_of(law_.axioms.begin(), law_.axioms.end(), holds);
}

bool World::known(int fact, int model) const {
  Judge judge(*this, 0, 0);
  std::set<int> seen;
  for (const auto& completion : completions_) {
    judge.now_ = &completion;
    seen.insert(judge.effective(fact, model));
  }
  return seen.size() <= 1;
}

bool World::differ_within(const std::vector<std::vector<int>>& values, const std::vector<int>& open,
                          unsigned part) const {
  std::map<std::vector<int>, const std::vector<int>*> seen;
  std::vector<int> rest;
  for (std::size_t i = 0; i < completions_.size(); ++i) {
    rest.clear();
    for (std::size_t k = 0; k < open.size(); ++k) {
      if ((part >> k & 1) == 0) rest.push_back(completions_[i][at(open[k])]);
    }
    const auto [found, fresh] = seen.emplace(rest, &values[i]);
    if (!fresh && *found->second != values[i]) return true;
  }
  return false;
}

std::vector<std::string> World::missing(const std::vector<std::vector<int>>& values) const {
  std::vector<int> open;
  for (std::size_t i = 0; i < variables_.size(); ++i) {
    const auto differs = [&](const Completion& each) { return each[i] != completions_.front()[i]; };
    if (std::any_of(completions_.begin(), completions_.end(), differs))
      open.push_back(static_cast<int>(i));
  }
  std::vector<unsigned> parts;
  for (unsigned part = 1; part < 1u << open.size(); ++part) parts.push_back(part);
  std::stable_sort(parts.begin(), parts.end(),
                   [](unsigned a, unsigned b) { return std::popcount(a) < std::popcount(b); });
  std::vector<unsigned> minimal;
  for (const unsigned part : parts) {
    const auto inside = [&](unsigned each) { return (each & part) == each; };
    if (std::any_of(minimal.begin(), minimal.end(), inside)) continue;
    if (differ_within(values, open, part)) minimal.push_back(part);
  }
  std::set<std::string> names;
  for (const unsigned part : minimal) {
    for (std::size_t k = 0; k < open.size(); ++k) {
      if ((part >> k & 1) != 0) names.insert(variables_[at(open[k])].name);
    }
  }
  return {names.begin(), names.end()};
}

Judge::Judge(const World& world, int day, int book) : world_(world), day_(day), book_(book) {}

bool Judge::in_date(const Rule& rule) const {
  if (rule.from != kNoDay && day_ < rule.from) return false;
  if (rule.until != kNoDay && day_ >= rule.until) return false;
  if (rule.enacted != kNoDay && book_ < rule.enacted) return false;
  return rule.superseded == kNoDay || book_ < rule.superseded;
}

bool Judge::asked(int fact, int model) {
  const Fact& declared = world_.law().facts[at(fact)];
  return !declared.guard || evaluate(*declared.guard, model);
}

int Judge::effective(int fact, int model) {
  const Fact& declared = world_.law().facts[at(fact)];
  const int raw = (*now_)[at(world_.variable(fact, declared.model ? model : -1))];
  if (asked(fact, model)) return raw;
  return declared.type == Type::boolean || declared.type == Type::set ? 0 : kNever;
}

int Judge::term(const Term& term, bool dates, int model) {
  int value = term.as_of ? day_ : term.constant;
  for (const auto& [factor, fact] : term.parts) {
    const int part = effective(fact, model);
    if (part == kNever) return kNever;
    value += factor * part;
  }
  return dates ? add_months(value, term.months) + term.days : value;
}

bool Judge::compare(const Formula& formula, int model) {
  const int left = term(formula.sides[0], formula.dates, model);
  const int right = term(formula.sides[1], formula.dates, model);
  return left != kNever && right != kNever && ordered(formula.order, left, right);
}

bool Judge::evaluate(const Formula& formula, int model) {
  using Kind = Formula::Kind;
  const auto holds = [&](const Formula& each) { return evaluate(each, model); };
  const auto& children = formula.children;
  switch (formula.kind) {
    case Kind::yes:
      return true;
    case Kind::no:
      return false;
    case Kind::fact:
      return effective(formula.index, model) != 0;
    case Kind::not_:
      return !holds(children[0]);
    case Kind::and_:
      return std::all_of(children.begin(), children.end(), holds);
    case Kind::or_:
      return std::any_of(children.begin(), children.end(), holds);
    case Kind::at_least:
      return std::count_if(children.begin(), children.end(), holds) >= formula.amount;
    case Kind::compare:
      return compare(formula, model);
    case Kind::known:
      return world_.known(formula.index, model);
    case Kind::concept_:
      return concept_value(formula.index, model);
    case Kind::any_model:
    case Kind::all_models: {
      const bool any = formula.kind == Kind::any_model;
      for (int each = 0; each < static_cast<int>(world_.input().models.size()); ++each) {
        if (evaluate(children[0], each) == any) return any;
      }
      return !any;
    }
    default:
      break;
  }
  const int value = effective(formula.index, model);
  const auto& tree = world_.law().facts[at(formula.index)].members;
  if (formula.kind == Kind::equals) return value == formula.members[0];
  if (formula.kind == Kind::differs) return value != kNever && value != formula.members[0];
  if (formula.kind == Kind::in) {
    return value != kNever && std::any_of(formula.members.begin(), formula.members.end(),
                                          [&](int member) { return below(tree, value, member); });
  }
  if (formula.kind == Kind::count) {
    int leaves = 0;
    for (int each = 0; each < static_cast<int>(tree.size()); ++each) {
      bool lowest = (value >> each & 1) != 0;
      for (int other = 0; other < static_cast<int>(tree.size()); ++other) {
        if (other != each && (value >> other & 1) != 0 && below(tree, other, each)) lowest = false;
      }
      leaves += lowest ? 1 : 0;
    }
    return ordered(formula.order, leaves, formula.amount);
  }
  const auto listed = [&](int member) { return (value >> member & 1) != 0; };
  return formula.kind == Kind::has_any
             ? std::any_of(formula.members.begin(), formula.members.end(), listed)
             : std::all_of(formula.members.begin(), formula.members.end(), listed);
}

// applies(r) = in_date(r) and when(r) and, for each s that overrides r, not attack(s)
bool Judge::applies(int rule, int model) {
  const auto& rules = world_.law().rules;
  if (!in_date(rules[at(rule)])) return false;
  if (rules[at(rule)].when && !evaluate(*rules[at(rule)].when, model)) return false;
  for (int s = 0; s < static_cast<int>(rules.size()); ++s) {
    const auto& named = rules[at(s)].overrides;
    if (std::find(named.begin(), named.end(), rule) == named.end()) continue;
    if (rules[at(s)].burden ? shown(s, model) : applies(s, model)) return false;
  }
  return true;
}

bool Judge::concept_value(int index, int model) {
  for (const auto& each : world_.input().determinations) {
    const bool valid = (each.made == kNoDay || day_ >= each.made) &&
                       (each.through == kNoDay || day_ <= each.through);
    if (each.concept_index == index && valid) return each.value;
  }
  const auto& rules = world_.law().rules;
  for (int r = 0; r < static_cast<int>(rules.size()); ++r) {
    if (rules[at(r)].concept_index == index && rules[at(r)].overrides.empty() && applies(r, model))
      return true;
  }
  return false;
}

bool Judge::obligation_now(int index) {
  const Obligation& duty = world_.law().obligations[at(index)];
  if (!evaluate(duty.owed_by, -1)) return false;
  if (duty.starts) {
    const int starts = term(*duty.starts, true, -1);
    if (starts == kNever || day_ < starts) return false;
  }
  if (duty.ends) {
    const int ends = term(*duty.ends, true, -1);
    if (ends == kNever || day_ >= ends) return false;
  }
  const auto& rules = world_.law().rules;
  for (int r = 0; r < static_cast<int>(rules.size()); ++r) {
    if (rules[at(r)].obligation == index && rules[at(r)].overrides.empty() && applies(r, -1))
      return true;
  }
  return false;
}

// P(x) is true if x is true in every completion, else false; a choice takes its place in
// section 5.2.
bool Judge::shown(int rule, int model) {
  if (const auto chosen = choice_.find(rule); chosen != choice_.end()) return chosen->second;
  if (const auto done = proven_.find(rule); done != proven_.end()) return done->second;
  const Completion* here = now_;
  std::map<int, bool> choice;
  choice.swap(choice_);  // what no choice names is decided, and the same under all of them
  bool always = true;
  for (const auto& completion : world_.completions()) {
    now_ = &completion;
    always = always && applies(rule, model);
  }
  now_ = here;
  choice.swap(choice_);
  return proven_[rule] = always;
}

std::vector<bool> Judge::over_completions(const Function& function) {
  std::vector<bool> values;
  for (const auto& completion : world_.completions()) {
    now_ = &completion;
    values.push_back(function());
  }
  return values;
}

void Judge::collect_concept(int index, std::vector<int>& found) const {
  for (const auto& each : world_.law().rules) {
    if (each.concept_index != index) continue;
    if (each.burden) found.push_back(static_cast<int>(&each - world_.law().rules.data()));
    if (each.when) collect(*each.when, found);
  }
}

void Judge::collect(const Formula& formula, std::vector<int>& found) const {
  if (formula.kind == Formula::Kind::concept_) collect_concept(formula.index, found);
  for (const auto& child : formula.children) collect(child, found);
}

// Rules with a burden inside the body of a rule: what overrides it, and what its conditions look
// through.
std::vector<int> Judge::burdens_below(int rule) {
  std::vector<int> found;
  const auto& rules = world_.law().rules;
  if (rules[at(rule)].when) collect(*rules[at(rule)].when, found);
  for (int s = 0; s < static_cast<int>(rules.size()); ++s) {
    const auto& named = rules[at(s)].overrides;
    if (std::find(named.begin(), named.end(), rule) == named.end()) continue;
    if (rules[at(s)].burden) found.push_back(s);
    const auto inner = burdens_below(s);
    found.insert(found.end(), inner.begin(), inner.end());
  }
  return found;
}

void Judge::each_choice(const std::vector<int>& rules, const std::function<void()>& visit) {
  for (unsigned bits = 0; bits < 1u << rules.size(); ++bits) {
    for (std::size_t k = 0; k < rules.size(); ++k) choice_[rules[k]] = (bits >> k & 1) != 0;
    visit();
  }
  choice_.clear();
}

std::vector<int> Judge::undecided_of(const std::vector<int>& burdens) {
  std::set<int> list;
  for (const int rule : burdens) {
    if (undecided(rule)) list.insert(rule);
  }
  return {list.begin(), list.end()};
}

bool Judge::undecided(int rule) {
  if (const auto done = undecided_.find(rule); done != undecided_.end()) return done->second;
  bool yes = false, no = false;
  each_choice(undecided_of(burdens_below(rule)), [&] {
    for (const bool value : over_completions([&] { return applies(rule, -1); }))
      (value ? yes : no) = true;
  });
  return undecided_[rule] = yes && no;
}

bool Judge::pivotal(int rule, const std::vector<int>& undecided, const Function& function) {
  std::vector<int> others;
  for (const int each : undecided) {
    if (each != rule) others.push_back(each);
  }
  bool differs = false;
  each_choice(others, [&] {
    choice_[rule] = false;
    const auto without = over_completions(function);
    choice_[rule] = true;
    differs = differs || without != over_completions(function);
  });
  return differs;
}

std::vector<std::string> Judge::missing_of_body(int rule) {
  std::vector<std::vector<int>> values(world_.completions().size());
  each_choice(undecided_of(burdens_below(rule)), [&] {
    const auto now = over_completions([&] { return applies(rule, -1); });
    for (std::size_t i = 0; i < now.size(); ++i) values[i].push_back(now[i] ? 1 : 0);
  });
  return world_.missing(values);
}

Conclusion Judge::conclude(const Function& function, const std::vector<int>& burdens) {
  Conclusion result;
  const auto values = over_completions(function);
  result.value = value_of(values);
  if (result.value == Value::unknown) {
    std::vector<std::vector<int>> numbers;
    for (const bool value : values) numbers.push_back({value ? 1 : 0});
    result.missing = world_.missing(numbers);
  }
  const auto undecided = undecided_of(burdens);
  std::set<int> open;
  std::vector<int> work;
  const auto add = [&](int rule) {
    if (open.insert(rule).second) work.push_back(rule);
  };
  for (const int rule : undecided) {
    if (pivotal(rule, undecided, function)) add(rule);
  }
  while (!work.empty()) {
    const int outer = work.back();
    work.pop_back();
    const auto inner = undecided_of(burdens_below(outer));
    for (const int rule : inner) {
      if (pivotal(rule, inner, [&] { return applies(outer, -1); })) add(rule);
    }
  }
  std::map<std::string, int> by_id;
  for (const int rule : open) by_id[world_.law().rules[at(rule)].id] = rule;
  for (const auto& [id, rule] : by_id) result.open.push_back({id, missing_of_body(rule)});
  return result;
}

Conclusion Judge::concept_of(int index, int model) {
  std::vector<int> burdens;
  collect_concept(index, burdens);
  return conclude([&] { return concept_value(index, model); }, burdens);
}

Conclusion Judge::obligation(int index) {
  std::vector<int> burdens;
  collect(world_.law().obligations[at(index)].owed_by, burdens);
  for (const auto& each : world_.law().rules) {
    if (each.obligation != index) continue;
    if (each.burden) burdens.push_back(static_cast<int>(&each - world_.law().rules.data()));
    if (each.when) collect(*each.when, burdens);
  }
  return conclude([&] { return obligation_now(index); }, burdens);
}

Value Judge::obligation_value(int index) {
  return value_of(over_completions([&] { return obligation_now(index); }));
}

// Section 7.2, day by day.
Status status_of(const World& world, int obligation, int asked) {
  const int first = world.law().first_day, last = world.law().last_day;
  const auto value = [&](int day) {
    return Judge(world, day, std::min(day, asked)).obligation_value(obligation);
  };
  const auto missing = [&](int day) {
    return Judge(world, day, std::min(day, asked)).obligation(obligation).missing;
  };
  Status status;
  const Value today = value(asked);
  if (today == Value::yes) {
    int begin = asked;
    while (begin > first && value(begin - 1) == Value::yes) --begin;
    status.word = "due";
    if (begin > first) status.applies_from = begin;
    return status;
  }
  if (today == Value::unknown) {
    status.word = "undetermined";
    status.missing = missing(asked);
    return status;
  }
  for (int day = asked + 1; day <= last; ++day) {
    const Value then = value(day);
    if (then == Value::unknown && !status.earliest) status.earliest = day;
    if (then == Value::yes) {
      status.word = "upcoming";
      status.applies_from = day;
      return status;
    }
  }
  if (status.earliest) {
    status.word = "undetermined";
    status.missing = missing(*status.earliest);
    return status;
  }
  for (int day = asked - 1; day >= first; --day) {
    if (value(day) != Value::yes) continue;
    status.word = "ended";
    status.ended_on = day + 1;
    return status;
  }
  status.word = "not_applicable";
  return status;
}

}  // namespace naive
