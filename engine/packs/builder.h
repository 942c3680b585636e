// Grows a Program: interns texts, conses nodes, keeps flags. Knows no YAML and no law.
#pragma once

#include "packs/fields.h"

#include "pandect/program.h"

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace pandect {

Amount amount_of(const Number& value, Text currency);

class Builder {
 public:
  Builder();
  Program& program() { return *program_; }
  const Program& program() const { return *program_; }
  std::shared_ptr<Program> finish() { return std::move(program_); }

  Text text(std::string_view value);
  Words words(const Phrases& phrases);
  Range links(const std::vector<std::uint32_t>& list);
  std::uint32_t number(const Number& value);

  // Nodes, hash-consed; constants and double negations fold, nothing else is rewritten
  // (semantics 1.3).
  std::uint32_t truth(bool value);
  std::uint32_t negation(std::uint32_t child);
  std::uint32_t conjunction(const std::vector<std::uint32_t>& children) {
    return junction(Op::and_, children);
  }
  std::uint32_t disjunction(const std::vector<std::uint32_t>& children) {
    return junction(Op::or_, children);
  }
  std::uint32_t make(Node node, const std::vector<std::uint32_t>& children,
                     std::uint8_t own_flags = 0);

  // How many nodes stand below each other from here down; what reads them calls itself as often.
  std::uint32_t depth(std::uint32_t node) const { return depths_[node]; }
  // Of a concept whose nodes do not stand below those that read it (numbers).
  void set_concept_depth(std::uint32_t subject, std::uint32_t depth) {
    concept_depths_[subject] = depth;
  }

 private:
  std::uint32_t junction(Op op, const std::vector<std::uint32_t>& children);

  std::shared_ptr<Program> program_;
  std::unordered_map<std::string, Text> texts_;
  std::map<std::string, std::uint32_t> numbers_;
  std::unordered_map<std::string, std::uint32_t> nodes_;
  std::vector<std::uint32_t> depths_;  // of each node
  std::unordered_map<std::uint32_t, std::uint32_t> concept_depths_;
};

}  // namespace pandect
