// Runs the cases of a pack: small records with the conclusions that the law draws for them.
#pragma once

#include "logic/timeline.h"
#include "packs/draft.h"

#include "pandect/program.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace pandect {

struct Expectation {
  std::string name;  // concept or obligation, with @subject
  yaml::Value value;
};

struct Case {
  std::string id, title, source;
  Record record;
  Day as_of = kNoDay;
  std::vector<Expectation> expect;
  yaml::Document document;
  Location where;
};

struct CaseFailure {
  std::string case_id;
  Location where;
  std::string message;
};

// Reads a case against a program; problems carry their place.
Case read_case(const Program& program, const CaseDraft& draft, Day default_day,
               Diagnostics& problems);

struct RuleUse {  // over all cases: what each rule was seen to do
  std::vector<std::uint8_t> applied, failed;
};

// Runs one case; failures say what was expected and what came out.
void run_case(const Program& program, const Case& test, std::vector<CaseFailure>& failures,
              RuleUse* use = nullptr);

}  // namespace pandect
