// The small pack of the author's tools with one paper, for tests that change a line.
#pragma once

#include "papers/fill.h"
#include "tests/checks/small_pack.h"

namespace small {

inline const std::string kPaper = R"(papers:
  - paper: talk-sheet
    title: {en: Sheet, ko: 기록표, zh: 记录表}
    cite: law:art-3
    duties: [xx.say_so]
    purpose: {en: Says it., ko: 알린다., zh: 说明。}
    sections:
      - id: who
        cite: law:art-1
        heading: {en: Who, ko: 누구, zh: 谁}
        asks: {en: Who makes it., ko: 만드는 자., zh: 制造者。}
        from: [{identity: organisation}, {identity: subject}, {fact: org.maker}, {conclusion: xx.maker}]
      - id: size
        cite: law:art-2
        when: system.talks
        heading: {en: Size, ko: 크기, zh: 大小}
        asks: {en: How large., ko: 크기., zh: 大小。}
        from: [{fact: system.size}, {evidence: xx.say_so/sheet}, {fact: system.joke, optional: true}]
        blank: {en: "Why so large?", ko: "왜 그렇게 큽니까?", zh: "为何如此大？"}
      - id: notice
        cite: law:art-3
        required: false
        heading: {en: Notice, ko: 고지, zh: 告知}
        asks: {en: The words., ko: 문구., zh: 文字。}
        wording: {en: "{subject} talks.", ko: "{subject}: 말합니다.", zh: "{subject}会说话。"}
        blank: {en: "Where?", ko: "어디입니까?", zh: "何处？"}
)";

inline const std::string kWithEvidence = changed(
    kRules, "    no_exceptions: true\n    title: {en: Say so",
    "    no_exceptions: true\n    evidence:\n      - {id: sheet, kind: document, title: {en: "
    "The sheet, ko: 문서, zh: 文件}}\n    title: {en: Say so");

inline Pack load_papers(const std::string& paper = kPaper) { return load(kWithEvidence + paper); }

inline pandect::Diagnostics checked(const Pack& pack) {
  pandect::Diagnostics all;
  for (const auto& paper : pack.drafts[0].papers) {
    for (auto& each : pandect::check_paper(*pack.program, paper)) all.push_back(std::move(each));
  }
  return all;
}

}  // namespace small
