// Templates of the papers that a law asks for: what must stand in them, section by section, and
// where each part comes from. Read here and checked for shape; the condition of a section becomes
// a concept of its own, so that it means what every other condition means.
#pragma once

#include "packs/fields.h"

#include <string>
#include <vector>

namespace pandect {

struct PackDraft;

// Where a part of a section comes from.
enum class PaperSource : std::uint8_t { fact, conclusion, duty, evidence, identity };

struct PaperPart {
  PaperSource source = PaperSource::fact;
  std::string name;   // fact, concept or duty id; organisation, subject or models
  std::string piece;  // evidence: of the duty in `name`
  bool optional = false;
  Location where;
};

struct PaperSection {
  std::string id;
  Phrases heading, asks;
  Phrases wording;  // words that may be used as they stand, in the languages of their readers
  Phrases blank;    // what a person must write: the question
  std::vector<std::string> cites;
  std::vector<PaperPart> parts;
  bool required = true;
  std::string condition;  // concept that says whether the section applies; empty: always
  Location where;
};

struct PaperDraft {
  std::string id;
  bool of_model = false;
  std::string language;  // in which it must be written; empty: any
  Phrases title, purpose;
  std::vector<std::string> cites, duties;
  std::vector<PaperSection> sections;
  Location where;
};

// Adds the paper, and the conditions of its sections, to the pack.
void read_paper(const yaml::Document& document, const yaml::Value& value, PackDraft& draft,
                Diagnostics& problems);

// The papers of the pack in this folder.
std::vector<PaperDraft> read_papers(const std::string& folder, Diagnostics& problems);

}  // namespace pandect
