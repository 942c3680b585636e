#include "bulk/line_facts.h"

#include "base/names.h"
#include "manifest/record_reader.h"

#include <algorithm>

namespace pandect::bulk {
namespace {

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

void add(std::vector<LineFacts::Found>& list, std::uint32_t fact, std::uint8_t scopes,
         std::string_view value) {
  LineFacts::Found& found = list.emplace_back();
  found.fact = fact;
  found.scopes = scopes;
  found.value = value;
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
  for (std::uint32_t i = 0; i < program.facts.size(); ++i) {
    names_.push_back(program.text(program.facts[i].id));
    scopes_.push_back(program.facts[i].scopes);
    facts_.add(names_.back()) = i;
  }
  last_.assign(program.facts.size(), 0);
}

std::string LineFacts::unknown_fact(std::string_view text) const {
  const std::string name(text);
  if (program_.find_concept(name) != kNone)
    return "`" + name +
           "` is a conclusion, not a fact; a judgement of it stands under `determinations`";
  std::vector<std::string_view> known;
  for (const auto& fact : program_.facts.all()) known.push_back(program_.text(fact.id));
  const std::string hint = did_you_mean(text, known);
  return "there is no fact `" + name + "`" + (hint.empty() ? "" : "; ") + hint;
}

// Lines of one file mostly name the same facts in the same order.
std::uint32_t LineFacts::fact_of(std::string_view name, std::size_t place) {
  if (place < order_.size() && same_text(names_[order_[place]], name)) return order_[place];
  const std::uint32_t* known = facts_.find(name);
  if (known == nullptr) return kNone;
  if (place >= order_.size()) order_.resize(place + 1);
  order_[place] = *known;
  return *known;
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
    for (std::size_t i = 0; i < subject.fields.size(); ++i) {
      const Field& field = subject.fields[i];
      const std::uint32_t fact = fact_of(field.fact, i);
      if (fact == kNone) return unknown_fact(field.fact);
      if (last_[fact] == stamp_) return "`" + std::string(field.fact) + "` stands twice";
      last_[fact] = stamp_;
      const std::uint8_t scopes = scopes_[fact];
      if ((scopes & allowed) != 0) {
        add(subjects_[s], fact, scopes, field.value);
      } else if (s == 0 && (scopes & kModel) != 0 && !line.models_stated) {
        add(implied, fact, scopes, field.value);
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

const Answer* AnswerMemory::read(std::uint32_t fact, std::string_view text) {
  std::optional<Answer>* known = answers_[fact].find(text);
  if (known == nullptr) {
    const bool keep = text.size() <= kLongAnswer && remembered_ < kRemembered;
    if (keep) ++remembered_;
    known = keep ? &answers_[fact].add(text) : &spare_;
    Answer answer;
    known->reset();
    if (read_answer(program_, fact, text, answer).empty()) *known = std::move(answer);
  }
  return known->has_value() ? &**known : nullptr;
}

bool LineFacts::take_answers(std::size_t subject, AnswerMemory& answers,
                             std::vector<Answer>& out) const {
  std::vector<Found> sorted = subjects_[subject];
  std::sort(sorted.begin(), sorted.end(),
            [](const Found& a, const Found& b) { return a.fact < b.fact; });
  for (const Found& each : sorted) {
    const Answer* answer = answers.read(each.fact, each.value);
    if (answer == nullptr) return false;
    out.push_back(*answer);
  }
  return true;
}

Record LineFacts::record(const Line& line, AnswerMemory& answers, Diagnostics& problems) const {
  if (!line.determinations.empty() || !line.rates.empty()) return read_record(line, problems);
  Record record;
  record.id = line.id;
  const Shape shape = this->shape(line);
  record.has_system = shape.has_system;
  record.closed_world = line.closed_world;
  record.models_stated = line.models_stated || shape.models > 0;
  record.models_complete = line.models_complete;
  bool good = take_answers(0, answers, record.system.answers);
  for (std::size_t s = 1; s < used_ && good; ++s) {
    const bool model = kinds_[s] == LineSubject::Kind::model;
    Subject& subject = (model ? record.models : record.deployments).emplace_back();
    subject.id = s < line.used ? std::string(line.subjects[s].id) : "model";
    good = take_answers(s, answers, subject.answers);
  }
  // The reader of records says what is wrong.
  return good ? record : read_record(line, problems);
}

Record LineFacts::read_record(const Line& line, Diagnostics& problems) const {
  const auto document = yaml::parse("line", text(line));
  if (!document) {
    problems = document.errors();
    return {};
  }
  Record record;
  {
    Fields fields(*document, document->root, "a line", problems);
    record = pandect::read_record(program_, *document, document->root, fields, problems);
  }
  record.id = line.id;
  return record;
}

}  // namespace pandect::bulk
