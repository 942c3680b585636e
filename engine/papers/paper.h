// A draft of a paper that a law asks for: each section with what is stated, what the packs conclude
// and what is still to be written. Plain values, like an assessment; nothing in it is made up.
#pragma once

#include "pandect/assessment.h"

#include <optional>
#include <string>
#include <vector>

namespace pandect {

enum class EntryKind : std::uint8_t { fact, conclusion, duty, evidence, identity, written };

// What is there: `given`; `open` counts as a gap; `left_out` may stay empty; `not_asked` does not
// arise after the other answers.
enum class EntryState : std::uint8_t { given, open, left_out, not_asked };

struct PaperEntry {
  EntryKind kind = EntryKind::fact;
  EntryState state = EntryState::open;
  // Fact with @subject, concept, duty, duty/piece, paper/section; or organisation, system, model.
  std::string id;
  std::string of;  // deployment or model it speaks of, where there are several
  Texts label;     // question or title
  // The answer, in the form that a reader of each language can be given.
  std::optional<bool> yes;
  std::optional<Day> day;
  std::vector<Texts> members;
  std::optional<Number> money;
  std::string currency, text;  // text: as it was written
  std::string source, by;
  Texts note;
  OriginKind origin = OriginKind::stated;
  Location where;
  std::vector<std::string> missing;  // facts that would settle it
  std::optional<ClassificationItem> conclusion;
  std::optional<ObligationItem> duty;
  std::optional<EvidenceItem> evidence;
};

enum class SectionState : std::uint8_t { applies, not_applicable, undetermined };

struct FilledSection {
  std::string id;
  Texts heading, asks, wording;
  std::vector<Citation> cite;
  bool required = true;
  SectionState state = SectionState::applies;
  std::vector<std::string> missing;  // facts that would settle whether it applies
  std::vector<PaperEntry> entries;
  std::size_t gaps = 0;
};

struct FilledPaper {
  std::string id, pack, pack_version, jurisdiction, language;
  Texts title, purpose;
  std::vector<Citation> cite;
  std::string subject_kind, subject_id, subject_name, organisation;
  std::vector<PaperEntry> duties;  // whether the law asks for it, as of the day
  std::vector<FilledSection> sections;
  Day as_of = 0, checked_on = kNoDay;
  std::string engine_version;
  std::size_t gaps = 0;
};

}  // namespace pandect
