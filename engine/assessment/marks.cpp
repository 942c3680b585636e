// What tells findings apart from run to run, and waivers.
#include "assessment/findings.h"
#include "base/digest.h"

#include <algorithm>
#include <set>

namespace pandect {
namespace {

constexpr std::size_t kHash = 16;  // hexadecimal digits that a person pastes

Finding waiver_finding(const char* code, Severity level, const WaiverEntry& entry,
                       const Texts& message) {
  Finding finding;
  finding.code = code;
  finding.level = level;
  finding.about = entry.obligation;
  finding.message = message;
  finding.where = entry.waiver.where;
  return finding;
}

Texts expired_message(const WaiverEntry& entry) {
  const std::string day = to_string(entry.waiver.until);
  return {
      "The waiver of " + entry.obligation + " by " + entry.waiver.by + " ended on " + day,
      entry.waiver.by + "의 " + entry.obligation + " 내부 예외 처리가 " + day + "에 끝났습니다.",
      entry.waiver.by + "对" + entry.obligation + "的内部例外处理已于" + day + "到期。"};
}

Texts lapsed_message(const WaiverEntry& entry, const std::string& facts) {
  if (entry.waiver.facts.empty())
    return {"The waiver of " + entry.obligation +
                " is not bound to the facts it was given for; add `facts: " + facts + "`",
            entry.obligation + " 내부 예외 처리에 판단 근거 사실이 지정되지 않았습니다. `facts: " +
                facts + "`를 추가하십시오.",
            entry.obligation + "的内部例外处理未绑定所依据的事实；请添加 `facts: " + facts + "`"};
  return {"The facts that decide " + entry.obligation +
              " changed since it was waived; look again, then renew it with `facts: " + facts + "`",
          "내부 예외 처리 이후 " + entry.obligation +
              "의 근거 사실이 바뀌었습니다. 다시 검토한 뒤 `facts: " + facts + "`로 갱신하십시오.",
          "自作出内部例外处理以来，决定" + entry.obligation +
              "的事实已变化；请重新审查后以 `facts: " + facts + "` 更新。"};
}

Texts unused_message(const WaiverEntry& entry) {
  return {"The waiver of " + entry.obligation + " waives nothing: the duty is not owed now",
          entry.obligation + " 내부 예외 처리의 대상 의무가 현재 적용되지 않습니다.",
          entry.obligation + "的内部例外处理没有对象：该义务目前不适用。"};
}

class Waivers {
 public:
  Waivers(Day today, SubjectAssessment& subject) : today_(today), subject_(subject) {}

  void apply(const WaiverEntry& entry) {
    std::vector<ObligationItem*> owed;
    for (auto& item : subject_.obligations) {
      const bool counts = item.id == entry.obligation && item.fulfilment && !item.prohibition;
      if (counts) owed.push_back(&item);
    }
    if (owed.empty()) {
      add(waiver_finding("waiver-unused", Severity::low, entry, unused_message(entry)));
      return;
    }
    bool bound = false;
    for (auto* item : owed) {
      if (item->facts_hash != entry.waiver.facts) continue;
      bound = true;
      give(*item, entry);
    }
    if (bound) {
      if (today_ > entry.waiver.until)
        add(waiver_finding("waiver-expired", Severity::medium, entry, expired_message(entry)));
      return;
    }
    owed.front()->waiver = entry.waiver;
    owed.front()->waiver->state = WaiverState::lapsed;
    add(waiver_finding("waiver-lapsed", Severity::medium, entry,
                       lapsed_message(entry, owed.front()->facts_hash)));
  }

  // The findings of waived duties stay where they are, marked.
  void mark() {
    for (auto& finding : subject_.findings) {
      const std::string duty = finding.about.substr(0, finding.about.find('/'));
      if (is_prohibition(finding) || finding.code.starts_with("waiver-")) continue;
      const WaiverItem* waiver = nullptr;
      bool open = false;  // another deployment's duty of the same name is not waived
      for (const auto& item : subject_.obligations) {
        if (item.id != duty || !item.fulfilment) continue;
        if (fingerprint_of(finding, subject_.id, item.facts_hash + item.deployment) !=
            finding.fingerprint)
          continue;
        const bool active = item.waiver && item.waiver->state == WaiverState::active;
        if (active) waiver = &*item.waiver;
        open = open || !active;
      }
      if (waiver != nullptr && !open) finding.waived = *waiver;
    }
  }

 private:
  void give(ObligationItem& item, const WaiverEntry& entry) const {
    item.waiver = entry.waiver;
    WaiverState& state = item.waiver->state;
    state = today_ > entry.waiver.until  ? WaiverState::expired
            : today_ < entry.waiver.made ? WaiverState::not_yet
                                         : WaiverState::active;
    if (state != WaiverState::active || item.fulfilment == Fulfilment::met) return;
    item.unwaived = item.fulfilment;
    item.fulfilment = Fulfilment::waived;
  }

  void add(Finding finding) {
    finding.id = finding.code + ":" + subject_.id + ":" + finding.about;
    finding.fingerprint = fingerprint_of(finding, subject_.id, {});
    subject_.findings.push_back(std::move(finding));
  }

  Day today_;
  SubjectAssessment& subject_;
};

}  // namespace

std::string hash_of(const std::vector<Reason>& because) {
  std::set<std::string> lines;  // each fact once, in one order
  for (const auto& each : because) lines.insert(each.fact + "=" + each.answer);
  std::string all;
  for (const auto& each : lines) all += each + "\n";
  return digest_of(all).substr(0, kHash);
}

std::string fingerprint_of(const Finding& finding, const std::string& subject,
                           const std::string& facts) {
  return digest_of(finding.code + "\n" + subject + "\n" + finding.about + "\n" + facts)
      .substr(0, 2 * kHash);
}

bool is_prohibition(const Finding& finding) { return finding.code.starts_with("prohibited"); }

void sort_findings(SubjectAssessment& subject) {
  std::stable_sort(subject.findings.begin(), subject.findings.end(),
                   [](const Finding& a, const Finding& b) { return a.level > b.level; });
}

bool add_outside_findings(Assessment& assessment, const std::string& subject,
                          std::vector<Finding> findings) {
  for (auto& each : assessment.subjects) {
    if (each.id != subject) continue;
    for (auto& finding : findings) {
      if (finding.code.empty()) finding.code = "contradiction";
      if (finding.id.empty()) finding.id = finding.code + ":" + subject + ":" + finding.about;
      if (finding.fingerprint.empty())
        finding.fingerprint = fingerprint_of(finding, subject, finding.looked_for.en);
      each.findings.push_back(std::move(finding));
    }
    sort_findings(each);
    return true;
  }
  return false;
}

void apply_waivers(Assessment& assessment, const std::vector<WaiverEntry>& waivers) {
  for (auto& subject : assessment.subjects) {
    Waivers each(assessment.as_of, subject);
    for (const auto& entry : waivers) {
      if (entry.subject == subject.id) each.apply(entry);
    }
    each.mark();
    sort_findings(subject);
  }
}

}  // namespace pandect
