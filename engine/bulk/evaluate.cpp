#include "bulk/evaluate.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace pandect::bulk {
namespace {

// A condition with every claim that is not settled left open: what it is whatever P says.
class OpenBurdens {
 public:
  OpenBurdens(Kleene& kleene, Day day) : kleene_(kleene), day_(day) {}

  Truth evaluate(std::uint32_t index, Binding at) {
    const Program& program = kleene_.knowledge().program();
    const Node& node = program.nodes[index];
    if ((node.flags & kHasBurden) == 0) return kleene_.evaluate(index, at);
    at = kleene_.narrow(node, at);
    const std::tuple key{index, at.deployment, at.model};
    if (const auto found = memo_.find(key); found != memo_.end()) return found->second;
    const Truth result = compute(program, node, at);
    memo_.emplace(key, result);
    return result;
  }

 private:
  Truth compute(const Program& program, const Node& node, Binding at) {
    const Knowledge& knowledge = kleene_.knowledge();
    const auto children = program.list(node.children);
    const auto junction = [&](int total, int needed, int open, const auto& child) {
      int yes = 0;
      for (int i = 0; i < total; ++i) {
        const Truth value = child(i);
        yes += value == Truth::true_ ? 1 : 0;
        open += value == Truth::unknown ? 1 : 0;
      }
      return yes >= needed ? Truth::true_ : yes + open < needed ? Truth::false_ : Truth::unknown;
    };
    const auto list = [&](int i) { return evaluate(children[static_cast<std::size_t>(i)], at); };
    const int count = static_cast<int>(children.size());
    switch (node.op) {
      case Op::and_:
        return junction(count, count, 0, list);
      case Op::or_:
        return junction(count, 1, 0, list);
      case Op::at_least:
        return junction(count, node.amount, 0, list);
      case Op::not_:
        return negate(evaluate(children[0], at));
      case Op::concept_:
        if (const auto* set = knowledge.determination(node.a, at, day_); set != nullptr)
          return set->value;
        return evaluate(children[0], at);
      case Op::burden:
        return evaluate(children[0], at);
      case Op::any_model:
      case Op::any_deployment:
      case Op::all_models:
      case Op::all_deployments: {
        const bool model = node.op == Op::any_model || node.op == Op::all_models;
        const bool any = node.op == Op::any_model || node.op == Op::any_deployment;
        const int total = model ? knowledge.models() : knowledge.deployments();
        const auto inner = [&](int i) {
          Binding here = at;
          (model ? here.model : here.deployment) = i;
          const Truth value = evaluate(children[0], here);
          return any ? value : negate(value);
        };
        const bool further = model && knowledge.models_open();
        const Truth found = junction(total, 1, further ? 1 : 0, inner);
        return any ? found : negate(found);
      }
      default:
        return Truth::unknown;
    }
  }

  Kleene& kleene_;
  Day day_;
  std::map<std::tuple<std::uint32_t, int, int>, Truth> memo_;
};

template <typename F>
Truth some(const Root& root, const Shape& shape, F value) {
  Truth result = Truth::false_;
  for (const Binding at : bindings_of(root, shape)) {
    const Truth here = value(root.node, at);
    if (here == Truth::true_) return here;
    if (here == Truth::unknown) result = here;
  }
  return result;
}

bool wanted(const Program& program, std::uint32_t pack, const std::vector<std::string>& list) {
  return list.empty() || std::find(list.begin(), list.end(),
                                   program.text(program.packs[pack].jurisdiction)) != list.end();
}

}  // namespace

std::vector<Question> questions_of(const Program& program,
                                   const std::vector<std::string>& jurisdictions) {
  std::vector<Question> list;
  for (std::uint32_t i = 0; i < program.concepts.size(); ++i) {
    const Concept& each = program.concepts[i];
    if (each.type != FactType::boolean || each.kind == ConceptKind::element ||
        each.kind == ConceptKind::amount || !wanted(program, each.pack, jurisdictions))
      continue;
    list.push_back({{each.root, each.scope}, i, kNone});
  }
  for (std::uint32_t i = 0; i < program.obligations.size(); ++i) {
    const Obligation& each = program.obligations[i];
    if (wanted(program, each.pack, jurisdictions))
      list.push_back({{each.root, each.scope}, kNone, i});
  }
  return list;
}

BlockEvaluator::BlockEvaluator(const Plan& plan, std::uint32_t words, const Target& target)
    : plan_(plan), words_(words), kernel_(target.run) {
  work_.assign(static_cast<std::size_t>(plan.work_planes()) * words, 0);
}

void BlockEvaluator::run(const std::uint64_t* inputs) {
  for (const Section& each : plan_.sections()) {
    while (kernel_(each, work_.data(), inputs, words_) && each.repeat) {
    }
  }
}

Verdict BlockEvaluator::verdict(std::uint32_t root, std::uint32_t row) const {
  const Plan::Result& result = plan_.results()[root];
  Verdict verdict;
  verdict.value = bit(result.yes, row)  ? Truth::true_
                  : bit(result.no, row) ? Truth::false_
                                        : Truth::unknown;
  verdict.standing = result.standing != kNone && bit(result.standing, row);
  return verdict;
}

std::vector<Verdict> evaluate_one(const Program& program, const Record& record, Day day,
                                  const std::vector<Root>& roots, Diagnostics& problems) {
  const Knowledge knowledge(program, record, problems);
  if (problems.empty()) knowledge.check_groups(problems);
  if (!problems.empty()) return {};
  Kleene kleene(knowledge, {day, day, false});
  OpenBurdens open(kleene, day);
  const Shape shape = shape_of(record);
  std::vector<Verdict> result;
  for (const Root& root : roots) {
    Verdict verdict;
    verdict.value =
        some(root, shape, [&](auto node, Binding at) { return kleene.evaluate(node, at); });
    if (verdict.value != Truth::unknown && (program.nodes[root.node].flags & kHasBurden) != 0) {
      verdict.standing = some(root, shape, [&](auto node, Binding at) {
                           return open.evaluate(node, at);
                         }) == Truth::unknown;
    }
    result.push_back(verdict);
  }
  return result;
}

std::vector<Verdict> evaluate_exactly(const Program& program, const Record& record, Day day,
                                      const std::vector<Root>& roots, Diagnostics& problems,
                                      std::size_t budget) {
  std::vector<Verdict> result = evaluate_one(program, record, day, roots, problems);
  if (!problems.empty()) return {};
  const Knowledge knowledge(program, record, problems);
  check_consistency(knowledge, problems);
  if (!problems.empty()) return {};
  Evaluation evaluation(knowledge, day, day, budget);
  const Shape shape = shape_of(record);
  for (std::size_t i = 0; i < roots.size(); ++i) {
    if (result[i].value != Truth::unknown && !result[i].standing) continue;
    result[i].value =
        some(roots[i], shape, [&](auto node, Binding at) { return evaluation.value(node, at); });
  }
  return result;
}

}  // namespace pandect::bulk
