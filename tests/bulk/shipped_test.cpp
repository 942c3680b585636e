// The bulk evaluator against the one-record evaluator on the shipped packs: random systems, most of
// their facts open or most of them known, each conclusion and each duty.
#include "bulk/evaluate.h"
#include "bulk/random_laws.h"
#include "packs/library.h"

#include <cstdlib>
#include <map>

using namespace pandect;

namespace {

constexpr int kRecords = 240;

int records() {
  const char* stated = std::getenv("PANDECT_BULK_SHIPPED");
  return stated != nullptr ? std::max(1, std::atoi(stated)) : kRecords;
}

std::string member(const Program& program, const Fact& fact, naive::Random& random) {
  const auto chosen =
      static_cast<std::uint32_t>(random.below(static_cast<int>(fact.members.count)));
  return std::string(program.text(program.members[fact.members.first + chosen].id));
}

std::string members(const Program& program, const Fact& fact, naive::Random& random) {
  std::string list = "[";
  for (int i = random.below(4); i > 0; --i)
    list += (list.size() > 1 ? ", " : "") + member(program, fact, random);
  return list + "]";
}

std::string number(const Program& program, const Fact& fact, naive::Random& random) {
  const std::string digits =
      std::to_string(1 + random.below(99)) + "e" +
      std::to_string(program.text(fact.unit) == "FLOP" ? 20 + random.below(7) : random.below(8));
  if (program.text(fact.unit) == "money") return digits + (random.chance(80) ? " EUR" : " KRW");
  const std::string whole =
      fact.type == FactType::integer ? std::to_string(random.below(2000)) : digits;
  if (random.chance(80)) return whole;
  return "{" + std::string(random.chance(50) ? "min: " : "above: ") + whole + "}";
}

std::string answer(const Program& program, const Fact& fact, naive::Random& random) {
  if (random.chance(8)) return "unknown";
  if (fact.optional != 0 && fact.type != FactType::boolean && random.chance(10)) return "never";
  switch (fact.type) {
    case FactType::boolean:
      return random.chance(40) ? "true" : "false";
    case FactType::integer:
    case FactType::number:
      return number(program, fact, random);
    case FactType::date:
      return random.chance(85) ? to_string(day_of({2024, 1, 1}) + random.below(1400)) : "2026";
    case FactType::enumeration:
      if (random.chance(80)) return member(program, fact, random);
      return "{one_of: [" + member(program, fact, random) + ", " + member(program, fact, random) +
             "]}";
    case FactType::set:
      if (random.chance(70)) return members(program, fact, random);
      return "{known: " + members(program, fact, random) +
             ", unknown: " + members(program, fact, random) +
             (random.chance(30) ? ", rest: unknown}" : "}");
    case FactType::text:
      return "text";
  }
  return "unknown";
}

std::string facts(const Program& program, naive::Random& random, int stated, std::uint8_t scopes) {
  std::string text = "{";
  for (const Fact& fact : program.facts.all()) {
    if ((fact.scopes & scopes) == 0 || !random.chance(stated)) continue;
    text += (text.size() > 1 ? ", " : "") + std::string(program.text(fact.id)) + ": " +
            answer(program, fact, random);
  }
  return text + "}";
}

}  // namespace

TEST_CASE("bulk: on the shipped packs planes say what the one-record evaluator says") {
  Library library;
  library.folder = PANDECT_SOURCE "/rules";
  const ProgramPtr program = library.load({}).program;
  REQUIRE(program);
  const Day day = *parse_day("2026-11-21");
  std::vector<bulk::Root> roots;
  for (const auto& each : bulk::questions_of(*program, {})) roots.push_back(each.root);
  naive::Random random(1);
  std::map<bulk::Shape, std::vector<Record>> shapes;
  for (int i = 0; i < records(); ++i) {
    const int stated = i % 3 == 0 ? 60 : i % 3 == 1 ? 12 : 3;
    std::string text = "as_of: 2026-11-21\nfacts: " +
                       facts(*program, random, stated, kOrganisation | kSystem | kDeployment) +
                       "\n";
    if (random.chance(40))
      text += "models: [{id: m, facts: " + facts(*program, random, stated, kModel) + "}]\n";
    auto record = bulk_test::record_of(*program, text);
    if (!record) continue;
    record->closed_world = random.chance(25);
    shapes[bulk::shape_of(*record)].push_back(std::move(*record));
  }
  int compared = 0, slow = 0, contradictions = 0, void_planes = 0, settled = 0;
  for (const auto& [shape, list] : shapes) {
    const bulk::Plan plan(program, shape, day, roots);
    bulk::Block block(plan, bulk::kStep);
    bulk::BlockEvaluator evaluator(plan, bulk::kStep);
    REQUIRE(list.size() <= block.capacity());
    for (const Record& each : list) block.add(each);
    evaluator.run(block);
    for (std::uint32_t row = 0; row < list.size(); ++row) {
      if (block.slow(row)) {
        ++slow;
        continue;
      }
      Diagnostics problems;
      const auto wanted = bulk::evaluate_one(*program, list[row], day, roots, problems);
      if (!problems.empty()) {
        ++contradictions;
        CHECK(evaluator.contradiction(row));
        continue;
      }
      if (evaluator.contradiction(row)) {
        ++void_planes;
        continue;
      }
      ++compared;
      for (std::uint32_t i = 0; i < roots.size(); ++i) {
        const bulk::Verdict got = evaluator.verdict(i, row);
        settled += got.value != Truth::unknown ? 1 : 0;
        INFO("row ", row, ", root ", i);
        REQUIRE(got.value == wanted[i].value);
        REQUIRE(got.standing == wanted[i].standing);
      }
    }
  }
  MESSAGE(compared, " compared, ", slow, " for the one-record evaluator, ", contradictions,
          " contradictory, ", void_planes, " void in planes only; ", settled, " values settled");
  CHECK(compared > 2 * records() / 10);
  CHECK(settled > 0);
}
