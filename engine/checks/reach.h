// Which conclusions read which: for every concept and obligation, the concepts and mappings that
// its value can depend on, by the names in its conditions. Knows names only, neither dates nor
// records.
#pragma once

#include "language/expression.h"
#include "packs/draft.h"

#include "pandect/program.h"

#include <functional>
#include <string_view>
#include <vector>

namespace pandect {

// Concepts come first, obligations after them; kNone if there is neither. "@subject" is left aside.
std::uint32_t conclusion_of(const Program& program, std::string_view id);

class Reach {
 public:
  // The drafts that the program was linked from; mappings are those of the last one.
  Reach(const Program& program, const std::vector<PackDraft>& drafts);

  std::uint32_t conclusion(std::string_view id) const { return conclusion_of(program_, id); }
  // True if `reader` is `read` or depends on it.
  bool reads(std::uint32_t reader, std::uint32_t read) const { return concepts_[reader][read]; }
  bool reads_mapping(std::uint32_t reader, std::uint32_t mapping) const {
    return mappings_[reader][mapping];
  }
  bool read_by_duty(std::uint32_t conclusion) const;

 private:
  void note(const PackDraft& main, std::uint32_t reader, const yaml::Source& source);
  void note(const PackDraft& main, std::uint32_t reader, const std::vector<RuleDraft>& rules);
  void note_mappings(const PackDraft& main, std::uint32_t reader, const language::Expression& maps);
  void close(std::uint32_t reader);

  const Program& program_;
  std::vector<std::vector<bool>> concepts_, mappings_;
  std::vector<bool> closed_;
};

// Every part of an expression, outermost first.
void visit(const language::Expression& expression,
           const std::function<void(const language::Expression&)>& look);

// True if a mapping to `to` belongs to what `maps(.., "wanted")` collects.
bool maps_to(std::string_view to, std::string_view wanted);

}  // namespace pandect
