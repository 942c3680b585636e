#include "assessment/items.h"

#include <algorithm>
#include <map>
#include <set>

namespace pandect {

Texts Items::texts(const Words& words) const { return texts_of(program_, words, options_.lang); }

void Items::add_citations(Range cites, std::vector<Citation>& out) const {
  for (const std::uint32_t index : program_.list(cites)) {
    const Provision& provision = program_.provisions[index];
    Citation cite;
    cite.provision = program_.text(provision.id);
    const bool seen = std::any_of(out.begin(), out.end(), [&](const Citation& each) {
      return each.provision == cite.provision;
    });
    if (seen) continue;
    cite.title = program_.text(provision.title);
    cite.url = program_.text(provision.url);
    cite.instrument = cite.provision.substr(0, cite.provision.find(':'));
    if (provision.instrument != kNone) {
      const Instrument& instrument = program_.instruments[provision.instrument];
      cite.instrument_title = texts(instrument.short_title);
      if (cite.instrument_title.en.empty()) cite.instrument_title = texts(instrument.title);
      if (cite.url.empty()) cite.url = program_.text(instrument.url);
      cite.status = instrument.status;
    }
    out.push_back(std::move(cite));
  }
}

std::vector<Citation> Items::citations(Range cites) const {
  std::vector<Citation> list;
  add_citations(cites, list);
  return list;
}

std::vector<OpenExceptionItem> Items::open_items(const std::vector<OpenException>& open) const {
  std::vector<OpenExceptionItem> list;
  for (const auto& each : open) {
    const Rule& rule = program_.rules[each.rule];
    list.push_back({std::string(program_.text(rule.id)), citations(rule.cites),
                    std::string(program_.text(rule.when_text)), each.missing});
  }
  return list;
}

DecidingFacts& Items::deciding(Day day) {
  return deciding_.try_emplace(day, timeline_, day).first->second;
}

std::vector<Reason> Items::reasons(const std::vector<CellId>& cells, Day day) const {
  std::vector<Reason> list;
  Prover prover(timeline_, day, Prover::Depth::fast);
  for (const CellId cell : cells) {
    const ProofNode leaf = prover.fact_leaf(cell);
    if (leaf.not_asked) continue;
    Reason reason;
    reason.fact = leaf.cell;
    reason.question = texts(program_.facts[leaf.index].question);
    reason.answer = leaf.answer;
    reason.source = leaf.source;
    reason.note = leaf.note;
    reason.origin = leaf.origin;
    reason.where = leaf.where;
    list.push_back(std::move(reason));
  }
  return list;
}

// Rules that carry the conclusion give its citations, confidence and notes; where it is false or
// open, all supporting rules do.
void Items::used_rules(std::uint32_t index, Binding at, ClassificationItem& item) {
  const Concept& found = program_.concepts[index];
  item.confidence = found.confidence;
  item.checked_on = program_.packs[found.pack].checked_on;
  bool any = false;
  for (const bool only_applying : {true, false}) {
    if (any) break;
    for (std::uint32_t i = found.rules.first; i < found.rules.first + found.rules.count; ++i) {
      const Rule& rule = program_.rules[i];
      if (rule.exception != 0) continue;
      const Truth applies = timeline_.now().kleene().evaluate(rule.applies, at);
      if (only_applying && (item.value != Truth::true_ || applies != Truth::true_)) continue;
      any = true;
      add_citations(rule.cites, item.cite);
      if (item.value == Truth::false_) continue;
      item.confidence = std::max(item.confidence, rule.confidence);
      if (rule.checked_on != kNoDay) item.checked_on = std::min(item.checked_on, rule.checked_on);
      Texts note = texts(rule.note);
      if (!note.en.empty()) item.rule_notes.push_back(std::move(note));
    }
  }
}

ClassificationItem Items::classification(std::uint32_t index, Binding at) {
  const Concept& found = program_.concepts[index];
  ClassificationItem item;
  item.id = program_.text(found.id);
  item.jurisdiction = program_.text(program_.packs[found.pack].jurisdiction);
  item.pack = program_.text(program_.packs[found.pack].id);
  item.kind = found.kind;
  item.title = texts(found.title);
  item.help = texts(found.help);
  item.note = texts(found.note);
  item.severity = found.severity;
  const Conclusion conclusion = timeline_.now().conclude(found.root, at);
  item.value = conclusion.value;
  item.missing = conclusion.missing;
  item.over_approximated = conclusion.over_approximated;
  item.decided_by = conclusion.decided_by == DecidedBy::kleene  ? "kleene"
                    : conclusion.decided_by == DecidedBy::exact ? "exact"
                                                                : "budget";
  item.open_exceptions = open_items(conclusion.open);
  if (const auto* set = timeline_.knowledge().determination(index, at, timeline_.asked());
      set != nullptr) {
    if (conclusion.value != Truth::unknown && conclusion.value != set->value)
      item.rules_say = conclusion.value;
    item.value = set->value;
    item.missing.clear();
    item.open_exceptions.clear();
    item.determined_by = set->by;
    item.determination_reason = set->reason;
    item.determination_through = set->through;
  }
  used_rules(index, at, item);
  if (item.value == Truth::false_) return item;
  item.because = reasons(deciding(timeline_.asked()).of_concept(index, at), timeline_.asked());
  if (options_.with_proofs)
    item.proof = proof_items(
        Prover(timeline_, timeline_.asked(), Prover::Depth::fast).concept_proof(index, at));
  return item;
}

PenaltyItem Items::penalty(std::uint32_t index, Binding at) {
  const Penalty& penalty = program_.penalties[index];
  PenaltyItem item;
  item.id = program_.text(penalty.id);
  item.kind = penalty.kind;
  item.title = texts(penalty.title);
  item.text = texts(penalty.text);
  item.cite = citations(penalty.cites);
  for (const Amount& amount : program_.amounts.slice(penalty.schedule)) {
    item.schedule_amounts.push_back({amount.value, {}});
    item.schedule_currency = program_.text(amount.currency);
  }
  if (penalty.amount == kNone) return item;
  const auto value = timeline_.now().conclude_number(penalty.amount, at);
  item.currency = program_.text(program_.concepts[penalty.amount].currency);
  if (item.currency.empty()) item.currency = value.value.currency;
  if (value.value.never || value.value.open) return item;
  if (value.value.range.high) item.maximum = value.value.range.high;
  if (!value.settled && value.value.range.low) item.maximum_from = value.value.range.low;
  if (!value.settled) item.missing = value.missing;
  return item;
}

// The entry of the manifest that counts for a piece: the last one that was made by the day asked.
const EvidenceEntry* Items::entry_for(const Obligation& duty, const std::string& piece) const {
  const EvidenceEntry* found = nullptr;
  for (const auto& entry : manifest_.evidence) {
    if (entry.obligation != program_.text(duty.id)) continue;
    if (!entry.system.empty() && entry.system != record_.id) continue;
    if (!entry.piece.empty() && entry.piece != piece) continue;
    if (entry.made != kNoDay && entry.made > timeline_.asked()) continue;
    found = &entry;
  }
  return found;
}

EvidenceItem Items::own_piece(const EvidenceEntry& entry, Looker* looker) const {
  Weighing own;
  own.base.id = entry.piece.empty() ? "declared" : entry.piece;
  own.base.kind = "attestation";
  own.base.title = {"Declared in the manifest", "매니페스트에 기재", "清单中声明"};
  own.entry = &entry;
  own.today = timeline_.asked();
  return weigh(std::move(own), looker);
}

// What the manifest declares for a duty and what is seen of it. A declaration for the whole duty
// counts for each piece. Nothing is looked at for a duty that is not owed.
std::vector<EvidenceItem> Items::evidence(const Obligation& duty, Binding at, Looker* looker) {
  std::vector<EvidenceItem> pieces;
  for (const Evidence& each : program_.evidence.slice(duty.evidence)) {
    Weighing weighing;
    EvidenceItem& piece = weighing.base;
    piece.id = program_.text(each.id);
    piece.kind = program_.text(each.kind);
    piece.title = texts(each.title);
    piece.required = each.required != 0;
    if (each.when != kNone) {  // another law's compliance counts where its condition holds
      const Truth holds = timeline_.now().value(each.when, at);
      if (holds == Truth::false_) continue;
      piece.required = holds == Truth::true_ && piece.required;
      piece.state = holds == Truth::true_ && piece.kind == "equivalent" ? PieceState::shown
                                                                        : PieceState::unchecked;
    }
    weighing.suffices = each.sufficient;
    weighing.probe = program_.text(each.probe);
    weighing.probe_at = {std::string(program_.text(duty.file)), static_cast<int>(duty.line), 0};
    weighing.entry = entry_for(duty, piece.id);
    weighing.today = timeline_.asked();
    pieces.push_back(weigh(std::move(weighing), looker));
  }
  const auto known = pieces.size();
  for (const auto& entry : manifest_.evidence) {
    if (entry.obligation != program_.text(duty.id)) continue;
    if (!entry.system.empty() && entry.system != record_.id) continue;
    const bool used = std::any_of(
        pieces.begin(), pieces.begin() + static_cast<std::ptrdiff_t>(known),
        [&](const EvidenceItem& piece) { return entry.piece.empty() || entry.piece == piece.id; });
    if (used || (entry.made != kNoDay && entry.made > timeline_.asked())) continue;
    pieces.push_back(own_piece(entry, looker));
  }
  return pieces;
}

ObligationItem Items::obligation(std::uint32_t index, Binding at, const DutyStatus& status) {
  static const std::map<Status, std::string> words{{Status::due, "due"},
                                                   {Status::upcoming, "upcoming"},
                                                   {Status::undetermined, "undetermined"},
                                                   {Status::ended, "ended"},
                                                   {Status::not_applicable, "not_applicable"}};
  const Obligation& duty = program_.obligations[index];
  ObligationItem item;
  item.id = program_.text(duty.id);
  item.jurisdiction = program_.text(program_.packs[duty.pack].jurisdiction);
  item.pack = program_.text(program_.packs[duty.pack].id);
  item.status = words.at(status.status);
  item.severity = duty.severity;
  item.modality = duty.modality;
  item.prohibition = duty.prohibition != 0;
  item.confidence = duty.confidence;
  item.checked_on = program_.packs[duty.pack].checked_on;
  item.title = texts(duty.title);
  item.cite = citations(duty.cites);
  for (std::uint32_t i = duty.rules.first; i < duty.rules.first + duty.rules.count; ++i) {
    if (program_.rules[i].exception == 0) add_citations(program_.rules[i].cites, item.cite);
  }
  item.applies_from = status.applies_from;
  item.earliest = status.earliest;
  item.ended_on = status.ended_on;
  item.deadline = status.deadline_last;
  if (status.deadline_first != status.deadline_last) item.deadline_first = status.deadline_first;
  item.missing = status.missing;
  item.open_exceptions = open_items(status.open);
  item.provisional = !status.open.empty();
  if (status.status == Status::not_applicable) return item;
  item.duty = texts(duty.duty);
  item.timing = texts(duty.timing);
  item.note = texts(duty.note);
  const Day shown_on = status.shown_on;
  const bool owed_now = status.status == Status::due || status.status == Status::upcoming;
  for (const std::uint32_t role : program_.list(duty.addressees)) {
    const Concept& found = program_.concepts[role];
    if (found.root == kNone) continue;
    if (owed_now && timeline_.on(shown_on).kleene().evaluate(found.root, at) != Truth::true_ &&
        timeline_.knowledge().determination(role, at, shown_on) == nullptr) {
      continue;
    }
    item.addressee.emplace_back(program_.text(found.id));
    Texts title = texts(found.title);
    if (title.en.empty()) title.en = item.addressee.back();
    item.addressee_title.push_back(std::move(title));
  }
  for (const std::uint32_t each : program_.list(duty.penalties))
    item.penalty.push_back(penalty(each, at));
  item.because = reasons(deciding(shown_on).of_obligation(index, at), shown_on);
  item.facts_hash = hash_of(item.because);
  if (options_.with_proofs)
    item.proof =
        proof_items(Prover(timeline_, shown_on, Prover::Depth::fast).obligation_proof(index, at));
  item.evidence = evidence(duty, at, owed_now ? options_.looker : nullptr);
  if (!owed_now) return item;
  item.fulfilment = fulfilment_of(item.evidence);
  if (item.prohibition) item.fulfilment = Fulfilment::unmet;
  item.overdue =
      status.overdue && item.fulfilment != Fulfilment::met && item.fulfilment != Fulfilment::waived;
  return item;
}

std::vector<Question> Items::questions(const SubjectAssessment& subject) const {
  std::map<std::string, std::vector<std::string>> settles;
  const auto note = [&](const std::vector<std::string>& missing, const std::string& id) {
    for (const auto& fact : missing) settles[fact].push_back(id);
  };
  for (const auto& item : subject.classifications) note(item.missing, item.id);
  for (const auto& item : subject.obligations) note(item.missing, item.id);
  std::vector<Question> list;
  for (auto& [fact, ids] : settles) {
    Question question;
    question.fact = fact;
    question.question_fact = fact.substr(0, fact.find('@'));
    const std::uint32_t index = program_.find_fact(question.question_fact);
    if (index != kNone) {
      question.question = texts(program_.facts[index].question);
      question.help = texts(program_.facts[index].help);
    }
    question.settles = std::move(ids);
    list.push_back(std::move(question));
  }
  const auto place = [&](const Question& question) {
    const std::uint32_t index = program_.find_fact(question.question_fact);
    return index == kNone ? kNone : program_.facts[index].screening;
  };
  std::stable_sort(list.begin(), list.end(), [&](const Question& a, const Question& b) {
    if (place(a) != place(b)) return place(a) < place(b);
    return a.settles.size() > b.settles.size();
  });
  return list;
}

}  // namespace pandect
