#include "reports/clean.h"

#include "reports/layout.h"

#include <concepts>
#include <type_traits>

namespace pandect::reports {
namespace {

constexpr std::size_t kNameLimit = 200;  // code points of an id or a name
constexpr std::size_t kTextLimit = 4000;

// T is a part of an assessment that is looked at, or of a copy that is mended.
template <typename T, typename Part>
concept Is = std::same_as<std::remove_const_t<T>, Part>;

// Takes every text of an assessment, and its bound, to `Visit`.
template <typename Visit>
class Walk {
 public:
  explicit Walk(Visit visit) : visit_(visit) {}

  void fix(Is<Assessment> auto& assessment) {
    name(assessment.organisation);
    name(assessment.engine_version);
    for (auto& each : assessment.skipped) {
      fix(each.path);
      fix(each.reason);
    }
    name(assessment.manifest_digest);
    if (assessment.baseline) {
      name(assessment.baseline->file);
      name(assessment.baseline->made);
      fix(assessment.baseline->gone);
    }
    fix(assessment.packs);
    fix(assessment.subjects);
  }

 private:
  void name(Is<std::string> auto& text) { visit_(text, kNameLimit); }
  void fix(Is<std::string> auto& text) { visit_(text, kTextLimit); }
  template <typename List>
  requires(!Is<List, std::string>) && requires(List& list) { list.begin(); }
  void fix(List& list) {
    for (auto& each : list) fix(each);
  }
  void fix(Is<Location> auto& where) { name(where.file); }
  void fix(Is<Texts> auto& texts) {
    fix(texts.en);
    fix(texts.ko);
    fix(texts.zh);
  }
  void fix(Is<Citation> auto& cite) {
    name(cite.provision);
    name(cite.instrument);
    fix(cite.instrument_title);
    fix(cite.title);
    fix(cite.url);
  }
  void fix(Is<OpenExceptionItem> auto& item) {
    name(item.rule);
    fix(item.cite);
    fix(item.condition);
    fix(item.missing);
  }
  void fix(Is<Reason> auto& reason) {
    name(reason.fact);
    fix(reason.question);
    fix(reason.answer);
    fix(reason.source);
    fix(reason.note);
    fix(reason.where);
  }
  void fix(Is<ClassificationItem> auto& item) {
    for (auto* text : {&item.id, &item.jurisdiction, &item.pack}) name(*text);
    for (auto* texts : {&item.title, &item.help, &item.note}) fix(*texts);
    fix(item.cite);
    fix(item.open_exceptions);
    fix(item.missing);
    if (item.determined_by) name(*item.determined_by);
    fix(item.determination_reason);
    fix(item.rule_notes);
    fix(item.because);
    fix(item.proof);
    for (auto& each : item.deployments) name(each);
  }
  void fix(Is<ProofItem> auto& item) {
    for (auto* text : {&item.id, &item.source}) name(*text);
    for (auto* text : {&item.text, &item.answer, &item.remark}) fix(*text);
    fix(item.title);
    fix(item.note);
    fix(item.cite);
    fix(item.where);
    fix(item.children);
  }
  void fix(Is<SightingItem> auto& item) {
    fix(item.where);
    fix(item.text);
  }
  void fix(Is<WaiverItem> auto& item) {
    fix(item.reason);
    name(item.by);
    name(item.facts);
    fix(item.where);
  }
  void fix(Is<PenaltyItem> auto& item) {
    name(item.id);
    fix(item.title);
    fix(item.text);
    name(item.currency);
    name(item.schedule_currency);
    fix(item.missing);
    fix(item.cite);
  }
  void fix(Is<EvidenceItem> auto& item) {
    for (auto* text : {&item.id, &item.kind, &item.source, &item.by}) name(*text);
    fix(item.title);
    fix(item.note);
    fix(item.where);
    fix(item.looked_for);
    fix(item.seen);
  }
  void fix(Is<ObligationItem> auto& item) {
    for (auto* text : {&item.id, &item.jurisdiction, &item.pack, &item.deployment}) name(*text);
    for (auto& each : item.addressee) name(each);
    fix(item.addressee_title);
    for (auto* texts : {&item.title, &item.duty, &item.timing, &item.note}) fix(*texts);
    fix(item.cite);
    fix(item.penalty);
    fix(item.evidence);
    fix(item.missing);
    fix(item.open_exceptions);
    fix(item.because);
    fix(item.proof);
    name(item.facts_hash);
    if (item.waiver) fix(*item.waiver);
  }
  void fix(Is<Finding> auto& finding) {
    for (auto* text : {&finding.id, &finding.code, &finding.about, &finding.fingerprint})
      name(*text);
    fix(finding.message);
    fix(finding.where);
    if (finding.waived) fix(*finding.waived);
    fix(finding.looked_for);
  }
  void fix(Is<Question> auto& question) {
    name(question.fact);
    name(question.question_fact);
    fix(question.question);
    fix(question.help);
    fix(question.settles);
  }
  void fix(Is<SubjectAssessment> auto& subject) {
    for (auto* text : {&subject.kind, &subject.id, &subject.name}) name(*text);
    fix(subject.classifications);
    fix(subject.obligations);
    fix(subject.findings);
    fix(subject.questions);
    fix(subject.closed_facts);
  }
  void fix(Is<PackUsed> auto& pack) {
    for (auto* text : {&pack.id, &pack.version, &pack.jurisdiction, &pack.digest}) name(*text);
    fix(pack.title);
    fix(pack.notes);
  }

  Visit visit_;
};

}  // namespace

Cleaned::Cleaned(const Assessment& assessment) : given_(&assessment) {
  bool clean_already = true;
  Walk look([&](const std::string& text, std::size_t limit) {
    clean_already = clean_already && (surely_clean(text, limit) || clean(text, limit) == text);
  });
  look.fix(assessment);
  if (clean_already) return;
  copy_ = assessment;
  Walk mend([](std::string& text, std::size_t limit) {
    if (!surely_clean(text, limit)) text = clean(text, limit);
  });
  mend.fix(*copy_);
}

}  // namespace pandect::reports
