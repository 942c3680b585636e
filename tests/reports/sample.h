// A small assessment built by hand, with something of everything that a report must show.
#pragma once

#include "pandect/assessment.h"

namespace pandect::sample {

inline Day day(const char* text) { return *parse_day(text); }

inline Citation cite(std::string provision, Texts instrument) {
  Citation out;
  out.instrument = provision.substr(0, provision.find(':'));
  out.provision = std::move(provision);
  out.instrument_title = std::move(instrument);
  out.url = "https://law.example/" + out.instrument;
  return out;
}

inline Texts korean_act() { return {"AI Basic Act", "인공지능기본법", "韩国《人工智能基本法》"}; }
inline Texts european_act() { return {"AI Act", "EU 인공지능법", "《人工智能法》"}; }

inline ClassificationItem high_impact() {
  ClassificationItem item;
  item.id = "kr.high_impact";
  item.jurisdiction = "kr";
  item.pack = "kr-ai-basic-act";
  item.value = Truth::true_;
  item.title = {"high-impact AI", "고영향 인공지능", "高影响人工智能"};
  item.cite = {cite("kr-aiba:art-2:item-4:sub-ga", korean_act())};
  item.decided_by = "kleene";
  item.determined_by = "Seo-yeon Park";
  item.determination_reason = "hiring";
  item.determination_through = day("2027-05-01");
  item.rules_say = Truth::false_;
  item.confidence = Confidence::medium;
  item.checked_on = day("2026-11-21");
  return item;
}

inline ClassificationItem transparency() {
  ClassificationItem item;
  item.id = "eu.high_risk";
  item.jurisdiction = "eu";
  item.pack = "eu-ai-act";
  item.value = Truth::unknown;
  item.title = {"High-risk AI system", "고위험 인공지능시스템", "高风险人工智能系统"};
  item.cite = {cite("eu-aia:annex-3:point-4:a", european_act())};
  item.missing = {"data.profiling", "decision.preparatory"};
  item.decided_by = "exact";
  item.confidence = Confidence::high;
  return item;
}

inline ClassificationItem role() {
  ClassificationItem item;
  item.id = "kr.developer";
  item.jurisdiction = "kr";
  item.pack = "kr-ai-basic-act";
  item.kind = ConceptKind::role;
  item.value = Truth::true_;
  item.title = {"AI developer", "인공지능개발사업자", "人工智能开发经营者"};
  item.decided_by = "kleene";
  return item;
}

inline PenaltyItem fine() {
  PenaltyItem item;
  item.id = "kr.fine_notice";
  item.kind = PenaltyKind::after_order;
  item.title = {"Administrative fine", "과태료", "过怠料"};
  item.maximum = Number(30'000'000);
  item.currency = "KRW";
  return item;
}

inline ObligationItem notice() {
  ObligationItem item;
  item.id = "kr.advance_notice";
  item.jurisdiction = "kr";
  item.pack = "kr-ai-basic-act";
  item.status = "due";
  item.addressee = {"kr.developer"};
  item.addressee_title = {role().title};
  item.applies_from = day("2026-01-22");
  item.fulfilment = Fulfilment::unverified;
  item.severity = Severity::high;
  item.title = {"prior notice to users", "사전고지", "事先告知用户"};
  item.duty = {"Tell users beforehand that it runs on AI.",
               "인공지능에 기반하여 운용된다는 사실을 이용자에게 사전에 고지하여야 한다.",
               "应当事先告知用户其基于人工智能运行。"};
  item.cite = {cite("kr-aiba:art-31:par-1", korean_act())};
  item.penalty = {fine()};
  EvidenceItem evidence;
  evidence.id = "notice";
  evidence.kind = "file";
  evidence.title = {"Notice text", "고지 문구", "告知文本"};
  item.evidence = {evidence};
  Reason reason;
  reason.fact = "system.uses";
  reason.answer = "[employment]";
  reason.where = {"pandect.yaml", 12, 5};
  item.because = {reason};
  return item;
}

inline ObligationItem prohibited() {
  ObligationItem item;
  item.id = "eu.no_emotion_at_work";
  item.jurisdiction = "eu";
  item.pack = "eu-ai-act";
  item.status = "due";
  item.addressee = {"eu.provider"};
  item.addressee_title = {{"Provider", "제공자", "提供者"}};
  item.applies_from = day("2025-02-02");
  item.fulfilment = Fulfilment::unmet;
  item.severity = Severity::critical;
  item.modality = Modality::must_not;
  item.prohibition = true;
  item.title = {"Emotion inference at the workplace", "직장에서의 감정 추론", "在工作场所推断情绪"};
  item.cite = {cite("eu-aia:art-5:par-1:f", european_act())};
  PenaltyItem most = fine();
  most.kind = PenaltyKind::administrative;
  most.maximum = Number(35'000'000);
  most.currency = "EUR";
  item.penalty = {most};
  item.because = notice().because;
  return item;
}

inline std::vector<ObligationItem> further_duties() {
  ObligationItem late = notice();
  late.id = "kr.filing";
  late.title = {"report of the domestic agent", "국내대리인 신고", "国内代理人申报"};
  late.cite = {cite("kr-aiba:art-36:par-1", korean_act())};
  late.deadline = day("2026-06-30");
  late.overdue = true;
  WaiverItem waiver;
  waiver.by = "Seo-yeon Park";
  waiver.reason = "agent under contract, filing under way";
  waiver.made = day("2026-11-01");
  waiver.until = day("2026-12-31");
  late.waiver = waiver;
  ObligationItem met = notice();
  met.id = "kr.label";
  met.title = {"label on outputs", "결과물 표시", "结果标示"};
  met.fulfilment = Fulfilment::met;
  met.evidence[0].state = PieceState::shown;
  met.evidence[0].looked_for = {"label in web/result.html", "표시(위치: web/result.html)",
                                "标识（位置：web/result.html）"};
  met.evidence[0].seen = {{{"web/result.html", 40, 1}, "<p>Made with AI</p>"}};
  met.evidence[0].made = day("2026-11-20");
  ObligationItem soon = prohibited();
  soon.id = "eu.risk_management";
  soon.prohibition = false;
  soon.modality = Modality::must;
  soon.status = "upcoming";
  soon.applies_from = day("2026-12-02");
  soon.title = {"Risk management system", "위험관리시스템", "风险管理体系"};
  soon.cite = {cite("eu-aia:art-9:par-1", european_act()), cite("eu-aia:art-16:a", european_act())};
  soon.fulfilment = Fulfilment::unverified;
  ObligationItem effort = notice();
  effort.id = "kr.impact_assessment";
  effort.modality = Modality::effort;
  effort.title = {"impact assessment", "영향평가", "影响评估"};
  effort.cite = {cite("kr-aiba:art-35:par-1", korean_act())};
  effort.confidence = Confidence::low;
  ObligationItem open = notice();
  open.id = "kr.safety";
  open.status = "undetermined";
  open.fulfilment.reset();
  open.applies_from.reset();
  open.earliest = day("2026-01-22");
  open.title = {"safety measures", "안전성 확보", "安全措施"};
  open.missing = {"model.training_compute"};
  return {late, met, soon, effort, open};
}

inline Finding finding() {
  Finding out;
  out.id = "prohibited:cv:eu.no_emotion_at_work";
  out.code = "prohibited";
  out.level = Severity::critical;
  out.about = "eu.no_emotion_at_work";
  out.message = {"Prohibited conduct found on the facts stated",
                 "기재된 사실에 따르면 금지행위에 해당합니다", "依所填事实属于禁止行为"};
  out.where = {"pandect.yaml", 12, 5};
  return out;
}

inline Finding known_finding() {
  Finding out;
  out.id = "overdue:cv:kr.filing";
  out.code = "overdue";
  out.level = Severity::high;
  out.about = "kr.filing";
  out.message = {"The deadline has passed", "기한이 지났습니다", "期限已过"};
  out.waived = further_duties()[0].waiver;
  out.in_baseline = true;
  return out;
}

inline ProofItem proof() {
  ProofItem fact;
  fact.step = ProofStep::fact;
  fact.value = Truth::true_;
  fact.id = "system.uses";
  fact.title = {"What is it used for?", "어디에 사용합니까?", "用于何处？"};
  fact.answer = "[employment]";
  fact.where = {"pandect.yaml", 12, 5};
  ProofItem test;
  test.value = Truth::true_;
  test.text = "system.uses has employment";
  test.children = {fact};
  ProofItem rule;
  rule.step = ProofStep::rule;
  rule.value = Truth::true_;
  rule.id = "kr.high_impact/art-2-4-ga";
  rule.cite = high_impact().cite;
  rule.confidence = Confidence::medium;
  rule.note = {"Read with the decree.", "시행령과 함께 볼 것.", "与施行令一并阅读。"};
  rule.children = {test};
  ProofItem root;
  root.step = ProofStep::conclusion;
  root.value = Truth::true_;
  root.id = "kr.high_impact";
  root.title = high_impact().title;
  root.children = {rule};
  return root;
}

inline Question question() {
  Question out;
  out.fact = out.question_fact = "data.profiling";
  out.question = {"Does it profile natural persons?", "자연인을 프로파일링합니까?",
                  "是否对自然人进行画像？"};
  out.settles = {"eu.high_risk", "eu.risk_management"};
  return out;
}

inline PackUsed pack(std::string id, std::string jurisdiction, Texts title) {
  PackUsed out;
  out.id = std::move(id);
  out.version = "1.0.0";
  out.digest = "00ff";
  out.jurisdiction = std::move(jurisdiction);
  out.title = std::move(title);
  out.checked_on = out.state_of_law = day("2026-11-21");
  out.review_by = day("2027-05-21");
  return out;
}

inline Assessment assessment() {
  Assessment out;
  out.as_of = day("2026-11-21");
  out.engine_version = "0.1.0";
  out.organisation = "Hanbit";
  out.manifest_digest = "00ff";
  out.packs = {pack("kr-ai-basic-act", "kr", korean_act()),
               pack("eu-ai-act", "eu", european_act())};
  BaselineUsed baseline;
  baseline.file = "pandect-baseline.json";
  baseline.made = "2026-11-01";
  baseline.known = 1;
  baseline.added = 1;
  baseline.gone = {"c0ffee"};
  out.baseline = baseline;
  out.packs[0].notes = {{"Guidance period until further notice. More follows.",
                         "계도기간이 운영 중입니다. 이하 생략.", "目前处于指导期。以下从略。"}};
  SubjectAssessment subject;
  subject.kind = "system";
  subject.id = "cv";
  subject.name = "CV Screener";
  subject.classifications = {high_impact(), role(), transparency()};
  subject.obligations = {notice(), prohibited()};
  for (auto& each : further_duties()) subject.obligations.push_back(std::move(each));
  subject.classifications[0].proof = {proof()};
  subject.obligations[0].proof = {proof()};
  subject.findings = {finding(), known_finding()};
  subject.questions = {question()};
  subject.not_applicable = 7;
  out.subjects = {subject};
  return out;
}

}  // namespace pandect::sample
