#include "checks/coverage.h"

#include "base/names.h"
#include "checks/outline.h"
#include "checks/suite.h"

#include <map>
#include <set>

namespace pandect {
namespace {

constexpr std::array<const char*, 8> kDispositions{
    "encoded", "definition", "context", "authority", "procedure", "out_of_scope", "draft", "lead"};

struct Cite {
  std::string id, by;
  Location where;
  bool decides = true;  // a rule, duty or penalty, not the source of a word
};

std::vector<Cite> cites_of(const PackDraft& pack) {
  std::vector<Cite> list;
  const auto add = [&](const std::vector<std::string>& ids, const std::string& by,
                       const Location& where, bool decides) {
    for (const auto& id : ids) list.push_back({id, by, where, decides});
  };
  for (const auto& each : pack.facts) {
    for (const auto& id : each.source) {
      if (id.find(':') != std::string::npos) list.push_back({id, each.id, each.where, false});
    }
  }
  for (const auto& each : pack.mappings) add({each.to}, each.use, each.where, false);
  for (const auto& each : pack.concepts) {
    for (const auto& rule : each.rules)
      add(rule.cites, rule.id, rule.where, each.kind != ConceptKind::lead);
  }
  for (const auto& each : pack.obligations) {
    add(each.cites, each.id, each.where, true);
    for (const auto* rules : {&each.rules, &each.exceptions}) {
      for (const auto& rule : *rules) {
        if (rule.id != each.id) add(rule.cites, rule.id, rule.where, true);
      }
    }
  }
  for (const auto& each : pack.penalties) add(each.cites, each.id, each.where, true);
  return list;
}

class Survey {
 public:
  Survey(const Program& program, const std::vector<PackDraft>& drafts)
      : program_(program), drafts_(drafts), pack_(drafts.back()) {}

  Coverage run() {
    result_.instruments = pack_.instruments.size();
    result_.provisions = pack_.provisions.size();
    result_.obligations = pack_.obligations.size();
    result_.cases = pack_.cases.size();
    provisions();
    proofs();
    return std::move(result_);
  }

 private:
  void provisions() {
    std::map<std::string, Disposition, std::less<>> known;
    for (const auto& draft : drafts_) {
      for (const auto& each : draft.provisions) known.emplace(each.id, each.disposition);
    }
    std::set<std::string> cited;
    for (const auto& cite : cites_of(pack_)) {
      cited.insert(cite.id);
      const auto found = known.find(cite.id);
      if (found == known.end()) {
        unresolved(cite, known);
      } else if (cite.decides && is_contrary(found->second)) {
        result_.contrary.push_back(
            {cite.where, cite.by + " cites " + cite.id + ", which is marked " +
                             kDispositions[static_cast<std::size_t>(found->second)]});
      }
    }
    for (const auto& each : pack_.provisions) {
      ++result_.by_disposition[static_cast<std::size_t>(each.disposition)];
      if (each.disposition != Disposition::encoded || cited.count(each.id) > 0) continue;
      result_.uncited.push_back(
          {each.where, each.id + (each.title.empty() ? "" : " (" + each.title + ")")});
    }
  }

  // A rule may rest on a definition or a step of procedure; the rest is said to decide nothing
  // here.
  static bool is_contrary(Disposition disposition) {
    return disposition == Disposition::context || disposition == Disposition::authority ||
           disposition == Disposition::out_of_scope;
  }

  void unresolved(const Cite& cite, const std::map<std::string, Disposition, std::less<>>& known) {
    // A source of a fact may be the word of another law.
    if (!cite.decides && !is_own(cite.id)) return;
    std::vector<std::string_view> names;
    for (const auto& [id, disposition] : known) names.push_back(id);
    result_.unresolved.push_back(
        {cite.where, cite.by + " cites " + cite.id + did_you_mean(cite.id, names)});
  }

  bool is_own(const std::string& id) const {
    const std::string instrument = id.substr(0, id.find(':'));
    for (const auto& each : pack_.instruments) {
      if (each.id == instrument) return true;
    }
    return false;
  }

  void proofs() {
    const Suite suite = run_suite(program_, pack_);
    std::vector<bool> expected(program_.obligations.size(), false);
    for (const auto& each : suite.conclusions) {
      for (const std::uint32_t conclusion : each) {
        if (conclusion == kNone || conclusion < program_.concepts.size()) continue;
        expected[conclusion - program_.concepts.size()] = true;
      }
    }
    for (const auto& entry : rules_of(program_, pack_)) {
      ++result_.rules;
      const bool applied = suite.together.applied[entry.rule] != 0;
      const bool failed = suite.together.failed[entry.rule] != 0 || is_constant(entry.rule);
      if (applied && failed) continue;
      const std::string name = entry.owner_id() == entry.draft->id
                                   ? entry.draft->id
                                   : entry.owner_id() + " / " + entry.draft->id;
      result_.unproved.push_back({entry.draft->where, name + (applied  ? ": no case makes it false"
                                                              : failed ? ": no case makes it true"
                                                                       : ": no case settles it")});
    }
    for (const auto& each : pack_.obligations) {
      const std::uint32_t found = program_.find_obligation(each.id);
      if (found != kNone && !expected[found]) result_.unexpected.push_back({each.where, each.id});
    }
  }

  bool is_constant(std::uint32_t rule) const {
    const Op op = program_.nodes[program_.rules[rule].when].op;
    return op == Op::true_ || op == Op::false_;
  }

  const Program& program_;
  const std::vector<PackDraft>& drafts_;
  const PackDraft& pack_;
  Coverage result_;
};

std::string percent(std::size_t part, std::size_t whole) {
  return std::to_string(whole == 0 ? 100 : part * 100 / whole) + " %";
}

void print(std::string& text, const std::vector<Coverage::Gap>& gaps, const std::string& what) {
  for (const auto& each : gaps)
    text += each.where.file + ":" + std::to_string(each.where.line) + ": " + what + ": " +
            each.what + "\n";
}

void row(std::string& text, std::string name, std::size_t count) {
  name.resize(16, ' ');
  const std::string number = std::to_string(count);
  text += name + std::string(number.size() < 7 ? 7 - number.size() : 1, ' ') + number + "\n";
}

}  // namespace

Coverage coverage(const Program& program, const std::vector<PackDraft>& drafts) {
  return Survey(program, drafts).run();
}

std::string to_text(const Coverage& coverage) {
  std::string text;
  print(text, coverage.unresolved, "cites no provision");
  print(text, coverage.uncited, "encoded, but nothing cites it");
  print(text, coverage.unproved, "not proved");
  print(text, coverage.unexpected, "no case expects anything of it");
  print(text, coverage.contrary, "warning");
  row(text, "instruments", coverage.instruments);
  row(text, "provisions", coverage.provisions);
  for (std::size_t i = 0; i < kDispositions.size(); ++i) {
    if (coverage.by_disposition[i] > 0)
      row(text, std::string("  ") + kDispositions[i], coverage.by_disposition[i]);
  }
  row(text, "rules", coverage.rules);
  row(text, "obligations", coverage.obligations);
  row(text, "cases", coverage.cases);
  const std::size_t cited = coverage.encoded() - coverage.uncited.size();
  const std::size_t proved = coverage.rules - coverage.unproved.size();
  text += "encoded provisions cited: " + percent(cited, coverage.encoded()) + " (" +
          std::to_string(cited) + " of " + std::to_string(coverage.encoded()) + ")\n";
  text += "rules proved both ways: " + percent(proved, coverage.rules) + " (" +
          std::to_string(proved) + " of " + std::to_string(coverage.rules) + ")\n";
  return text;
}

}  // namespace pandect
