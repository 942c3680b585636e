// What a diagram says in the words of a record: which answers a path stands for.
#include "logic/workspace.h"

namespace pandect {

Answer& Workspace::answer_in(std::map<CellId, Answer>& answers, CellId cell) const {
  const auto [at, fresh] = answers.try_emplace(cell);
  if (fresh) at->second.fact = knowledge_.fact_of(cell);
  return at->second;
}

std::vector<std::pair<CellId, Answer>> Workspace::example(Ref condition) const {
  std::vector<std::uint32_t> value(group_of_.size(), kNone);
  for (const auto& [variable, chosen] : diagrams_.shortest(condition)) value[variable] = chosen;
  std::map<CellId, Answer> answers;
  for (const auto& [cell, variable] : bools_) {
    if (value[variable] != kNone) answer_in(answers, cell).truth = truth_of(value[variable] == 1);
  }
  for (const auto& [cell, entry] : enums_) {
    if (entry.variable == kNone || value[entry.variable] == kNone) continue;
    const std::uint32_t member = entry.values[value[entry.variable]];
    Answer& answer = answer_in(answers, cell);
    answer.never = member == kNone;
    if (member != kNone) answer.possible.set(member);
  }
  for (const auto& [cell, entry] : numbers_) {
    if (entry.variable == kNone || value[entry.variable] == kNone) continue;
    const NumberValue& number = entry.values[value[entry.variable]];
    Answer& answer = answer_in(answers, cell);
    answer.never = number.never;
    answer.range = number.range;
    answer.currency = number.currency;
  }
  for (const auto& [key, variable] : members_) {
    if (value[variable] == kNone) continue;
    const Range members = program_.facts[knowledge_.fact_of(key.first)].members;
    Answer& answer = answer_in(answers, key.first);
    if (value[variable] == 0) continue;  // what is not listed is out
    answer.listed.set(key.second);
    for (std::uint32_t up = key.second; up != kNone;
         up = program_.members[members.first + up].parent)
      answer.in.set(up);
  }
  for (auto& [cell, answer] : answers) {
    if (program_.facts[answer.fact].type == FactType::set) answer.out = ~answer.in;
  }
  return {answers.begin(), answers.end()};
}

bool Workspace::turns_on(Ref condition, Ref allowed, std::uint32_t fact) {
  std::vector<bool> own(group_of_.size(), false);
  const auto mark = [&](CellId cell, std::uint32_t variable) {
    if (variable != kNone && knowledge_.fact_of(cell) == fact) own[variable] = true;
  };
  for (const auto& [cell, variable] : bools_) mark(cell, variable);
  for (const auto& [cell, variable] : texts_) mark(cell, variable);
  for (const auto& [cell, entry] : enums_) mark(cell, entry.variable);
  for (const auto& [cell, entry] : numbers_) mark(cell, entry.variable);
  for (const auto& [key, variable] : members_) mark(key.first, variable);
  std::vector<bool> support(group_of_.size(), false);
  diagrams_.support(condition, support);
  bool read = false;
  for (std::size_t i = 0; i < own.size(); ++i) read = read || (own[i] && support[i]);
  if (!read) return false;
  const Ref yes = diagrams_.both(allowed, condition);
  const Ref no = diagrams_.both(allowed, diagrams_.negate(condition));
  return diagrams_.both(diagrams_.exists(yes, own), diagrams_.exists(no, own)) != Diagrams::kFalse;
}

}  // namespace pandect
