// Numbers are read twice over in bulk, in haste and by the reader of manifests: both must hear the
// same, and refuse the same.
#include "bulk/batch.h"
#include "bulk/random_laws.h"

using namespace pandect;

namespace {

const char* const kLaw =
    "facts: [{fact: a.n, type: number}, {fact: a.i, type: integer}]\n"
    "concepts:\n"
    "  - {concept: c.n0, rules: [{id: r0, when: a.n >= 43}]}\n"
    "  - {concept: c.n1, rules: [{id: r1, when: a.n > 43}]}\n"
    "  - {concept: c.n2, rules: [{id: r2, when: a.n >= 4.3e25}]}\n"
    "  - {concept: c.n3, rules: [{id: r3, when: a.n > 4.3e25}]}\n"
    "  - {concept: c.i0, rules: [{id: r4, when: a.i >= 43}]}\n"
    "  - {concept: c.i1, rules: [{id: r5, when: a.i > 43}]}\n";

bulk::ChunkResult told(bulk::Plans& plans, const std::string& header, const std::string& lines) {
  std::string why;
  auto parser = bulk::csv_parser(header, why);
  REQUIRE_MESSAGE(parser, why);
  bulk::Batch batch(plans, std::move(parser));
  bulk::Chunk chunk;
  chunk.text = lines;
  chunk.size = lines.size();
  chunk.text.append(bulk::kLinePadding, ' ');
  return batch.run(chunk);
}

}  // namespace

TEST_CASE("bulk intake: a number is what the reader of manifests takes it for") {
  Diagnostics problems;
  const ProgramPtr program = bulk_test::program_of(kLaw, problems);
  REQUIRE(program);
  bulk::BatchOptions options;
  options.day = *parse_day("2026-11-21");
  for (std::uint32_t i = 0; i < program->concepts.size(); ++i) {
    const Concept& each = program->concepts[i];
    options.questions.push_back({{each.root, each.scope}, i, kNone});
  }
  bulk::Plans plans(program, options);
  for (const char* fact : {"a.n", "a.i"}) {
    for (const char* text : {"0",
                             "42",
                             "43",
                             "44",
                             "43.0",
                             "43.00",
                             "42.9999999999999999",
                             "43.0000000000000001",
                             "4.3e1",
                             "4.3e+1",
                             "0.43e2",
                             "430e-1",
                             "4.3E1",
                             "43e0",
                             "43e00",
                             "4.30e1",
                             "4.35e1",
                             "4.3e25",
                             "4.3e+25",
                             "43e24",
                             "4.2999999999999999e25",
                             "42999999999999999999999999",
                             "43000000000000000000000000",
                             "43000000000000000000000001",
                             "1e37",
                             "99999e32",
                             "100000e32",
                             "1e99",
                             "007",
                             "00",
                             "0.0",
                             "-43",
                             "+43",
                             "43.",
                             ".43",
                             "1e",
                             "1e+",
                             "e1",
                             "4 3",
                             "0x2b",
                             "1_000",
                             "nan",
                             "999999999999999999e20",
                             "1000000000000000000e20"}) {
      INFO(fact << " " << text);
      const auto result = told(plans, std::string("id,") + fact, std::string("s,") + text + "\n");
      const auto record =
          bulk_test::record_of(*program, std::string("facts: {") + fact + ": " + text + "}\n");
      CHECK((result.totals.rejected == 1) == !record.has_value());
      if (!record) continue;
      Diagnostics contradictions;
      const Knowledge knowledge(*program, *record, contradictions);
      Kleene kleene(knowledge, {options.day, options.day, false});
      for (std::size_t i = 0; i < options.questions.size(); ++i) {
        const Truth one = kleene.evaluate(options.questions[i].root.node, {});
        CHECK(result.totals.holds[i] == (one == Truth::true_ ? 1 : 0));
        CHECK(result.totals.unknown[i] == (one == Truth::unknown ? 1 : 0));
      }
    }
  }
}
