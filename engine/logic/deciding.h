// The facts that a conclusion rests on, without the tree that says how: the leaves that the fast
// proof (logic/proof.h) would have, in its order, each once. A concept is walked once a day and
// subject, however many duties hang on it; a check asks for hundreds of them.
#pragma once

#include "logic/timeline.h"

#include <map>
#include <vector>

namespace pandect {

class DecidingFacts {
 public:
  DecidingFacts(Timeline& timeline, Day day)
      : evaluation_(timeline.on(day)), program_(timeline.knowledge().program()) {}

  const std::vector<CellId>& of_concept(std::uint32_t concept_index, Binding at);
  std::vector<CellId> of_obligation(std::uint32_t obligation, Binding at);

 private:
  using Cells = std::vector<CellId>;
  void rule(std::uint32_t rule, Binding at, Cells& out);
  void node(std::uint32_t node, Binding at, Cells& out);
  void junction(const Node& node, std::uint32_t index, Binding at, Cells& out);
  void quantifier(const Node& node, std::uint32_t index, Binding at, Cells& out);
  void leaves(std::uint32_t node, Binding at, Cells& out);
  Truth value(std::uint32_t node, Binding at) { return evaluation_.kleene().evaluate(node, at); }

  Evaluation& evaluation_;
  const Program& program_;
  std::map<Evaluation::Key, Cells> concepts_;
  std::vector<char> seen_;  // cells, while one list is made unique
};

}  // namespace pandect
