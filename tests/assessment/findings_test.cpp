#include "assessment/findings.h"

#include "assessment/assess.h"

#include <doctest/doctest.h>

using namespace pandect;

namespace {

Reason reason(const std::string& fact, const std::string& answer, int line) {
  Reason result;
  result.fact = fact;
  result.answer = answer;
  result.where = {"pandect.yaml", line, 1};
  return result;
}

}  // namespace

TEST_CASE("the hash of deciding facts follows the answers, not their order or lines") {
  const std::string hash = hash_of({reason("a", "true", 3), reason("b", "[x, y]", 4)});
  CHECK(hash.size() == 16);
  CHECK(hash == hash_of({reason("b", "[x, y]", 90), reason("a", "true", 91)}));
  CHECK(hash != hash_of({reason("a", "false", 3), reason("b", "[x, y]", 4)}));
  CHECK(hash != hash_of({reason("a", "true", 3)}));
}

TEST_CASE("findings that a scan makes stand among those of their subject") {
  Assessment assessment;
  assessment.subjects.resize(2);
  assessment.subjects[0].id = "a";
  assessment.subjects[1].id = "b";
  Finding own;
  own.code = "unverified";
  own.level = Severity::medium;
  assessment.subjects[1].findings.push_back(own);
  Finding outside;
  outside.level = Severity::high;
  outside.about = "biometrics.processed";
  outside.where = {"src/x.py", 3, 1};
  CHECK(!add_outside_findings(assessment, "c", {outside}));
  REQUIRE(add_outside_findings(assessment, "b", {outside}));
  CHECK(assessment.subjects[0].findings.empty());
  const Finding& first = assessment.subjects[1].findings.at(0);
  CHECK(first.code == "contradiction");
  CHECK(first.id == "contradiction:b:biometrics.processed");
  CHECK(first.fingerprint.size() == 32);
  CHECK(verdict_of(assessment, "high", "never").blocking);
}

TEST_CASE("what is known or waived does not block, but for a prohibition") {
  Finding finding;
  finding.code = "unmet";
  CHECK(can_block(finding));
  finding.in_baseline = true;
  CHECK(!can_block(finding));
  finding.in_baseline = false;
  finding.waived = WaiverItem{};
  CHECK(!can_block(finding));
  for (const char* code : {"prohibited", "prohibited-soon", "prohibited-practice"}) {
    finding.code = code;
    finding.in_baseline = true;
    CHECK(can_block(finding));
  }
}
