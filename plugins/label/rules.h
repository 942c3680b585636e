// The rule book of the label checker, read from rules/label/label.yaml, which is built into the
// program so that checker and probe need no folder. Holds words and tables; decides nothing.
#pragma once

#include "pandect/assessment.h"
#include "pandect/result.h"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pandect::label {

struct Field {
  std::string key;
  std::vector<std::string> one_of;
  std::map<std::string, std::string> empty;  // value of Label -> finding
  bool plain = false;                        // the rule on characters holds
  bool provider = false;                     // name or code of a provider
};

struct Want {
  std::vector<std::string> accept, cite;
  Texts title, note;
};

struct LatentElement {
  std::string id;
  std::vector<std::string> from;
  Texts title;
};

struct Trace {
  std::string name;
  std::vector<std::string> words;
};

struct FindingRule {
  std::string severity;
  std::vector<std::string> cite;
  Texts text;
};

struct ExplicitRule {
  std::vector<std::string> cite;
  Texts text;
};

// An explicit label in words holds one of each.
struct ExplicitWords {
  std::vector<std::string> a, b;
};

struct Rules {
  std::string checked_on;
  std::vector<Field> fields;
  std::vector<std::string> other_schema;
  int lowest = 0, highest = 0;  // characters of plain fields
  std::string forbidden;
  std::size_t longest_field = 0;
  std::string provider_code;
  std::map<std::string, ExplicitWords, std::less<>> explicit_words;  // by jurisdiction
  std::size_t explicit_window = 0;
  std::vector<std::string> ai_source_types;
  std::vector<Trace> traces;
  std::map<std::string, Want, std::less<>> wants;
  std::vector<LatentElement> latent;
  std::map<std::string, ExplicitRule, std::less<>> explicit_rules;  // by modality
  std::map<std::string, FindingRule, std::less<>> findings;
  std::map<std::string, Texts, std::less<>> words;

  bool is_ai(std::string_view source_type) const;
};

// The rule book that is built in.
Result<Rules> built_in_rules();
// What it can be asked for; costs nothing, the rule book is not read.
std::span<const std::string_view> built_in_wants();
Result<Rules> read_rules(const std::string& name, std::string yaml);

}  // namespace pandect::label
