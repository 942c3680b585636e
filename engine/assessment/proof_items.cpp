// Proof trees as values of an assessment: the program's words in place of its indexes.
#include "assessment/items.h"

namespace pandect {
namespace {

constexpr std::size_t kMostSteps = 400;  // of one tree; what goes beyond is marked as cut
constexpr std::size_t kDeepest = 40;

ProofStep step_of(const Program& program, const ProofNode& node) {
  switch (node.kind) {
    case ProofKind::conclusion:
      return ProofStep::conclusion;
    case ProofKind::obligation:
      return ProofStep::obligation;
    case ProofKind::rule:
      return program.rules[node.index].exception != 0 ? ProofStep::exception : ProofStep::rule;
    case ProofKind::all_of:
      return ProofStep::all_of;
    case ProofKind::any_of:
      return ProofStep::any_of;
    case ProofKind::none_of:
      return ProofStep::none_of;
    case ProofKind::test:
      return ProofStep::test;
    case ProofKind::fact:
      return ProofStep::fact;
    case ProofKind::date:
      return ProofStep::date;
    case ProofKind::burden:
      return ProofStep::burden;
    case ProofKind::subject:
      return ProofStep::subject;
    case ProofKind::determination:
      return ProofStep::determination;
    case ProofKind::mapping:
      return ProofStep::outside;
  }
  return ProofStep::test;
}

}  // namespace

std::vector<ProofItem> Items::proof_items(const ProofNode& proof) const {
  std::size_t left = kMostSteps;
  return {proof_item(proof, 0, left)};
}

ProofItem Items::proof_item(const ProofNode& node, std::size_t depth, std::size_t& left) const {
  ProofItem item;
  item.step = step_of(program_, node);
  item.value = node.value;
  item.text = node.text;
  item.decided_by = node.decided_by == DecidedBy::kleene  ? "kleene"
                    : node.decided_by == DecidedBy::exact ? "exact"
                                                          : "budget";
  item.answer = node.answer;
  item.source = node.source;
  item.remark = node.note;
  item.origin = node.origin;
  item.where = node.where;
  item.not_asked = node.not_asked;
  item.open = node.open;
  switch (node.kind) {
    case ProofKind::conclusion:
      item.id = node.text;
      item.title = texts(program_.concepts[node.index].title);
      break;
    case ProofKind::obligation:
      item.id = node.text;
      item.title = texts(program_.obligations[node.index].title);
      break;
    case ProofKind::rule:
    case ProofKind::date: {
      const Rule& rule = program_.rules[node.index];
      item.id = program_.text(rule.id);
      item.cite = citations(rule.cites);
      item.confidence = rule.confidence;
      item.note = texts(rule.note);
      item.from = rule.from;
      item.until = rule.until;
      break;
    }
    case ProofKind::fact:
      item.id = node.cell;
      item.title = texts(program_.facts[node.index].question);
      break;
    case ProofKind::mapping: {
      const Mapping& mapping = program_.mappings[node.index];
      item.id = program_.text(program_.provisions[mapping.provision].id);
      item.note = texts(mapping.note);
      break;
    }
    default:
      break;
  }
  if (node.cut != Cut::no) item.children.emplace_back().step = ProofStep::cut;
  for (const auto& child : node.children) {
    if (left == 0 || depth == kDeepest) {
      item.children.emplace_back().step = ProofStep::cut;
      break;
    }
    --left;
    item.children.push_back(proof_item(child, depth + 1, left));
  }
  return item;
}

}  // namespace pandect
