#include "manifest/record_reader.h"

#include "base/names.h"

namespace pandect {

std::vector<Subject> RecordParts::subjects(const yaml::Value* list, std::uint8_t scopes,
                                           std::string_view what) {
  std::vector<Subject> result;
  if (list == nullptr) return result;
  if (list->shape != yaml::Shape::list) {
    problems_.push_back({Level::error, "wrong-shape", yaml::location_of(document_, *list),
                         "this is a list of " + std::string(what) + "s, not " +
                             std::string(yaml::shape_name(list->shape)),
                         ""});
    return result;
  }
  for (const auto& item : list->items) {
    Fields fields(document_, item, "a " + std::string(what), problems_);
    Subject subject;
    subject.id = fields.required_text("id");
    subject.name = fields.text("name");
    fields.take("complete");
    for (const auto& each : result) {
      if (each.id == subject.id)
        fields.problem(item, "duplicate-id",
                       "the " + std::string(what) + " `" + subject.id + "` stands twice");
    }
    if (const auto* facts = fields.take("facts"))
      answers_.read(*facts, scopes, "a " + std::string(what), subject.answers);
    result.push_back(std::move(subject));
  }
  return result;
}

void RecordParts::determinations(const yaml::Value* map, std::vector<Determination>& out) {
  if (map == nullptr) return;
  if (map->shape != yaml::Shape::map) {
    problems_.push_back(
        {Level::error, "wrong-shape", yaml::location_of(document_, *map),
         "`determinations` is a map of `concept: {value, made, through, by, reason}`", ""});
    return;
  }
  for (const auto& [key, value] : map->entries) {
    Fields fields(document_, value, "a determination", problems_);
    Determination each;
    each.where = yaml::location_of(document_, key);
    const std::size_t at = key.text.find('@');
    each.concept_id = key.text.substr(0, at);
    if (at != std::string::npos) each.subject = key.text.substr(at + 1);
    const std::uint32_t found = program_.find_concept(each.concept_id);
    if (found == kNone) {
      std::vector<std::string_view> known;
      for (const auto& one : program_.concepts.all()) known.push_back(program_.text(one.id));
      std::string hint = did_you_mean(each.concept_id, known);
      if (program_.find_obligation(each.concept_id) != kNone)
        hint = "a duty cannot be determined, only the class that it follows from";
      fields.problem(key, "unknown-concept", "there is no conclusion `" + each.concept_id + "`",
                     std::move(hint));
    } else if (program_.concepts[found].type != FactType::boolean) {
      fields.problem(key, "wrong-type", "only a yes-or-no conclusion can be determined here");
    }
    each.value = fields.word<Truth>("value", Truth::unknown,
                                    {{"true", Truth::true_}, {"false", Truth::false_}});
    if (each.value == Truth::unknown && fields.valid())
      fields.problem(value, "missing-key", "a determination has `value: true` or `value: false`");
    if (const Day made = fields.day("made"); made != kNoDay) each.made = made;
    if (const Day through = fields.day("through"); through != kNoDay) each.through = through;
    if (each.made && each.through && *each.through < *each.made)
      fields.problem(value, "conflicting-dates", "`through` lies before `made`");
    each.by = fields.text("by");
    each.reason = fields.text("reason");
    out.push_back(std::move(each));
  }
}

void RecordParts::rates(const yaml::Value* map, std::map<std::string, Number>& out) {
  if (map == nullptr) return;
  for (const auto& [key, value] : map->entries) {
    const yaml::Value* stated = value.shape == yaml::Shape::map ? value.find("value") : &value;
    const auto rate = stated != nullptr ? Number::parse(stated->text) : std::nullopt;
    if (!rate || *rate <= Number(0) || key.text.size() != 7 || key.text[3] != '>') {
      problems_.push_back(
          {Level::error, "bad-rate", yaml::location_of(document_, key),
           "a rate says what one unit of the left currency is worth in the right one",
           "write it like \"USD>KRW\": 1398.5"});
      continue;
    }
    out[key.text] = *rate;
  }
}

Record read_record(const Program& program, const yaml::Document& document, const yaml::Value& value,
                   Fields& fields, Diagnostics& problems) {
  Record record;
  record.where = yaml::location_of(document, value);
  RecordParts parts(program, document, problems);
  record.closed_world = fields.boolean("closed_world", false);
  if (const auto* facts = fields.take("facts")) {
    parts.answers().read(*facts, kOrganisation | kSystem | kDeployment, "a system",
                         record.system.answers);
  }
  const auto* models = fields.take("models");
  record.models_stated = models != nullptr || value.find("models") != nullptr;
  record.models = parts.subjects(models, kModel, "model");
  record.models_complete = fields.boolean("models_complete", true);
  record.deployments = parts.subjects(fields.take("deployments"), kDeployment, "deployment");
  parts.determinations(fields.take("determinations"), record.determinations);
  parts.rates(fields.take("rates"), record.rates);
  bool system_facts = false;  // organisation and model alone make no system
  for (const auto& answer : record.system.answers) {
    system_facts = system_facts || (program.facts[answer.fact].scopes & kOrganisation) == 0;
  }
  record.has_system = record.models.empty() || system_facts || !record.deployments.empty();
  return record;
}

}  // namespace pandect
