#include "checks/analysis_example.h"

namespace pandect {
namespace {

std::string point(const Program& program, const Answer& answer, const Number& number) {
  const Fact& fact = program.facts[answer.fact];
  if (fact.type == FactType::date) return to_string(static_cast<Day>(number.to_int()));
  return answer.currency.empty() ? number.text() : number.text() + " " + answer.currency;
}

std::string interval(const Program& program, const Answer& answer) {
  const Interval& range = answer.range;
  if (range.is_point()) return point(program, answer, *range.low);
  std::string text;
  const auto end = [&](const char* word, const Number& number) {
    text += (text.empty() ? "{" : ", ") + std::string(word) + ": " + point(program, answer, number);
  };
  if (range.low) end(range.low_open ? "above" : "min", *range.low);
  if (range.high) end(range.high_open ? "below" : "max", *range.high);
  return text.empty() ? "unknown" : text + "}";
}

}  // namespace

std::string text_of(const Program& program, const Answer& answer) {
  const Fact& fact = program.facts[answer.fact];
  if (answer.unknown) return "unknown";
  if (answer.never) return "never";
  const auto member = [&](std::uint32_t i) {
    return std::string(program.text(program.members[fact.members.first + i].id));
  };
  std::string text;
  switch (fact.type) {
    case FactType::boolean:
      return answer.truth == Truth::true_    ? "true"
             : answer.truth == Truth::false_ ? "false"
                                             : "unknown";
    case FactType::integer:
    case FactType::number:
    case FactType::date:
      return interval(program, answer);
    case FactType::text:
      return answer.text;
    case FactType::enumeration:
    case FactType::set:
      break;
  }
  const bool set = fact.type == FactType::set;
  for (std::uint32_t i = 0; i < fact.members.count; ++i) {
    if (!(set ? answer.listed : answer.possible)[i]) continue;
    text += (text.empty() ? "" : ", ") + member(i);
  }
  if (set) return "[" + text + "]";
  return answer.possible.count() == 1 ? text : "{one_of: [" + text + "]}";
}

std::string Example::text() const {
  std::string text;
  for (const auto& [name, answer] : facts)
    text += (text.empty() ? "" : ", ") + name + ": " + answer;
  return text.empty() ? "no answer at all" : text;
}

Subject& subject_of(const Knowledge& knowledge, CellId cell, Record& record) {
  const Binding at = knowledge.binding_of(cell);
  if (at.model >= 0) return record.models[static_cast<std::size_t>(at.model)];
  if (at.deployment >= 0 && !record.deployments.empty())
    return record.deployments[static_cast<std::size_t>(at.deployment)];
  // The first subject of a knowledge is the organisation; a system's facts may stand at it too.
  const std::uint8_t scopes = knowledge.program().facts[knowledge.fact_of(cell)].scopes;
  const bool organisation =
      at.deployment < 0 && (scopes & kOrganisation) != 0 && cell < knowledge.program().facts.size();
  return organisation ? record.organisation : record.system;
}

Example example_of(const Knowledge& knowledge,
                   const std::vector<std::pair<CellId, Answer>>& answers) {
  Example example;
  example.record = knowledge.record();
  for (const auto& [cell, answer] : answers) {
    subject_of(knowledge, cell, example.record).answers.push_back(answer);
    example.facts.emplace_back(knowledge.cell_name(cell), text_of(knowledge.program(), answer));
  }
  return example;
}

}  // namespace pandect
