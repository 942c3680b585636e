#include "bench/made.h"

#include "packs/folder.h"

#include <algorithm>
#include <cstdio>
#include <numeric>
#include <regex>

namespace bench {

using namespace pandect;

PackTexts copied_rules(int copies) {
  const auto text = read_text(PANDECT_SOURCE "/tests/bench/packs/ai-act-30.yaml", 1 << 20);
  if (!text) return {};
  const std::regex names("\\b(sys|org|act)\\.");
  const std::regex rules("\\b(art\\d+[\\w-]*|annex3-\\d|sme|recital(-model)?)\\b");
  const std::regex concepts("(  - concept: .*)");
  PackTexts texts;
  for (int i = 0; i < copies; ++i) {
    const std::string number = std::to_string(i);
    std::string copy = std::regex_replace(*text, rules, "$1-" + number);
    copy = std::regex_replace(copy, names, "$1_" + number + ".");
    copy = std::regex_replace(copy, concepts, "$1\n    kind: classification");
    copy +=
        "  - {concept: act_" + number + ".fine_maximum, kind: amount, type: number, unit: money, " +
        "currency: EUR, combine: max, rules: [{id: flat-" + number + ", then: 15_000_000 EUR}]}\n" +
        "penalties:\n  - {penalty: fine_" + number + ", kind: direct, amount: act_" + number +
        ".fine_maximum}\n" + "axioms:\n  - {if: sys_" + number + ".social_scoring, then: sys_" +
        number + ".profiles}\n  - {if: sys_" + number + ".remote_identification, then: \"not sys_" +
        number + ".infers_emotion or sys_" + number + ".categorises\"}\nobligations:\n";
    for (const char* each : {"provider_duties", "high_risk", "transparency"}) {
      const std::string name = "act_" + number + "." + each;
      copy += "  - {obligation: duty." + name + ", owed_by: " + name + ", from: 2026-08-02, " +
              "penalty: fine_" + number + ", exceptions: [{id: none-" + each + "-" + number +
              ", when: org_" + number + ".kind == research}]}\n";
    }
    texts.push_back(std::move(copy));
  }
  return texts;
}

namespace {

std::string link_name(int number) {
  char name[32];
  std::snprintf(name, sizeof name, "chain.c%06d", number);
  return name;
}

}  // namespace

std::string chain_end(int depth) { return link_name(depth - 1); }

PackTexts chain(int depth, int routes) {
  std::string facts = "facts:\n";
  for (int i = 0; i < 25; ++i) facts += "  - {fact: step.f" + std::to_string(i) + ", type: bool}\n";
  PackTexts texts{facts};
  for (int i = 0; i < depth; ++i) {
    if (i % 1000 == 0) texts.push_back("concepts:\n");
    std::string& text = texts.back();
    text += "  - concept: " + link_name(i) + "\n    kind: classification\n    rules:\n";
    for (int route = 0; route < routes; ++route) {
      const std::string number = std::to_string(i) + "-" + std::to_string(route);
      text += "      - {id: r" + number + ", when: \"" + (i > 0 ? link_name(i - 1) + " and " : "") +
              "step.f" + std::to_string((i + route) % 25) + "\"}\n";
    }
  }
  return texts;
}

std::vector<PackDraft> read_drafts(const PackTexts& texts, Diagnostics& problems) {
  std::vector<PackDraft> drafts(1);
  drafts[0].id = "made";
  for (const auto& text : texts) {
    auto document = yaml::parse("made.yaml", text);
    if (document) {
      read_pack_document(*document, drafts[0], problems);
    } else {
      problems.insert(problems.end(), document.errors().begin(), document.errors().end());
    }
  }
  return drafts;
}

Linked read_and_link(const PackTexts& texts) {
  Diagnostics problems;
  Linked linked = link(read_drafts(texts, problems));
  linked.problems.insert(linked.problems.begin(), problems.begin(), problems.end());
  return linked;
}

namespace {

// No answer by which another is settled: random ones would contradict it.
std::string answer(const Program& program, const Fact& fact, Random& random) {
  const auto id = program.text(fact.id);
  if (id.ends_with(".social_scoring") || id.ends_with(".remote_identification")) return "false";
  return random_answer(program, fact, random);
}

}  // namespace

std::string answers(const Program& program, std::size_t stated) {
  std::vector<std::uint32_t> order(program.facts.size());
  std::iota(order.begin(), order.end(), 0u);
  Random random(5);
  for (std::size_t i = order.size(); i > 1; --i)
    std::swap(order[i - 1], order[static_cast<std::size_t>(random.below(static_cast<int>(i)))]);
  std::string text;
  for (std::size_t i = 0; i < std::min(stated, order.size()); ++i) {
    const Fact& fact = program.facts[order[i]];
    text += (text.empty() ? "\"" : ",\"") + std::string(program.text(fact.id)) +
            "\":" + answer(program, fact, random);
  }
  return text;
}

std::string made_line(const Program& program, Random& random, int stated, int number) {
  std::string line = "{\"id\":\"s" + std::to_string(number) + "\"";
  for (const Fact& fact : program.facts.all()) {
    if (!random.chance(stated)) continue;
    line += ",\"" + std::string(program.text(fact.id)) + "\":" + answer(program, fact, random);
  }
  return line + "}";
}

std::string all_yes(const Program& program) {
  std::string text;
  for (const Fact& fact : program.facts.all()) {
    if (fact.type != FactType::boolean) continue;
    text += (text.empty() ? "\"" : ",\"") + std::string(program.text(fact.id)) + "\":true";
  }
  return text;
}

std::string manifest_text(const std::string& answers, int systems) {
  std::string text = "pandect: 1\norganisation: {id: maker}\nsystems:\n";
  for (int i = 0; i < systems; ++i)
    text += "  - id: s" + std::to_string(i) + "\n    models: []\n    facts: {" + answers + "}\n";
  return text;
}

}  // namespace bench
