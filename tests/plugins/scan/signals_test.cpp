#include "plugins/scan/signals.h"

#include "packs/library.h"
#include "plugins/scan/folder.h"
#include "plugins/scan/languages.h"

#include <set>

using namespace pandect;
using namespace pandect::scan;
using pandect::testing::shipped_signals;

namespace {

bool found(const SignalPack& pack, const Matcher& matcher, const Sample& sample,
           const Signal& signal) {
  if (!sample.architecture.empty()) {
    for (const auto each : matcher.architecture(sample.architecture)) {
      if (pack.signals[each].id == signal.id) return true;
    }
    return false;
  }
  for (const auto& each : signs_in(matcher, sample.file, sample.text)) {
    if (pack.signals[each.signal].id == signal.id) return true;
  }
  return false;
}

ProgramPtr core() {
  Library library;
  library.folder = PANDECT_SOURCE "/rules";
  const Linked linked = library.load({"core"});
  REQUIRE(linked.program);
  return linked.program;
}

void check_suggestion(const Program& program, const std::string& of, const Suggestion& each) {
  CAPTURE(of);
  CAPTURE(each.fact);
  const auto index = program.find_fact(each.fact);
  REQUIRE(index != kNone);
  const Fact& fact = program.facts[index];
  CHECK(each.is_set == (fact.type == FactType::set));
  if (fact.type == FactType::boolean) {
    CHECK((each.value == "true" || each.value == "false"));
  } else {
    CAPTURE(each.value);
    CHECK(program.find_member(fact.members, each.value) != kNone);
  }
  CHECK(((fact.scopes & kModel) != 0 || each.subject != "model"));
}

}  // namespace

TEST_CASE("every signal finds its examples and passes over its near misses") {
  const SignalPack pack = shipped_signals();
  const Matcher matcher(pack);
  for (const auto& signal : pack.signals) {
    CAPTURE(signal.id);
    CHECK_FALSE(signal.examples.empty());
    CHECK_FALSE(signal.near_misses.empty());
    for (const auto& each : signal.examples) {
      CAPTURE(each.text);
      CHECK(found(pack, matcher, each, signal));
    }
    for (const auto& each : signal.near_misses) {
      CAPTURE(each.text);
      CHECK_FALSE(found(pack, matcher, each, signal));
    }
  }
}

TEST_CASE("signals and families are complete in three languages and speak of facts that exist") {
  const SignalPack pack = shipped_signals();
  const ProgramPtr program = core();
  const auto complete = [](const Phrases& phrases) {
    return !phrases.en.empty() && !phrases.ko.empty() && !phrases.zh.empty();
  };
  std::set<std::string> used;
  for (const auto& signal : pack.signals) {
    CAPTURE(signal.id);
    CHECK(complete(signal.shows));
    CHECK_FALSE(signal.precision.empty());
    used.insert(signal.family);
    for (const auto& each : signal.proposes) check_suggestion(*program, signal.id, each);
  }
  for (const auto& family : pack.families) {
    CAPTURE(family.id);
    CHECK(complete(family.title));
    CHECK(used.count(family.id) == 1);
    CHECK_FALSE(family.asks.empty());
    for (const auto& each : family.proposes) check_suggestion(*program, family.id, each);
    for (const auto& each : family.asks) {
      CAPTURE(each);
      CHECK(program->find_fact(each) != kNone);
    }
  }
  for (const auto& [key, words] : pack.words) {
    CAPTURE(key);
    CHECK(complete(words));
  }
}

TEST_CASE("the folder of signals is no pack and stops no pack from loading") {
  Library library;
  library.folder = PANDECT_SOURCE "/rules";
  for (const auto& id : library.ids()) CHECK(id != "signals");
}

TEST_CASE("wrong signals are told with place and remedy, all together") {
  const auto pack = read_signal_texts({{"bad.yaml",
                                        "families:\n"
                                        "  - {family: f, title: {en: F}}\n"
                                        "signals:\n"
                                        "  - {signal: a, family: g, shows: {en: A}}\n"
                                        "  - signal: b\n"
                                        "    family: f\n"
                                        "    weight: 3\n"
                                        "    dependencies: {pyhton: [x]}\n"
                                        "    code: [{in: [python], pattern: '('}]\n"
                                        "    proposes: [{fact: x}]\n"
                                        "    colour: red\n"}});
  REQUIRE_FALSE(pack.ok());
  std::string all;
  for (const auto& each : pack.errors()) all += to_string(each) + "\n";
  CAPTURE(all);
  CHECK(all.find("bad.yaml:4") != std::string::npos);
  CHECK(all.find("no family `g`") != std::string::npos);
  CHECK(all.find("python") != std::string::npos);
  CHECK(all.find("no RE2") != std::string::npos);
  CHECK(all.find("`weight` is above 0") != std::string::npos);
  CHECK(all.find("colour") != std::string::npos);
}

TEST_CASE("a pattern that would grow without bounds is refused") {
  const auto pack = read_signal_texts(
      {{"big.yaml",
        "families: [{family: f, title: {en: F}}]\n"
        "signals: [{signal: a, family: f, code: [{pattern: '(?:[a-z]{90}){900}'}]}]\n"}});
  CHECK_FALSE(pack.ok());
}
