// Runs tests/semantics/vectors.yaml: each vector is a pack, a record and what must come out.
#include "checks/cases.h"
#include "packs/folder.h"
#include "packs/linker.h"

#include <doctest/doctest.h>

using namespace pandect;

namespace {

yaml::Value scalar(const std::string& text) {
  yaml::Value value;
  value.shape = yaml::Shape::scalar;
  value.text = text;
  return value;
}

struct Outcome {
  std::string error;  // "", "load", "input"
  std::vector<std::string> failures;
};

Outcome run_vector(const yaml::Document& document, const yaml::Value& packs,
                   const yaml::Value& vector) {
  Outcome outcome;
  const auto* pack = vector.find("pack");
  const yaml::Value* body = pack->shape == yaml::Shape::scalar ? packs.find(pack->text) : pack;
  PackDraft draft;
  draft.id = "vector";
  Diagnostics problems;
  read_pack_document({document.file, *body}, draft, problems);
  const Linked linked = link({draft});
  if (has_errors(problems) || !linked.program) {
    outcome.error = "load";
    for (const auto& each : problems) outcome.failures.push_back(to_string(each));
    for (const auto& each : linked.problems) outcome.failures.push_back(to_string(each));
    return outcome;
  }
  CaseDraft test;
  test.id = vector.find("id")->text;
  test.document = document;
  test.value.shape = yaml::Shape::map;
  if (const auto* record = vector.find("record")) test.value.entries = record->entries;
  if (const auto* as_of = vector.find("as_of"))
    test.value.entries.emplace_back(scalar("as_of"), *as_of);
  const auto* expect = vector.find("expect");
  if (expect != nullptr) test.value.entries.emplace_back(scalar("expect"), *expect);
  Diagnostics input;
  Case read = read_case(*linked.program, test, *parse_day("2026-11-21"), input);
  if (expect == nullptr && !input.empty() && input.back().code == "missing-key") input.pop_back();
  Knowledge knowledge(*linked.program, read.record, input);
  check_consistency(knowledge, input);
  if (has_errors(input)) {
    outcome.error = "input";
    for (const auto& each : input) outcome.failures.push_back(to_string(each));
    return outcome;
  }
  std::vector<CaseFailure> failures;
  run_case(*linked.program, read, failures);
  for (const auto& each : failures) outcome.failures.push_back(each.message);
  return outcome;
}

}  // namespace

TEST_CASE("every vector of the semantics comes out as stated") {
  auto text = read_text(PANDECT_SOURCE "/tests/semantics/vectors.yaml", yaml::kMaximumBytes);
  REQUIRE(text);
  const auto document = yaml::parse("vectors.yaml", std::move(*text));
  REQUIRE_MESSAGE(document, to_string(document.errors()[0]));
  const yaml::Value& packs = *document->root.find("packs");
  int count = 0;
  for (const auto& vector : document->root.find("vectors")->items) {
    const auto* error = vector.find("error");
    const Outcome outcome = run_vector(*document, packs, vector);
    ++count;
    INFO(vector.find("id")->text);
    std::string shown;
    for (const auto& each : outcome.failures) shown += "\n    " + each;
    INFO(shown);
    CHECK(outcome.error == (error != nullptr ? error->text : ""));
    if (error == nullptr) CHECK(outcome.failures.empty());
  }
  CHECK(count > 150);
}
