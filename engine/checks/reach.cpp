#include "checks/reach.h"

namespace pandect {

using language::Expression;
using language::Kind;

void visit(const Expression& expression, const std::function<void(const Expression&)>& look) {
  look(expression);
  for (const auto& child : expression.children) visit(child, look);
}

bool maps_to(std::string_view to, std::string_view wanted) {
  if (!to.starts_with(wanted)) return false;
  return to.size() == wanted.size() || to[wanted.size()] == ':';
}

Reach::Reach(const Program& program, const std::vector<PackDraft>& drafts) : program_(program) {
  const std::size_t count = program.concepts.size() + program.obligations.size();
  const PackDraft& main = drafts.back();
  concepts_.assign(count, std::vector<bool>(count, false));
  mappings_.assign(count, std::vector<bool>(main.mappings.size(), false));
  closed_.assign(count, false);
  for (const auto& pack : drafts) {
    for (const auto& each : pack.concepts) {
      const std::uint32_t reader = conclusion(each.id);
      note(main, reader, each.otherwise);
      note(main, reader, each.rules);
    }
    for (const auto& each : pack.obligations) {
      const std::uint32_t reader = conclusion(each.id);
      for (const auto* source : {&each.owed_by, &each.starts, &each.ends, &each.deadline}) {
        note(main, reader, *source);
      }
      note(main, reader, each.rules);
      note(main, reader, each.exceptions);
    }
  }
  for (std::uint32_t i = 0; i < count; ++i) close(i);
}

std::uint32_t conclusion_of(const Program& program, std::string_view id) {
  id = id.substr(0, id.find('@'));
  if (const std::uint32_t found = program.find_concept(id); found != kNone) return found;
  const std::uint32_t duty = program.find_obligation(id);
  return duty == kNone ? kNone : static_cast<std::uint32_t>(program.concepts.size()) + duty;
}

bool Reach::read_by_duty(std::uint32_t conclusion) const {
  for (std::size_t i = program_.concepts.size(); i < concepts_.size(); ++i) {
    if (concepts_[i][conclusion]) return true;
  }
  return false;
}

void Reach::note(const PackDraft& main, std::uint32_t reader, const std::vector<RuleDraft>& rules) {
  for (const auto& rule : rules) {
    note(main, reader, rule.when);
    note(main, reader, rule.then);
  }
}

void Reach::note(const PackDraft& main, std::uint32_t reader, const yaml::Source& source) {
  if (source.empty()) return;
  const auto parsed = language::parse(source.text);
  if (!parsed.expression) return;
  visit(*parsed.expression, [&](const Expression& part) {
    if (part.kind == Kind::maps) note_mappings(main, reader, part);
    if (part.kind != Kind::name) return;
    const std::uint32_t found = program_.find_concept(part.text);
    if (found != kNone) concepts_[reader][found] = true;
  });
}

void Reach::note_mappings(const PackDraft& main, std::uint32_t reader, const Expression& maps) {
  for (std::size_t i = 0; i < main.mappings.size(); ++i) {
    const MappingDraft& mapping = main.mappings[i];
    if (!maps_to(mapping.to, maps.text) || mappings_[reader][i]) continue;
    if (!maps.members.empty() && mapping.klass != maps.members[0].text) continue;
    mappings_[reader][i] = true;
    note(main, reader, mapping.condition);
  }
}

void Reach::close(std::uint32_t reader) {
  if (closed_[reader]) return;
  closed_[reader] = true;
  concepts_[reader][reader] = true;
  for (std::uint32_t i = 0; i < program_.concepts.size(); ++i) {
    if (!concepts_[reader][i] || i == reader) continue;
    close(i);
    for (std::size_t k = 0; k < concepts_[i].size(); ++k) {
      if (concepts_[i][k]) concepts_[reader][k] = true;
    }
    for (std::size_t k = 0; k < mappings_[i].size(); ++k) {
      if (mappings_[i][k]) mappings_[reader][k] = true;
    }
  }
}

}  // namespace pandect
