// What a draft says of each entry, worded but not yet escaped for a format. All foreign texts are
// cleaned here.
#pragma once

#include "papers/paper.h"
#include "reports/words.h"

#include <string>
#include <utility>
#include <vector>

namespace pandect::reports {

struct EntryView {
  std::string label, id, value;
  std::vector<std::string> details;  // source, note, what is open
  std::vector<Citation> cite;
  bool gap = false;
  bool faint = false;  // may stay empty, or does not arise
};

EntryView view_of(const PaperEntry& entry, const Wording& words);

// Rows at the head of a draft: label and text.
std::vector<std::pair<std::string, std::string>> head_rows(const FilledPaper& paper,
                                                           const Wording& words);

std::string gap_line(const FilledPaper& paper, const Wording& words);

// The facts that would settle it, by their ids.
std::string open_facts(const std::vector<std::string>& missing, const Wording& words);

// A proposed wording in the language of its readers, and what it means where that is another.
struct WordingView {
  std::string text, lang, meaning;
};
WordingView wording_of(const FilledSection& section, const FilledPaper& paper,
                       const Wording& words);

std::string shown(const Texts& texts, const Wording& words);

}  // namespace pandect::reports
