#include "logic/proof.h"

#include "language/expression.h"

#include <algorithm>
#include <set>

namespace pandect {
namespace {

constexpr int kMaximumDepth = 60;
constexpr std::size_t kLarge = 500;  // conclusions; in a larger tree each is unfolded once

std::string date_text(const Program& program, std::uint32_t index);

std::string number_text(const Program& program, std::uint32_t index) {
  const Node& node = program.nodes[index];
  const auto children = program.list(node.children);
  switch (node.op) {
    case Op::constant:
      if (node.amount == 1) return to_string(static_cast<Day>(program.numbers[node.a].to_int()));
      if (node.b != kNone) {
        return program.numbers[node.a].text() + " " +
               std::string(program.text(program.amounts[node.b].currency));
      }
      return program.numbers[node.a].text();
    case Op::as_of:
      return "as_of";
    case Op::fact_number:
      return std::string(program.text(program.facts[node.a].id));
    case Op::add:
      return number_text(program, children[0]) + " + " + number_text(program, children[1]);
    case Op::subtract:
      return number_text(program, children[0]) + " - " + number_text(program, children[1]);
    case Op::scale:
      return number_text(program, children[0]) + " * " + program.numbers[node.a].text();
    case Op::shift:
    case Op::working_days:
      return date_text(program, index);
    case Op::count:
      return "count(" + std::string(program.text(program.facts[node.a].id)) + ")";
    case Op::concept_number:
      return std::string(program.text(program.concepts[node.a].id));
    case Op::convert:
      return number_text(program, children[0]);
    default:
      return "?";
  }
}

std::string date_text(const Program& program, std::uint32_t index) {
  const Node& node = program.nodes[index];
  const std::string base = number_text(program, program.links[node.children.first]);
  const int amount = node.amount < 0 ? -node.amount : node.amount;
  std::string unit =
      node.b == 1 ? (amount == 1 ? " month" : " months") : (amount == 1 ? " day" : " days");
  if (node.op == Op::working_days) unit = " working days";
  return base + (node.amount < 0 ? " - " : " + ") + std::to_string(amount) + unit;
}

std::string joined(const Program& program, const Node& node, std::string_view word) {
  std::string text;
  for (const std::uint32_t child : program.list(node.children)) {
    if (!text.empty()) text += word;
    const Op op = program.nodes[child].op;
    const bool inner = op == Op::and_ || op == Op::or_;
    text += inner ? "(" + condition_text(program, child) + ")" : condition_text(program, child);
  }
  return text;
}

}  // namespace

std::string condition_text(const Program& program, std::uint32_t index) {
  const Node& node = program.nodes[index];
  const auto children = program.list(node.children);
  switch (node.op) {
    case Op::true_:
      return "true";
    case Op::false_:
      return "false";
    case Op::fact:
      return std::string(program.text(program.facts[node.a].id));
    case Op::and_:
      return joined(program, node, " and ");
    case Op::or_:
      return joined(program, node, " or ");
    case Op::not_: {
      const Op op = program.nodes[children[0]].op;
      const bool inner = op == Op::and_ || op == Op::or_;
      return inner ? "not (" + condition_text(program, children[0]) + ")"
                   : "not " + condition_text(program, children[0]);
    }
    case Op::at_least:
      return "at least " + std::to_string(node.amount) + " of [" + joined(program, node, ", ") +
             "]";
    case Op::compare: {
      std::string text = number_text(program, children[0]);
      text += " " + std::string(symbol(static_cast<language::Comparison>(node.comparison))) + " ";
      text += number_text(program, children[1]);
      const Node& left = program.nodes[children[0]];
      if (left.op == Op::fact_number && program.nodes[children[1]].op == Op::constant &&
          program.nodes[children[1]].b == kNone && program.nodes[children[1]].amount == 0) {
        const auto unit = program.text(program.facts[left.a].unit);
        if (!unit.empty() && unit != "money") text += " " + std::string(unit);
      }
      return text;
    }
    case Op::one_of: {
      const Fact& fact = program.facts[node.a];
      std::string list;
      for (const std::uint32_t member : children) {
        list += (list.empty() ? "" : ", ") +
                std::string(program.text(program.members[fact.members.first + member].id));
      }
      const std::string id(program.text(fact.id));
      if (node.comparison != 0) return id + " != " + list;
      return children.size() == 1 ? id + " == " + list : id + " in [" + list + "]";
    }
    case Op::text_equal:
      return std::string(program.text(program.facts[node.a].id)) + " " +
             std::string(symbol(static_cast<language::Comparison>(node.comparison))) + " \"" +
             std::string(program.text(program.words[node.b].en)) + "\"";
    case Op::has:
      return std::string(program.text(program.facts[node.a].id)) + " has " +
             std::string(
                 program.text(program.members[program.facts[node.a].members.first + node.b].id));
    case Op::known:
      return "known(" + std::string(program.text(program.facts[node.a].id)) + ")";
    case Op::concept_:
      return std::string(program.text(program.concepts[node.a].id));
    case Op::in_date:
      return "in force";
    case Op::burden:
      return "shown: " + std::string(program.text(program.rules[node.a].id));
    case Op::any_model:
      return "any model (" + condition_text(program, children[0]) + ")";
    case Op::all_models:
      return "all models (" + condition_text(program, children[0]) + ")";
    case Op::any_deployment:
      return "any deployment (" + condition_text(program, children[0]) + ")";
    case Op::all_deployments:
      return "all deployments (" + condition_text(program, children[0]) + ")";
    case Op::open:
      return "undecided";
    default:
      return number_text(program, index);
  }
}

Truth Prover::value(std::uint32_t node, Binding at, DecidedBy* decided) {
  if (exact_) return evaluation_.value(node, at, decided);
  return evaluation_.kleene().evaluate(node, at);
}

ProofNode Prover::concept_proof(std::uint32_t index, Binding at) {
  const Concept& found = program_.concepts[index];
  ProofNode proof;
  proof.kind = ProofKind::conclusion;
  proof.index = index;
  proof.text = program_.text(found.id);
  if (const auto* set =
          evaluation_.knowledge().determination(index, at, evaluation_.kleene().moment().day);
      set != nullptr) {
    proof.value = set->value;
    ProofNode person;
    person.kind = ProofKind::determination;
    person.value = set->value;
    person.text = set->by;
    person.note = set->reason;
    person.where = set->where;
    proof.children.push_back(std::move(person));
    return proof;
  }
  if (found.root == kNone) return proof;
  proof.value = value(found.root, at, &proof.decided_by);
  if (depth_ + 1 >= kMaximumDepth) proof.cut = Cut::too_deep;
  if (unfolded_ > kLarge && shown_.count({index, at}) > 0) proof.cut = Cut::shown_above;
  if (proof.cut != Cut::no) return proof;
  shown_.insert({index, at});
  ++unfolded_;
  ++depth_;
  for (std::uint32_t i = found.rules.first; i < found.rules.first + found.rules.count; ++i) {
    const Rule& rule = program_.rules[i];
    if (rule.exception != 0) continue;
    const Truth applies = value(rule.applies, at);
    const bool keep = proof.value == Truth::false_ || applies == proof.value ||
                      proof.decided_by != DecidedBy::kleene;
    if (keep) proof.children.push_back(rule_proof(i, at));
  }
  if (proof.value == Truth::false_) add_outside_uses(index, at, proof);
  --depth_;
  return proof;
}

ProofNode Prover::obligation_proof(std::uint32_t index, Binding at) {
  const Obligation& duty = program_.obligations[index];
  ProofNode proof;
  proof.kind = ProofKind::obligation;
  proof.index = index;
  proof.text = program_.text(duty.id);
  proof.value = evaluation_.value(duty.root, at, &proof.decided_by);
  ProofNode owed = node_proof(duty.owed_by, at);
  if (proof.value != Truth::false_ || owed.value != Truth::true_)
    proof.children.push_back(std::move(owed));
  for (std::uint32_t i = duty.rules.first; i < duty.rules.first + duty.rules.count; ++i) {
    if (program_.rules[i].exception != 0) continue;
    const Truth applies = value(program_.rules[i].applies, at);
    if (proof.value != Truth::true_ || applies == Truth::true_)
      proof.children.push_back(rule_proof(i, at));
  }
  return proof;
}

ProofNode Prover::rule_proof(std::uint32_t index, Binding at) {
  const Rule& rule = program_.rules[index];
  ProofNode proof;
  proof.kind = ProofKind::rule;
  proof.index = index;
  proof.text = program_.text(rule.id);
  proof.value = value(rule.applies, at, &proof.decided_by);
  if (!evaluation_.kleene().in_date(rule)) {
    ProofNode date;
    date.kind = ProofKind::date;
    date.value = Truth::false_;
    date.index = index;
    date.text = "not in force on this day";
    proof.children.push_back(std::move(date));
    return proof;
  }
  const Truth when = value(rule.when, at);
  const bool defeated_only = proof.value == Truth::false_ && when == Truth::true_;
  if (!defeated_only && program_.nodes[rule.when].op != Op::true_)
    proof.children.push_back(node_proof(rule.when, at));
  for (const std::uint32_t attacker : program_.list(rule.attackers)) {
    if (when == Truth::false_) break;
    const Rule& against = program_.rules[attacker];
    const Truth applies = value(against.applies, at);
    ProofNode attack = rule_proof(attacker, at);
    if (against.burden != 0) {
      ProofNode burden;
      burden.kind = ProofKind::burden;
      burden.index = attacker;
      burden.text = attack.text;
      burden.value = truth_of(applies == Truth::true_);
      burden.open = applies == Truth::unknown;
      burden.children.push_back(std::move(attack));
      attack = std::move(burden);
    }
    const bool matters = proof.value != Truth::false_ || applies != Truth::false_;
    if (matters) proof.children.push_back(std::move(attack));
  }
  return proof;
}

ProofNode Prover::node_proof(std::uint32_t index, Binding at) {
  const Node& node = program_.nodes[index];
  switch (node.op) {
    case Op::concept_:
      return concept_proof(node.a, at);
    case Op::and_:
    case Op::or_:
    case Op::at_least:
      return junction_proof(index, node, at);
    case Op::not_: {
      ProofNode proof;
      proof.kind = ProofKind::none_of;
      proof.value = value(index, at);
      proof.children.push_back(node_proof(program_.links[node.children.first], at));
      return proof;
    }
    case Op::any_model:
    case Op::all_models:
    case Op::any_deployment:
    case Op::all_deployments:
      return quantifier_proof(index, node, at);
    default:
      return test_proof(index, at);
  }
}

ProofNode Prover::junction_proof(std::uint32_t index, const Node& node, Binding at) {
  ProofNode proof;
  proof.kind = node.op == Op::and_ ? ProofKind::all_of : ProofKind::any_of;
  proof.value = value(index, at, &proof.decided_by);
  proof.text = node.op == Op::at_least ? std::to_string(node.amount) : std::string();
  for (const std::uint32_t child : program_.list(node.children)) {
    const Truth each = value(child, at);
    const bool decisive = (node.op == Op::or_ && proof.value == Truth::true_) ||
                          (node.op == Op::and_ && proof.value == Truth::false_);
    const bool undecided = proof.value == Truth::unknown && node.op != Op::at_least;
    if (proof.decided_by == DecidedBy::kleene && (decisive || undecided) && each != proof.value)
      continue;
    proof.children.push_back(node_proof(child, at));
    if (proof.decided_by == DecidedBy::kleene && node.op == Op::or_ && decisive)
      break;  // one reason is enough
  }
  if (proof.children.size() == 1 && node.op != Op::at_least &&
      proof.decided_by == DecidedBy::kleene) {
    ProofNode only = std::move(proof.children[0]);
    return only;
  }
  return proof;
}

ProofNode Prover::quantifier_proof(std::uint32_t index, const Node& node, Binding at) {
  ProofNode proof;
  const bool model = node.op == Op::any_model || node.op == Op::all_models;
  const bool any = node.op == Op::any_model || node.op == Op::any_deployment;
  const Knowledge& knowledge = evaluation_.knowledge();
  proof.kind = any ? ProofKind::any_of : ProofKind::all_of;
  proof.value = value(index, at, &proof.decided_by);
  proof.text = condition_text(program_, index);
  const auto& subjects = model ? knowledge.record().models : knowledge.record().deployments;
  const int count = model ? knowledge.models() : knowledge.deployments();
  for (int i = 0; i < count; ++i) {
    Binding inner = at;
    (model ? inner.model : inner.deployment) = i;
    ProofNode each = node_proof(program_.links[node.children.first], inner);
    const bool decisive = any == (proof.value == Truth::true_);
    if (decisive && each.value != proof.value) continue;
    if (subjects.empty()) {
      proof.children.push_back(std::move(each));
      continue;
    }
    ProofNode subject;
    subject.kind = ProofKind::subject;
    subject.value = each.value;
    subject.text = subjects[static_cast<std::size_t>(i)].id;
    subject.children.push_back(std::move(each));
    proof.children.push_back(std::move(subject));
  }
  return proof;
}

ProofNode Prover::test_proof(std::uint32_t index, Binding at) {
  ProofNode proof;
  proof.kind = ProofKind::test;
  proof.value = value(index, at, &proof.decided_by);
  proof.text = condition_text(program_, index);
  leaves(index, at, proof.children);
  return proof;
}

void Prover::leaves(std::uint32_t index, Binding at, std::vector<ProofNode>& out) {
  const Node& node = program_.nodes[index];
  switch (node.op) {
    case Op::fact:
    case Op::has:
    case Op::one_of:
    case Op::text_equal:
    case Op::known:
    case Op::fact_number:
    case Op::count:
      out.push_back(fact_leaf(evaluation_.knowledge().resolve(node.a, node.amount, at)));
      return;
    default:
      break;
  }
  for (const std::uint32_t child : program_.list(node.children)) leaves(child, at, out);
}

ProofNode Prover::fact_leaf(CellId id) {
  const Knowledge& knowledge = evaluation_.knowledge();
  const Cell& cell = knowledge.cell(id);
  ProofNode leaf;
  leaf.kind = ProofKind::fact;
  leaf.index = knowledge.fact_of(id);
  leaf.text = program_.text(program_.facts[leaf.index].id);
  leaf.cell = knowledge.cell_name(id);
  leaf.not_asked = evaluation_.kleene().guard_truth(id) == Truth::false_;
  if (program_.facts[leaf.index].type == FactType::boolean) {
    leaf.value = cell.forced != Truth::unknown ? cell.forced : knowledge.raw_truth(id);
  }
  if (cell.answer != nullptr) {
    leaf.answer = cell.answer->origin.shown;
    leaf.source = cell.answer->origin.source;
    leaf.note = cell.answer->origin.note;
    leaf.where = cell.answer->origin.where;
    leaf.origin = cell.answer->origin.kind;
  } else if (cell.axiom != kNone) {
    leaf.origin = OriginKind::axiom;
    leaf.source = program_.text(program_.axioms[cell.axiom].text);
    leaf.answer = cell.forced == Truth::true_    ? "true"
                  : cell.forced == Truth::false_ ? "false"
                                                 : "";
  } else if (cell.closed) {
    leaf.origin = OriginKind::closed_world;
    leaf.answer = program_.facts[leaf.index].type == FactType::set ? "[]" : "false";
  }
  return leaf;
}

// "Why not" also names the neighbours that the law leaves outside: uses with `rel: out`.
void Prover::add_outside_uses(std::uint32_t index, Binding at, ProofNode& proof) {
  std::set<std::uint32_t> cited;
  const Concept& found = program_.concepts[index];
  for (std::uint32_t i = found.rules.first; i < found.rules.first + found.rules.count; ++i) {
    for (const std::uint32_t provision : program_.list(program_.rules[i].cites))
      cited.insert(provision);
  }
  const std::uint32_t uses = program_.find_fact("system.uses");
  if (uses == kNone) return;
  const Knowledge& knowledge = evaluation_.knowledge();
  const MemberState state =
      knowledge.members(knowledge.resolve(uses, knowledge.slot_of(uses, false), at));
  for (std::uint32_t i = 0; i < program_.mappings.size(); ++i) {
    const Mapping& mapping = program_.mappings[i];
    if (mapping.relation != Relation::out || cited.count(mapping.provision) == 0) continue;
    const std::uint32_t member =
        program_.find_member(program_.facts[uses].members, program_.text(mapping.use));
    if (member == kNone || !state.in[member]) continue;
    ProofNode outside;
    outside.kind = ProofKind::mapping;
    outside.value = Truth::false_;
    outside.index = i;
    outside.text = program_.text(mapping.use);
    proof.children.push_back(std::move(outside));
  }
}

bool replays(const ProofNode& proof) {
  for (const auto& child : proof.children) {
    if (!replays(child)) return false;
  }
  if (proof.children.empty() || proof.decided_by != DecidedBy::kleene) return true;
  const auto all = [&](Truth value) {
    return std::all_of(proof.children.begin(), proof.children.end(),
                       [&](const ProofNode& each) { return each.value == value; });
  };
  const auto any = [&](Truth value) {
    return std::any_of(proof.children.begin(), proof.children.end(),
                       [&](const ProofNode& each) { return each.value == value; });
  };
  switch (proof.kind) {
    case ProofKind::conclusion: {
      if (proof.children[0].kind == ProofKind::determination)
        return proof.value == proof.children[0].value;
      if (proof.value == Truth::true_) return any(Truth::true_);
      if (proof.value == Truth::false_) return all(Truth::false_);
      return any(Truth::unknown) && !any(Truth::true_);
    }
    case ProofKind::all_of:
      if (proof.value == Truth::true_) return all(Truth::true_);
      return any(proof.value);
    case ProofKind::any_of:
      if (!proof.text.empty() && proof.text[0] >= '0' && proof.text[0] <= '9') return true;
      if (proof.value == Truth::false_) return all(Truth::false_);
      return any(proof.value);
    case ProofKind::none_of:
      return proof.value == negate(proof.children[0].value);
    case ProofKind::subject:
      return proof.value == proof.children[0].value;
    default:
      return true;
  }
}

}  // namespace pandect
