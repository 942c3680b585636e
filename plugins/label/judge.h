// What the contents of a file mean under the rule book: the label field by field, the carriers
// against each other, the wanted marks one by one. Opens nothing. A signature is never called
// valid here, and a missing label never a proof that a person made it.
#pragma once

#include "plugins/label/contents.h"
#include "plugins/label/rules.h"

#include <string>
#include <utility>
#include <vector>

namespace pandect::label {

struct LabelFinding {
  std::string code, severity;  // error, warning, review, info
  Texts message;               // with foreign texts in it: clean before showing
  std::vector<std::string> cite;
  std::uint64_t offset = 0;
};

struct AigcLabel {
  std::string carrier;
  std::uint64_t offset = 0;
  bool valid = false;
  std::vector<std::pair<std::string, std::string>> fields;  // as they stand; texts without quotes
};

struct WantState {
  std::string id;
  std::string state;            // shown, failed, absent, unchecked
  std::vector<std::string> by;  // carriers that serve it
};

struct Judgement {
  std::string verdict;  // of the AIGC label: conforming, nonconforming, not_found, inconclusive
  std::vector<AigcLabel> labels;
  std::vector<LabelFinding> findings;
  std::vector<WantState> wants;

  bool has(std::string_view severity) const;
};

// Checks one label by itself; findings are added.
AigcLabel check_label(const Found& found, const Rules& rules, std::vector<LabelFinding>& findings);

// `wants` are ids of the rule book.
Judgement judge(const Contents& contents, const Rules& rules,
                const std::vector<std::string>& wants);

// A finding of the rule book with its places filled in.
LabelFinding finding_of(const Rules& rules, std::string_view code, const std::vector<Texts>& values,
                        std::uint64_t offset = 0);
Texts same(const std::string& text);  // a text that is the same in all languages

enum class ExplicitPlace { none, edge, middle };
// `jurisdiction` names the words of the rule book: cn or kr.
ExplicitPlace explicit_place(std::string_view text, const Rules& rules,
                             std::string_view jurisdiction);

// Check digit of a unified social credit code (GB 32100-2015); 18 characters.
bool credit_code_checks(std::string_view code);

}  // namespace pandect::label
