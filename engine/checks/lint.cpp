#include "checks/lint.h"

#include "checks/lint_parts.h"

#include <algorithm>
#include <tuple>

namespace pandect {

std::string name_of(const RuleEntry& entry) {
  return entry.owner_id() == entry.draft->id ? entry.draft->id
                                             : entry.owner_id() + " / " + entry.draft->id;
}

void lint_cases(LintJob& job) {
  job.findings.insert(job.findings.end(), job.suite.problems.begin(), job.suite.problems.end());
  for (const auto& entry : job.rules) {
    if (job.suite.together.applied[entry.rule] != 0) continue;
    job.error(entry.draft->where, "no-case",
              "no case makes the condition of " + name_of(entry) + " true",
              "add a case that the rule decides, or check that it can ever hold");
  }
}

Diagnostics lint(const Program& program, const PackDraft& pack, std::uint32_t pack_number) {
  LintJob job{program,
              pack,
              pack_number,
              rules_of(program, pack),
              run_suite(program, pack),
              Satisfiability(program),
              Satisfiability(program, true),
              {}};
  lint_texts(job);
  lint_statements(job);
  lint_references(job);
  lint_conditions(job);
  lint_versions(job);
  lint_logic(job);
  lint_coverage_of_rules(job);
  lint_needs(job);
  lint_cases(job);
  lint_papers(job);
  std::stable_sort(job.findings.begin(), job.findings.end(),
                   [](const Diagnostic& a, const Diagnostic& b) {
                     return std::tie(a.where.file, a.where.line, a.where.column) <
                            std::tie(b.where.file, b.where.line, b.where.column);
                   });
  return std::move(job.findings);
}

}  // namespace pandect
