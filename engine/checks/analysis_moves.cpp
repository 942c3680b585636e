#include "checks/analysis_moves.h"

#include "checks/analysis_example.h"
#include "logic/workspace.h"

#include <algorithm>
#include <map>
#include <set>

namespace pandect {
namespace {

class Mover {
 public:
  Mover(const Knowledge& knowledge, CellId cell, Day as_of)
      : knowledge_(knowledge),
        program_(knowledge.program()),
        cell_(cell),
        index_(knowledge.fact_of(cell)),
        fact_(program_.facts[index_]),
        as_of_(as_of),
        now_(knowledge.cell(cell).answer) {}

  Moves run() {
    switch (fact_.type) {
      case FactType::boolean:
        for (const Truth each : {Truth::true_, Truth::false_}) {
          if (knowledge_.raw_truth(cell_) == each) continue;
          blank().truth = each;
        }
        break;
      case FactType::enumeration:
        members();
        break;
      case FactType::set:
        sets();
        break;
      case FactType::integer:
      case FactType::number:
      case FactType::date:
        numbers();
        break;
      case FactType::text:
        moves_.excluded = "text";
        break;
    }
    return std::move(moves_);
  }

 private:
  Answer& blank() {
    Answer answer;
    answer.fact = index_;
    moves_.answers.push_back(answer);
    return moves_.answers.back();
  }

  std::uint32_t parent(std::uint32_t member) const {
    return program_.members[fact_.members.first + member].parent;
  }

  // Conditions and axioms that read this fact under this id or as the default of another.
  bool reads(std::uint32_t fact) const {
    for (int steps = 0; steps < 8 && fact != kNone; ++steps) {
      if (fact == index_) return true;
      fact = program_.facts[fact].default_fact;
    }
    return false;
  }

  bool tied_by_member() const {
    for (const Axiom& axiom : program_.axioms.all()) {
      const bool pairwise = axiom.kind == AxiomKind::subset_of || axiom.kind == AxiomKind::contains;
      if (pairwise && (reads(axiom.left) || reads(axiom.right))) return true;
    }
    return false;
  }

  // The first of the members that stand in the same conditions: `stands(member)` lists them.
  template <typename Stands>
  std::vector<std::uint32_t> representatives(const Stands& stands) const {
    std::vector<std::uint32_t> list;
    std::set<std::set<std::uint32_t>> seen;
    const bool each_by_itself = tied_by_member();
    for (std::uint32_t i = 0; i < fact_.members.count; ++i) {
      const Member& member = program_.members[fact_.members.first + i];
      if (member.has_children != 0) continue;  // a leaf says all that its groups say
      if (each_by_itself || seen.insert(stands(i)).second) list.push_back(i);
    }
    return list;
  }

  void members() {
    std::map<std::uint32_t, std::set<std::uint32_t>> tests;
    for (std::uint32_t i = 0; i < program_.nodes.size(); ++i) {
      const Node& node = program_.nodes[i];
      if (node.op != Op::one_of || !reads(node.a)) continue;
      for (const std::uint32_t each : program_.list(node.children)) tests[each].insert(i);
    }
    const MemberSet now = knowledge_.possible(cell_);
    const bool single = knowledge_.single(cell_);
    for (const std::uint32_t each : representatives([&](std::uint32_t i) { return tests[i]; })) {
      if (single && !knowledge_.is_never(cell_) && now[each]) continue;
      blank().possible.set(each);
    }
    if (fact_.optional != 0 && !knowledge_.is_never(cell_)) blank().never = true;
  }

  // Tests of a member in the same alternatives cannot be told apart.
  std::map<std::uint32_t, std::set<std::uint32_t>> alternatives() const {
    std::map<std::uint32_t, std::set<std::uint32_t>> tests;
    std::vector<bool> in_or(program_.nodes.size(), false);
    const auto mine = [&](const Node& node) { return node.op == Op::has && reads(node.a); };
    std::vector<bool> elsewhere(program_.nodes.size(), false);
    for (std::uint32_t i = 0; i < program_.nodes.size(); ++i) {
      const Node& node = program_.nodes[i];
      if (node.op == Op::one_of || node.op == Op::text_equal) continue;
      for (const std::uint32_t child : program_.list(node.children)) {
        if (child >= program_.nodes.size() || !mine(program_.nodes[child])) continue;
        if (node.op == Op::or_) {
          tests[program_.nodes[child].b].insert(i);
          in_or[child] = true;
        } else {
          elsewhere[child] = true;
        }
      }
    }
    for (std::uint32_t i = 0; i < program_.nodes.size(); ++i) {
      if (!mine(program_.nodes[i]) || (in_or[i] && !elsewhere[i])) continue;
      tests[program_.nodes[i].b].insert(i + (1u << 31));
    }
    return tests;
  }

  bool counted() const {
    return std::any_of(program_.nodes.begin(), program_.nodes.end(),
                       [&](const Node& node) { return node.op == Op::count && reads(node.a); });
  }

  void list(const MemberSet& listed) {
    Answer& answer = blank();
    answer.listed = listed;
    for (std::uint32_t i = 0; i < fact_.members.count; ++i) {
      for (std::uint32_t up = i; listed[i] && up != kNone; up = parent(up)) answer.in.set(up);
    }
    answer.out = ~answer.in;
  }

  void sets() {
    auto tests = alternatives();
    const auto groups = [&](std::uint32_t member) {
      std::set<std::uint32_t> all;
      for (std::uint32_t up = member; up != kNone; up = parent(up)) {
        all.insert(tests[up].begin(), tests[up].end());
        if (up != member && tests.count(up) > 0) all.insert(up + (1u << 30));
      }
      return all;
    };
    std::vector<std::uint32_t> leaves = representatives(groups);
    if (counted()) {
      leaves.clear();
      for (std::uint32_t i = 0; i < fact_.members.count; ++i) {
        if (program_.members[fact_.members.first + i].has_children == 0) leaves.push_back(i);
      }
    }
    const MemberSet now = now_ != nullptr ? now_->listed : MemberSet{};
    const MemberState state = knowledge_.members(cell_);
    std::vector<MemberSet> tried{now};
    const auto attempt = [&](const MemberSet& listed) {
      if (std::find(tried.begin() + (now_ != nullptr && state.in == ~state.out ? 0 : 1),
                    tried.end(), listed) != tried.end())
        return;
      tried.push_back(listed);
      list(listed);
    };
    for (const std::uint32_t leaf : leaves) {
      MemberSet more = now, alone;
      attempt(more.set(leaf));
      attempt(alone.set(leaf));
    }
    for (std::uint32_t i = 0; i < fact_.members.count; ++i) {
      MemberSet fewer = now;
      if (now[i]) attempt(fewer.reset(i));
    }
    attempt({});
  }

  void numbers() {
    const Interval range = knowledge_.range(cell_);
    const bool date = fact_.type == FactType::date;
    if (date && now_ != nullptr && range.high && *range.high < Number(as_of_)) {
      moves_.excluded = "passed";
      return;
    }
    // The pieces of the whole line, with all other answers as they stand.
    Record open = knowledge_.record();
    Answer unstated;
    unstated.fact = index_;
    if (now_ != nullptr) unstated.currency = now_->currency;
    auto& answers = subject_of(knowledge_, cell_, open).answers;
    answers.erase(std::remove_if(answers.begin(), answers.end(),
                                 [&](const Answer& each) { return each.fact == index_; }),
                  answers.end());
    answers.push_back(unstated);
    Diagnostics problems;
    const Knowledge knowledge(program_, open, problems);
    Evaluation evaluation(knowledge, as_of_, as_of_);
    if (has_errors(problems) || knowledge.single(cell_)) return;
    Workspace workspace(evaluation, false, {});
    for (const NumberValue& value : workspace.pieces(cell_)) {
      const bool same = knowledge_.single(cell_) &&
                        (value.never ? knowledge_.is_never(cell_)
                                     : !knowledge_.is_never(cell_) && range.low == value.range.low);
      if (same) continue;
      if (date && !value.never && *value.range.low < Number(as_of_))
        continue;  // nobody can go back
      Answer& answer = blank();
      answer.never = value.never;
      answer.range = value.range;
      answer.currency = unstated.currency;
    }
    if (fact_.optional != 0 && !knowledge_.is_never(cell_)) {
      const bool listed = std::any_of(moves_.answers.begin(), moves_.answers.end(),
                                      [](const Answer& each) { return each.never; });
      if (!listed) blank().never = true;
    }
  }

  const Knowledge& knowledge_;
  const Program& program_;
  CellId cell_;
  std::uint32_t index_;
  const Fact& fact_;
  Day as_of_;
  const Answer* now_;
  Moves moves_;
};

}  // namespace

Moves moves_of(const Knowledge& knowledge, CellId cell, Day as_of) {
  return Mover(knowledge, cell, as_of).run();
}

}  // namespace pandect
