#include "reports/clean.h"

#include "reports/layout.h"

namespace pandect::reports {
namespace {

constexpr std::size_t kNameLimit = 200;  // code points of an id or a name

void fix(std::string& text) {
  if (!surely_clean(text)) text = clean(text);
}
void name(std::string& text) {
  if (!surely_clean(text, kNameLimit)) text = clean(text, kNameLimit);
}
void fix(Texts& texts) {
  fix(texts.en);
  fix(texts.ko);
  fix(texts.zh);
}
void fix(Location& where) { name(where.file); }
void fix(Citation& cite) {
  name(cite.provision);
  name(cite.instrument);
  fix(cite.instrument_title);
  fix(cite.title);
  fix(cite.url);
}
void fix(OpenExceptionItem& item);
void fix(Reason& reason);
void fix(ClassificationItem& item);
void fix(PenaltyItem& item);
void fix(SightingItem& item);
void fix(ProofItem& item);
void fix(EvidenceItem& item);
void fix(ObligationItem& item);
void fix(Finding& finding);
void fix(Question& question);
void fix(SubjectAssessment& subject);
void fix(PackUsed& pack);
template <typename T>
void fix(std::vector<T>& list) {
  for (auto& each : list) fix(each);
}
void fix(OpenExceptionItem& item) {
  name(item.rule);
  fix(item.cite);
  fix(item.condition);
  fix(item.missing);
}
void fix(Reason& reason) {
  name(reason.fact);
  fix(reason.question);
  fix(reason.answer);
  fix(reason.source);
  fix(reason.note);
  fix(reason.where);
}
void fix(ClassificationItem& item) {
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
void fix(ProofItem& item) {
  for (auto* text : {&item.id, &item.source}) name(*text);
  for (auto* text : {&item.text, &item.answer, &item.remark}) fix(*text);
  fix(item.title);
  fix(item.note);
  fix(item.cite);
  fix(item.where);
  fix(item.children);
}
void fix(SightingItem& item) {
  fix(item.where);
  fix(item.text);
}
void fix(WaiverItem& item) {
  fix(item.reason);
  name(item.by);
  name(item.facts);
  fix(item.where);
}
void fix(PenaltyItem& item) {
  name(item.id);
  fix(item.title);
  fix(item.text);
  name(item.currency);
  name(item.schedule_currency);
  fix(item.missing);
  fix(item.cite);
}
void fix(EvidenceItem& item) {
  for (auto* text : {&item.id, &item.kind, &item.source, &item.by}) name(*text);
  fix(item.title);
  fix(item.note);
  fix(item.where);
  fix(item.looked_for);
  fix(item.seen);
}
void fix(ObligationItem& item) {
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
void fix(Finding& finding) {
  for (auto* text : {&finding.id, &finding.code, &finding.about, &finding.fingerprint}) name(*text);
  fix(finding.message);
  fix(finding.where);
  if (finding.waived) fix(*finding.waived);
  fix(finding.looked_for);
}
void fix(Question& question) {
  name(question.fact);
  name(question.question_fact);
  fix(question.question);
  fix(question.help);
  fix(question.settles);
}
void fix(SubjectAssessment& subject) {
  for (auto* text : {&subject.kind, &subject.id, &subject.name}) name(*text);
  fix(subject.classifications);
  fix(subject.obligations);
  fix(subject.findings);
  fix(subject.questions);
  fix(subject.closed_facts);
}
void fix(PackUsed& pack) {
  for (auto* text : {&pack.id, &pack.version, &pack.jurisdiction, &pack.digest}) name(*text);
  fix(pack.title);
  fix(pack.notes);
}

}  // namespace

Assessment cleaned(Assessment assessment) {
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
  return assessment;
}

}  // namespace pandect::reports
