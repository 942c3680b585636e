// Facts that are read and yet decide nothing: whatever is answered, every conclusion and every duty
// of the pack comes out the same, on every day. A person would be asked in vain.
#include "checks/lint_parts.h"

#include <algorithm>
#include <set>

namespace pandect {
namespace {

using Facts = std::set<std::uint32_t>;

class Needs {
 public:
  explicit Needs(LintJob& job)
      : job_(job), program_(job.program), limit_(job.satisfiability.work() + kAnalysisWork) {
    reads_.resize(program_.nodes.size());
    for (std::uint32_t i = 0; i < program_.nodes.size(); ++i) read(i);
  }

  void run() {
    Facts open;
    for (const auto& each : job_.pack.facts) {
      const std::uint32_t fact = program_.find_fact(each.id);
      if (fact != kNone) open.insert(fact);
    }
    drop_unread(open);
    // The latest law first: it needs nearly all of them.
    for (const bool all_days : {false, true}) {
      for (const auto& each : conclusions()) {
        if (open.empty()) return;
        look(each, all_days, open);
      }
    }
    std::vector<const FactDraft*> undecided;
    for (const auto& each : job_.pack.facts) {
      const std::uint32_t fact = program_.find_fact(each.id);
      if (open.count(fact) == 0) continue;
      if (undecided_.count(fact) > 0) {
        undecided.push_back(&each);
      } else {
        job_.warn(each.where, "fact-without-effect",
                  "conditions read `" + each.id + "`, and no conclusion turns on it",
                  "look for a condition that holds with and without it, or remove it");
      }
    }
    if (undecided.empty()) return;
    std::string names;
    for (const auto* each : undecided) names += (names.empty() ? "" : ", ") + each->id;
    job_.note(undecided.front()->where, "not-analysed",
              "for " + std::to_string(undecided.size()) +
                  " facts it took too long to tell whether any conclusion turns on them: " + names);
  }

 private:
  struct Conclusion {
    std::uint32_t node;
    Scope scope;
  };

  // Facts below a node, guards and defaults included. Children stand before their parents.
  void read(std::uint32_t index) {
    const Node& node = program_.nodes[index];
    Facts& facts = reads_[index];
    switch (node.op) {
      case Op::fact:
      case Op::has:
      case Op::one_of:
      case Op::text_equal:
      case Op::known:
      case Op::fact_number:
      case Op::count:
        add(node.a, facts);
        return;
      default:
        break;
    }
    for (const std::uint32_t child : program_.list(node.children))
      facts.insert(reads_[child].begin(), reads_[child].end());
  }

  void add(std::uint32_t fact, Facts& facts) {
    if (fact == kNone || !facts.insert(fact).second) return;
    const Fact& found = program_.facts[fact];
    for (const std::uint32_t node : {found.guard, found.guard_model}) {
      if (node != kNone) condition_facts(node, facts);
    }
    if (found.default_fact != kNone) add(found.default_fact, facts);
    if (found.default_if != kNone) condition_facts(found.default_if, kept_);
  }

  void condition_facts(std::uint32_t index, Facts& facts) {
    const Node& node = program_.nodes[index];
    if (node.op == Op::fact || node.op == Op::has || node.op == Op::one_of ||
        node.op == Op::text_equal || node.op == Op::known || node.op == Op::fact_number ||
        node.op == Op::count) {
      add(node.a, facts);
      return;
    }
    for (const std::uint32_t child : program_.list(node.children)) condition_facts(child, facts);
  }

  // What only a day or an amount is computed from is needed for that, and what nothing reads at all
  // is said elsewhere.
  void drop_unread(Facts& open) {
    Facts read = kept_, computed = kept_;
    const auto compute = [&](std::uint32_t node) {
      if (node != kNone) computed.insert(reads_[node].begin(), reads_[node].end());
    };
    for (const Obligation& duty : program_.obligations.all()) compute(duty.deadline);
    for (const Concept& each : program_.concepts.all()) {
      if (each.type == FactType::boolean || each.type == FactType::enumeration) continue;
      compute(each.default_value);
      for (std::uint32_t i = each.rules.first; i < each.rules.first + each.rules.count; ++i)
        compute(program_.rules[i].then);
    }
    for (const Evidence& each : program_.evidence.all()) compute(each.when);
    for (const auto& each : conclusions()) {
      read.insert(reads_[each.node].begin(), reads_[each.node].end());
    }
    for (auto at = open.begin(); at != open.end();)
      at = computed.count(*at) > 0 || read.count(*at) == 0 ? open.erase(at) : std::next(at);
  }

  std::vector<Conclusion> conclusions() const {
    std::vector<Conclusion> list;
    for (const Concept& each : program_.concepts.all()) {
      if (each.kind == ConceptKind::element) continue;
      if (each.root != kNone && each.type == FactType::boolean)
        list.push_back({each.root, each.scope});
      if (each.type == FactType::boolean) continue;
      for (std::uint32_t i = each.rules.first; i < each.rules.first + each.rules.count; ++i)
        list.push_back({program_.rules[i].applies, each.scope});
    }
    for (const Obligation& duty : program_.obligations.all())
      list.push_back({duty.root, duty.scope});
    return list;
  }

  void look(const Conclusion& conclusion, bool all_days, Facts& open) {
    Facts wanted;
    for (const std::uint32_t fact : reads_[conclusion.node]) {
      if (open.count(fact) > 0) wanted.insert(fact);
    }
    if (wanted.empty()) return;
    const auto terms = job_.satisfiability.terms({{conclusion.node, false}});
    auto days = questions(terms, job_.pack.state_of_law);
    if (!all_days && days.size() > 1) days.resize(1);
    for (const Asked& asked : days) {
      if (job_.satisfiability.work() > limit_) {
        undecided_.insert(wanted.begin(), wanted.end());
        return;
      }
      const auto found =
          job_.satisfiability.turns_on(conclusion.node, wanted, conclusion.scope, asked);
      if (!found) {
        undecided_.insert(wanted.begin(), wanted.end());
        continue;
      }
      for (const std::uint32_t fact : *found) {
        open.erase(fact);
        wanted.erase(fact);
      }
      if (wanted.empty()) return;
    }
  }

  LintJob& job_;
  const Program& program_;
  std::size_t limit_;
  std::vector<Facts> reads_;  // of each node
  Facts kept_;                // defaults hang on them
  Facts undecided_;           // out of budget
};

}  // namespace

void lint_needs(LintJob& job) {
  if (!job.pack.concepts.empty() || !job.pack.obligations.empty()) Needs(job).run();
}

}  // namespace pandect
