// Fills the items of an assessment from conclusions: texts, citations, evidence, penalties,
// findings and questions. Knows the program and the manifest; decides no law.
#pragma once

#include "assessment/assess.h"
#include "assessment/findings.h"
#include "evidence/evidence.h"
#include "logic/deciding.h"
#include "logic/proof.h"
#include "manifest/manifest.h"

#include "pandect/assessment.h"

namespace pandect {

class Items {
 public:
  Items(const Program& program, const Manifest& manifest, const Record& record, Timeline& timeline,
        const AssessOptions& options)
      : program_(program),
        manifest_(manifest),
        record_(record),
        timeline_(timeline),
        options_(options) {}

  ClassificationItem classification(std::uint32_t concept_index, Binding at);
  ObligationItem obligation(std::uint32_t obligation, Binding at, const DutyStatus& status);
  void add_findings(SubjectAssessment& subject) const;
  std::vector<Question> questions(const SubjectAssessment& subject) const;

 private:
  Texts texts(const Words& words) const;
  std::vector<Citation> citations(Range cites) const;
  void add_citations(Range cites, std::vector<Citation>& out) const;
  std::vector<OpenExceptionItem> open_items(const std::vector<OpenException>& open) const;
  DecidingFacts& deciding(Day day);
  std::vector<Reason> reasons(const std::vector<CellId>& cells, Day day) const;
  std::vector<ProofItem> proof_items(const ProofNode& proof) const;
  ProofItem proof_item(const ProofNode& node, std::size_t depth, std::size_t& left) const;
  void used_rules(std::uint32_t concept_index, Binding at, ClassificationItem& item);
  PenaltyItem penalty(std::uint32_t index, Binding at);
  std::vector<EvidenceItem> evidence(const Obligation& duty, Binding at, Looker* looker);
  const EvidenceEntry* entry_for(const Obligation& duty, const std::string& piece) const;
  EvidenceItem own_piece(const EvidenceEntry& entry, Looker* looker) const;

  const Program& program_;
  const Manifest& manifest_;
  const Record& record_;
  Timeline& timeline_;
  const AssessOptions& options_;
  std::map<Day, DecidingFacts> deciding_;
};

}  // namespace pandect
