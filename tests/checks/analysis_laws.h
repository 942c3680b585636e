// Random laws of a few yes-or-no facts and one enum, and their meaning by trying everything. For
// tests of what analysis says of a pack and of a record; it shares nothing with the engine.
#pragma once

#include "logic/laws.h"

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace tried {

using naive::Random;

inline constexpr int kFacts = 5;  // the last is an enum of three
inline constexpr int kMembers = 3;
using World = std::vector<int>;   // a value of each fact
using Stated = std::vector<int>;  // -1: not stated

inline std::string fact_id(int fact) { return "f" + std::to_string(fact); }
inline std::string value_text(int fact, int value) {
  if (fact == kFacts - 1) return std::string("m") + std::to_string(value);
  return value != 0 ? "true" : "false";
}

struct Formula {
  enum class Kind { fact, not_, and_, or_ } kind = Kind::fact;
  int fact = 0, value = 1;
  std::vector<Formula> parts;

  bool holds(const World& world) const {
    switch (kind) {
      case Kind::fact:
        return world[static_cast<std::size_t>(fact)] == value;
      case Kind::not_:
        return !parts[0].holds(world);
      case Kind::and_:
        return parts[0].holds(world) && parts[1].holds(world);
      case Kind::or_:
        return parts[0].holds(world) || parts[1].holds(world);
    }
    return false;
  }
  std::string text() const {
    switch (kind) {
      case Kind::fact:
        return fact == kFacts - 1 ? fact_id(fact) + " == " + value_text(fact, value)
                                  : fact_id(fact);
      case Kind::not_:
        return "not (" + parts[0].text() + ")";
      case Kind::and_:
        return "(" + parts[0].text() + ") and (" + parts[1].text() + ")";
      case Kind::or_:
        return "(" + parts[0].text() + ") or (" + parts[1].text() + ")";
    }
    return {};
  }
};

inline Formula random_formula(Random& random, int depth) {
  Formula formula;
  if (depth == 0 || random.chance(25)) {
    formula.fact = random.below(kFacts);
    if (formula.fact == kFacts - 1) formula.value = random.below(kMembers);
    return formula;
  }
  const int kind = random.below(4);
  formula.kind = kind == 0   ? Formula::Kind::not_
                 : kind == 1 ? Formula::Kind::or_
                             : Formula::Kind::and_;
  const int parts = kind == 0 ? 1 : 2;
  for (int i = 0; i < parts; ++i) formula.parts.push_back(random_formula(random, depth - 1));
  return formula;
}

struct Rule {
  Formula when;
  std::vector<int> overrides;  // earlier rules, which support
  bool burden = false;
};

struct Law {
  std::vector<Rule> rules;                      // of one conclusion, c.one
  std::optional<Formula> premise, consequence;  // an axiom
  std::optional<Formula> first, second;         // c.two: two values

  bool exception(int rule) const {
    return !rules[static_cast<std::size_t>(rule)].overrides.empty();
  }
  bool allowed(const World& world) const {
    return !premise || !premise->holds(world) || consequence->holds(world);
  }
  bool when(int rule, const World& world) const {
    return rules[static_cast<std::size_t>(rule)].when.holds(world);
  }
  std::vector<int> attackers(int rule) const {
    std::vector<int> list;
    for (int i = 0; i < static_cast<int>(rules.size()); ++i) {
      for (const int target : rules[static_cast<std::size_t>(i)].overrides) {
        if (target == rule) list.push_back(i);
      }
    }
    return list;
  }
  // `shown` says which exceptions under a burden of proof are shown.
  bool applies(int rule, const World& world, const std::vector<bool>& shown) const {
    if (!when(rule, world)) return false;
    for (const int each : attackers(rule)) {
      const bool attack = rules[static_cast<std::size_t>(each)].burden
                              ? shown[static_cast<std::size_t>(each)]
                              : when(each, world);
      if (attack) return false;
    }
    return true;
  }
  bool conclusion(const World& world, const std::vector<bool>& shown) const {
    for (int i = 0; i < static_cast<int>(rules.size()); ++i) {
      if (!exception(i) && applies(i, world, shown)) return true;
    }
    return false;
  }

  std::string text() const {
    std::string text = "facts:\n";
    for (int i = 0; i + 1 < kFacts; ++i) text += "  - {fact: " + fact_id(i) + ", scope: system}\n";
    text += "  - {fact: " + fact_id(kFacts - 1) +
            ", scope: system, type: enum, members: [{id: m0}, {id: m1}, {id: m2}]}\n";
    if (premise)
      text +=
          "axioms:\n  - {if: \"" + premise->text() + "\", then: \"" + consequence->text() + "\"}\n";
    text +=
        "concepts:\n  - concept: c.one\n    kind: classification\n    scope: system\n    rules:\n";
    for (int i = 0; i < static_cast<int>(rules.size()); ++i) {
      const Rule& rule = rules[static_cast<std::size_t>(i)];
      text += "      - {id: r" + std::to_string(i) + ", when: \"" + rule.when.text() + "\"";
      for (std::size_t k = 0; k < rule.overrides.size(); ++k)
        text += (k == 0 ? ", overrides: [r" : ", r") + std::to_string(rule.overrides[k]);
      if (!rule.overrides.empty()) text += "]";
      if (rule.burden) text += ", burden: operator";
      text += "}\n";
    }
    if (first) {
      text +=
          "  - concept: c.two\n    kind: classification\n    scope: system\n    type: enum\n"
          "    values: [{id: a}, {id: b}]\n    rules:\n";
      text += "      - {id: s0, when: \"" + first->text() + "\", then: a}\n";
      text += "      - {id: s1, when: \"" + second->text() + "\", then: b}\n";
    }
    return text;
  }
};

inline Law random_law(Random& random, bool burdens) {
  Law law;
  const int supporting = random.between(1, 3), exceptions = random.between(0, 2);
  for (int i = 0; i < supporting; ++i) law.rules.push_back({random_formula(random, 2), {}, false});
  for (int i = 0; i < exceptions; ++i) {
    Rule rule{random_formula(random, 2), {random.below(supporting)}, burdens && random.chance(50)};
    const int other = random.below(supporting);
    if (other != rule.overrides[0]) rule.overrides.push_back(other);
    law.rules.push_back(std::move(rule));
  }
  if (random.chance(50)) {
    law.premise = random_formula(random, 1);
    law.consequence = random_formula(random, 1);
  }
  if (random.chance(50)) {
    law.first = random_formula(random, 2);
    law.second = random_formula(random, 2);
  }
  return law;
}

// All completions of what is stated.
inline std::vector<World> worlds(const Law& law, const Stated& stated) {
  std::vector<World> list{{}};
  for (int fact = 0; fact < kFacts; ++fact) {
    std::vector<World> longer;
    for (const World& each : list) {
      for (int value = 0; value < (fact == kFacts - 1 ? kMembers : 2); ++value) {
        const int said = stated[static_cast<std::size_t>(fact)];
        if (said >= 0 && said != value) continue;
        World more = each;
        more.push_back(value);
        longer.push_back(std::move(more));
      }
    }
    list = std::move(longer);
  }
  std::vector<World> allowed;
  for (World& each : list) {
    if (law.allowed(each)) allowed.push_back(std::move(each));
  }
  return allowed;
}

inline const Stated kNothing(kFacts, -1);

// 0 or 1; -1: open or impossible.
inline int value(const Law& law, const Stated& stated) {
  const auto all = worlds(law, stated);
  if (all.empty()) return -1;
  std::vector<bool> shown;
  for (int i = 0; i < static_cast<int>(law.rules.size()); ++i) {
    bool always = true;
    for (const World& each : all) always = always && law.when(i, each);
    shown.push_back(always);
  }
  std::set<bool> values;
  for (const World& each : all) values.insert(law.conclusion(each, shown));
  return values.size() == 1 ? static_cast<int>(*values.begin()) : -1;
}

}  // namespace tried
