#include "checks/suite.h"

namespace pandect {
namespace {

void merge(std::vector<std::uint8_t>& all, const std::vector<std::uint8_t>& one) {
  for (std::size_t i = 0; i < one.size(); ++i) all[i] |= one[i];
}

}  // namespace

Suite run_suite(const Program& program, const PackDraft& pack) {
  Suite suite;
  suite.together.applied.resize(program.rules.size());
  suite.together.failed.resize(program.rules.size());
  for (const auto& draft : pack.cases) {
    const std::size_t before = suite.problems.size();
    Case test = read_case(program, draft, pack.state_of_law, suite.problems);
    RuleUse use;
    std::vector<CaseFailure> failures;
    const bool readable = suite.problems.size() == before;
    if (readable) run_case(program, test, failures, &use);
    use.applied.resize(program.rules.size());
    use.failed.resize(program.rules.size());
    merge(suite.together.applied, use.applied);
    merge(suite.together.failed, use.failed);
    std::vector<std::uint32_t> conclusions;
    for (const auto& each : test.expect) conclusions.push_back(conclusion_of(program, each.name));
    suite.passed.push_back(readable && failures.empty());
    suite.conclusions.push_back(std::move(conclusions));
    suite.use.push_back(std::move(use));
    suite.cases.push_back(std::move(test));
  }
  return suite;
}

}  // namespace pandect
