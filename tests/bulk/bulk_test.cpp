// The bulk evaluator against the one-record evaluator, on random packs and records: every condition
// of the graph, on every target of the processor. PANDECT_BULK_RECORDS asks for more records,
// PANDECT_PROPERTY_SEED for others.
#include "bulk/evaluate.h"
#include "bulk/random_laws.h"

#include <cstdlib>
#include <map>

using namespace pandect;

namespace {

constexpr int kRecords = 12'000, kPerLaw = 40;

int records() {
  const char* stated = std::getenv("PANDECT_BULK_RECORDS");
  return stated != nullptr ? std::max(1, std::atoi(stated)) : kRecords;
}
std::uint64_t seed() {
  const char* stated = std::getenv("PANDECT_PROPERTY_SEED");
  return stated != nullptr ? std::strtoull(stated, nullptr, 10) : 1;
}

std::vector<bulk::Root> all_conditions(const Program& program) {
  std::vector<bulk::Root> roots;
  for (std::uint32_t i = 0; i < program.nodes.size(); ++i) {
    const Node& node = program.nodes[i];
    const bool model = (node.flags & kReadsModel) != 0,
               deployment = (node.flags & kReadsDeployment) != 0;
    if ((node.flags & kNumeric) != 0 || (model && deployment)) continue;
    roots.push_back({i, model ? kModel : deployment ? kDeployment : kSystem});
  }
  return roots;
}

struct Count {
  int records = 0, compared = 0, slow = 0, contradictions = 0, laws = 0, unknown = 0, settled = 0;
  int standing = 0, void_planes = 0;
};

void compare(const ProgramPtr& program, const std::vector<Record>& list,
             const std::vector<std::string>& texts, Day day, const std::string& law, Count& count) {
  const auto roots = all_conditions(*program);
  std::map<bulk::Shape, std::vector<std::size_t>> shapes;
  for (std::size_t i = 0; i < list.size(); ++i) shapes[bulk::shape_of(list[i])].push_back(i);
  for (const auto& [shape, members] : shapes) {
    const bulk::Plan plan(program, shape, day, roots);
    bulk::Block block(plan, bulk::kStep);
    for (const std::size_t i : members) block.add(list[i]);
    std::vector<bulk::BlockEvaluator> targets;
    for (const bulk::Target& each : bulk::targets())
      targets.emplace_back(plan, bulk::kStep, each).run(block);
    for (std::uint32_t row = 0; row < members.size(); ++row) {
      const Record& record = list[members[row]];
      ++count.records;
      for (std::size_t t = 1; t < targets.size(); ++t) {
        REQUIRE(targets[t].contradiction(row) == targets[0].contradiction(row));
        for (std::uint32_t i = 0; i < roots.size(); ++i) {
          REQUIRE(targets[t].verdict(i, row).value == targets[0].verdict(i, row).value);
          REQUIRE(targets[t].verdict(i, row).standing == targets[0].verdict(i, row).standing);
        }
      }
      if (block.slow(row)) {
        ++count.slow;
        continue;
      }
      Diagnostics problems;
      const auto wanted = bulk::evaluate_one(*program, record, day, roots, problems);
      INFO(law, "# record\n", texts[members[row]], problems.empty() ? "" : to_string(problems[0]));
      if (!problems.empty()) {
        REQUIRE(targets[0].contradiction(row));
        ++count.contradictions;
        continue;
      }
      // Planes may see more than one record at a time does; such a record is decided the other way.
      if (targets[0].contradiction(row)) {
        ++count.void_planes;
        continue;
      }
      ++count.compared;
      for (std::uint32_t i = 0; i < roots.size(); ++i) {
        const bulk::Verdict got = targets[0].verdict(i, row);
        if (got.value != wanted[i].value || got.standing != wanted[i].standing) {
          INFO("condition ", i, " of operator ", static_cast<int>(program->nodes[roots[i].node].op),
               ": ", static_cast<int>(got.value), " by planes, ", static_cast<int>(wanted[i].value),
               " by one record; standing ", got.standing, " ", wanted[i].standing);
          FAIL("the evaluators differ");
        }
        (got.value == Truth::unknown ? count.unknown : count.settled)++;
        count.standing += got.standing ? 1 : 0;
      }
    }
  }
}

}  // namespace

TEST_CASE("bulk: planes say of every condition what the one-record evaluator says") {
  Count count;
  const int wanted = records();
  for (int round = 0; count.records < wanted; ++round) {
    naive::Random random(seed() * 9'000'011 + static_cast<std::uint64_t>(round));
    const naive::Law law = random_law(random);
    const std::string pack = facts_text(law) + rules_text(law);
    Diagnostics problems;
    const ProgramPtr program = bulk_test::program_of(pack, problems);
    if (!program) continue;
    ++count.laws;
    std::vector<Record> list;
    std::vector<std::string> texts;
    for (int i = 0; i < kPerLaw; ++i) {
      naive::Case input = random_case(random, law, {100'000, 12});
      input.determinations.clear();
      std::string text = record_text(law, input);
      auto record = bulk_test::record_of(*program, text);
      if (!record) continue;
      record->closed_world = random.chance(25);
      if (random.chance(20)) record->models_complete = false;
      list.push_back(std::move(*record));
      texts.push_back(std::move(text));
    }
    compare(program, list, texts, day_of({2026, 1, 1}) + 27, pack, count);
  }
  MESSAGE(count.records, " records of ", count.laws, " laws: ", count.compared, " compared, ",
          count.slow, " for the one-record evaluator, ", count.contradictions, " contradictory, ",
          count.void_planes, " void in planes only; values ", count.settled, " settled, ",
          count.unknown, " unknown, ", count.standing, " standing");
  CHECK(count.compared > count.records / 2);
  CHECK(count.contradictions > 0);
  CHECK(count.void_planes < count.records / 100);
  CHECK(count.standing > 0);
}
