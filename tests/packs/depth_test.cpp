// Long chains: what rests on a conclusion that rests on another, and so on.
#include "assessment/explain.h"
#include "packs/linker.h"
#include "packs/order.h"

#include <algorithm>

#include <doctest/doctest.h>

using namespace pandect;

namespace {

Linked linked(const std::string& text) {
  PackDraft draft;
  draft.id = "chain";
  Diagnostics problems;
  read_pack_document(*yaml::parse("chain.yaml", text), draft, problems);
  CHECK(problems.empty());
  return link({draft});
}

// `deep` rests on c1, c1 on c2, and so on down: compiled by name, each would wait for all below.
std::string chain(int length, int rules = 1) {
  std::string text = "facts:\n  - {fact: given, type: bool}\n  - {fact: other, type: bool}\n";
  text += "concepts:\n";
  for (int i = 0; i < length; ++i) {
    const std::string next = i + 1 < length ? "c" + std::to_string(i + 1) + " and " : "";
    text += "  - concept: " + (i == 0 ? std::string("a_deep") : "c" + std::to_string(i)) +
            "\n    rules:\n";
    for (int rule = 0; rule < rules; ++rule)
      text += "      - {id: r" + std::to_string(i) + "-" + std::to_string(rule) + ", when: \"" +
              next + (rule == 0 ? "given" : "other") + "\"}\n";
  }
  return text;
}

Assessable record(const Program& program, bool stated) {
  Assessable subject;
  subject.record.id = "s";
  for (std::uint32_t fact = 0; stated && fact < program.facts.size(); ++fact) {
    Answer answer;
    answer.fact = fact;
    answer.truth = Truth::true_;
    subject.record.system.answers.push_back(answer);
  }
  return subject;
}

std::size_t nodes(const ProofNode& proof, Cut cut, std::size_t& cuts) {
  cuts += proof.cut == cut ? 1 : 0;
  std::size_t count = 1;
  for (const auto& child : proof.children) count += nodes(child, cut, cuts);
  return count;
}

}  // namespace

TEST_CASE(
    "a chain of a thousand conclusions is linked and decided, whatever the order of its names") {
  const Linked pack = linked(chain(1000));
  REQUIRE(pack.program);
  const Assessable known = record(*pack.program, true), open = record(*pack.program, false);
  const auto why = explain(*pack.program, known, "a_deep", 0);
  REQUIRE(why);
  CHECK(why->proof.value == Truth::true_);
  Diagnostics problems;
  const Knowledge knowledge(*pack.program, open.record, problems);
  Evaluation evaluation(knowledge, 0, 0);
  const auto deep = evaluation.conclude(
      pack.program->concepts[pack.program->find_concept("a_deep")].root, Binding{});
  CHECK(deep.missing == std::vector<std::string>{"given"});
}

TEST_CASE("a chain that would take too much stack is an error that says so, once") {
  const Linked pack = linked(chain(20'000));
  CHECK(!pack.program);
  REQUIRE(pack.problems.size() == 1);
  CHECK(pack.problems[0].code == "too-deep");
  CHECK(pack.problems[0].where.line > 0);
  CHECK(pack.problems[0].message.find(std::to_string(kDeepest)) != std::string::npos);
}

TEST_CASE("a long circle of concepts, and of guards, is an error and no endless descent") {
  std::string circle = chain(20'000);
  circle.replace(circle.rfind("\"given\""), 7, "\"a_deep\"");
  CHECK(!linked(circle).program);
  for (const bool closed : {true, false}) {
    std::string guards = "facts:\n";
    for (int i = 0; i < 20'000; ++i) {
      guards += "  - {fact: f" + std::to_string(i) + ", type: bool";
      const int next = i + 1 < 20'000 ? i + 1 : 0;
      if (closed || next > 0) guards += ", asked_if: f" + std::to_string(next);
      guards += "}\n";
    }
    const Linked pack = linked(guards);
    CHECK(!pack.program);
    CHECK(std::any_of(pack.problems.begin(), pack.problems.end(),
                      [](const Diagnostic& each) { return each.code == "too-deep"; }));
  }
}

TEST_CASE(
    "where paths double at every step, a proof shows each conclusion, and says where it stops") {
  const Linked pack = linked(chain(100, 2));
  REQUIRE(pack.program);
  const auto why = explain(*pack.program, record(*pack.program, true), "a_deep", 0);
  REQUIRE(why);
  std::size_t above = 0, deeper = 0;
  CHECK(nodes(why->proof, Cut::shown_above, above) < 10'000);
  nodes(why->proof, Cut::too_deep, deeper);
  CHECK(above > 0);
  CHECK(deeper > 0);
  CHECK(replays(why->proof));
}
