#include "logic/laws.h"

#include "pandect/date.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace naive {
namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

constexpr int kFirst = 20, kLast = 34;  // 2026-01-21 to 2026-02-04: over the end of a month
constexpr int kTop = 8 * kOne;          // beyond it no condition tells numbers apart

bool numeric(Type type) { return type == Type::integer || type == Type::number; }

// What a formula may speak of at the place where it stands.
struct Place {
  int facts = 0;  // the first so many
  int concepts = 0;
  bool model = false;       // inside a quantifier, or in a concept of a model
  bool model_only = false;  // there, and nothing of the system can be seen
  bool as_of = false;
  bool known = false;
};

class Author {
 public:
  explicit Author(Random& random) : random_(random) {}

  Law write() {
    months_ = random_.chance(15);
    wide_ = random_.chance(50);
    guards_ = random_.chance(60);
    write_facts();
    for (int i = random_.chance(55) ? random_.between(1, 3) : 0; i > 0; --i) write_axiom();
    const int concepts = random_.between(1, 4);
    for (int i = 0; i < concepts; ++i) write_concept(i);
    for (int i = random_.chance(50) ? random_.between(1, 2) : 0; i > 0; --i) write_obligation();
    law_.first_day = months_ ? -80 : -24;  // a record may say "in January"
    law_.last_day = kLast + (months_ ? 80 : 22);
    return std::move(law_);
  }

 private:
  int pick(const std::vector<int>& list) {
    return list[at(random_.below(static_cast<int>(list.size())))];
  }
  bool has_models() const {
    return std::any_of(law_.facts.begin(), law_.facts.end(),
                       [](const Fact& each) { return each.model; });
  }

  std::vector<int> facts_of(const std::function<bool(const Fact&)>& fits) const {
    std::vector<int> list;
    for (std::size_t i = 0; i < law_.facts.size(); ++i) {
      if (fits(law_.facts[i])) list.push_back(static_cast<int>(i));
    }
    return list;
  }

  void add_fact(std::string id, Type type, bool model = false) {
    Fact fact;
    fact.id = std::move(id);
    fact.type = type;
    fact.model = model;
    if (type == Type::enumeration) {
      fact.members = {{"g", -1, false}, {"h", -1, false}, {"i", -1, false}};
      if (random_.chance(40)) fact.members.push_back({"h.z", 1, false});
    }
    if (type == Type::set) {
      fact.members = {{"g", -1, random_.chance(70)},
                      {"g.x", 0, false},
                      {"g.y", 0, false},
                      {"h", -1, false},
                      {"h.z", 3, false}};
      if (wide_)
        fact.members = {{"g", -1, true},
                        {"h", -1, false},
                        {"i", -1, false},
                        {"h.z", 1, false},
                        {"g.x", 0, false}};
    }
    fact.optional = type != Type::boolean && type != Type::set && random_.chance(25);
    Place place;
    place.facts = static_cast<int>(law_.facts.size());
    place.model = place.model_only = model;
    if (guards_ && !visible(place).empty() && random_.chance(25)) fact.guard = literal(place);
    law_.facts.push_back(std::move(fact));
  }

  void write_facts() {
    static const std::array<const char*, 5> names{"f.a", "f.b", "f.c", "f.d", "f.e"};
    const int bools = random_.between(2, 5);
    for (int i = 0; i < bools; ++i) add_fact(names[at(i)], Type::boolean);
    if (random_.chance(45)) add_fact("e.a", Type::enumeration);
    if (random_.chance(35)) add_fact("s.a", Type::set);
    if (random_.chance(12)) add_fact("s.b", Type::set);
    if (random_.chance(40)) add_fact("n.a", Type::integer);
    if (random_.chance(20)) add_fact("n.b", random_.chance(70) ? Type::integer : Type::number);
    if (random_.chance(10)) add_fact("n.c", Type::number);
    if (random_.chance(40)) add_fact("d.a", Type::date);
    if (random_.chance(15)) add_fact("d.b", Type::date);
    if (random_.chance(30)) {
      add_fact("m.a", Type::boolean, true);
      if (random_.chance(50)) add_fact("m.b", Type::boolean, true);
      if (random_.chance(30)) add_fact("m.n", Type::integer, true);
    }
  }

  std::vector<int> visible(const Place& place) const {
    std::vector<int> list;
    for (int i = 0; i < place.facts; ++i) {
      const bool model = law_.facts[at(i)].model;
      if (model ? place.model : !place.model_only) list.push_back(i);
    }
    return list;
  }

  // A test of one fact that is visible from here.
  Formula literal(const Place& place) {
    const int index = pick(visible(place));
    Formula test = test_of(index, place);
    if (random_.chance(25)) return negation(std::move(test));
    return test;
  }

  static Formula negation(Formula inner) {
    Formula result;
    result.kind = Formula::Kind::not_;
    result.children.push_back(std::move(inner));
    return result;
  }

  Formula test_of(int index, const Place& place) {
    using Kind = Formula::Kind;
    const Fact& fact = law_.facts[at(index)];
    Formula test;
    test.index = index;
    const bool single = fact.type != Type::set;
    if (place.known && single && random_.chance(6)) {
      test.kind = Kind::known;
      return test;
    }
    if (fact.type == Type::boolean) {
      test.kind = Kind::fact;
    } else if (numeric(fact.type) || fact.type == Type::date) {
      return comparison(index, place);
    } else if (fact.type == Type::enumeration) {
      enum_test(test, fact);
    } else {
      set_test(test, fact);
    }
    return test;
  }

  void enum_test(Formula& test, const Fact& fact) {
    const int way = random_.below(3);
    test.kind = way == 0   ? Formula::Kind::equals
                : way == 1 ? Formula::Kind::differs
                           : Formula::Kind::in;
    const bool tree = fact.members.size() > 3;
    do {
      test.members.push_back(random_.below(static_cast<int>(fact.members.size())));
      if (way < 2 && tree && test.members[0] == 1) test.members[0] = 3;  // a group is not compared
    } while (way == 2 && random_.chance(40));
  }

  void set_test(Formula& test, const Fact& fact) {
    const int way = random_.below(5);
    if (way == 4) {
      test.kind = Formula::Kind::count;
      test.order = static_cast<Order>(random_.below(6));
      test.amount = random_.between(0, 3);
      return;
    }
    test.kind = way < 2    ? Formula::Kind::has
                : way == 2 ? Formula::Kind::has_any
                           : Formula::Kind::has_all;
    do test.members.push_back(random_.below(static_cast<int>(fact.members.size())));
    while (way >= 2 && random_.chance(50));
  }

  int other_of_kind(int index, const Place& place) {
    std::vector<int> list;
    const bool date = law_.facts[at(index)].type == Type::date;
    for (const int i : visible(place)) {
      const Fact& each = law_.facts[at(i)];
      if ((each.type == Type::date) == date && (date || numeric(each.type))) list.push_back(i);
    }
    return pick(list);
  }

  void move(Term& term) {
    if (random_.chance(60)) return;
    if (months_ && random_.chance(50)) term.months = random_.chance(70) ? 1 : -1;
    if (term.months == 0 || random_.chance(20))
      term.days = random_.chance(25) ? 7 : random_.between(-3, 3);
  }

  Formula comparison(int index, const Place& place) {
    Formula test;
    test.kind = Formula::Kind::compare;
    test.order = static_cast<Order>(random_.below(6));
    test.dates = law_.facts[at(index)].type == Type::date;
    Term left, right;
    left.parts.emplace_back(1, index);
    if (test.dates) {
      move(left);
      if (place.as_of && random_.chance(40))
        right.as_of = true;
      else if (random_.chance(25))
        right.parts.emplace_back(1, other_of_kind(index, place));
      else
        right.constant = random_.between(kFirst, kLast);
      if (random_.chance(30)) move(right);
    } else {
      const int way = random_.below(10);
      const bool whole = law_.facts[at(index)].type == Type::integer;
      right.constant = whole || random_.chance(60) ? kOne * random_.between(0, 4)
                                                   : kOne / 2 * random_.between(0, 8);
      if (way < 2)
        right =
            Term{{{1, other_of_kind(index, place)}}, random_.chance(70) ? 0 : kOne, false, 0, 0};
      else if (way == 2)
        left.parts.emplace_back(1, other_of_kind(index, place));
      else if (way == 3)
        left.parts[0].first = 2;
      else if (way == 4)
        left.constant = kOne;
    }
    if (random_.chance(20)) std::swap(left, right);
    test.sides = {std::move(left), std::move(right)};
    return test;
  }

  Formula leaf(const Place& place) {
    std::vector<int> concepts;
    for (int i = 0; i < place.concepts; ++i) {
      const bool model = law_.concepts[at(i)].model;
      if (model ? place.model : !place.model_only) concepts.push_back(i);
    }
    if (!concepts.empty() && random_.chance(30)) {
      Formula result;
      result.kind = Formula::Kind::concept_;
      result.index = pick(concepts);
      return result;
    }
    if (!place.model && place.facts == static_cast<int>(law_.facts.size()) && has_models() &&
        random_.chance(30)) {
      Formula result;
      result.kind = random_.chance(60) ? Formula::Kind::any_model : Formula::Kind::all_models;
      Place inside = place;
      inside.model = true;
      result.children.push_back(formula(inside, 2));
      return result;
    }
    if (random_.chance(3)) {
      Formula result;
      result.kind = random_.chance(50) ? Formula::Kind::yes : Formula::Kind::no;
      return result;
    }
    return literal(place);
  }

  Formula formula(const Place& place, int depth) {
    if (depth == 0 || random_.chance(40)) return leaf(place);
    Formula result;
    const int way = random_.below(10);
    result.kind = way < 4    ? Formula::Kind::and_
                  : way < 8  ? Formula::Kind::or_
                  : way == 8 ? Formula::Kind::not_
                             : Formula::Kind::at_least;
    const int count = result.kind == Formula::Kind::not_       ? 1
                      : result.kind == Formula::Kind::at_least ? 3
                                                               : random_.between(2, 3);
    for (int i = 0; i < count; ++i) result.children.push_back(formula(place, depth - 1));
    if (result.kind == Formula::Kind::at_least) result.amount = random_.between(1, 3);
    return result;
  }

  Place everywhere(bool time) const {
    Place place;
    place.facts = static_cast<int>(law_.facts.size());
    place.as_of = time;
    place.known = time && law_.axioms.empty();
    return place;
  }

  void write_axiom() {
    Axiom axiom;
    const auto bools =
        facts_of([](const Fact& each) { return each.type == Type::boolean && !each.model; });
    const auto sets = facts_of([](const Fact& each) { return each.type == Type::set; });
    const auto enums = facts_of([](const Fact& each) { return each.type == Type::enumeration; });
    const int way = random_.below(10);
    const auto pair = facts_of([&](const Fact& each) {
      return !each.model && (way == 6 ? numeric(each.type) : each.type == Type::date);
    });
    if (way < 4) {
      axiom.kind = way < 2 ? Axiom::Kind::implies : Axiom::Kind::excludes;
      axiom.fact = pick(bools);
      axiom.consequence = simple(1);
    } else if (way < 6 || (way < 8 && pair.size() < 2) || sets.empty()) {
      axiom.premise = simple(1);
      axiom.consequence = simple(1);
    } else if (way < 8) {
      axiom.kind = random_.chance(50) ? Axiom::Kind::at_least : Axiom::Kind::at_most;
      axiom.fact = pair[0];
      axiom.other = pair[1];
    } else if (sets.size() == 2) {
      axiom.kind = Axiom::Kind::subset_of;
      axiom.fact = sets[0];
      axiom.other = sets[1];
    } else if (!enums.empty() && wide_) {
      axiom.kind = Axiom::Kind::contains;
      axiom.fact = sets[0];
      axiom.other = enums[0];
    } else {
      axiom.premise = simple(0);
      axiom.consequence = simple(1);
    }
    law_.axioms.push_back(std::move(axiom));
  }
  Formula simple(int depth) { return formula_without_models(depth); }
  Formula formula_without_models(int depth) {
    Place place = everywhere(false);
    for (int i = 0; i < place.facts; ++i) {
      if (law_.facts[at(i)].model) place.facts = i;
    }
    return formula(place, depth);
  }

  void date_rule(Rule& rule) {
    if (random_.chance(70)) return;
    if (random_.chance(60)) rule.from = random_.between(kFirst, kLast);
    if (random_.chance(40))
      rule.until = (rule.from == kNoDay ? kFirst : rule.from) + random_.between(1, 8);
    if (random_.chance(30)) rule.enacted = random_.between(kFirst, kLast);
    if (random_.chance(30))
      rule.superseded = (rule.enacted == kNoDay ? kFirst : rule.enacted) + random_.between(1, 8);
  }

  // Base rules at depth 0 and exceptions to depth 3; those of odd depth may carry a burden.
  void write_rules(const std::string& name, int concept_index, int obligation, const Place& place) {
    std::vector<int> base;
    std::vector<int> last;
    const auto add = [&](std::vector<int> overrides, int depth) {
      Rule rule;
      rule.id = name + "-r" + std::to_string(law_.rules.size());
      rule.concept_index = concept_index;
      rule.obligation = obligation;
      rule.overrides = std::move(overrides);
      rule.burden = depth % 2 == 1 && !place.model && random_.chance(45) && burdens_ < 4;
      burdens_ += rule.burden ? 1 : 0;
      if (!random_.chance(8)) rule.when = formula(place, 2);
      date_rule(rule);
      law_.rules.push_back(std::move(rule));
      return static_cast<int>(law_.rules.size()) - 1;
    };
    for (int i = random_.between(1, 2); i > 0; --i) base.push_back(add({}, 0));
    last = base;
    for (int depth = 1; depth <= 3 && random_.chance(depth == 1 ? 65 : 55); ++depth) {
      std::vector<int> here;
      for (int i = random_.chance(30) ? 2 : 1; i > 0; --i) {
        std::vector<int> overrides{pick(last)};
        if (depth == 1 && obligation >= 0)
          overrides = base;
        else if (last.size() > 1 && random_.chance(30))
          overrides = last;
        here.push_back(add(std::move(overrides), depth));
      }
      last = here;
    }
  }

  void write_concept(int index) {
    Place place = everywhere(true);
    place.concepts = index;
    Concept added;
    added.id = "c." + std::to_string(index);
    added.model = has_models() && random_.chance(20);
    place.model = place.model_only = added.model;
    write_rules("c" + std::to_string(index), index, -1, place);
    law_.concepts.push_back(std::move(added));
  }

  void write_obligation() {
    Place place = everywhere(true);
    place.concepts = static_cast<int>(law_.concepts.size());
    const int index = static_cast<int>(law_.obligations.size());
    Obligation duty;
    duty.id = "o." + std::to_string(index);
    duty.owed_by = formula(place, 1);
    const auto dates = facts_of([](const Fact& each) { return each.type == Type::date; });
    const auto term = [&] {
      Term result;
      result.parts.emplace_back(1, pick(dates));
      move(result);
      return result;
    };
    if (!dates.empty() && random_.chance(45)) duty.starts = term();
    if (!dates.empty() && random_.chance(30)) duty.ends = term();
    write_rules("o" + std::to_string(index), -1, index, place);
    law_.obligations.push_back(std::move(duty));
  }

  Random& random_;
  Law law_;
  bool months_ = false;
  bool guards_ = false;
  bool wide_ = false;  // every member of an enum is one of the sets, too
  int burdens_ = 0;
};

std::string day_text(int day) { return pandect::to_string(pandect::day_of({2026, 1, 1}) + day); }

std::string number_text(int value) {
  static const std::array<const char*, 8> parts{"",   ".125", ".25", ".375",
                                                ".5", ".625", ".75", ".875"};
  const int size = value < 0 ? -value : value;
  return (value < 0 ? "-" : "") + std::to_string(size / kOne) + parts[at(size % kOne)];
}

// Every raw value of a fact of which nothing is said.
std::vector<int> domain(const Law& law, const Fact& fact) {
  std::vector<int> values;
  if (fact.optional) values.push_back(kNever);
  switch (fact.type) {
    case Type::boolean:
      values = {0, 1};
      break;
    case Type::integer:
    case Type::number:
      for (int each = 0; each <= kTop; each += fact.type == Type::integer ? kOne : 1)
        values.push_back(each);
      break;
    case Type::date:
      for (int each = law.first_day - 12; each <= law.last_day + 12; ++each) values.push_back(each);
      break;
    case Type::enumeration:
      for (int each = 0; each < static_cast<int>(fact.members.size()); ++each)
        values.push_back(each);
      break;
    case Type::set: {
      for (int mask = 0; mask < 1 << fact.members.size(); ++mask) {
        bool fits = true;
        for (std::size_t i = 0; i < fact.members.size(); ++i) {
          const bool in = (mask >> i & 1) != 0;
          bool child = false;
          for (std::size_t k = 0; k < fact.members.size(); ++k) {
            child =
                child || (fact.members[k].parent == static_cast<int>(i) && (mask >> k & 1) != 0);
          }
          if (child && !in) fits = false;
          if (in && fact.members[i].abstract && !child) fits = false;
        }
        if (fits) values.push_back(mask);
      }
    }
  }
  return values;
}

class Witness {  // makes up answers
 public:
  Witness(Random& random, const Law& law) : random_(random), law_(law) {}

  Answer answer(const Fact& fact) {
    const std::vector<int> all = domain(law_, fact);
    Answer answer{"", all};
    if (random_.chance(5)) {
      answer.text = "unknown";
      return answer;
    }
    if (fact.optional && random_.chance(15)) return {"never", {kNever}};
    switch (fact.type) {
      case Type::boolean: {
        const bool yes = random_.chance(55);
        return {yes ? "true" : "false", {yes ? 1 : 0}};
      }
      case Type::integer:
      case Type::number:
        return number(fact, all);
      case Type::date:
        return date(all);
      case Type::enumeration:
        return member(fact, all);
      case Type::set:
        return set(fact, all);
    }
    return answer;
  }

 private:
  static std::vector<int> within(const std::vector<int>& all, int low, int high) {
    std::vector<int> values;
    for (const int each : all) {
      if (each != kNever && each >= low && each <= high) values.push_back(each);
    }
    return values;
  }

  Answer number(const Fact& fact, const std::vector<int>& all) {
    const int unit = fact.type == Type::integer || random_.chance(50) ? kOne : kOne / 2;
    const int low = unit * random_.between(0, 3), high = low + unit * random_.between(1, 3);
    switch (random_.below(6)) {
      case 0:
        return {"{min: " + number_text(low) + ", max: " + number_text(high) + "}",
                within(all, low, high)};
      case 1:
        return {"{above: " + number_text(low) + ", max: " + number_text(high) + "}",
                within(all, low + 1, high)};
      case 2:
        return {"{min: " + number_text(low) + ", below: " + number_text(high) + "}",
                within(all, low, high - 1)};
      case 3:
        return {"{max: " + number_text(high) + "}", within(all, 0, high)};
      case 4:
        return {"{above: " + number_text(low) + "}", within(all, low + 1, INT_MAX)};
      default:
        return {number_text(low), {low}};
    }
  }

  Answer date(const std::vector<int>& all) {
    const int low = random_.between(kFirst, kLast - 4), high = low + random_.between(1, 4);
    switch (random_.below(6)) {
      case 0:
        return {"{min: " + day_text(low) + ", max: " + day_text(high) + "}",
                within(all, low, high)};
      case 1:
        return {"{above: " + day_text(low) + ", below: " + day_text(high + 1) + "}",
                within(all, low + 1, high)};
      case 2:
        return {"2026-01", within(all, 0, 30)};
      case 3:
        return {"{max: " + day_text(high) + "}", within(all, INT_MIN, high)};
      default:
        return {day_text(low), {low}};
    }
  }

  Answer member(const Fact& fact, const std::vector<int>& all) {
    std::string list;
    std::set<int> named, values;
    for (int i = random_.between(1, 2); i > 0; --i)
      named.insert(random_.below(static_cast<int>(fact.members.size())));
    for (const int each : named) {
      list += (list.empty() ? "" : ", ") + fact.members[at(each)].id;
      values.insert(each);
      if (fact.members.size() == 4 && each == 1)
        values.insert(3);  // a group may be what lies below it
    }
    if (!fact.optional && random_.chance(30)) {
      std::vector<int> rest;
      for (const int each : all) {
        if (values.count(each) == 0) rest.push_back(each);
      }
      if (!rest.empty()) return {"{not: [" + list + "]}", rest};
    }
    return {named.size() == 1 && random_.chance(60) ? list : "{one_of: [" + list + "]}",
            {values.begin(), values.end()}};
  }

  static bool under(const Fact& fact, int member, int group) {
    for (int up = member; up >= 0; up = fact.members[at(up)].parent) {
      if (up == group) return true;
    }
    return false;
  }

  // Section 1.1: what a list and what a map say of each member.
  Answer set(const Fact& fact, const std::vector<int>& all) {
    const int count = static_cast<int>(fact.members.size());
    std::set<int> known, open, out;
    const bool map = random_.chance(55);
    const bool rest = map && random_.chance(40);
    for (int each = 0; each < count; ++each) {
      const int dice = random_.below(10);
      if (dice < 3)
        known.insert(each);
      else if (map && dice == 4)
        open.insert(each);
      else if (map && dice == 5)
        out.insert(each);
    }
    unsigned in = 0, may = 0, never = 0;
    for (int each = 0; each < count; ++each) {
      for (const int group : known) in |= under(fact, group, each) ? 1u << each : 0u;
      for (const int group : open)
        may |= under(fact, each, group) || under(fact, group, each) ? 1u << each : 0u;
      for (const int group : out) never |= under(fact, each, group) ? 1u << each : 0u;
      for (const int group : known) {
        const bool alone = std::none_of(known.begin(), known.end(), [&](int other) {
          return other != group && under(fact, other, group);
        });
        if (alone && under(fact, each, group) && (!map || fact.members[at(group)].abstract))
          may |= 1u << each;
      }
    }
    if (rest) may = ~0u;
    Answer answer;
    for (const int mask : all) {
      const auto bits = static_cast<unsigned>(mask);
      if ((in & ~bits) == 0 && (bits & ~(in | may)) == 0 && (bits & never) == 0)
        answer.values.push_back(mask);
    }
    const auto list = [&](const std::set<int>& members) {
      std::string text;
      for (const int each : members) text += (text.empty() ? "" : ", ") + fact.members[at(each)].id;
      return "[" + text + "]";
    };
    answer.text = list(known);
    if (map) {
      answer.text = "{known: " + answer.text + ", unknown: " + list(open) + ", not: " + list(out) +
                    (rest ? ", rest: unknown}" : "}");
    }
    return answer;
  }

  Random& random_;
  const Law& law_;
};

// Formulas as the language writes them, with every bracket.
class Printer {
 public:
  explicit Printer(const Law& law) : law_(law) {}

  std::string formula(const Formula& f) const {
    using Kind = Formula::Kind;
    const auto inner = [&](std::size_t i) { return "(" + formula(f.children[i]) + ")"; };
    switch (f.kind) {
      case Kind::yes:
        return "true";
      case Kind::no:
        return "false";
      case Kind::fact:
        return fact(f.index);
      case Kind::not_:
        return "not " + inner(0);
      case Kind::and_:
        return joined(f.children, " and ");
      case Kind::or_:
        return joined(f.children, " or ");
      case Kind::at_least:
        return "at least " + std::to_string(f.amount) + " of [" + joined(f.children, ", ") + "]";
      case Kind::compare:
        return term(f.sides[0], f.dates) + order(f.order) + term(f.sides[1], f.dates);
      case Kind::equals:
        return fact(f.index) + " == " + member(f, 0);
      case Kind::differs:
        return fact(f.index) + " != " + member(f, 0);
      case Kind::in:
        return fact(f.index) + " in [" + members(f) + "]";
      case Kind::has:
        return fact(f.index) + " has " + member(f, 0);
      case Kind::has_any:
        return fact(f.index) + " has any [" + members(f) + "]";
      case Kind::has_all:
        return fact(f.index) + " has all [" + members(f) + "]";
      case Kind::count:
        return "count(" + fact(f.index) + ")" + order(f.order) + std::to_string(f.amount);
      case Kind::known:
        return "known(" + fact(f.index) + ")";
      case Kind::concept_:
        return law_.concepts[at(f.index)].id;
      case Kind::any_model:
        return "any model " + inner(0);
      case Kind::all_models:
        return "all models " + inner(0);
    }
    return {};
  }

  std::string term(const Term& term, bool dates) const {
    std::string text;
    for (const auto& [factor, index] : term.parts) {
      text += (text.empty() ? "" : " + ") + fact(index) +
              (factor == 1 ? "" : " * " + std::to_string(factor));
    }
    if (term.as_of) text = "as_of";
    if (text.empty())
      text = dates ? day_text(term.constant) : number_text(term.constant);
    else if (!dates && term.constant != 0)
      text += " + " + number_text(term.constant);
    const auto move = [&](int size, const char* unit) {
      if (size != 0)
        text += (size < 0 ? " - " : " + ") + std::to_string(size < 0 ? -size : size) + unit;
    };
    move(term.months, " months");
    move(term.days, " days");
    return text;
  }

  const std::string& fact(int index) const { return law_.facts[at(index)].id; }

 private:
  static std::string order(Order order) {
    static const std::array<const char*, 6> words{" < ", " <= ", " > ", " >= ", " == ", " != "};
    return words[static_cast<std::size_t>(order)];
  }
  const std::string& member(const Formula& f, std::size_t i) const {
    return law_.facts[at(f.index)].members[at(f.members[i])].id;
  }
  std::string members(const Formula& f) const {
    std::string text;
    for (std::size_t i = 0; i < f.members.size(); ++i) text += (i == 0 ? "" : ", ") + member(f, i);
    return text;
  }
  std::string joined(const std::vector<Formula>& children, const char* between) const {
    std::string text;
    for (const auto& each : children)
      text += (text.empty() ? "" : between) + ("(" + formula(each) + ")");
    return text;
  }

  const Law& law_;
};

std::string fact_text(const Law& law, const Fact& fact) {
  static const std::array<const char*, 6> types{"bool", "integer", "number", "date", "enum", "set"};
  std::string text =
      "  - {fact: " + fact.id + ", type: " + types[static_cast<std::size_t>(fact.type)];
  if (fact.model) text += ", scope: model";
  if (fact.optional) text += ", optional: true";
  if (!fact.members.empty()) {
    std::string list;
    for (const auto& each : fact.members) {
      list += (list.empty() ? "" : ", ") +
              (each.abstract ? "{id: " + each.id + ", abstract: true}" : each.id);
    }
    text += ", members: [" + list + "]";
  }
  if (fact.guard) text += ", asked_if: \"" + Printer(law).formula(*fact.guard) + "\"";
  std::string axioms;
  for (const auto& each : law.axioms) {
    static const std::array<const char*, 7> kinds{"implies", "excludes",  "",        "at_least",
                                                  "at_most", "subset_of", "contains"};
    if (each.kind == Axiom::Kind::if_then || &law.facts[at(each.fact)] != &fact) continue;
    const std::string body =
        each.other >= 0 ? law.facts[at(each.other)].id : Printer(law).formula(each.consequence);
    axioms += (axioms.empty() ? "{" : ", {") +
              std::string(kinds[static_cast<std::size_t>(each.kind)]) + ": \"" + body + "\"}";
  }
  if (!axioms.empty()) text += ", axioms: [" + axioms + "]";
  return text + "}\n";
}

std::string rule_text(const Law& law, const Rule& rule, bool names_base) {
  std::string text = "{id: " + rule.id;
  if (rule.when) text += ", when: \"" + Printer(law).formula(*rule.when) + "\"";
  if (!rule.overrides.empty() && names_base) {
    std::string list;
    for (const int each : rule.overrides)
      list += (list.empty() ? "" : ", ") + law.rules[at(each)].id;
    text += ", overrides: [" + list + "]";
  }
  if (rule.burden) text += ", burden: operator";
  const auto day = [&](const char* key, int value) {
    if (value != kNoDay) text += std::string(", ") + key + ": " + day_text(value);
  };
  day("from", rule.from);
  day("until", rule.until);
  day("enacted", rule.enacted);
  day("superseded", rule.superseded);
  return text + "}";
}

void shuffle(std::vector<std::string>& list, Random* order) {
  if (order == nullptr) return;
  for (std::size_t i = list.size(); i > 1; --i)
    std::swap(list[i - 1], list[at(order->below(static_cast<int>(i)))]);
}

std::string section(const char* name, std::vector<std::string> items, Random* order) {
  shuffle(items, order);
  std::string text = name + std::string(items.empty() ? ": []\n" : ":\n");
  for (const auto& each : items) text += each;
  return text;
}

std::string rule_list(const char* name, std::vector<std::string> rules, Random* order) {
  if (rules.empty()) return {};
  shuffle(rules, order);
  std::string text = "    " + std::string(name) + ":\n";
  for (const auto& each : rules) text += "      - " + each + "\n";
  return text;
}

bool is_base(const Law& law, int rule) { return law.rules[at(rule)].overrides.empty(); }

std::string concept_text(const Law& law, int index, Random* order) {
  std::vector<std::string> rules;
  for (const auto& each : law.rules) {
    if (each.concept_index == index) rules.push_back(rule_text(law, each, true));
  }
  const Concept& found = law.concepts[at(index)];
  std::string text = "  - concept: " + found.id + "\n";
  if (found.model) text += "    scope: model\n";
  return text + rule_list("rules", std::move(rules), order);
}

std::string obligation_text(const Law& law, int index, Random* order) {
  const Obligation& duty = law.obligations[at(index)];
  const Printer printer(law);
  std::string text =
      "  - obligation: " + duty.id + "\n    owed_by: \"" + printer.formula(duty.owed_by) + "\"\n";
  if (duty.starts) text += "    starts: \"" + printer.term(*duty.starts, true) + "\"\n";
  if (duty.ends) text += "    ends: \"" + printer.term(*duty.ends, true) + "\"\n";
  std::vector<std::string> rules, exceptions;
  for (const auto& each : law.rules) {
    if (each.obligation != index) continue;
    if (each.overrides.empty())
      rules.push_back(rule_text(law, each, true));
    else
      exceptions.push_back(rule_text(law, each, !is_base(law, each.overrides[0])));
  }
  return text + rule_list("rules", std::move(rules), order) +
         rule_list("exceptions", std::move(exceptions), order);
}

std::string answers_text(const Law& law, const std::vector<Answer>& answers) {
  std::string text;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    if (!answers[i].text.empty())
      text += (text.empty() ? "" : ", ") + law.facts[i].id + ": " + answers[i].text;
  }
  return "{" + text + "}";
}

// One answer of the record, at the system or at a model.
struct Spot {
  int model = -1;
  int fact = 0;
};

std::vector<Spot> spots(const Law& law, const Case& input) {
  std::vector<Spot> list;
  for (int fact = 0; fact < static_cast<int>(law.facts.size()); ++fact) {
    if (!law.facts[at(fact)].model) list.push_back({-1, fact});
    for (int model = 0; law.facts[at(fact)].model && model < static_cast<int>(input.models.size());
         ++model)
      list.push_back({model, fact});
  }
  return list;
}

Answer& answer_at(Case& input, Spot spot) {
  return spot.model < 0 ? input.facts[at(spot.fact)] : input.models[at(spot.model)][at(spot.fact)];
}

}  // namespace

std::uint64_t Random::next() {
  std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ull);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
  return z ^ (z >> 31);
}

Law random_law(Random& random) { return Author(random).write(); }

Case random_case(Random& random, const Law& law, const Bounds& bounds) {
  Case input;
  input.as_of = random.between(kFirst - 2, kLast + 2);
  std::vector<Answer> unstated;
  for (const auto& fact : law.facts) unstated.push_back({"", domain(law, fact)});
  input.facts = unstated;
  const bool models =
      std::any_of(law.facts.begin(), law.facts.end(), [](const Fact& each) { return each.model; });
  for (int i = models ? random.between(0, 2) : 0; i > 0; --i) input.models.push_back(unstated);
  for (int i = 0; i < static_cast<int>(law.concepts.size()); ++i) {
    if (law.concepts[at(i)].model || !random.chance(5)) continue;
    Determination made{i, random.chance(50), kNoDay, kNoDay};
    if (random.chance(50)) made.made = random.between(kFirst, kLast - 4);
    if (random.chance(50)) made.through = random.between(kLast - 4, kLast);
    input.determinations.push_back(made);
  }
  const int stated = random.between(0, 70);
  for (const Spot spot : spots(law, input)) {
    if (random.chance(stated))
      answer_at(input, spot) = Witness(random, law).answer(law.facts[at(spot.fact)]);
  }
  // A record of models alone has no system that an axiom could bind.
  if (!input.models.empty() && input.facts[0].text.empty()) input.facts[0].text = "unknown";
  while (combinations(law, input) > bounds.combinations ||
         open_facts(law, input) > bounds.open_facts) {
    input = with_answer(random, law, std::move(input));
  }
  return input;
}

Case with_answer(Random& random, const Law& law, Case input) {
  std::vector<Spot> open;
  for (const Spot spot : spots(law, input)) {
    if (answer_at(input, spot).values.size() > 1) open.push_back(spot);
  }
  if (open.empty()) return input;
  const Spot spot = open[at(random.below(static_cast<int>(open.size())))];
  Answer& answer = answer_at(input, spot);
  for (int tries = 0; tries < 40; ++tries) {
    Answer next = Witness(random, law).answer(law.facts[at(spot.fact)]);
    const auto allowed = [&](int value) {
      return std::find(answer.values.begin(), answer.values.end(), value) != answer.values.end();
    };
    if (next.values.empty() || next.values.size() >= answer.values.size()) continue;
    if (!std::all_of(next.values.begin(), next.values.end(), allowed)) continue;
    answer = std::move(next);
    break;
  }
  return input;
}

std::string facts_text(const Law& law, Random* order) {
  std::vector<std::string> facts, axioms;
  for (const auto& each : law.facts) facts.push_back(fact_text(law, each));
  for (const auto& each : law.axioms) {
    if (each.kind != Axiom::Kind::if_then) continue;
    const Printer printer(law);
    axioms.push_back("  - {if: \"" + printer.formula(each.premise) + "\", then: \"" +
                     printer.formula(each.consequence) + "\"}\n");
  }
  return section("facts", std::move(facts), order) + section("axioms", std::move(axioms), order);
}

std::string rules_text(const Law& law, Random* order) {
  std::vector<std::string> concepts, obligations;
  for (int i = 0; i < static_cast<int>(law.concepts.size()); ++i)
    concepts.push_back(concept_text(law, i, order));
  for (int i = 0; i < static_cast<int>(law.obligations.size()); ++i)
    obligations.push_back(obligation_text(law, i, order));
  return section("concepts", std::move(concepts), order) +
         section("obligations", std::move(obligations), order);
}

std::string record_text(const Law& law, const Case& input) {
  std::string text = "as_of: " + day_text(input.as_of) +
                     "\nfacts: " + answers_text(law, input.facts) + "\nmodels: [";
  for (std::size_t i = 0; i < input.models.size(); ++i) {
    text += (i == 0 ? "" : ", ") + ("{id: m" + std::to_string(i)) +
            ", facts: " + answers_text(law, input.models[i]) + "}";
  }
  text += "]\n";
  std::string determinations;
  for (const auto& each : input.determinations) {
    determinations += (determinations.empty() ? "" : ", ") +
                      law.concepts[at(each.concept_index)].id +
                      ": {value: " + (each.value ? "true" : "false");
    if (each.made != kNoDay) determinations += ", made: " + day_text(each.made);
    if (each.through != kNoDay) determinations += ", through: " + day_text(each.through);
    determinations += "}";
  }
  if (!determinations.empty()) text += "determinations: {" + determinations + "}\n";
  return text;
}

namespace {

using Step = std::function<bool(Law&, Case&)>;  // false: nothing to drop

bool names_rule(const Law& law, int rule) {
  return std::any_of(law.rules.begin(), law.rules.end(), [&](const Rule& each) {
    return std::find(each.overrides.begin(), each.overrides.end(), rule) != each.overrides.end();
  });
}

bool only_base(const Law& law, int rule) {
  return std::none_of(law.rules.begin(), law.rules.end(), [&](const Rule& each) {
    return &each != &law.rules[at(rule)] && each.obligation == law.rules[at(rule)].obligation &&
           each.overrides.empty();
  });
}

bool drop_rule(Law& law, int rule, bool with_owner = false) {
  if (names_rule(law, rule)) return false;
  if (!with_owner && law.rules[at(rule)].obligation >= 0 && is_base(law, rule) &&
      only_base(law, rule))
    return false;
  law.rules.erase(law.rules.begin() + rule);
  for (auto& each : law.rules) {
    for (int& named : each.overrides) named -= named > rule ? 1 : 0;
  }
  return true;
}

bool clear_dates(Rule& rule) {
  const bool any = rule.from != kNoDay || rule.until != kNoDay || rule.enacted != kNoDay ||
                   rule.superseded != kNoDay;
  rule.from = rule.until = rule.enacted = rule.superseded = kNoDay;
  return any;
}

void formulas_of(Formula& formula, std::vector<Formula*>& list) {
  list.push_back(&formula);
  for (auto& child : formula.children) formulas_of(child, list);
}

std::vector<Formula*> all_formulas(Law& law) {
  std::vector<Formula*> list;
  for (auto& each : law.rules) {
    if (each.when) formulas_of(*each.when, list);
  }
  for (auto& each : law.axioms) {
    formulas_of(each.premise, list);
    formulas_of(each.consequence, list);
  }
  for (auto& each : law.obligations) formulas_of(each.owed_by, list);
  return list;
}

bool is_junction(const Formula& formula) {
  using Kind = Formula::Kind;
  return formula.kind == Kind::and_ || formula.kind == Kind::or_ || formula.kind == Kind::not_ ||
         formula.kind == Kind::at_least;
}

void list_rule_steps(const Law& law, std::vector<Step>& steps) {
  for (int i = static_cast<int>(law.rules.size()) - 1; i >= 0; --i) {
    steps.push_back([i](Law& l, Case&) { return drop_rule(l, i); });
    steps.push_back([i](Law& l, Case&) { return clear_dates(l.rules[at(i)]); });
    steps.push_back([i](Law& l, Case&) {
      const bool had = l.rules[at(i)].when.has_value();
      l.rules[at(i)].when.reset();
      return had;
    });
    steps.push_back([i](Law& l, Case&) { return std::exchange(l.rules[at(i)].burden, false); });
  }
}

void list_formula_steps(Law& law, std::vector<Step>& steps) {
  const auto formulas = all_formulas(law);
  for (std::size_t i = 0; i < formulas.size(); ++i) {
    for (std::size_t k = 0; k < formulas[i]->children.size() && is_junction(*formulas[i]); ++k) {
      steps.push_back([i, k](Law& l, Case&) {
        Formula& formula = *all_formulas(l)[i];
        Formula child = formula.children[k];
        formula = std::move(child);
        return true;
      });
    }
    if (formulas[i]->kind == Formula::Kind::yes) continue;
    steps.push_back([i](Law& l, Case&) {
      *all_formulas(l)[i] = Formula{};
      return true;
    });
  }
}

void list_other_steps(const Law& law, const Case& input, std::vector<Step>& steps) {
  for (std::size_t i = law.obligations.size(); i-- > 0;) {
    steps.push_back([i](Law& l, Case&) {
      if (i + 1 != l.obligations.size()) return false;
      std::vector<Rule>& rules = l.rules;
      for (int r = static_cast<int>(rules.size()) - 1; r >= 0; --r) {
        if (rules[at(r)].obligation == static_cast<int>(i) && !drop_rule(l, r, true)) return false;
      }
      l.obligations.pop_back();
      return true;
    });
    steps.push_back([i](Law& l, Case&) {
      return l.obligations[i].starts ? (l.obligations[i].starts.reset(), true) : false;
    });
    steps.push_back([i](Law& l, Case&) {
      return l.obligations[i].ends ? (l.obligations[i].ends.reset(), true) : false;
    });
  }
  for (std::size_t i = 0; i < law.axioms.size(); ++i) {
    steps.push_back([i](Law& l, Case&) {
      return l.axioms.erase(l.axioms.begin() + static_cast<long>(i)), true;
    });
  }
  for (std::size_t i = 0; i < law.facts.size(); ++i) {
    steps.push_back(
        [i](Law& l, Case&) { return l.facts[i].guard ? (l.facts[i].guard.reset(), true) : false; });
    steps.push_back([i](Law& l, Case&) { return std::exchange(l.facts[i].optional, false); });
  }
  for (const Spot spot : spots(law, input)) {
    steps.push_back([spot](Law& l, Case& c) {
      Answer& answer = answer_at(c, spot);
      if (answer.text.empty() || (answer.text == "unknown" && spot.fact == 0)) return false;
      answer = {spot.fact == 0 ? "unknown" : "", domain(l, l.facts[at(spot.fact)])};
      return combinations(l, c) <= 5000;
    });
  }
  steps.push_back(
      [](Law&, Case& c) { return c.models.empty() ? false : (c.models.pop_back(), true); });
  steps.push_back([](Law&, Case& c) {
    return c.determinations.empty() ? false : (c.determinations.pop_back(), true);
  });
}

}  // namespace

void shrink(Law& law, Case& input, const std::function<bool(const Law&, const Case&)>& fails) {
  bool smaller = true;
  while (smaller) {
    smaller = false;
    std::vector<Step> steps;
    list_rule_steps(law, steps);
    list_other_steps(law, input, steps);
    list_formula_steps(law, steps);
    for (const auto& step : steps) {
      Law next = law;
      Case record = input;
      if (!step(next, record) || !fails(next, record)) continue;
      law = std::move(next);
      input = std::move(record);
      smaller = true;
      break;
    }
  }
}

}  // namespace naive
