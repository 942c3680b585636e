// Random packs with many random records each, as the engine reads them. For tests that hold the
// bulk evaluator to the one-record evaluator.
#pragma once

#include "checks/cases.h"
#include "logic/laws.h"
#include "packs/linker.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace bulk_test {

inline pandect::ProgramPtr program_of(const std::string& text, pandect::Diagnostics& problems) {
  using namespace pandect;
  PackDraft draft;
  draft.id = "pack0";
  const auto document = yaml::parse("pack0.yaml", text);
  REQUIRE(document);
  read_pack_document(*document, draft, problems);
  const Linked linked = link({draft});
  problems.insert(problems.end(), linked.problems.begin(), linked.problems.end());
  return has_errors(problems) ? nullptr : linked.program;
}

// Empty where the reader refuses it.
inline std::optional<pandect::Record> record_of(const pandect::Program& program,
                                                const std::string& text) {
  using namespace pandect;
  const auto document = yaml::parse("record.yaml", text + "expect: {none: true}\n");
  REQUIRE(document);
  CaseDraft draft;
  draft.id = "random";
  draft.document = *document;
  draft.value = document->root;
  Diagnostics problems;
  Case found = read_case(program, draft, 0, problems);
  if (has_errors(problems)) return std::nullopt;
  return std::move(found.record);
}

}  // namespace bulk_test
