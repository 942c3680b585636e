// Any text as a record and as a manifest, against one small pack.
#include "evaluate.h"
#include "manifest/manifest.h"

namespace {

constexpr const char* kPack = R"(
facts:
  - {fact: f.a}
  - {fact: f.b, asked_if: f.a, axioms: [{implies: f.c}]}
  - {fact: f.c}
  - {fact: n.i, type: integer, optional: true}
  - {fact: n.x, type: number, unit: FLOP, asked_if: f.a}
  - {fact: n.m, type: number, unit: money}
  - {fact: d.a, type: date, optional: true}
  - {fact: e.a, type: enum, members: [g, h, h.z]}
  - {fact: s.a, type: set, members: [{id: g, abstract: true}, g.x, h, h.z]}
  - {fact: t.a, type: text}
  - {fact: m.a, scope: model}
  - {fact: p.a, scope: deployment}
concepts:
  - {concept: c.a, when: "f.b or n.i > 3 and n.x * 2 >= 1e25 FLOP"}
  - {concept: c.b, when: "n.m > 5 EUR and s.a has g and not (e.a in [h]) or t.a == \"x\""}
  - {concept: c.c, when: "any model (m.a) and any deployment (p.a) and d.a + 3 months < as_of"}
obligations:
  - {obligation: o.a, owed_by: c.a or c.c, starts: d.a + 1 month}
)";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  static const pandect::ProgramPtr program = fuzz::load(kPack);
  if (!program) std::abort();
  if (size > 20'000) return 0;
  const std::string text(reinterpret_cast<const char*>(data), size);
  if (const auto document = pandect::yaml::parse("record.yaml", text)) {
    pandect::CaseDraft draft;
    draft.id = "fuzz";
    draft.document = *document;
    draft.value = document->root;
    pandect::Diagnostics problems;
    const pandect::Case read = read_case(*program, draft, 20'000, problems);
    if (!has_errors(problems)) fuzz::evaluate(*program, read.record, read.as_of);
  }
  if (const auto manifest = pandect::read_manifest(*program, "pandect.yaml", text)) {
    for (const auto& each : pandect::records_of(*manifest))
      fuzz::evaluate(*program, each.record, 20'000);
  }
  return 0;
}
