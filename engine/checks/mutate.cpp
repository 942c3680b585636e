#include "checks/mutate.h"

#include "checks/equivalence.h"
#include "checks/suite.h"
#include "packs/linker.h"

#include <algorithm>
#include <atomic>
#include <span>
#include <thread>

namespace pandect {
namespace {

// What never decides a case is left out, so that a changed pack links in a few milliseconds.
void strip(std::vector<PackDraft>& drafts) {
  for (auto& pack : drafts) {
    pack.cases.clear();
    for (auto& fact : pack.facts) fact.question = fact.help = {};
    for (auto& subject : pack.concepts) {
      subject.title = subject.help = subject.note = {};
      for (auto& rule : subject.rules) rule.cites.clear();
    }
    for (auto& duty : pack.obligations) {
      duty.title = duty.duty = duty.timing = duty.note = {};
      duty.evidence.clear();
      duty.cites.clear();
      duty.penalties.clear();
      for (auto* rules : {&duty.rules, &duty.exceptions}) {
        for (auto& rule : *rules) rule.cites.clear();
      }
    }
    for (auto& penalty : pack.penalties) penalty.cites.clear();
    for (auto& provision : pack.provisions) provision.title = provision.url = provision.reason = {};
  }
}

struct Trial {  // a case and the expectations that a change can reach
  std::size_t test;
  std::vector<std::size_t> expectations;
};

class Trials {
 public:
  Trials(const Program& program, const Reach& reach, const Suite& suite)
      : program_(program), reach_(reach), suite_(suite) {}

  // The cases that can notice, those first in which the rule was at work.
  std::vector<Trial> of(const Mutant& mutant) const {
    std::vector<std::pair<long, Trial>> ranked;
    const std::uint32_t rule = rule_of(mutant);
    for (std::size_t i = 0; i < suite_.cases.size(); ++i) {
      if (!suite_.passed[i]) continue;
      Trial trial{i, {}};
      for (std::size_t k = 0; k < suite_.conclusions[i].size(); ++k) {
        if (notices(suite_.conclusions[i][k], mutant)) trial.expectations.push_back(k);
      }
      if (trial.expectations.empty()) continue;
      long rank = rule != kNone && suite_.use[i].applied[rule] != 0 ? 0 : 1;
      if (mutant.day != kNoDay)
        rank += 2L * std::abs(static_cast<long>(suite_.cases[i].as_of) - mutant.day);
      ranked.emplace_back(rank, std::move(trial));
    }
    std::stable_sort(ranked.begin(), ranked.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<Trial> list;
    for (auto& [rank, trial] : ranked) list.push_back(std::move(trial));
    return list;
  }

 private:
  bool notices(std::uint32_t conclusion, const Mutant& mutant) const {
    if (conclusion == kNone) return false;
    if (mutant.section == Mutant::Section::mappings) {
      return reach_.reads_mapping(conclusion, static_cast<std::uint32_t>(mutant.index));
    }
    return reach_.reads(conclusion, reach_.conclusion(mutant.owner));
  }

  std::uint32_t rule_of(const Mutant& mutant) const {
    if (mutant.section == Mutant::Section::mappings) return kNone;
    const std::uint32_t subject = program_.find_concept(mutant.owner);
    const Range rules = subject != kNone
                            ? program_.concepts[subject].rules
                            : program_.obligations[program_.find_obligation(mutant.owner)].rules;
    for (std::uint32_t i = rules.first; i < rules.first + rules.count; ++i) {
      if (mutant.rule.empty() || program_.text(program_.rules[i].id) == mutant.rule) return i;
    }
    return kNone;
  }

  const Program& program_;
  const Reach& reach_;
  const Suite& suite_;
};

class Worker {
 public:
  Worker(const std::vector<PackDraft>& stripped, const Suite& suite)
      : pristine_(stripped.back()), drafts_(stripped), cases_(suite.cases) {
    for (const auto& each : cases_) expectations_.push_back(each.expect);
  }

  // True if one of these cases fails, or if the changed pack no longer loads.
  bool noticed(const Mutant& mutant, std::span<const Trial> trials) {
    if (trials.empty()) return false;
    mutant.apply(drafts_.back());
    const Linked linked = link(drafts_);
    restore(mutant, pristine_, drafts_.back());
    if (!linked.program) return true;
    for (const auto& trial : trials) {
      if (fails(*linked.program, trial)) return true;
    }
    return false;
  }

 private:
  bool fails(const Program& program, const Trial& trial) {
    Case& test = cases_[trial.test];
    test.expect.clear();
    for (const std::size_t i : trial.expectations)
      test.expect.push_back(expectations_[trial.test][i]);
    std::vector<CaseFailure> failures;
    run_case(program, test, failures);
    return !failures.empty();
  }

  const PackDraft& pristine_;
  std::vector<PackDraft> drafts_;
  std::vector<Case> cases_;
  std::vector<std::vector<Expectation>> expectations_;
};

bool wanted(const Mutant& mutant, const std::string& only) {
  return only.empty() || mutant.owner.find(only) != std::string::npos ||
         mutant.rule.find(only) != std::string::npos;
}

std::string describe(const Mutant& mutant) {
  return mutant.owner + (mutant.rule.empty() ? "" : " / " + mutant.rule) + ": " + mutant.change;
}

struct Verdict {
  bool noticed = false;
  std::string equivalent;
};

struct Bed {  // what all workers share and none changes
  const Program& program;
  const PackDraft& pack;
  const Reach& reach;
  const Suite& suite;
  const std::vector<PackDraft>& stripped;
};

// The likeliest cases first; then, before all others are run, whether any case could notice.
Verdict judge(const Mutant& mutant, const std::vector<Trial>& trials, Worker& worker,
              Equivalence& equivalence) {
  const std::span<const Trial> all(trials);
  const std::size_t likely = std::min<std::size_t>(trials.size(), 24);
  if (worker.noticed(mutant, all.first(likely))) return {true, ""};
  std::string reason = equivalence.reason(mutant);
  if (!reason.empty()) return {false, std::move(reason)};
  return {worker.noticed(mutant, all.subspan(likely)), ""};
}

std::vector<Verdict> try_all(const std::vector<Mutant>& mutants, const Bed& bed, unsigned threads) {
  std::vector<Verdict> verdicts(mutants.size());
  const Trials trials(bed.program, bed.reach, bed.suite);
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    Worker worker(bed.stripped, bed.suite);
    Equivalence equivalence(bed.program, bed.pack, bed.reach);
    for (std::size_t i = next++; i < mutants.size(); i = next++) {
      verdicts[i] = judge(mutants[i], trials.of(mutants[i]), worker, equivalence);
    }
  };
  std::vector<std::thread> pool;
  for (unsigned i = 1; i < threads; ++i) pool.emplace_back(work);
  work();
  for (auto& each : pool) each.join();
  return verdicts;
}

}  // namespace

MutationReport mutate(const Program& program, const std::vector<PackDraft>& drafts,
                      const MutationOptions& options) {
  MutationReport report;
  const Reach reach(program, drafts);
  const Suite suite = run_suite(program, drafts.back());
  for (std::size_t i = 0; i < suite.cases.size(); ++i) {
    if (!suite.passed[i]) report.failing.push_back(suite.cases[i].id);
  }
  std::vector<Mutant> mutants;
  const auto duty_reads = [&](const std::string& id) {
    return reach.read_by_duty(reach.conclusion(id));
  };
  for (auto& mutant : list_mutants(drafts.back(), duty_reads)) {
    if (!wanted(mutant, options.only)) continue;
    if (mutant.equivalent.empty()) {
      mutants.push_back(std::move(mutant));
    } else {
      report.skipped.push_back({mutant.where, describe(mutant), mutant.equivalent});
    }
  }
  std::vector<PackDraft> stripped = drafts;
  strip(stripped);
  const unsigned threads =
      options.threads != 0 ? options.threads : std::max(1u, std::thread::hardware_concurrency());
  const auto verdicts = try_all(mutants, {program, drafts.back(), reach, suite, stripped}, threads);
  for (std::size_t i = 0; i < mutants.size(); ++i) {
    if (!verdicts[i].equivalent.empty()) {
      report.skipped.push_back({mutants[i].where, describe(mutants[i]), verdicts[i].equivalent});
      continue;
    }
    ++report.mutants;
    auto& [tried, survived] = report.by_kind[mutants[i].kind];
    ++tried;
    if (verdicts[i].noticed) continue;
    ++survived;
    report.survivors.push_back({mutants[i].where, describe(mutants[i]), ""});
  }
  return report;
}

std::string to_text(const MutationReport& report, bool skipped) {
  std::string text;
  for (const auto& each : report.skipped) {
    if (!skipped) break;
    text += each.where.file + ":" + std::to_string(each.where.line) + ": skipped: " + each.what +
            " (" + each.reason + ")\n";
  }
  for (const auto& each : report.survivors) {
    text +=
        each.where.file + ":" + std::to_string(each.where.line) + ": survived: " + each.what + "\n";
  }
  for (const auto& [kind, counts] : report.by_kind) {
    text += "  " + kind + std::string(kind.size() < 12 ? 12 - kind.size() : 1, ' ') +
            std::to_string(counts.first) + " mutants, " + std::to_string(counts.second) +
            " survived\n";
  }
  std::map<std::string, std::size_t> reasons;
  for (const auto& each : report.skipped) ++reasons[each.reason];
  for (const auto& [reason, count] : reasons) {
    text += "  skipped " + std::to_string(count) + " that no case could notice: " + reason + "\n";
  }
  return text + std::to_string(report.mutants) + " mutants, " +
         std::to_string(report.survivors.size()) + " survived\n";
}

}  // namespace pandect
