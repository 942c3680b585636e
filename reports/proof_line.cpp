#include "reports/proof_line.h"

#include "reports/citation.h"

#include <algorithm>

namespace pandect::reports {
namespace {

std::string fact(const ProofItem& item, const Wording& words) {
  const std::string& question = words.in(item.title);
  std::string text = question.empty() ? item.id : question + " " + item.id;
  std::string answer = item.not_asked        ? std::string(words(Word::proof_not_asked))
                       : item.answer.empty() ? std::string(words(Word::stays_open))
                                             : item.answer;
  if (item.origin == OriginKind::axiom && !item.answer.empty())
    answer += words.bracketed(words(Word::proof_follows, {item.source}));
  if (item.origin == OriginKind::closed_world) answer += words.bracketed(words(Word::proof_closed));
  return text + " = " + answer;
}

std::string named(const ProofItem& item, const Wording& words) {
  const std::string title = words.title(item.title);
  return title.empty() ? item.id : title;
}

std::string rule(Word kind, const ProofItem& item, const Wording& words) {
  return words.title(kind) + " " + item.id;
}

}  // namespace

std::string proof_line(const ProofItem& item, const Wording& words) {
  const auto w = [&](Word word) { return std::string(words(word)); };
  switch (item.step) {
    case ProofStep::conclusion:
    case ProofStep::obligation:
      return named(item, words);
    case ProofStep::rule:
      return rule(Word::proof_rule, item, words);
    case ProofStep::exception:
      return rule(Word::proof_exception, item, words);
    case ProofStep::all_of:
      return item.text.empty() ? words.title(Word::proof_all_of) : item.text;
    case ProofStep::any_of:
      return item.text.empty() ? words.title(Word::proof_any_of) : item.text;
    case ProofStep::none_of:
      return words.title(Word::proof_none_of);
    case ProofStep::test:
      return item.text;
    case ProofStep::fact:
      return fact(item, words);
    case ProofStep::date: {
      std::string text = words.title(Word::proof_date);
      if (item.from != kNoDay) text += words.bracketed(words(Word::from, {words.date(item.from)}));
      return text;
    }
    case ProofStep::burden:
      return words.title(Word::proof_burden) +
             (item.open ? words.bracketed(words(Word::proof_burden_open)) : "");
    case ProofStep::subject:
      return words(Word::proof_for, {item.text});
    case ProofStep::determination:
      return words(Word::determined_by, {item.text});
    case ProofStep::outside:
      return words(Word::proof_outside, {item.text.empty() ? item.id : item.text});
    case ProofStep::cut:
      return w(Word::proof_cut);
  }
  return item.text;
}

std::string proof_remark(const ProofItem& item, const Wording& words) {
  std::string out;
  const auto add = [&](const std::string& text) {
    if (!text.empty()) out.append(out.empty() ? "" : " · ").append(text);
  };
  if (item.step == ProofStep::rule || item.step == ProofStep::exception) {
    if (item.confidence != Confidence::high)
      add(words(Word::low_confidence, {std::string(words.confidence(item.confidence))}));
  }
  add(words.in(item.note));
  if (item.decided_by == "exact" && item.value != Truth::unknown)
    add(std::string(words(Word::proof_exact)));
  if (item.decided_by == "budget") add(std::string(words(Word::proof_budget)));
  if (item.origin == OriginKind::stated) add(item.source);
  add(item.remark);
  return out;
}

bool has_own_proof(const SubjectAssessment& subject, const ProofItem& item) {
  if (item.step != ProofStep::conclusion) return false;
  return std::any_of(
      subject.classifications.begin(), subject.classifications.end(),
      [&](const ClassificationItem& each) { return each.id == item.id && !each.proof.empty(); });
}

}  // namespace pandect::reports
