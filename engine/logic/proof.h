// Why a conclusion is what it is: the tree from conclusion to rules to facts, each rule with its
// provision and each fact with where it came from (semantics 8). A true `or` keeps its true
// children, a false `and` its false ones; "why not" names for each rule what stopped it.
#pragma once

#include "logic/timeline.h"

#include <set>
#include <string>
#include <vector>

namespace pandect {

enum class ProofKind : std::uint8_t {
  conclusion,
  obligation,
  rule,
  all_of,
  any_of,
  none_of,
  test,
  fact,
  date,
  burden,
  subject,
  determination,
  mapping
};

// Why the proof of a conclusion is left out: it stands above already and the tree is large, or the
// tree is deep enough.
enum class Cut : std::uint8_t { no, shown_above, too_deep };

struct ProofNode {
  ProofKind kind = ProofKind::test;
  Truth value = Truth::unknown;
  DecidedBy decided_by = DecidedBy::kleene;
  std::uint32_t index = kNone;  // concept, obligation, rule, fact, or mapping
  std::string text;             // the condition as a person reads it, or the name of a subject
  std::string answer;           // facts: the answer as stated; empty if unstated
  std::string source, note;     // facts: as the manifest says it
  OriginKind origin = OriginKind::stated;
  Location where;          // facts: manifest line
  std::string cell;        // facts: name with subject
  bool not_asked = false;  // facts: its guard is false
  bool open = false;       // burden: the exception could still be claimed
  Cut cut = Cut::no;       // conclusion
  std::vector<ProofNode> children;
};

class Prover {
 public:
  // Exact: every node that Kleene leaves open is decided exactly; else only whole conclusions are.
  enum class Depth : std::uint8_t { fast, exact };
  Prover(Timeline& timeline, Day day, Depth depth = Depth::exact)
      : evaluation_(timeline.on(day)),
        program_(timeline.knowledge().program()),
        exact_(depth == Depth::exact) {}

  ProofNode concept_proof(std::uint32_t concept_index, Binding at);
  ProofNode obligation_proof(std::uint32_t obligation, Binding at);
  // One fact by itself: its answer and where it came from.
  ProofNode fact_leaf(CellId cell);

 private:
  ProofNode rule_proof(std::uint32_t rule, Binding at);
  ProofNode node_proof(std::uint32_t node, Binding at);
  ProofNode junction_proof(std::uint32_t index, const Node& node, Binding at);
  ProofNode quantifier_proof(std::uint32_t index, const Node& node, Binding at);
  ProofNode test_proof(std::uint32_t index, Binding at);
  void leaves(std::uint32_t node, Binding at, std::vector<ProofNode>& out);
  void add_outside_uses(std::uint32_t concept_index, Binding at, ProofNode& proof);
  Truth value(std::uint32_t node, Binding at, DecidedBy* decided = nullptr);

  Evaluation& evaluation_;
  const Program& program_;
  bool exact_;
  int depth_ = 0;
  std::size_t unfolded_ = 0;
  std::set<Evaluation::Key> shown_;  // conclusions; paths to one can double at every step
};

// The text of a condition as a person reads it.
std::string condition_text(const Program& program, std::uint32_t node);

// Recomputes each node from its children; false if one does not follow.
bool replays(const ProofNode& proof);

}  // namespace pandect
