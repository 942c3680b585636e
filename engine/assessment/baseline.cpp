#include "assessment/baseline.h"

#include "assessment/findings.h"
#include "packs/fields.h"

#include <algorithm>
#include <set>

namespace pandect {
namespace {

constexpr std::string_view kSchema = "pandect.baseline/1";
constexpr std::size_t kMost = 100'000;
constexpr std::size_t kFingerprint = 32;

bool is_fingerprint(const std::string& text) {
  return text.size() == kFingerprint && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

// Ids come from manifests and packs: what JSON does not take as it stands is escaped.
std::string quoted(const std::string& text) {
  yaml::Value value;
  value.shape = yaml::Shape::scalar;
  value.text = text;
  return yaml::json_text(value);
}

}  // namespace

Result<Baseline> read_baseline(std::string name, std::string text) {
  Baseline baseline;
  baseline.file = name;
  Diagnostics problems;
  auto document = yaml::parse(std::move(name), std::move(text));
  if (!document) {
    problems = document.errors();
  } else {
    Fields fields(*document, document->root, "the baseline", problems);
    const std::string schema = fields.text("schema");
    baseline.made = fields.text("as_of");
    fields.take("note");
    const auto* list = fields.take("findings");
    if (fields.valid() && problems.empty() &&
        (schema != kSchema || list == nullptr || list->shape != yaml::Shape::list ||
         list->items.size() > kMost)) {
      fields.problem(document->root, "bad-baseline",
                     "this is no baseline of this version: `schema` and `findings` are not as "
                     "Pandect writes them");
    } else if (list != nullptr) {
      for (const auto& item : list->items) {
        Fields each(*document, item, "a finding of the baseline", problems);
        const std::string fingerprint = each.required_text("fingerprint");
        if (!fingerprint.empty() && !is_fingerprint(fingerprint))
          each.problem(item, "bad-baseline", "`" + fingerprint + "` is no fingerprint");
        baseline.known[fingerprint] = each.required_text("id");
      }
    } else if (fields.valid()) {
      fields.problem(document->root, "bad-baseline", "the baseline has no `findings`");
    }
    if (!fields.valid() && problems.empty())
      fields.problem(document->root, "bad-baseline", "the baseline is empty");
  }
  if (!has_errors(problems)) return baseline;
  problems.push_back({Level::note,
                      "bad-baseline",
                      {baseline.file, 0, 0},
                      "the baseline is damaged, so nothing is taken as known",
                      "take it back from version control, or write it anew with --write-baseline"});
  return problems;
}

std::string baseline_text(const Assessment& assessment) {
  std::map<std::string, std::string> known;
  for (const auto& subject : assessment.subjects) {
    for (const auto& finding : subject.findings) {
      if (!is_prohibition(finding)) known[finding.fingerprint] = finding.id;
    }
  }
  std::string text = "{\n  \"schema\": " + quoted(std::string(kSchema)) +
                     ",\n  \"as_of\": " + quoted(to_string(assessment.as_of)) +
                     ",\n  \"findings\": [";
  const char* between = "\n";
  for (const auto& [fingerprint, id] : known) {
    text += between;
    text += "    {\"fingerprint\": " + quoted(fingerprint) + ", \"id\": " + quoted(id) + "}";
    between = ",\n";
  }
  return text + (known.empty() ? "]\n}\n" : "\n  ]\n}\n");
}

void apply_baseline(Assessment& assessment, const Baseline& baseline) {
  BaselineUsed used;
  used.file = baseline.file;
  used.made = baseline.made;
  std::set<std::string> present;
  for (auto& subject : assessment.subjects) {
    for (auto& finding : subject.findings) {
      present.insert(finding.fingerprint);
      finding.in_baseline =
          !is_prohibition(finding) && baseline.known.count(finding.fingerprint) > 0;
      ++(finding.in_baseline ? used.known : used.added);
    }
  }
  for (const auto& [fingerprint, id] : baseline.known) {
    if (present.count(fingerprint) == 0) used.gone.push_back(id);
  }
  std::sort(used.gone.begin(), used.gone.end());
  assessment.baseline = std::move(used);
}

}  // namespace pandect
