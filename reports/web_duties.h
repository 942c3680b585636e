// The parts of a web report that speak of single conclusions and duties: articles with check boxes,
// evidence, internal exceptions, and proofs that open.
#pragma once

#include "reports/roles.h"

#include <string>

namespace pandect::reports {

class WebDuties {
 public:
  // `prefix` keeps the ids of one subject apart from those of another.
  WebDuties(const Outline& outline, const Wording& words, std::string prefix)
      : outline_(outline), words_(words), prefix_(std::move(prefix)) {}

  std::string by_role() const;
  // The conclusions that hold or are open, each with its proof.
  std::string proofs() const;

 private:
  std::string w(Word word) const;
  std::string article(const Duty& duty, std::size_t number) const;
  std::string side(const Duty& duty, std::size_t number, const std::string& title) const;
  std::string pieces(const ObligationItem& item) const;
  std::string waiver(const ObligationItem& item) const;
  std::string why(const ObligationItem& item) const;
  std::string tree(const ProofItem& item, int depth) const;
  std::string proof_head(const ProofItem& item, int depth) const;
  std::string anchor_of(const std::string& id) const;

  const Outline& outline_;
  const Wording& words_;
  std::string prefix_;
};

}  // namespace pandect::reports
