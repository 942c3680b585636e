// The parts of lint, each a look at one side of a pack.
#pragma once

#include "checks/outline.h"
#include "checks/satisfy.h"
#include "checks/suite.h"

#include <string>
#include <vector>

namespace pandect {

// What each of the two searches over whole packs may spend in diagram nodes.
inline constexpr std::size_t kAnalysisWork = 4'000'000;

struct LintJob {
  const Program& program;
  const PackDraft& pack;
  std::uint32_t number;
  std::vector<RuleEntry> rules;
  Suite suite;
  Satisfiability satisfiability;
  Satisfiability examples;  // of systems whose models are all listed
  Diagnostics findings;

  void error(const Location& where, std::string code, std::string message, std::string hint = {}) {
    findings.push_back({Level::error, std::move(code), where, std::move(message), std::move(hint)});
  }
  void warn(const Location& where, std::string code, std::string message, std::string hint = {}) {
    findings.push_back(
        {Level::warning, std::move(code), where, std::move(message), std::move(hint)});
  }
  void note(const Location& where, std::string code, std::string message) {
    findings.push_back({Level::note, std::move(code), where, std::move(message), {}});
  }
  Scope scope_of(const RuleEntry& entry) const {
    return entry.subject != nullptr ? program.concepts[entry.owner].scope
                                    : program.obligations[entry.owner].scope;
  }
};

// "kr.high_impact / art-2-4-sa", or the id alone where rule and owner share it.
std::string name_of(const RuleEntry& entry);

void lint_texts(LintJob& job);              // the three languages
void lint_statements(LintJob& job);         // provision, addressee, dates, exceptions, modality
void lint_references(LintJob& job);         // cites, mappings, ids, what nothing uses
void lint_conditions(LintJob& job);         // what reads well and means something else
void lint_versions(LintJob& job);           // versions of one provision that overlap or leave a gap
void lint_logic(LintJob& job);              // what can never hold, what can disagree
void lint_coverage_of_rules(LintJob& job);  // rules that never decide anything
void lint_needs(LintJob& job);              // facts that never decide anything
void lint_cases(LintJob& job);              // rules that no case exercises
void lint_papers(LintJob& job);             // templates of papers: what they name, and their texts

// Whether a text is written in the language it stands for, as far as its script shows.
void lint_languages(LintJob& job, const Phrases& phrases, const std::string& what,
                    const Location& where);

}  // namespace pandect
