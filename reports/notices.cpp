#include "reports/notices.h"

#include "assessment/findings.h"
#include "reports/attention.h"
#include "reports/citation.h"
#include "reports/outline.h"

#include <algorithm>
#include <array>
#include <map>

namespace pandect::reports {
namespace {

// Findings on the state of a duty or of a conclusion; all others are rules of Pandect itself.
constexpr std::array<std::string_view, 12> kOfLaw{
    "prohibited", "prohibited-soon", "prohibited-practice", "unmet",
    "partly",     "overdue",         "unverified",          "undetermined",
    "upcoming",   "expired",         "source-missing",      "contrary"};

bool is_of_law(const std::string& code) {
  return std::find(kOfLaw.begin(), kOfLaw.end(), code) != kOfLaw.end();
}

NoticeKind kind_of(const Finding& finding, bool blocking) {
  if (blocking) return NoticeKind::fail;
  if (finding.code == "undetermined" || finding.code == "unverified") return NoticeKind::open;
  if (finding.code == "contrary") return NoticeKind::review;
  return finding.code == "upcoming" ? NoticeKind::informational : NoticeKind::fail;
}

// Duties and conclusions of a subject by id; findings may be many.
struct Index {
  std::multimap<std::string, const ObligationItem*> duties;
  std::map<std::string, const ClassificationItem*> classes;

  explicit Index(const SubjectAssessment& subject) {
    for (const auto& item : subject.obligations) duties.emplace(item.id, &item);
    for (const auto& item : subject.classifications) classes.emplace(item.id, &item);
  }

  // Of the deployment whose deciding facts the finding was made from, where there are several.
  const ObligationItem* duty(const SubjectAssessment& subject, const Finding& finding,
                             const std::string& id) const {
    const auto [first, last] = duties.equal_range(id);
    if (first == last) return nullptr;
    const auto found = std::find_if(first, last, [&](const auto& entry) {
      const ObligationItem& item = *entry.second;
      return fingerprint_of(finding, subject.id, item.facts_hash + item.deployment) ==
             finding.fingerprint;
    });
    return (found == last ? first : found)->second;
  }
};

Notice notice_of(const Assessment& assessment, const SubjectAssessment& subject, const Index& index,
                 const Finding& finding, const Run& run) {
  Notice notice;
  notice.subject = &subject;
  notice.finding = &finding;
  const std::string id = finding.about.substr(0, finding.about.find('/'));
  notice.duty = index.duty(subject, finding, id);
  if (const auto found = index.classes.find(id); found != index.classes.end())
    notice.classification = found->second;
  for (const auto& pack : assessment.packs) {
    if (pack.id == id) notice.jurisdiction = pack.jurisdiction;
  }
  if (notice.duty != nullptr) notice.jurisdiction = notice.duty->jurisdiction;
  if (notice.classification != nullptr) notice.jurisdiction = notice.classification->jurisdiction;
  const bool known = notice.duty != nullptr || notice.classification != nullptr;
  notice.rule = known && is_of_law(finding.code) ? id : "pandect." + finding.code;
  notice.blocks = blocks(finding, run);
  notice.kind = kind_of(finding, notice.blocks);
  notice.place = place_in(run, finding.where);
  return notice;
}

void make_unique(std::vector<Notice>& notices) {
  std::map<std::string, int> seen;
  for (auto& notice : notices) {
    notice.fingerprint = notice.finding->fingerprint;
    if (notice.fingerprint.empty()) notice.fingerprint = notice.finding->id;
    const int count = ++seen[notice.fingerprint];
    if (count > 1) notice.fingerprint += "-" + std::to_string(count);
  }
}

}  // namespace

const std::string& name_of(const SubjectAssessment& subject) {
  return subject.name.empty() ? subject.id : subject.name;
}

std::vector<Notice> notices_of(const Assessment& assessment, const Run& run) {
  std::vector<Notice> notices;
  for (const auto& subject : assessment.subjects) {
    const Index index(subject);
    for (const auto& finding : subject.findings)
      notices.push_back(notice_of(assessment, subject, index, finding, run));
  }
  make_unique(notices);
  std::stable_sort(notices.begin(), notices.end(), [](const Notice& a, const Notice& b) {
    if (a.blocks != b.blocks) return a.blocks;
    if (a.quiet() != b.quiet()) return b.quiet();
    return a.finding->level > b.finding->level;
  });
  return notices;
}

std::string rule_title(const Notice& notice, const Wording& words) {
  if (!notice.rule.starts_with("pandect.")) {
    return notice.duty != nullptr ? words.title(notice.duty->title)
                                  : title_of(*notice.classification, words);
  }
  static const std::map<std::string, Word> titles{
      {"old-pack", Word::rule_old_pack},           {"waiver-expired", Word::rule_waiver_expired},
      {"waiver-lapsed", Word::rule_waiver_lapsed}, {"waiver-unused", Word::rule_waiver_unused},
      {"contradiction", Word::rule_contradiction}, {"source-missing", Word::rule_source_missing}};
  const auto found = titles.find(notice.finding->code);
  if (found != titles.end()) return std::string(words(found->second));
  return words.labelled(words(Word::finding), notice.finding->code);
}

std::string notice_text(const Notice& notice, const Wording& words) {
  const Finding& finding = *notice.finding;
  std::string text = words.labelled(name_of(*notice.subject), words.in(finding.message));
  const auto* cited = notice.duty != nullptr             ? &notice.duty->cite
                      : notice.classification != nullptr ? &notice.classification->cite
                                                         : nullptr;
  if (cited != nullptr && !cited->empty()) text += " · " + cites(*cited, words);
  if (notice.duty != nullptr && !notice.duty->deployment.empty())
    text += " · " + words(Word::for_deployments, {notice.duty->deployment});
  if (finding.code == "undetermined" && notice.classification != nullptr) {
    text += " · " + words.labelled(words(Word::facts_missing),
                                   missing_line(notice.classification->missing, words, 8));
  }
  if (!finding.looked_for.empty())
    text += " · " + words.labelled(words(Word::gate_looked_for), words.in(finding.looked_for));
  if (finding.waived) {
    text += " · " + words.labelled(words(Word::gate_waived), waiver_line(*finding.waived, words));
  }
  if (finding.in_baseline) text += " · " + std::string(words(Word::gate_known));
  return text;
}

std::string verdict_line(const Assessment& assessment, const Run& run, const Wording& words) {
  if (!assessment.assessed_anything()) return std::string(words(Word::nothing_assessed));
  const auto threshold = [&] {
    static const std::map<std::string, Word> levels{{"critical", Word::critical},
                                                    {"high", Word::high},
                                                    {"medium", Word::medium},
                                                    {"low", Word::low}};
    const auto found = levels.find(run.fail_on);
    return std::string(words(found == levels.end() ? Word::none : found->second));
  };
  std::size_t stopping = 0;
  for (const auto& subject : assessment.subjects) {
    for (const auto& finding : subject.findings) stopping += blocks(finding, run) ? 1 : 0;
  }
  if (stopping > 0) return words(Word::pipe_blocked, {words.count(stopping), threshold()});
  if (exit_status(assessment, run) == 3) return std::string(words(Word::pipe_undetermined));
  return words(Word::pipe_clean, {threshold()});
}

}  // namespace pandect::reports
