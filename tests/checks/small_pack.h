// A small pack for the tests of the author's tools: correct in every respect, so that a test
// changes one line and sees one finding.
#pragma once

#include "packs/linker.h"

#include <string>
#include <vector>

namespace small {

struct Pack {
  std::vector<pandect::PackDraft> drafts;
  pandect::ProgramPtr program;
  pandect::Diagnostics problems;
};

inline const std::string kManifest = R"(id: small
version: 1.0.0
jurisdiction: xx
scope: system
title: {en: Small law, ko: 작은 법, zh: 小法}
state_of_law: 2026-01-01
checked_on: 2026-01-01
review_by: 2026-07-01
instruments:
  - {id: law, title: {en: Small law, ko: 작은 법, zh: 小法}, number: "1", date: 2025-01-01, url: "https://law.example/1"}
)";

inline const std::string kRules = R"(facts:
  - {fact: system.talks, scope: system, question: {en: "Does it talk?", ko: "말합니까?", zh: "会说话吗？"}}
  - {fact: system.joke, scope: system, question: {en: "Only jokes?", ko: "농담만 합니까?", zh: "只是玩笑吗？"}}
  - {fact: system.size, scope: system, type: number, question: {en: "How large?", ko: "얼마나 큽니까?", zh: "多大？"}}
  - {fact: org.maker, scope: organisation, question: {en: "Do you make it?", ko: "만듭니까?", zh: "是你们制造的吗？"}}
concepts:
  - concept: xx.maker
    kind: role
    title: {en: Maker, ko: 제조자, zh: 制造者}
    rules:
      - {id: art-1, cite: law:art-1, from: 2025-06-01, when: org.maker}
  - concept: xx.talker
    kind: classification
    title: {en: Talker, ko: 말하는 체계, zh: 会说话的系统}
    rules:
      - {id: art-2, cite: law:art-2, from: 2025-06-01, when: system.talks and system.size >= 10}
      - {id: art-2-joke, cite: law:art-2, overrides: art-2, when: system.joke}
obligations:
  - obligation: xx.say_so
    cite: law:art-3
    owed_by: xx.maker
    when: xx.talker
    from: 2025-06-01
    no_exceptions: true
    title: {en: Say so, ko: 고지, zh: 告知}
    duty: {en: "Say that it talks.", ko: "말한다는 것을 알린다.", zh: "告知其会说话。"}
provisions:
  - {id: "law:art-1", title: Maker, disposition: encoded}
  - {id: "law:art-2", title: Talker, disposition: encoded}
  - {id: "law:art-3", title: Notice, disposition: encoded}
)";

inline const std::string kCases = R"(cases:
  - id: talks
    facts: {org.maker: true, system.talks: true, system.size: 10, system.joke: false}
    expect: {xx.talker: true, xx.maker: true, xx.say_so: {status: due, applies_from: 2025-06-01}}
  - id: small
    facts: {org.maker: false, system.talks: true, system.size: 9, system.joke: false}
    expect: {xx.talker: false, xx.maker: false, xx.say_so: not_applicable}
  - id: joke
    facts: {org.maker: true, system.talks: true, system.size: 10, system.joke: true}
    expect: {xx.talker: false, xx.say_so: not_applicable}
  - id: bought
    facts: {org.maker: false, system.talks: true, system.size: 10, system.joke: false}
    expect: {xx.talker: true, xx.say_so: not_applicable}
  - id: the-day-before
    as_of: 2025-05-31
    facts: {org.maker: true, system.talks: true, system.size: 10, system.joke: false}
    expect: {xx.talker: false, xx.maker: false, xx.say_so: upcoming}
  - id: the-first-day
    as_of: 2025-06-01
    facts: {org.maker: true, system.talks: true, system.size: 10, system.joke: false}
    expect: {xx.talker: true, xx.maker: true, xx.say_so: due}
)";

// Puts `now` in place of the first `before`.
inline std::string changed(std::string text, const std::string& before, const std::string& now) {
  const std::size_t at = text.find(before);
  return at == std::string::npos ? "no such text: " + before : text.replace(at, before.size(), now);
}

inline Pack load(const std::string& rules = kRules, const std::string& cases = kCases,
                 const std::string& manifest = kManifest) {
  Pack pack;
  pack.drafts.resize(1);
  pandect::read_pack_file("pack.yaml", manifest, pack.drafts[0], pack.problems);
  pandect::read_pack_file("rules.yaml", rules, pack.drafts[0], pack.problems);
  if (!cases.empty()) pandect::read_pack_file("cases.yaml", cases, pack.drafts[0], pack.problems);
  pandect::finish_pack(pack.drafts[0], pack.problems);
  pandect::Linked linked = pandect::link(pack.drafts);
  pack.program = linked.program;
  pack.problems.insert(pack.problems.end(), linked.problems.begin(), linked.problems.end());
  return pack;
}

}  // namespace small
