// The sample with one text put wherever a person or a pack may write, and texts that try to do
// harm.
#pragma once

#include "reports/sample.h"

#include <string>
#include <vector>

namespace pandect::sample {

inline void fill(ProofItem& item, const std::string& text) {
  const Texts all{text, text, text};
  item.id = item.text = item.answer = item.source = item.remark = item.where.file = text;
  item.title = item.note = all;
  for (auto& each : item.cite) each.instrument_title = all, each.url = text;
  for (auto& each : item.children) fill(each, text);
}

inline void fill(WaiverItem& item, const std::string& text) {
  item.reason = item.by = item.facts = item.where.file = text;
}

inline void fill(EvidenceItem& item, const std::string& text) {
  item.id = item.kind = item.source = item.by = text;
  item.looked_for = item.note = {text, text, text};
  item.where.file = text;
  item.title = {text, text, text};
  item.seen = {{{text, 1, 1}, text}};
}

inline void fill(ClassificationItem& item, const std::string& text) {
  const Texts all{text, text, text};
  item.title = item.help = item.note = all;
  item.rule_notes = {all};
  item.determination_reason = text;
  item.missing = {text};
  item.deployments = {text};
  item.open_exceptions = {{text, item.cite, text, {text}}};
  if (item.determined_by) item.determined_by = text;
  for (auto& each : item.cite) {
    each.instrument_title = all, each.url = "https://x.example/" + text;
    each.title = text;
  }
  for (auto& each : item.proof) fill(each, text);
}

inline void fill(ObligationItem& item, const std::string& text) {
  const Texts all{text, text, text};
  item.title = item.duty = item.timing = item.note = all;
  item.id = item.deployment = item.facts_hash = text;
  item.addressee_title = {all};
  if (item.status == "undetermined") item.missing = {text};
  for (auto& each : item.cite) each.instrument_title = all, each.url = text;
  for (auto& each : item.penalty) each.title = each.text = all;
  for (auto& each : item.evidence) fill(each, text);
  for (auto& each : item.because) {
    each.where.file = each.answer = each.source = each.note = text;
    each.question = all;
  }
  for (auto& each : item.proof) fill(each, text);
  if (item.waiver) fill(*item.waiver, text);
}

inline Assessment hostile(const std::string& text) {
  Assessment out = assessment();
  const Texts all{text, text, text};
  out.organisation = out.engine_version = out.manifest_digest = text;
  for (auto& pack : out.packs) {
    pack.title = all;
    pack.notes = {all};
    pack.version = pack.digest = text;
  }
  out.baseline->file = out.baseline->made = text;
  out.baseline->gone = {text};
  auto& subject = out.subjects[0];
  subject.name = subject.id = text;
  subject.closed_facts = {text};
  for (auto& item : subject.classifications) fill(item, text);
  for (auto& item : subject.obligations) fill(item, text);
  for (auto& each : subject.questions) each.question = each.help = all, each.fact = text;
  for (auto& each : subject.findings) {
    each.message = all;
    each.where.file = each.about = each.id = each.fingerprint = text;
    if (each.waived) fill(*each.waived, text);
  }
  return out;
}

inline const std::vector<std::string>& hostile_texts() {
  static const std::vector<std::string> texts{
      "\x1b]0;owned\x07\x1b[2J",
      "\u202Egnp.exe\u2066",
      "a\nb\r\nc\n# heading\n---",
      "x|y|z\\|`code`",
      "<script>alert(1)</script><img src=x onerror=alert(1)>",
      "=cmd|' /C calc'!A0",
      "\xff\xfe\xc0\xaf broken",
      "]]> <!-- & \" ' -->",
      std::string(1'000'000, 'w'),
      std::string("nul\0inside", 10),
      "javascript:alert(1)",
      "x'] uri='javascript:alert(1)"};
  return texts;
}

}  // namespace pandect::sample
