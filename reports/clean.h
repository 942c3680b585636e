// An assessment holds texts from packs and manifests of anybody. Formats for people render it
// cleaned: no control or direction characters, no invalid UTF-8, no text beyond a bound.
#pragma once

#include "pandect/assessment.h"

#include <optional>

namespace pandect::reports {

// The assessment itself where nothing in it needs cleaning, else a copy; it must outlive this.
class Cleaned {
 public:
  explicit Cleaned(const Assessment& assessment);
  Cleaned(Assessment&&) = delete;
  operator const Assessment&() const { return copy_ ? *copy_ : *given_; }

 private:
  const Assessment* given_;
  std::optional<Assessment> copy_;
};

inline Cleaned cleaned(const Assessment& assessment) { return Cleaned(assessment); }

}  // namespace pandect::reports
