#include "checks/mutants.h"

#include "language/expression.h"

namespace pandect {
namespace {

using language::Comparison;
using language::Expression;
using language::Kind;

// Where a rule stands in a pack, so that a change can find it again in a copy.
struct Place {
  Mutant::Section section;
  std::size_t owner;
  bool exception;
  std::size_t rule;

  RuleDraft& in(PackDraft& pack) const {
    if (section == Mutant::Section::concepts) return pack.concepts[owner].rules[rule];
    ObligationDraft& duty = pack.obligations[owner];
    return exception ? duty.exceptions[rule] : duty.rules[rule];
  }
};

// Two sets of dates that no question about any day can tell apart.
bool same_dates(const Term& a, const Term& b, bool looks_ahead) {
  for (const Asked& asked : questions({a, b}, kNoDay, looks_ahead)) {
    if (in_force(a, asked) != in_force(b, asked)) return false;
  }
  return true;
}

std::optional<Comparison> nudged(Comparison comparison) {
  switch (comparison) {
    case Comparison::less:
      return Comparison::less_equal;
    case Comparison::less_equal:
      return Comparison::less;
    case Comparison::greater:
      return Comparison::greater_equal;
    case Comparison::greater_equal:
      return Comparison::greater;
    default:
      return std::nullopt;
  }
}

// The n-th part of an expression in the order of `each_part`.
void each_part(Expression& expression, const std::function<void(Expression&)>& look) {
  look(expression);
  for (auto& child : expression.children) each_part(child, look);
}

struct Nudge {
  std::string text, change;
  std::size_t at;
};

// A value of literals alone; empty for anything else.
std::optional<Number> literal(const Expression& e) {
  if (e.kind == Kind::number) return e.number;
  if (e.kind != Kind::multiply && e.kind != Kind::divide) return std::nullopt;
  const auto left = literal(e.children[0]), right = literal(e.children[1]);
  if (!left || !right) return std::nullopt;
  return e.kind == Kind::multiply ? multiply(*left, *right) : divide(*left, *right);
}

// A threshold such as 1e25 / 3, which no answer can state: a number is written in decimals.
bool beyond_decimals(const Expression& comparison) {
  for (const auto& side : comparison.children) {
    const auto value = literal(side);
    if (!value) continue;
    Int128 rest = value->denominator();
    for (const int prime : {2, 5}) {
      while (rest % prime == 0) rest /= prime;
    }
    if (rest != 1) return true;
  }
  return false;
}

// All texts that differ from a condition in one threshold.
std::vector<Nudge> nudges(const std::string& text) {
  std::vector<Nudge> list;
  auto parsed = language::parse(text);
  if (!parsed.expression) return list;
  Expression& whole = *parsed.expression;
  const auto keep = [&](std::string change, const Expression& part) {
    list.push_back({language::print(whole), std::move(change), part.span.begin});
  };
  each_part(whole, [&](Expression& part) {
    if (part.kind == Kind::compare) {
      const auto other = nudged(part.comparison);
      if (!other || beyond_decimals(part)) return;
      const std::string before = language::print(part);
      const Comparison original = part.comparison;
      part.comparison = *other;
      keep("`" + before + "` made `" + std::string(symbol(*other)) + "`", part);
      part.comparison = original;
    }
    if (part.kind != Kind::at_least) return;
    const int original = part.amount;
    for (const int amount : {original - 1, original + 1}) {
      if (amount < 1 || amount > static_cast<int>(part.children.size())) continue;
      part.amount = amount;
      keep("`at least " + std::to_string(original) + " of` made " + std::to_string(amount), part);
    }
    part.amount = original;
  });
  return list;
}

bool always(const yaml::Source& when) { return when.empty() || when.text == "true"; }

class Lister {
 public:
  Lister(const PackDraft& pack, const std::function<bool(const std::string&)>& duty_reads)
      : pack_(pack), duty_reads_(duty_reads) {}

  std::vector<Mutant> run() {
    for (std::size_t i = 0; i < pack_.concepts.size(); ++i) concept_at(i);
    for (std::size_t i = 0; i < pack_.obligations.size(); ++i) obligation_at(i);
    for (std::size_t i = 0; i < pack_.mappings.size(); ++i) mapping_at(i);
    return std::move(list_);
  }

 private:
  Mutant& add(const Place& place, std::string kind, std::string change, const Location& where,
              std::function<void(RuleDraft&)> edit) {
    const bool of_concept = place.section == Mutant::Section::concepts;
    Mutant mutant;
    mutant.section = place.section;
    mutant.index = place.owner;
    mutant.owner = of_concept ? pack_.concepts[place.owner].id : pack_.obligations[place.owner].id;
    mutant.rule = rule_->id == mutant.owner ? "" : rule_->id;
    mutant.kind = std::move(kind);
    mutant.change = std::move(change);
    mutant.where = where;
    mutant.apply = [place, edit = std::move(edit)](PackDraft& pack) { edit(place.in(pack)); };
    list_.push_back(std::move(mutant));
    return list_.back();
  }

  void concept_at(std::size_t index) {
    const ConceptDraft& draft = pack_.concepts[index];
    const bool looks_ahead = duty_reads_(draft.id);
    const bool amount = draft.type == FactType::number || draft.type == FactType::integer;
    for (std::size_t i = 0; i < draft.rules.size(); ++i) {
      rule_at({Mutant::Section::concepts, index, false, i}, draft.rules[i], looks_ahead);
      if (amount && !draft.rules[i].then.empty()) then_at(index, i);
    }
  }

  void then_at(std::size_t index, std::size_t i) {
    rule_ = &pack_.concepts[index].rules[i];
    add({Mutant::Section::concepts, index, false, i}, "amount", "amount doubled",
        rule_->then.locate(0),
        [](RuleDraft& rule) { rule.then.text = "(" + rule.then.text + ") * 2"; });
  }

  void rule_at(const Place& place, const RuleDraft& rule, bool looks_ahead) {
    rule_ = &rule;
    add(place, "removed", "removed", rule.where, [](RuleDraft& each) { each.when.text = "false"; });
    Mutant& negated = add(place, "negated", "condition negated", rule.where, [](RuleDraft& each) {
      each.when.text = each.when.empty() ? "false" : "not (" + each.when.text + ")";
    });
    if (always(rule.when)) negated.equivalent = "the rule has no condition: the same as removed";
    dates(place, rule, looks_ahead);
    for (const auto& nudge : nudges(rule.when.text)) {
      add(place, "threshold", nudge.change, rule.when.locate(nudge.at),
          [text = nudge.text](RuleDraft& each) { each.when.text = text; });
    }
    for (std::size_t i = 0; i < rule.overrides.size(); ++i) {
      add(place, "override", "no longer overrides " + rule.overrides[i], rule.where,
          [i](RuleDraft& each) {
            each.overrides.erase(each.overrides.begin() + static_cast<std::ptrdiff_t>(i));
            if (each.overrides.empty()) each.burden = false;
          });
    }
    if (rule.burden) {
      add(place, "burden", "burden dropped", rule.where,
          [](RuleDraft& each) { each.burden = false; });
    }
  }

  void dates(const Place& place, const RuleDraft& rule, bool looks_ahead) {
    static constexpr std::pair<const char*, Day RuleDraft::*> kDates[] = {
        {"from", &RuleDraft::from},
        {"until", &RuleDraft::until},
        {"enacted", &RuleDraft::enacted},
        {"superseded", &RuleDraft::superseded}};
    for (const auto& [name, date] : kDates) {
      if (rule.*date == kNoDay) continue;
      for (const int step : {-1, 1}) {
        RuleDraft moved = rule;
        moved.*date += step;
        Mutant& mutant =
            add(place, "date",
                std::string("`") + name + "` moved from " + to_string(rule.*date) + " to " +
                    to_string(moved.*date),
                rule.where, [date = date, step](RuleDraft& each) { each.*date += step; });
        mutant.day = rule.*date;
        mutant.moved = term_of(moved);
        if (same_dates(term_of(rule), term_of(moved), looks_ahead))
          mutant.equivalent = "its other dates decide";
      }
    }
  }

  void obligation_at(std::size_t index) {
    const ObligationDraft& duty = pack_.obligations[index];
    using Duty = Mutant::Section;
    for (std::size_t i = 0; i < duty.rules.size(); ++i)
      rule_at({Duty::obligations, index, false, i}, duty.rules[i], true);
    for (std::size_t i = 0; i < duty.exceptions.size(); ++i) {
      rule_at({Duty::obligations, index, true, i}, duty.exceptions[i], true);
    }
    owed_by(index);
    moment(index, "starts", &ObligationDraft::starts, true);
    moment(index, "ends", &ObligationDraft::ends, true);
    moment(index, "deadline", &ObligationDraft::deadline, false);
  }

  Mutant& duty_change(std::size_t index, std::string kind, std::string change,
                      const Location& where, std::function<void(ObligationDraft&)> edit) {
    Mutant mutant;
    mutant.section = Mutant::Section::obligations;
    mutant.index = index;
    mutant.owner = pack_.obligations[index].id;
    mutant.kind = std::move(kind);
    mutant.change = std::move(change);
    mutant.where = where;
    mutant.apply = [index, edit = std::move(edit)](PackDraft& pack) {
      edit(pack.obligations[index]);
    };
    list_.push_back(std::move(mutant));
    return list_.back();
  }

  void owed_by(std::size_t index) {
    const yaml::Source& source = pack_.obligations[index].owed_by;
    const Location where = source.locate(0);
    duty_change(index, "owed_by", "owed by everyone", where, [](ObligationDraft& duty) {
      duty.owed_by.text = "true";
    }).drops_role = true;
    duty_change(index, "owed_by", "`owed_by` negated", where, [](ObligationDraft& duty) {
      duty.owed_by.text = "not (" + duty.owed_by.text + ")";
    });
    for (const auto& nudge : nudges(source.text)) {
      duty_change(index, "threshold", nudge.change, source.locate(nudge.at),
                  [text = nudge.text](ObligationDraft& duty) { duty.owed_by.text = text; });
    }
  }

  void moment(std::size_t index, const std::string& name, yaml::Source ObligationDraft::*field,
              bool droppable) {
    const yaml::Source& source = pack_.obligations[index].*field;
    if (source.empty()) return;
    const Location where = source.locate(0);
    if (droppable) {
      duty_change(index, name, "`" + name + "` dropped", where,
                  [field](ObligationDraft& duty) { duty.*field = {}; });
    }
    for (const std::string step : {" - 1 day", " + 1 day"}) {
      duty_change(index, name, "`" + name + "`" + step, where,
                  [field, step](ObligationDraft& duty) {
                    (duty.*field).text = "(" + (duty.*field).text + ")" + step;
                  });
    }
  }

  void mapping_at(std::size_t index) {
    const MappingDraft& mapping = pack_.mappings[index];
    if (mapping.relation == Relation::out) return;
    Mutant mutant;
    mutant.section = Mutant::Section::mappings;
    mutant.index = index;
    mutant.owner = mapping.use + " -> " + mapping.to;
    mutant.kind = "mapping";
    mutant.change = "mapping flipped to `out`";
    mutant.where = mapping.where;
    mutant.apply = [index](PackDraft& pack) { pack.mappings[index].relation = Relation::out; };
    list_.push_back(std::move(mutant));
  }

  const PackDraft& pack_;
  const std::function<bool(const std::string&)>& duty_reads_;
  const RuleDraft* rule_ = nullptr;
  std::vector<Mutant> list_;
};

}  // namespace

std::vector<Mutant> list_mutants(const PackDraft& pack,
                                 const std::function<bool(const std::string&)>& duty_reads) {
  return Lister(pack, duty_reads).run();
}

void restore(const Mutant& mutant, const PackDraft& pristine, PackDraft& pack) {
  switch (mutant.section) {
    case Mutant::Section::concepts:
      pack.concepts[mutant.index] = pristine.concepts[mutant.index];
      break;
    case Mutant::Section::obligations:
      pack.obligations[mutant.index] = pristine.obligations[mutant.index];
      break;
    case Mutant::Section::mappings:
      pack.mappings[mutant.index] = pristine.mappings[mutant.index];
      break;
  }
}

}  // namespace pandect
