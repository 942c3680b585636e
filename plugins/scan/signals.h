// The signals of a scan as data (rules/signals): what library, import, passage or kind of model
// file is a sign of what, which facts it would propose and how often it is right. Reads and checks
// them; looks into no repository.
#pragma once

#include "packs/fields.h"

#include "pandect/proposal.h"
#include "pandect/result.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace pandect::scan {

// What a sign would propose if a person confirmed it.
struct Suggestion {
  std::string subject = "system";  // system, model
  std::string fact, value;
  bool is_set = false;  // a member of a set
  double confidence = 0.5;
};

// A sample that a signal must find, or must pass over: a text in a file of this name, or an
// architecture (or "format:...") of a model file.
struct Sample {
  std::string file, text, architecture;
};

// A regular expression (RE2) that is looked for in code of these languages ("any": in all).
struct CodePattern {
  std::vector<std::string> languages;
  std::string pattern;
};

struct Signal {
  std::string id, family;
  Phrases shows;
  std::string precision;  // what it is mistaken for
  double weight = 1.0;    // times the confidence of each suggestion
  std::map<std::string, std::vector<std::string>> dependencies;  // ecosystem to names
  std::map<std::string, std::vector<std::string>> imports;       // language to modules
  std::vector<CodePattern> code;
  std::vector<std::string> model_kinds;  // architectures that model files name; `*` at the end
  std::vector<Suggestion> proposes;
  std::vector<Sample> examples, near_misses;
  Location where;
};

// Signals that mean the same to a reader, and what is to be asked when one is seen.
struct Family {
  std::string id;
  Phrases title, note;
  std::vector<Suggestion> proposes;  // for signals that state none
  std::vector<std::string> asks;     // facts
};

struct SignalPack {
  std::vector<Family> families;  // in the order of a report
  std::vector<Signal> signals;
  std::map<std::string, Phrases> words;  // of the report

  const Family* family(std::string_view id) const;
  std::string word(std::string_view key, std::string_view lang) const;
};

// Texts of a pack in a language; English where there is none.
const std::string& in_language(const Phrases& phrases, std::string_view lang);

// Every .yaml file of the folder. All errors are told together.
Result<SignalPack> read_signals(const std::string& folder);
// The same from texts (name and text of each file).
Result<SignalPack> read_signal_texts(const std::vector<std::pair<std::string, std::string>>& files);

}  // namespace pandect::scan
