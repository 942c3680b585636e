// Rules and random systems for the bulk parts.
#include "bench/bench.h"
#include "packs/folder.h"
#include "packs/library.h"
#include "packs/linker.h"

#include <algorithm>
#include <cstdio>

namespace bench {

using namespace pandect;

std::vector<RuleSet> rule_sets() {
  std::vector<RuleSet> sets;
  const std::string path = PANDECT_SOURCE "/tests/bench/packs/ai-act-30.yaml";
  const auto text = read_text(path, yaml::kMaximumBytes);
  PackDraft draft;
  draft.id = "ai-act-30";
  Diagnostics problems;
  if (text) {
    if (const auto document = yaml::parse(path, *text))
      read_pack_document(*document, draft, problems);
    const Linked linked = link({draft});
    problems.insert(problems.end(), linked.problems.begin(), linked.problems.end());
    sets.push_back({"30 rules (ai-act-30)", linked.program});
  }
  Library library;
  library.folder = PANDECT_SOURCE "/rules";
  library.cache = cache_folder();
  for (const auto& id : library.ids()) sets.push_back({id, library.load({id}).program});
  sets.push_back({"all four", library.load({}).program});
  for (const auto& each : problems) std::fprintf(stderr, "%s\n", to_string(each).c_str());
  std::erase_if(sets, [](const RuleSet& each) { return !each.program; });
  return sets;
}

std::string random_answer(const Program& program, const Fact& fact, Random& random) {
  const auto member = [&] {
    const auto chosen =
        static_cast<std::uint32_t>(random.below(static_cast<int>(fact.members.count)));
    return "\"" + std::string(program.text(program.members[fact.members.first + chosen].id)) + "\"";
  };
  switch (fact.type) {
    case FactType::boolean:
      return random.chance(30) ? "true" : "false";
    case FactType::integer:
      return std::to_string(random.below(random.chance(50) ? 500 : 2'000'000));
    case FactType::number: {
      std::string number = std::to_string(1 + random.below(99)) + "e" +
                           std::to_string(program.text(fact.unit) == "FLOP" ? 20 + random.below(7)
                                                                            : random.below(9));
      return program.text(fact.unit) == "money" ? "\"" + number + " EUR\"" : number;
    }
    case FactType::date:
      return "\"" + to_string(day_of({2024, 1, 1}) + random.below(1400)) + "\"";
    case FactType::enumeration:
      return member();
    case FactType::set: {
      std::string list = "[";
      for (int i = random.below(3); i > 0; --i) list += member() + (i > 1 ? "," : "");
      return list + "]";
    }
    case FactType::text:
      return "\"text\"";
  }
  return "null";
}

std::string random_line(const Program& program, Random& random, int stated, int number) {
  std::string line = "{\"id\":\"s" + std::to_string(number) + "\"";
  for (const Fact& fact : program.facts.all()) {
    if ((fact.scopes & (kOrganisation | kSystem | kDeployment)) == 0 || !random.chance(stated))
      continue;
    line +=
        ",\"" + std::string(program.text(fact.id)) + "\":" + random_answer(program, fact, random);
  }
  return line + "}";
}

}  // namespace bench
