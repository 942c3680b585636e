#include "bulk/intake.h"

#include "base/names.h"
#include "manifest/record_reader.h"

#include <algorithm>

namespace pandect::bulk {
namespace {

constexpr std::size_t kRemembered = 100'000;  // answers of one plan
constexpr std::size_t kLongAnswer = 1024;     // bytes; a longer one is not remembered

std::string reason(const Diagnostics& problems) {
  const Diagnostic& first = problems.front();
  std::string text = first.message;
  return first.hint.empty() ? text : text + " (" + first.hint + ")";
}

// JSON has no words of its own for these two answers.
std::string_view answer_text(std::string_view value) {
  if (value == "\"unknown\"" || value == "\"never\"") return value.substr(1, value.size() - 2);
  return value;
}

std::string home_of(std::uint8_t scopes) {
  return (scopes & kModel) != 0        ? "a model"
         : (scopes & kDeployment) != 0 ? "a system or deployment"
         : (scopes & kSystem) != 0     ? "a system"
                                       : "the organisation";
}

std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + "\"";
}

}  // namespace

std::string read_answer(const Program& program, std::uint32_t fact, std::string_view value,
                        Answer& answer) {
  const std::string text = "{\"" + std::string(program.text(program.facts[fact].id)) +
                           "\": " + std::string(answer_text(value)) + "}";
  const auto document = yaml::parse("line", text);
  if (!document) return reason(document.errors());
  Diagnostics problems;
  std::vector<Answer> answers;
  AnswerReader reader(program, *document, problems);
  reader.read(document->root, 0xFF, "the line", answers);
  if (!problems.empty()) return reason(problems);
  if (answers.size() != 1) return "this is not one answer";
  answer = std::move(answers[0]);
  return {};
}

LineFacts::LineFacts(const Program& program) : program_(program) {
  for (std::uint32_t i = 0; i < program.facts.size(); ++i)
    facts_.emplace(program.text(program.facts[i].id), i);
  last_.assign(program.facts.size(), 0);
  next_.assign(program.facts.size() + 1, 0);
}

// Lines of one file mostly state their facts in one order: what came next before comes next again,
// or one of the few behind it.
std::uint32_t LineFacts::fact_of(std::string_view name, std::uint32_t& before) {
  std::uint32_t guess = next_[before];
  for (int i = 0; i < 3; ++i, guess = next_[guess + 1]) {
    if (program_.text(program_.facts[guess].id) != name) continue;
    before = guess + 1;
    return guess;
  }
  const auto found = facts_.find(name);
  if (found == facts_.end()) return kNone;
  next_[before] = found->second;
  before = found->second + 1;
  return found->second;
}

std::string LineFacts::find(const Line& line) {
  used_ = line.used;
  subjects_.resize(std::max(subjects_.size(), used_ + 1));
  kinds_.resize(subjects_.size());
  std::vector<Found>& implied = subjects_[used_];
  implied.clear();
  for (std::size_t s = 0; s < line.used; ++s) {
    const LineSubject& subject = line.subjects[s];
    subjects_[s].clear();
    kinds_[s] = s == 0 ? LineSubject::Kind::system : subject.kind;
    if (s > 0 && subject.id.empty()) return "a model or deployment has no `id`";
    for (std::size_t k = 1; k < s; ++k) {
      if (line.subjects[k].id == subject.id && line.subjects[k].kind == subject.kind)
        return "the id `" + std::string(subject.id) + "` stands twice";
    }
    const std::uint8_t allowed = s == 0 ? kOrganisation | kSystem | kDeployment
                                 : subject.kind == LineSubject::Kind::model ? kModel
                                                                            : kDeployment;
    if (++stamp_ == 0) last_.assign(last_.size(), 0), stamp_ = 1;
    std::uint32_t before = 0;
    for (const Field& field : subject.fields) {
      const std::uint32_t fact = fact_of(field.fact, before);
      if (fact == kNone) {
        std::vector<std::string_view> known;
        for (const auto& fact : program_.facts.all()) known.push_back(program_.text(fact.id));
        const std::string name(field.fact);
        if (program_.find_concept(name) != kNone)
          return "`" + name +
                 "` is a conclusion, not a fact; a judgement of it stands under "
                 "`determinations`";
        const std::string hint = did_you_mean(field.fact, known);
        return "there is no fact `" + name + "`" + (hint.empty() ? "" : "; ") + hint;
      }
      if (last_[fact] == stamp_) return "`" + std::string(field.fact) + "` stands twice";
      last_[fact] = stamp_;
      const std::uint8_t scopes = program_.facts[fact].scopes;
      if ((scopes & allowed) != 0) {
        subjects_[s].push_back({fact, field.value});
      } else if (s == 0 && (scopes & kModel) != 0 && !line.models_stated) {
        implied.push_back({fact, field.value});
      } else {
        return "`" + std::string(field.fact) + "` is asked of " + home_of(scopes) +
               "; move it there";
      }
    }
  }
  if (!implied.empty()) kinds_[used_++] = LineSubject::Kind::model;
  return {};
}

Shape LineFacts::shape(const Line& line) const {
  Shape shape;
  int deployments = 0;
  for (std::size_t s = 1; s < used_; ++s)
    (kinds_[s] == LineSubject::Kind::model ? shape.models : deployments)++;
  shape.deployments_stated = deployments > 0;
  shape.deployments = std::max(1, deployments);
  shape.has_system = shape.models == 0 || deployments > 0;
  for (const Found& each : subjects_[0])
    shape.has_system = shape.has_system || (program_.facts[each.fact].scopes & kOrganisation) == 0;
  const bool stated = line.models_stated || shape.models > 0;
  shape.closed_world = line.closed_world;
  shape.models_open = !line.models_complete || (shape.has_system && !stated && !line.closed_world);
  return shape;
}

std::string LineFacts::facts_text(std::size_t subject, std::uint8_t scopes) const {
  std::vector<Found> sorted = subjects_[subject];
  std::sort(sorted.begin(), sorted.end(),
            [](const Found& a, const Found& b) { return a.fact < b.fact; });
  std::string text = "{";
  for (const Found& each : sorted) {
    const Fact& fact = program_.facts[each.fact];
    if ((fact.scopes & scopes) == 0) continue;
    if (text.size() > 1) text += ", ";
    text += "\"" + std::string(program_.text(fact.id)) + "\": ";
    text += answer_text(each.value);
  }
  return text + "}";
}

std::string LineFacts::subjects_text(const Line& line, LineSubject::Kind kind) const {
  std::string text = "[";
  for (std::size_t s = 1; s < used_; ++s) {
    if (kinds_[s] != kind) continue;
    if (text.size() > 1) text += ", ";
    text += "{\"id\": " + id_text(line, s) + ", \"facts\": " + facts_text(s, 0xFF) + "}";
  }
  return text + "]";
}

std::string LineFacts::id_text(const Line& line, std::size_t subject) const {
  return subject < line.used ? quoted(line.subjects[subject].id) : "model";
}

std::string LineFacts::text(const Line& line) const {
  std::string text = "{\"facts\": " + facts_text(0, 0xFF);
  const std::string models = subjects_text(line, LineSubject::Kind::model),
                    deployments = subjects_text(line, LineSubject::Kind::deployment);
  if (line.models_stated || models.size() > 2) text += ", \"models\": " + models;
  if (deployments.size() > 2) text += ", \"deployments\": " + deployments;
  if (line.closed_world) text += ", \"closed_world\": true";
  if (!line.models_complete) text += ", \"models_complete\": false";
  if (!line.determinations.empty())
    text += ", \"determinations\": " + std::string(line.determinations);
  if (!line.rates.empty()) text += ", \"rates\": " + std::string(line.rates);
  return text + "}";
}

std::string LineFacts::manifest(const Line& line) const {
  const std::string models = subjects_text(line, LineSubject::Kind::model),
                    deployments = subjects_text(line, LineSubject::Kind::deployment);
  std::string text =
      "pandect: 1\norganisation: {id: organisation, facts: " + facts_text(0, kOrganisation) + "}\n";
  if (models.size() > 2) text += "models: " + models + "\n";
  if (!line.rates.empty()) text += "rates: " + std::string(line.rates) + "\n";
  text += "systems:\n  - id: " + quoted(line.id) + "\n";
  if (line.models_stated || models.size() > 2) {
    text += "    models: [";
    for (std::size_t s = 1; s < used_; ++s) {
      if (kinds_[s] != LineSubject::Kind::model) continue;
      text += (text.back() == '[' ? "" : ", ") + id_text(line, s);
    }
    text += "]\n";
  }
  if (!line.models_complete) text += "    models_complete: false\n";
  if (line.closed_world) text += "    closed_world: true\n";
  text += "    facts: " + facts_text(0, kSystem | kDeployment) + "\n";
  if (deployments.size() > 2) text += "    deployments: " + deployments + "\n";
  if (!line.determinations.empty())
    text += "    determinations: " + std::string(line.determinations) + "\n";
  return text;
}

Record LineFacts::record(const Line& line, Diagnostics& problems) const {
  const auto document = yaml::parse("line", text(line));
  if (!document) {
    problems = document.errors();
    return {};
  }
  Record record;
  {
    Fields fields(*document, document->root, "a line", problems);
    record = read_record(program_, *document, document->root, fields, problems);
  }
  record.id = line.id;
  return record;
}

Intake::Intake(const Plan& plan, Block& block)
    : plan_(plan), program_(plan.program()), block_(block) {
  values_.resize(plan.cell_count());
  seen_.assign(plan.cell_count(), 0);
  answers_.assign(plan.cell_count(), nullptr);
}

// A plain number, or an amount with its currency, as AnswerReader reads it. False: let it do so.
bool Intake::read_number(const Fact& fact, std::string_view value, Answer& answer) const {
  const std::string_view unit = program_.text(fact.unit);
  if (unit == "money") {
    if (value.size() < 7 || value.front() != '"' || value.back() != '"') return false;
    value = value.substr(1, value.size() - 2);
    const std::string_view currency = value.substr(value.size() - 3);
    const bool letters =
        std::all_of(currency.begin(), currency.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    if (!letters || value[value.size() - 4] != ' ') return false;
    answer.currency = currency;
    value.remove_suffix(4);
  }
  if (value.empty() || value.size() > 40 ||
      value.find_first_not_of("0123456789.eE+") != std::string_view::npos)
    return false;
  const auto number = Number::parse(value);
  if (!number || (fact.type == FactType::integer && !number->is_integer()) ||
      (fact.has_minimum != 0 && *number < fact.minimum))
    return false;
  answer.range.low = answer.range.high = *number;
  return true;
}

const Intake::Known& Intake::look_up(CellId cell, std::uint32_t fact, std::string_view value) {
  const auto read = [&](Known& known, bool number) {
    known.problem.clear();
    Answer& answer = known.answer;
    answer.fact = fact;
    answer.unknown = answer.never = false;
    answer.currency.clear();
    answer.range = {};
    if (!number || !read_number(program_.facts[fact], value, answer)) {
      answer = {};
      known.problem = read_answer(program_, fact, value, answer);
    }
    if (known.problem.empty()) set_effect(plan_, cell, answer, {}, known.effect);
  };
  const FactType type = program_.facts[fact].type;
  Remembered& remembered = values_[cell];
  const bool number = type == FactType::integer || type == FactType::number;
  const std::size_t middle = value.size() / 2;
  const auto place = static_cast<unsigned>(value.size()) * 5u +
                     static_cast<unsigned char>(value[middle]) * 3u +
                     static_cast<unsigned char>(value[middle + (value.size() - middle) / 2]);
  auto& recent = remembered.recent[place % remembered.recent.size()];
  if (!number) {
    if (recent != nullptr && recent->first == value) return recent->second;
    if (const auto found = remembered.values.find(value); found != remembered.values.end()) {
      recent = &*found;
      return found->second;
    }
  }
  if (number || value.size() > kLongAnswer || remembered_ >= kRemembered) {
    if (spare_used_ == spare_.size()) spare_.emplace_back();
    Known& known = spare_[spare_used_++];
    read(known, number);
    return known;
  }
  ++remembered_;
  Known& known = remembered.values[std::string(value)];
  read(known, false);
  return known;
}

std::string Intake::put(std::uint32_t row, std::size_t subject, const LineFacts::Found& found) {
  const auto cell = static_cast<CellId>(subject * program_.facts.size() + found.fact);
  if (seen_[cell] == line_) return {};  // a deployment said it itself
  if (found.value.empty()) return "there is no value";
  const Known& known = look_up(cell, found.fact, found.value);
  if (!known.problem.empty())
    return "`" + std::string(program_.text(program_.facts[found.fact].id)) + "`: " + known.problem;
  seen_[cell] = line_;
  answers_[cell] = &known.answer;
  block_.set(row, known.effect);
  return {};
}

std::string Intake::add(const Line& line, const LineFacts& facts) {
  if (remembered_ >= kRemembered) {
    for (Remembered& each : values_) each = {};
    remembered_ = 0;
  }
  if (++line_ == 0) {
    std::fill(seen_.begin(), seen_.end(), 0);
    line_ = 1;
  }
  spare_used_ = 0;
  const std::uint32_t row = block_.add();
  if (!line.determinations.empty() || !line.rates.empty() || plan_.all_slow()) block_.set_slow(row);
  const auto deployments = static_cast<std::size_t>(plan_.shape().deployments);
  std::size_t model = 0, deployment = 0;
  std::string problem;
  for (std::size_t s = 1; s < facts.used() && problem.empty(); ++s) {
    const std::size_t subject =
        facts.kind(s) == LineSubject::Kind::model ? 2 + deployments + model++ : 2 + deployment++;
    for (const auto& each : facts.subjects()[s]) {
      if (problem.empty()) problem = put(row, subject, each);
    }
  }
  for (const auto& each : facts.subjects()[0]) {
    if (!problem.empty()) break;
    const std::uint8_t scopes = program_.facts[each.fact].scopes;
    if ((scopes & kOrganisation) != 0) problem = put(row, 0, each);
    if (problem.empty() && (scopes & kSystem) != 0) problem = put(row, 1, each);
    for (std::size_t i = 0; problem.empty() && (scopes & kDeployment) != 0 && i < deployments; ++i)
      problem = put(row, 2 + i, each);
  }
  if (problem.empty() && !(plan_.ties().empty() && plan_.comparisons().empty())) {
    block_.tie(row, [&](CellId cell) -> const Answer* {
      return seen_[cell] == line_ ? answers_[cell] : nullptr;
    });
  }
  return problem;
}

}  // namespace pandect::bulk
