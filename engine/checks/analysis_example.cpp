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

Example example_of(const Knowledge& knowledge,
                   const std::vector<std::pair<CellId, Answer>>& answers) {
  const Program& program = knowledge.program();
  Example example;
  example.record = knowledge.record();
  for (const auto& [cell, answer] : answers) {
    const Binding at = knowledge.binding_of(cell);
    Subject* subject = &example.record.system;
    if (at.model >= 0) {
      subject = &example.record.models[static_cast<std::size_t>(at.model)];
    } else if (at.deployment >= 0 && !example.record.deployments.empty()) {
      subject = &example.record.deployments[static_cast<std::size_t>(at.deployment)];
    } else if (at.deployment < 0 && (program.facts[answer.fact].scopes & kOrganisation) != 0) {
      subject = &example.record.organisation;
    }
    subject->answers.push_back(answer);
    example.facts.emplace_back(knowledge.cell_name(cell), text_of(program, answer));
  }
  return example;
}

}  // namespace pandect
