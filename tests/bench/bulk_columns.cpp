// (a) Logic only: blocks of columns that lie in memory, to planes of verdicts. One core.
#include "bench/bench.h"
#include "bulk/evaluate.h"
#include "bulk/intake.h"
#include "logic/proof.h"

#include <cstdio>
#include <map>

namespace bench {

using namespace pandect;

namespace {

// Columns of random systems. Lines that contradict an axiom stay: they cost the same.
std::vector<bulk::Block> blocks_of(const bulk::Plan& plan, std::uint32_t words, int count,
                                   int stated) {
  Random random(7);
  std::vector<bulk::Block> blocks;
  const Program& program = plan.program();
  std::map<std::pair<CellId, std::string>, bulk::Effect> effects;
  for (int i = 0; i < count; ++i) {
    bulk::Block& block = blocks.emplace_back(plan, words);
    for (std::uint32_t row = 0; row < block.capacity(); ++row) {
      block.add();
      for (std::uint32_t fact = 0; fact < program.facts.size(); ++fact) {
        if (!random.chance(stated)) continue;
        const CellId cell = plan.cells().cell_id(fact, plan.cells().slot_of(fact, false), {});
        if (cell >= plan.cell_count() || plan.parts(cell).empty()) continue;
        Answer answer;
        answer.fact = fact;
        const Fact& each = program.facts[fact];
        if (each.type == FactType::boolean) {
          answer.truth = truth_of(random.chance(30));
        } else if (each.type == FactType::set || each.type == FactType::enumeration) {
          const int chosen = random.below(static_cast<int>(each.members.count));
          const std::string text = std::string(program.text(
              program.members[each.members.first + static_cast<std::uint32_t>(chosen)].id));
          const auto [found, fresh] = effects.try_emplace({cell, text});
          if (fresh) {
            const std::string value =
                each.type == FactType::set ? "[\"" + text + "\"]" : "\"" + text + "\"";
            if (bulk::read_answer(program, fact, value, answer).empty())
              found->second = effect_of(plan, cell, answer, {});
          }
          block.set(row, found->second);
          continue;
        } else if (each.type == FactType::date) {
          answer.range.low = answer.range.high = Number(day_of({2024, 1, 1}) + random.below(1400));
        } else if (each.type != FactType::text) {
          answer.range.low = answer.range.high = Number(random.below(2'000'000));
        }
        block.set(row, effect_of(plan, cell, answer, {}));
      }
    }
  }
  return blocks;
}

void measure(const RuleSet& set, int stated) {
  const Day day = *parse_day("2026-11-21");
  std::vector<bulk::Root> roots;
  for (const auto& each : bulk::questions_of(*set.program, {})) roots.push_back(each.root);
  if (roots.empty()) {  // a pack without kinds: every conclusion
    for (const Concept& each : set.program->concepts.all())
      roots.push_back({each.root, each.scope});
  }
  const auto begin = seconds([&] { bulk::Plan(set.program, {}, day, roots); }, 1);
  const bulk::Plan plan(set.program, {}, day, roots);
  const std::uint32_t words = block_words(plan);
  const int count =
      std::max<int>(2, static_cast<int>((24u << 20) / (plan.input_planes() * words * 8)));
  const auto blocks = blocks_of(plan, words, std::min(count, 1400), stated);
  std::printf(
      "  %s: %zu roots, %u instructions, %u B of columns and %u B of work a record, plan %.0f ms\n",
      set.name.c_str(), roots.size(), plan.instructions(), plan.input_planes() / 8,
      plan.work_planes() / 8, begin * 1e3);
  for (const bulk::Target& target : bulk::targets()) {
    bulk::BlockEvaluator evaluator(plan, words, target);
    const auto time = seconds(
        [&] {
          for (const auto& each : blocks) evaluator.run(each);
        },
        7);
    const double records = static_cast<double>(blocks.size()) * words * 64;
    std::printf("    %-9s %10.2f M records/s a core   %8.1f ns a record\n", target.name.c_str(),
                records / time / 1e6, time / records * 1e9);
  }
  const auto& slow = plan.slow_nodes();
  for (const std::uint32_t node : slow)
    std::printf("    one by one where its facts are stated: %s\n",
                condition_text(*set.program, node).c_str());
}

}  // namespace

void bulk_columns() {
  std::printf(
      "\nlogic only, from columns in memory, axioms, guards and all conclusions and duties, "
      "85 %% of the facts known\n");
  for (const RuleSet& set : rule_sets()) measure(set, 85);
}

}  // namespace bench
