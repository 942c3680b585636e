#include "logic/timeline.h"
#include "packs/linker.h"

#include <doctest/doctest.h>

using namespace pandect;

TEST_CASE("a determination reaches the duties that hang on the concept, against closed facts too") {
  PackDraft draft;
  Diagnostics problems;
  read_pack_file("pack", R"(facts: {f.role: {}, f.effect: {}}
concepts: {t.role: f.role, t.high: f.effect}
obligations: {t.duty: {owed_by: t.role, when: t.high}}
)",
                 draft, problems);
  const Linked linked = link({draft});
  REQUIRE(linked.program);
  Record record;
  record.closed_world = true;
  Answer role;
  role.fact = linked.program->find_fact("f.role");
  role.truth = Truth::true_;
  record.system.answers.push_back(role);
  Determination set;
  set.concept_id = "t.high";
  set.value = Truth::true_;
  set.made = parse_day("2026-05-01");
  set.through = parse_day("2027-05-01");
  record.determinations.push_back(set);
  const Knowledge knowledge(*linked.program, record, problems);
  REQUIRE(problems.empty());
  Timeline timeline(knowledge, *parse_day("2026-11-21"));
  const DutyStatus status = timeline.status(0, {});
  CHECK(status.status == Status::due);
  CHECK(status.applies_from == parse_day("2026-05-01"));
  Timeline later(knowledge, *parse_day("2027-05-02"));
  CHECK(later.status(0, {}).status == Status::ended);
}
