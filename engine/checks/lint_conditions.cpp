#include "checks/lint_parts.h"
#include "checks/reach.h"

#include <map>
#include <set>

namespace pandect {
namespace {

using language::Expression;
using language::Kind;

// A condition of the pack, with what it decides.
struct Site {
  const RuleEntry* rule = nullptr;  // null: `owed_by` of `duty`
  const ObligationDraft* duty = nullptr;
  const yaml::Source* source = nullptr;
  std::uint32_t node = kNone;
  Scope scope = kSystem;
};

class Conditions {
 public:
  explicit Conditions(LintJob& job) : job_(job) {}

  void look(const Site& site) {
    if (site.source->empty()) return;
    const auto parsed = language::parse(site.source->text);
    if (!parsed.expression) return;
    site_ = &site;
    has_any_model_ = has_any_deployment_ = false;
    visit(*parsed.expression, [&](const Expression& part) {
      has_any_model_ = has_any_model_ || part.kind == Kind::any_model;
      has_any_deployment_ = has_any_deployment_ || part.kind == Kind::any_deployment;
      if (part.kind == Kind::maps)
        maps_.insert({part.text, part.members.empty() ? "" : part.members[0].text});
    });
    walk(*parsed.expression, false);
  }

  // Mappings that no `maps` of the pack collects, by target. One that is `out` only explains.
  void unused_mappings() {
    std::map<std::string, std::pair<const MappingDraft*, int>> unread;
    for (const auto& each : job_.pack.mappings) {
      bool read = each.relation == Relation::out;
      for (const auto& [to, word] : maps_)
        read = read || (maps_to(each.to, to) && (word.empty() || word == each.klass));
      if (read) continue;
      auto& [first, count] = unread[each.to + (each.klass.empty() ? "" : ", class " + each.klass)];
      if (count++ == 0) first = &each;
    }
    for (const auto& [target, found] : unread) {
      job_.warn(found.first->where, "unused",
                "no condition collects what maps to " + target + " (" +
                    std::to_string(found.second) + " uses)",
                "collect it with maps(...), or drop it");
    }
  }

 private:
  void walk(const Expression& part, bool negated) {
    switch (part.kind) {
      case Kind::not_:
        walk(part.children[0], !negated);
        return;
      case Kind::compare:
      case Kind::in:
        if (negated) negated_comparison(part);
        return;
      case Kind::known:
        known(part);
        return;
      case Kind::all_models:
      case Kind::all_deployments:
        all(part, negated);
        break;
      default:
        break;
    }
    for (const auto& child : part.children) walk(child, negated);
  }

  // Where the fact is not applicable the comparison is false, and so its negation holds.
  void negated_comparison(const Expression& comparison) {
    visit(comparison, [&](const Expression& part) {
      if (part.kind != Kind::name) return;
      const std::uint32_t found = job_.program.find_fact(part.text);
      if (found == kNone) return;
      const Fact& fact = job_.program.facts[found];
      const std::uint32_t guard = site_->scope == kModel ? fact.guard_model : fact.guard;
      const bool open_guard = guard != kNone && holds_without(guard);
      const bool may_be_never = fact.optional != 0 && !shown_by_case(found);
      if (!open_guard && !may_be_never) return;
      job_.warn(site_->source->locate(comparison.span.begin), "negated-comparison",
                "the negated comparison also holds where `" + part.text + "` does not apply" +
                    (open_guard ? " (asked only if " +
                                      std::string(job_.program.text(fact.guard_text)) + ")"
                                : " (`never`)"),
                "write the opposite comparison, or say that it applies");
    });
  }

  bool holds_without(std::uint32_t guard) {
    const Day day = job_.pack.state_of_law;
    return job_.satisfiability
        .possible({{site_->node, false}, {guard, true}}, site_->scope, {day, day})
        .value_or(true);
  }

  // A case in which the event never happened and the rule holds says that this is meant.
  bool shown_by_case(std::uint32_t fact) const {
    if (site_->rule == nullptr) return false;
    for (std::size_t i = 0; i < job_.suite.cases.size(); ++i) {
      if (job_.suite.use[i].applied[site_->rule->rule] == 0) continue;
      const Record& record = job_.suite.cases[i].record;
      if (says_never(record.system, fact) || says_never(record.organisation, fact)) return true;
      for (const auto* subjects : {&record.deployments, &record.models}) {
        for (const auto& each : *subjects) {
          if (says_never(each, fact)) return true;
        }
      }
    }
    return false;
  }

  static bool says_never(const Subject& subject, std::uint32_t fact) {
    for (const auto& answer : subject.answers) {
      if (answer.fact == fact && answer.never) return true;
    }
    return false;
  }

  void known(const Expression& part) {
    if (site_->rule == nullptr || site_->rule->subject == nullptr) return;
    job_.warn(site_->source->locate(part.span.begin), "known",
              "`known(" + part.text + ")` makes " + site_->rule->subject->id +
                  " turn on the file and not on the world",
              "use it in questions and obligations only");
  }

  void all(const Expression& part, bool negated) {
    const bool models = part.kind == Kind::all_models;
    if (negated || (models ? has_any_model_ : has_any_deployment_)) return;
    job_.warn(site_->source->locate(part.span.begin), "all-without-any",
              std::string("`all ") + (models ? "models" : "deployments") +
                  "` also holds where there is none",
              models ? "add `any model (...)`" : "add `any deployment (...)`");
  }

  LintJob& job_;
  const Site* site_ = nullptr;
  bool has_any_model_ = false, has_any_deployment_ = false;
  std::set<std::pair<std::string, std::string>> maps_;
};

}  // namespace

void lint_conditions(LintJob& job) {
  Conditions conditions(job);
  for (const auto& entry : job.rules) {
    conditions.look({&entry, entry.duty, &entry.draft->when, job.program.rules[entry.rule].when,
                     job.scope_of(entry)});
  }
  for (const auto& duty : job.pack.obligations) {
    const std::uint32_t found = job.program.find_obligation(duty.id);
    if (found == kNone) continue;
    const Obligation& linked = job.program.obligations[found];
    conditions.look({nullptr, &duty, &duty.owed_by, linked.owed_by, linked.scope});
  }
  conditions.unused_mappings();
}

}  // namespace pandect
