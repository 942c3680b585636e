#include "plugins/scan/contradictions.h"

#include "base/digest.h"
#include "plugins/scan/proposals.h"

#include <algorithm>

namespace pandect::scan {
namespace {

enum class Stand { open, agrees, opposes };

Stand stand_of(const Program& program, const Fact& fact, const Answer& answer,
               const std::string& value) {
  if (answer.unknown) return Stand::open;
  if (fact.type == FactType::boolean) {
    if (answer.truth == Truth::unknown) return Stand::open;
    return (answer.truth == Truth::true_) == (value == "true") ? Stand::agrees : Stand::opposes;
  }
  const std::uint32_t member = program.find_member(fact.members, value);
  if (member == kNone || member >= kMaximumMembers) return Stand::open;
  if (fact.type == FactType::set)
    return answer.in[member] ? Stand::agrees : answer.out[member] ? Stand::opposes : Stand::open;
  if (fact.type != FactType::enumeration) return Stand::open;
  if (!answer.possible[member]) return Stand::opposes;
  return answer.possible.count() == 1 ? Stand::agrees : Stand::open;
}

// The answers of one system and its deployments to one fact: it opposes if one does and none
// agrees or is open.
struct Stated {
  Stand stand = Stand::open;
  const Answer* answer = nullptr;
};

Stated stated_of(const Program& program, std::uint32_t fact, const ManifestSystem& system,
                 const std::string& value) {
  Stated stated;
  std::vector<const Subject*> subjects{&system.subject};
  for (const auto& each : system.deployments) subjects.push_back(&each);
  for (const auto* subject : subjects) {
    for (const auto& answer : subject->answers) {
      if (answer.fact != fact || answer.origin.kind == OriginKind::closed_world) continue;
      const Stand stand = stand_of(program, program.facts[fact], answer, value);
      if (stand != Stand::opposes) return {stand, nullptr};
      stated = {stand, &answer};
    }
  }
  return stated;
}

void replace(std::string& text, std::string_view name, std::string_view value) {
  for (std::size_t at = text.find(name); at != std::string::npos;
       at = text.find(name, at + value.size()))
    text.replace(at, name.size(), value);
}

std::string message(const ScanResult& result, const Proposal& proposal, const Signal& signal,
                    const Answer& answer, std::string_view lang) {
  std::string text = result.pack.word("contrary", lang);
  std::string name = proposal.quote.empty() ? signal.id : "`" + shown(proposal.quote, 80) + "`";
  const std::string stated = answer.origin.shown.empty() ? "..." : shown(answer.origin.shown, 60);
  replace(text, "{fact}", proposal.fact);
  replace(text, "{answer}", stated);
  replace(text, "{line}", std::to_string(answer.origin.where.line));
  replace(text, "{place}", place(proposal.where));
  replace(text, "{shows}", in_language(signal.shows, lang));
  replace(text, "{name}", name);
  return text;
}

const Signal* signal_of(const ScanResult& result, const std::string& id) {
  for (const auto& each : result.pack.signals) {
    if (each.id == id) return &each;
  }
  return nullptr;
}

}  // namespace

std::vector<Finding> contradictions(const Program& program, const Manifest& manifest,
                                    const ScanResult& result) {
  std::vector<Finding> findings;
  for (const auto& proposal : result.proposals) {
    const std::uint32_t fact = program.find_fact(proposal.fact);
    const Signal* signal = signal_of(result, proposal.sign);
    if (proposal.subject != "system" || proposal.confidence < kStrong || fact == kNone ||
        signal == nullptr || proposal.values.size() != 1)
      continue;
    const Answer* answer = nullptr;
    std::string systems;
    bool all = !manifest.systems.empty();
    for (const auto& system : manifest.systems) {
      const Stated stated = stated_of(program, fact, system, proposal.values.front());
      all = all && stated.stand == Stand::opposes;
      if (stated.answer != nullptr && answer == nullptr) answer = stated.answer;
      systems += (systems.empty() ? "" : ",") + system.subject.id;
    }
    if (!all || answer == nullptr) continue;
    Finding finding;
    finding.code = "contradiction";
    finding.about = proposal.fact;
    finding.id = "contradiction:" + systems + ":" + proposal.fact + ":" + proposal.values.front();
    finding.level = Severity::medium;
    finding.message = {message(result, proposal, *signal, *answer, "en"),
                       message(result, proposal, *signal, *answer, "ko"),
                       message(result, proposal, *signal, *answer, "zh")};
    finding.where = proposal.where;
    finding.fingerprint = digest_of(finding.id + '\n' + signal->id);
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace pandect::scan
