// Loads a pack from text and evaluates all of it on a record, for fuzzing: nothing may crash.
#pragma once

#include "checks/cases.h"
#include "packs/linker.h"

namespace fuzz {

inline pandect::ProgramPtr load(std::string text) {
  pandect::PackDraft draft;
  draft.id = "fuzz";
  pandect::Diagnostics problems;
  read_pack_file("laws.yaml", std::move(text), draft, problems);
  return pandect::link({draft}).program;
}

inline void evaluate(const pandect::Program& program, const pandect::Record& record,
                     pandect::Day day) {
  pandect::Diagnostics problems;
  const pandect::Knowledge knowledge(program, record, problems);
  if (has_errors(problems)) return;
  pandect::Timeline timeline(knowledge, day, 2000);
  for (std::uint32_t i = 0; i < program.concepts.size(); ++i) {
    const auto& each = program.concepts[i];
    if (each.scope == pandect::kModel) continue;
    const pandect::Binding at{each.scope == pandect::kDeployment ? 0 : -1, -1};
    if (each.type == pandect::FactType::boolean)
      timeline.now().conclude(each.root, at);
    else if (each.type == pandect::FactType::enumeration)
      timeline.now().conclude_enum(i, at);
    else
      timeline.now().conclude_number(i, at);
  }
  for (std::uint32_t i = 0; i < program.obligations.size(); ++i) {
    const auto scope = program.obligations[i].scope;
    if (scope == pandect::kModel) continue;
    timeline.status(i, {scope == pandect::kDeployment ? 0 : -1, -1});
  }
}

}  // namespace fuzz
