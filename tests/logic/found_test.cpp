// Small laws on which engine and naive reading once differed.
#include "checks/cases.h"
#include "packs/linker.h"

#include <doctest/doctest.h>

using namespace pandect;

namespace {

struct Found {
  const char* what;
  const char* pack;
  const char* record;  // with what is expected; "" if the record must be refused
  bool refused;
};

PackDraft draft_of(const std::string& text, Diagnostics& problems) {
  PackDraft draft;
  draft.id = "test";
  const auto document = yaml::parse("pack.yaml", text);
  REQUIRE(document);
  read_pack_document(*document, draft, problems);
  return draft;
}

void run(const Found& found) {
  INFO(std::string(found.what));
  Diagnostics problems;
  const Linked linked = link({draft_of(found.pack, problems)});
  REQUIRE(linked.program);
  const auto document = yaml::parse("record.yaml", found.record);
  REQUIRE(document);
  CaseDraft draft;
  draft.id = "found";
  draft.document = *document;
  draft.value = document->root;
  const Case read = read_case(*linked.program, draft, *parse_day("2026-01-28"), problems);
  REQUIRE_FALSE(has_errors(problems));
  const Knowledge knowledge(*linked.program, read.record, problems);
  if (!has_errors(problems)) check_consistency(knowledge, problems);
  CHECK(has_errors(problems) == found.refused);
  if (found.refused || has_errors(problems)) return;
  std::vector<CaseFailure> failures;
  run_case(*linked.program, read, failures);
  for (const auto& each : failures) FAIL_CHECK(each.message);
}

}  // namespace

TEST_CASE("what once went wrong stays right") {
  const Found list[] = {
      {"a fact of a model compared with one of the system, no models",
       "facts: {n.a: {type: integer}, m.n: {type: integer, scope: model}}\nconcepts: {c.0: n.a == "
       "3 and n.a != 2, c.1: c.0 and all models (m.n < n.a)}",
       "models: []\nfacts: {}\nexpect: {c.1: {value: unknown, missing: [n.a]}}", false},
      {"each model is a partner of the comparison",
       "facts: {n.a: {type: integer}, m.n: {type: integer, scope: model}}\nconcepts: {c: all "
       "models (m.n < n.a) and n.a < 8}",
       "models: [{id: x, facts: {m.n: 1}}, {id: y, facts: {m.n: 6}}]\nfacts: {n.a: {min: 2, max: "
       "9}}\nexpect: {c: {value: unknown, missing: [n.a]}}",
       false},
      {"cuts of one number reach the other",
       "facts: {n.a: {type: integer}, n.b: {type: integer, asked_if: 4 < n.a}}\nconcepts: {c: n.b "
       "> n.a}",
       "facts: {}\nexpect: {c: {value: unknown, missing: [n.a, n.b]}}", false},
      {"an axiom ties the guard of its fact",
       "facts: {f.b: {}, d.a: {type: date, asked_if: f.b}}\naxioms: [{if: d.a >= d.a, then: not "
       "(true)}]\nconcepts: {c: f.b}",
       "facts: {d.a: {min: 2026-01-26, max: 2026-01-29}}\nexpect: {c: false}", false},
      {"an axiom on a guarded enum ties its guard",
       "facts: {f.b: {}, e: {type: enum, members: [g, h, i], asked_if: not f.b}}\naxioms: [{if: "
       "\"true\", then: e != h}]\nconcepts: {c: e == g}",
       "facts: {e: {not: [h, i]}}\nexpect: {c: true}", false},
      {"a fact that must hold settles its guard, and the guard what hangs on it",
       "facts: {f.a: {}, f.b: {asked_if: not f.a}, f.c: {asked_if: f.a}}\naxioms: [{if: not f.b, "
       "then: f.b}]\nconcepts: {c: f.c}",
       "facts: {}\nexpect: {c: false}", false},
      {"a date that a condition cuts gives a critical day",
       "facts: {d.a: {type: date}}\nobligations: {o: {owed_by: \"true\", starts: d.a + 7 days, "
       "when: d.a >= 2026-01-29}}",
       "facts: {}\nexpect: {o: {status: undetermined, earliest: 2026-02-05, missing: [d.a]}}",
       false},
      {"never is never under any guard, and known",
       "facts: {f.b: {}, n: {type: integer, optional: true, asked_if: f.b}}\nconcepts: {c: "
       "known(n)}",
       "facts: {n: never}\nexpect: {c: true}", false},
      {"an axiom that only exact analysis sees broken",
       "facts: {f.a: {}, f.e: {axioms: [{excludes: f.a}]}, n: {type: integer}}\naxioms: [{if: n == "
       "n, then: f.a}]\nconcepts: {c: f.a}",
       "facts: {f.e: true}\nexpect: {c: true}", true},
      {"an abstract group without a leaf",
       "facts: {s: {type: set, members: [{id: g, abstract: true}, g.x]}}\naxioms: [{if: s has g.x, "
       "then: not (true)}]\nconcepts: {c: s has g}",
       "facts: {s: {known: [g], rest: unknown}}\nexpect: {c: true}", true},
      {"contains pairs members by name",
       "facts: {e: {type: enum, members: [g, h, i]}, s: {type: set, members: [{id: g, abstract: "
       "true}, g.x, i, h, h.z], axioms: [{contains: e}]}}\nconcepts: {c: e == h}",
       "facts: {s: {known: [h.z]}}\nexpect: {c: true}", false},
      {"a set that may not be asked for need not contain",
       "facts: {f: {}, e: {type: enum, members: [g, h]}, s: {type: set, members: [g, h], "
       "asked_if: f, axioms: [{contains: e}]}}\nconcepts: {c: f}",
       "facts: {e: h}\nexpect: {c: {value: unknown, missing: [f]}}", false},
      {"a set without the one member cannot be asked for",
       "facts: {f: {}, e: {type: enum, members: [g, h]}, s: {type: set, members: [g, h], "
       "asked_if: f, axioms: [{contains: e}]}}\nconcepts: {c: f}",
       "facts: {e: h, s: []}\nexpect: {c: false}", false},
      {"an empty set cannot be asked for, whichever member it is",
       "facts: {f: {}, e: {type: enum, members: [g, h]}, s: {type: set, members: [g, h], "
       "asked_if: not f, axioms: [{contains: e}]}}\nconcepts: {c: f}",
       "facts: {s: []}\nexpect: {c: true}", false},
      {"a number equal to a whole one may be any whole number between cuts",
       "facts: {f: {axioms: [{implies: not (n != x)}]}, n: {type: integer}, x: {type: number}}\n"
       "concepts: {c: x > 3}",
       "facts: {f: true, x: {min: 2, below: 5}}\nexpect: {c: {value: unknown, missing: [n, x]}}",
       false},
      {"a date beside as_of in an expression is cut by other conditions",
       "facts: {n: {type: integer}, d: {type: date}}\naxioms: [{if: d >= 2026-01-25, then: n * 2 "
       "<= 3}, {if: not (n >= 3), then: 1 > n + 1}]\nobligations: {o: {owed_by: \"true\", when: "
       "as_of + 7 days >= d - 1 days}}",
       "facts: {d: {min: 2026-01-23, max: 2026-01-26}}\nexpect: {o: {status: due, applies_from: "
       "2026-01-16}}",
       false},
  };
  for (const auto& each : list) run(each);
}
