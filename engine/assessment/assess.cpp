#include "assessment/assess.h"

#include "assessment/findings.h"
#include "assessment/items.h"
#include "base/digest.h"
#include "logic/proof.h"
#include "packs/draft.h"

#include <algorithm>
#include <map>
#include <set>

namespace pandect {
namespace {

class SubjectRun {
 public:
  SubjectRun(const Program& program, const Manifest& manifest, const Assessable& subject,
             const AssessOptions& options, Diagnostics& problems)
      : program_(program),
        record_(subject.record),
        options_(options),
        model_(subject.kind == Assessable::Kind::model),
        knowledge_(program, subject.record, problems),
        timeline_(knowledge_, options.as_of, options.budget),
        items_(program, manifest, subject.record, timeline_, options) {
    if (problems.empty()) check_consistency(knowledge_, problems);
  }

  SubjectAssessment run() {
    SubjectAssessment result;
    result.kind = model_ ? "model" : "system";
    result.id = record_.id;
    result.name = record_.name;
    result.closed_facts = knowledge_.closed_facts();
    for (std::uint32_t i = 0; i < program_.concepts.size(); ++i) classify(i, result);
    for (std::uint32_t i = 0; i < program_.obligations.size(); ++i) duties(i, result);
    sort_duties(result);
    items_.add_findings(result);
    result.questions = items_.questions(result);
    return result;
  }

 private:
  bool wanted(std::uint32_t pack) const {
    const auto jurisdiction = program_.text(program_.packs[pack].jurisdiction);
    if (options_.jurisdictions.empty()) return true;
    return std::find(options_.jurisdictions.begin(), options_.jurisdictions.end(), jurisdiction) !=
           options_.jurisdictions.end();
  }

  std::vector<Binding> bindings(Scope scope) const {
    if (model_) return scope == kModel ? std::vector<Binding>{{-1, 0}} : std::vector<Binding>{};
    if (scope == kModel) return {};
    if (scope != kDeployment) return {Binding{}};
    std::vector<Binding> list;
    for (int i = 0; i < knowledge_.deployments(); ++i) list.push_back({i, -1});
    return list;
  }

  // A conclusion on deployments counts for the system where it holds for one of them
  // (semantics 2.4).
  void classify(std::uint32_t index, SubjectAssessment& result) {
    const Concept& found = program_.concepts[index];
    if (found.type != FactType::boolean || found.kind == ConceptKind::element ||
        found.kind == ConceptKind::amount)
      return;
    if (!wanted(found.pack)) return;
    const auto places = bindings(found.scope);
    if (places.empty()) return;
    std::optional<ClassificationItem> chosen;
    std::vector<std::string> holds_for;
    for (const Binding at : places) {
      ClassificationItem item = items_.classification(index, at);
      if (item.value == Truth::true_ && at.deployment >= 0 && !record_.deployments.empty()) {
        holds_for.push_back(record_.deployments[static_cast<std::size_t>(at.deployment)].id);
      }
      const auto rank = [](Truth value) {
        return value == Truth::true_ ? 2 : value == Truth::unknown ? 1 : 0;
      };
      if (!chosen || rank(item.value) > rank(chosen->value)) chosen = std::move(item);
    }
    if (places.size() > 1) chosen->deployments = holds_for;
    result.classifications.push_back(std::move(*chosen));
  }

  void duties(std::uint32_t index, SubjectAssessment& result) {
    const Obligation& duty = program_.obligations[index];
    if (!wanted(duty.pack)) return;
    for (const Binding at : bindings(duty.scope)) {
      const DutyStatus status = timeline_.status(index, at);
      if (status.status == Status::not_applicable) {
        ++result.not_applicable;
        if (!options_.with_not_applicable) continue;
      }
      ObligationItem item = items_.obligation(index, at, status);
      if (at.deployment >= 0 && record_.deployments.size() > 1) {
        item.deployment = record_.deployments[static_cast<std::size_t>(at.deployment)].id;
      }
      result.obligations.push_back(std::move(item));
    }
  }

  static int status_rank(const std::string& status) {
    static const std::vector<std::string> order{"due", "upcoming", "undetermined", "ended",
                                                "not_applicable"};
    return static_cast<int>(std::find(order.begin(), order.end(), status) - order.begin());
  }

  static void sort_duties(SubjectAssessment& result) {
    std::stable_sort(result.obligations.begin(), result.obligations.end(),
                     [](const ObligationItem& a, const ObligationItem& b) {
                       const int left = status_rank(a.status), right = status_rank(b.status);
                       if (left != right) return left < right;
                       if (a.status == "upcoming" && a.applies_from != b.applies_from)
                         return a.applies_from < b.applies_from;
                       return false;  // by id, as the program has them
                     });
  }

  const Program& program_;
  const Record& record_;
  const AssessOptions& options_;
  bool model_;
  Knowledge knowledge_;
  Timeline timeline_;
  Items items_;
};

}  // namespace

Texts texts_of(const Program& program, const Words& words, const std::string& lang) {
  const auto wanted = [&](const char* each, Text text) {
    return lang.empty() || lang == each ? std::string(program.text(text)) : std::string();
  };
  return {std::string(program.text(words.en)), wanted("ko", words.ko), wanted("zh", words.zh)};
}

bool Assessment::assessed_anything() const {
  for (const auto& subject : subjects) {
    if (!subject.classifications.empty()) return true;
  }
  return false;
}

Result<Assessment> assess(const Program& program, const Manifest& manifest,
                          const AssessOptions& options) {
  Assessment assessment;
  assessment.as_of = options.as_of;
  assessment.evidence_looked_at = options.looker != nullptr;
  assessment.engine_version = options.engine_version;
  assessment.organisation =
      manifest.organisation.name.empty() ? manifest.organisation.id : manifest.organisation.name;
  if (manifest.file) assessment.manifest_digest = digest_of(manifest.file->text);
  for (const auto& pack : program.packs.all()) {
    PackUsed used;
    used.id = program.text(pack.id);
    used.version = program.text(pack.version);
    used.digest = program.text(pack.digest);
    used.jurisdiction = program.text(pack.jurisdiction);
    const auto& wanted = options.jurisdictions;
    if (!wanted.empty() && used.jurisdiction != "core" &&
        std::find(wanted.begin(), wanted.end(), used.jurisdiction) == wanted.end())
      continue;
    used.title = texts_of(program, pack.title, options.lang);
    used.checked_on = pack.checked_on;
    used.state_of_law = pack.state_of_law;
    used.review_by = pack.review_by;
    for (const auto& note : program.words.slice(pack.notes))
      used.notes.push_back(texts_of(program, note, options.lang));
    assessment.packs.push_back(std::move(used));
  }
  Diagnostics problems;
  for (const auto& subject : records_of(manifest)) {
    const std::size_t before = problems.size();
    SubjectRun run(program, manifest, subject, options, problems);
    if (problems.size() > before) continue;
    assessment.subjects.push_back(run.run());
  }
  if (has_errors(problems)) return problems;
  apply_waivers(assessment, manifest.waivers);
  return assessment;
}

Verdict verdict_of(const Assessment& assessment, const std::string& fail_on,
                   const std::string& fail_on_unknown) {
  Verdict verdict;
  static const std::map<std::string, int> levels{
      {"low", 0}, {"medium", 1}, {"high", 2}, {"critical", 3}, {"never", 4}};
  const auto threshold = levels.find(fail_on);
  const int limit = threshold == levels.end() ? 2 : threshold->second;
  verdict.nothing = !assessment.assessed_anything();
  for (const auto& subject : assessment.subjects) {
    for (const auto& finding : subject.findings) {
      verdict.blocking =
          verdict.blocking || (static_cast<int>(finding.level) >= limit && can_block(finding));
    }
    for (const auto& item : subject.classifications) {
      const bool counts = item.kind == ConceptKind::classification ||
                          (item.kind == ConceptKind::role && fail_on_unknown == "any");
      verdict.undetermined = verdict.undetermined ||
                             (fail_on_unknown != "never" && counts && item.value == Truth::unknown);
    }
    for (const auto& item : subject.obligations) {
      verdict.undetermined =
          verdict.undetermined || (fail_on_unknown == "any" && item.status == "undetermined");
    }
  }
  return verdict;
}

}  // namespace pandect
