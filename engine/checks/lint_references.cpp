#include "base/names.h"
#include "checks/lint_parts.h"
#include "checks/reach.h"

#include <map>
#include <set>

namespace pandect {
namespace {

class References {
 public:
  explicit References(LintJob& job) : job_(job) {
    for (std::uint32_t i = 0; i < job.program.provisions.size(); ++i) {
      // What the linker added for want of an entry belongs to this pack and to no line of it.
      if (job.program.provisions[i].pack != job.number)
        known_.insert(job.program.text(job.program.provisions[i].id));
    }
    for (const auto& each : job.pack.provisions) known_.insert(each.id);
    for (const auto& each : job.pack.instruments) instruments_.insert(each.id);
  }

  void cites(const std::vector<std::string>& ids, const std::string& by, const Location& where) {
    for (const auto& id : ids) {
      if (known_.count(id) > 0) continue;
      const std::vector<std::string_view> names(known_.begin(), known_.end());
      std::string hint = did_you_mean(id, names);
      job_.error(where, "unknown-provision",
                 by + " names `" + id + "`, which does not stand in provisions.yaml",
                 hint.empty() ? "add it" : std::move(hint));
    }
  }

  void provision(const ProvisionDraft& each) {
    const std::string instrument = each.id.substr(0, each.id.find(':'));
    if (instruments_.count(instrument) == 0) {
      job_.error(each.where, "unknown-instrument",
                 "`" + each.id + "` belongs to no instrument of pack.yaml",
                 "add the instrument `" + instrument + "`");
    }
    const bool excused =
        each.disposition == Disposition::out_of_scope || each.disposition == Disposition::procedure;
    if (excused && each.reason.empty()) {
      job_.warn(each.where, "no-reason", "`" + each.id + "` is not encoded and does not say why",
                "add `reason`");
    }
  }

 private:
  LintJob& job_;
  std::set<std::string_view> known_;
  std::set<std::string> instruments_;
};

void all_cites(LintJob& job, References& references) {
  for (const auto& each : job.pack.mappings)
    references.cites({each.to}, "the mapping of " + each.use, each.where);
  for (const auto& each : job.pack.obligations) references.cites(each.cites, each.id, each.where);
  for (const auto& each : job.pack.penalties) references.cites(each.cites, each.id, each.where);
  for (const auto& entry : job.rules) {
    const bool own = entry.duty != nullptr && entry.draft->id == entry.duty->id;
    if (!own) references.cites(entry.draft->cites, name_of(entry), entry.draft->where);
  }
}

void duplicate_ids(LintJob& job) {
  std::map<std::string, const RuleEntry*> seen;
  for (const auto& entry : job.rules) {
    if (entry.duty != nullptr && entry.draft->id == entry.duty->id) continue;
    const auto [first, fresh] = seen.try_emplace(entry.draft->id, &entry);
    if (fresh) continue;
    job.error(entry.draft->where, "duplicate-id",
              "the rule `" + entry.draft->id + "` stands in " + first->second->owner_id() + " too",
              "a rule id is unique within the pack");
  }
}

// Facts that a node or anything below it reads.
void mark_facts(const Program& program, std::uint32_t node, std::vector<bool>& seen,
                std::vector<bool>& used) {
  if (node == kNone || seen[node]) return;
  seen[node] = true;
  const Node& each = program.nodes[node];
  switch (each.op) {
    case Op::fact:
    case Op::has:
    case Op::one_of:
    case Op::text_equal:
    case Op::known:
    case Op::count:
    case Op::fact_number:
      used[each.a] = true;
      break;
    default:
      break;
  }
  if (each.op == Op::one_of) return;
  for (const std::uint32_t child : program.list(each.children))
    mark_facts(program, child, seen, used);
}

std::vector<bool> used_facts(const Program& program) {
  std::vector<bool> used(program.facts.size(), false), seen(program.nodes.size(), false);
  const auto mark = [&](std::uint32_t node) { mark_facts(program, node, seen, used); };
  for (const auto& rule : program.rules.all()) mark(rule.when);
  for (const auto& subject : program.concepts.all()) {
    if (subject.type == FactType::enumeration || subject.type == FactType::boolean) continue;
    mark(subject.default_value);
    for (const auto& rule : program.rules.slice(subject.rules)) mark(rule.then);
  }
  for (const auto& duty : program.obligations.all()) {
    for (const std::uint32_t node : {duty.root, duty.starts, duty.ends, duty.deadline}) mark(node);
  }
  for (const auto& piece : program.evidence.all()) mark(piece.when);
  for (const auto& mapping : program.mappings.all()) mark(mapping.when);
  for (const auto& fact : program.facts.all()) {
    for (const std::uint32_t node : {fact.guard, fact.guard_model, fact.default_if}) mark(node);
    if (fact.default_fact != kNone) used[fact.default_fact] = true;
  }
  return used;
}

// The shared vocabulary serves other packs, so only a pack with conclusions of its own is looked
// at.
void unused(LintJob& job) {
  if (job.pack.concepts.empty() && job.pack.obligations.empty()) return;
  const std::vector<bool> used = used_facts(job.program);
  for (const auto& each : job.pack.facts) {
    const std::uint32_t found = job.program.find_fact(each.id);
    if (found != kNone && !used[found])
      job.warn(each.where, "unused", "no condition reads the fact `" + each.id + "`",
               "use it or remove it");
  }
  std::set<std::string> penalties;
  for (const auto& duty : job.pack.obligations)
    penalties.insert(duty.penalties.begin(), duty.penalties.end());
  for (const auto& each : job.pack.penalties) {
    if (penalties.count(each.id) == 0)
      job.warn(each.where, "unused", "no obligation names the penalty `" + each.id + "`",
               "name it under `penalty`");
  }
}

}  // namespace

void lint_references(LintJob& job) {
  References references(job);
  all_cites(job, references);
  for (const auto& each : job.pack.provisions) references.provision(each);
  duplicate_ids(job);
  unused(job);
}

}  // namespace pandect
