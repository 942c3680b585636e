#include "assessment/explain.h"

#include "base/names.h"

#include <optional>

namespace pandect {
namespace {

// Where a conclusion is asked; empty if there is no such deployment or model.
std::optional<Binding> binding_for(const Assessable& subject, Scope scope,
                                   const std::string& where) {
  const Record& record = subject.record;
  const bool model = subject.kind == Assessable::Kind::model || scope == kModel;
  const auto& places = model ? record.models : record.deployments;
  for (std::size_t i = 0; i < places.size() && !where.empty(); ++i) {
    if (places[i].id != where) continue;
    return model ? Binding{-1, static_cast<int>(i)} : Binding{static_cast<int>(i), -1};
  }
  if (!where.empty()) return std::nullopt;
  if (model) return Binding{-1, 0};
  return scope == kDeployment ? Binding{0, -1} : Binding{};
}

Diagnostic no_place(const Assessable& subject, Scope scope, const std::string& where) {
  const Record& record = subject.record;
  const bool model = subject.kind == Assessable::Kind::model || scope == kModel;
  std::vector<std::string_view> known;
  for (const auto& each : model ? record.models : record.deployments) known.push_back(each.id);
  return {Level::error,
          "unknown-name",
          {},
          record.id + " has no " + (model ? "model" : "deployment") + " `" + where + "`",
          did_you_mean(where, known)};
}

std::string course_text(Timeline& timeline, std::uint32_t duty, Binding at) {
  std::string text = "over time:";
  Truth last = Truth::unknown;
  bool first = true;
  for (const auto& [day, value] : timeline.course(duty, at)) {
    if (!first && value == last) continue;
    const char* word = value == Truth::true_    ? "owed"
                       : value == Truth::false_ ? "not owed"
                                                : "open";
    text += std::string(first ? " " : ", ") +
            (day == kNoDay ? "at first " : "from " + to_string(day) + " ") + word;
    last = value;
    first = false;
  }
  return text + "\n";
}

Diagnostic unknown(const Program& program, const std::string& id) {
  std::vector<std::string_view> known;
  for (const auto& each : program.concepts.all()) known.push_back(program.text(each.id));
  for (const auto& each : program.obligations.all()) known.push_back(program.text(each.id));
  return {Level::error,
          "unknown-name",
          {},
          "there is no conclusion or duty `" + id + "`",
          did_you_mean(id, known)};
}

}  // namespace

Result<Explanation> explain(const Program& program, const Assessable& subject,
                            const std::string& asked, Day as_of) {
  const std::size_t mark = asked.find('@');
  const std::string id = asked.substr(0, mark),
                    where = mark == std::string::npos ? "" : asked.substr(mark + 1);
  const std::uint32_t concept_index = program.find_concept(id), duty = program.find_obligation(id);
  if (concept_index == kNone && duty == kNone) return unknown(program, id);
  Diagnostics problems;
  const Knowledge knowledge(program, subject.record, problems);
  if (has_errors(problems)) return problems;
  const Scope scope =
      duty != kNone ? program.obligations[duty].scope : program.concepts[concept_index].scope;
  const bool fits =
      (scope == kModel) ? !subject.record.models.empty() : subject.kind == Assessable::Kind::system;
  if (!fits) {
    return Diagnostic{Level::error,
                      "not-asked",
                      {},
                      "`" + id + "` is not asked of " + subject.record.id,
                      scope == kModel ? "ask it of a model" : "ask it of a system"};
  }
  const auto place = binding_for(subject, scope, where);
  if (!place) return no_place(subject, scope, where);
  const Binding at = *place;
  Timeline timeline(knowledge, as_of);
  Explanation result;
  Day day = as_of;
  if (duty != kNone) {
    day = timeline.status(duty, at).shown_on;
    result.heading = course_text(timeline, duty, at);
    if (day != as_of) result.heading += "shown for " + to_string(day) + ":\n";
  }
  Prover prover(timeline, day);
  result.proof =
      duty != kNone ? prover.obligation_proof(duty, at) : prover.concept_proof(concept_index, at);
  return result;
}

Result<Assessable> find_subject(const Manifest& manifest, const std::string& id) {
  auto records = records_of(manifest);
  if (id.empty() && !records.empty()) return std::move(records[0]);
  std::vector<std::string_view> known;
  for (auto& each : records) {
    if (each.record.id == id) return std::move(each);
    known.push_back(each.record.id);
  }
  std::string hint = did_you_mean(id, known);
  if (hint.empty()) {
    for (const auto name : known) hint += (hint.empty() ? "there are: " : ", ") + std::string(name);
  }
  return Diagnostic{Level::error,
                    "unknown-name",
                    {},
                    "the manifest has no system or model `" + id + "`",
                    std::move(hint)};
}

}  // namespace pandect
