// The answers without which a condition cannot change: as long as none of them does, it keeps its
// value, whatever else is answered otherwise.
#pragma once

#include "logic/exact.h"

#include <map>
#include <set>

namespace pandect {

class Grounds {
 public:
  using Cells = std::set<CellId>;

  explicit Grounds(Evaluation& evaluation)
      : evaluation_(evaluation),
        knowledge_(evaluation.knowledge()),
        program_(evaluation.knowledge().program()) {}

  // Why the fast evaluator says what it says; of an open condition everything that it reads.
  const Cells& of(std::uint32_t node, Binding at);
  // Adds what axioms tie to answers that are not stated: they may be forced by those.
  void close(Cells& cells) const;
  // All that axioms tie to these cells.
  Cells tied(const Cells& cells) const;

 private:
  Cells compute(std::uint32_t node, Binding at);
  Cells junction(const Node& node, Binding at, Truth whole);
  Cells quantifier(const Node& node, Binding at, Truth whole);
  void leaf(const Node& node, Binding at, Truth whole, Cells& cells);
  void everything(std::uint32_t node, Binding at, Cells& cells) const;
  void place(std::uint32_t fact, std::int32_t slot, Binding at, Cells& cells) const;
  void with_guard(CellId cell, Cells& cells) const;
  bool stated(CellId cell) const;

  Evaluation& evaluation_;
  const Knowledge& knowledge_;
  const Program& program_;
  std::map<Evaluation::Key, Cells> memo_;
};

}  // namespace pandect
