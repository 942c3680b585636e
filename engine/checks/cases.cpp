#include "checks/cases.h"

#include "base/names.h"
#include "manifest/record_reader.h"

#include <algorithm>

namespace pandect {
namespace {

std::string word(Truth value) {
  return value == Truth::true_ ? "true" : value == Truth::false_ ? "false" : "unknown";
}

std::string word(Status status) {
  switch (status) {
    case Status::due:
      return "due";
    case Status::upcoming:
      return "upcoming";
    case Status::undetermined:
      return "undetermined";
    case Status::ended:
      return "ended";
    case Status::not_applicable:
      return "not_applicable";
  }
  return "";
}

std::string joined(const std::vector<std::string>& list) {
  std::string text = "[";
  for (const auto& each : list) text += (text.size() > 1 ? ", " : "") + each;
  return text + "]";
}

std::string day_word(const std::optional<Day>& day) { return day ? to_string(*day) : "none"; }

class CaseRun {
 public:
  CaseRun(const Program& program, const Case& test, std::vector<CaseFailure>& failures,
          RuleUse* use)
      : program_(program),
        test_(test),
        failures_(failures),
        use_(use),
        knowledge_(program, test.record, problems_),
        timeline_(knowledge_, test.as_of) {
    if (problems_.empty()) check_consistency(knowledge_, problems_);
  }

  void run() {
    for (const auto& problem : problems_)
      fail(problem.where, problem.message + (problem.hint.empty() ? "" : "; " + problem.hint));
    if (!problems_.empty()) return;
    for (const auto& each : test_.expect) check(each);
    if (use_ != nullptr) note_rules();
  }

 private:
  void fail(const Location& where, std::string message) {
    failures_.push_back({test_.id, where, std::move(message)});
  }
  Location at(const yaml::Value& value) const { return yaml::location_of(test_.document, value); }

  std::optional<Binding> binding(const std::string& subject, Scope scope,
                                 const yaml::Value& value) {
    const auto& record = test_.record;
    if (subject.empty()) {
      if (scope == kModel) {
        if (record.models.size() == 1) return Binding{-1, 0};
        fail(at(value), "this is a conclusion on a model; say which one with @id");
        return std::nullopt;
      }
      return scope == kDeployment ? Binding{0, -1} : Binding{};
    }
    for (std::size_t i = 0; i < record.models.size(); ++i) {
      if (record.models[i].id == subject) return Binding{-1, static_cast<int>(i)};
    }
    for (std::size_t i = 0; i < record.deployments.size(); ++i) {
      if (record.deployments[i].id == subject) return Binding{static_cast<int>(i), -1};
    }
    fail(at(value), "the case has no model or deployment `" + subject + "`");
    return std::nullopt;
  }

  void check(const Expectation& expected) {
    const std::size_t mark = expected.name.find('@');
    const std::string name = expected.name.substr(0, mark);
    const std::string subject = mark == std::string::npos ? "" : expected.name.substr(mark + 1);
    if (const std::uint32_t found = program_.find_concept(name); found != kNone) {
      const Concept& subject_concept = program_.concepts[found];
      const bool several = subject.empty() && subject_concept.scope == kDeployment &&
                           test_.record.deployments.size() > 1;
      if (const auto where = binding(subject, subject_concept.scope, expected.value))
        check_concept(expected, found, *where, several);
      return;
    }
    if (const std::uint32_t found = program_.find_obligation(name); found != kNone) {
      if (const auto where = binding(subject, program_.obligations[found].scope, expected.value))
        check_obligation(expected, found, *where);
      return;
    }
    std::vector<std::string_view> known;
    for (const auto& each : program_.concepts.all()) known.push_back(program_.text(each.id));
    for (const auto& each : program_.obligations.all()) known.push_back(program_.text(each.id));
    fail(at(expected.value),
         "there is no concept or obligation `" + name + "`; " + did_you_mean(name, known));
  }

  void check_concept(const Expectation& expected, std::uint32_t index, Binding where,
                     bool several) {
    const Concept& found = program_.concepts[index];
    const yaml::Value* value = &expected.value;
    if (expected.value.shape == yaml::Shape::map) value = expected.value.find("value");
    if (found.type != FactType::boolean) {
      check_value(expected, index, where, value);
      return;
    }
    Conclusion conclusion = timeline_.now().conclude(found.root, where);
    if (const auto* set = knowledge_.determination(index, where, test_.as_of); set != nullptr) {
      conclusion = Conclusion{};
      conclusion.value = set->value;
    }
    for (int i = 1; several && i < knowledge_.deployments() && conclusion.value != Truth::true_;
         ++i) {
      const Conclusion other = timeline_.now().conclude(found.root, {i, -1});
      if (other.value != Truth::false_) conclusion = other;
    }
    if (value != nullptr && word(conclusion.value) != value->text) {
      std::string message =
          expected.name + ": expected " + value->text + ", got " + word(conclusion.value);
      if (!conclusion.missing.empty()) message += "; missing " + joined(conclusion.missing);
      fail(at(*value), std::move(message));
    }
    if (expected.value.shape != yaml::Shape::map) return;
    for (const auto& [key, wanted] : expected.value.entries) {
      if (key.text == "missing")
        check_list(wanted, conclusion.missing, expected.name + ": missing");
      else if (key.text == "open")
        check_open(wanted, conclusion, expected.name);
      else if (key.text == "kleene") {
        if (word(conclusion.kleene) != wanted.text)
          fail(at(wanted), expected.name + ": expected Kleene " + wanted.text + ", got " +
                               word(conclusion.kleene));
      } else if (key.text == "determined") {
        const bool determined = knowledge_.determination(index, where, test_.as_of) != nullptr;
        if ((wanted.text == "true") != determined)
          fail(at(wanted), expected.name + ": determined or not differs");
      } else if (key.text != "value") {
        fail(at(key), "`" + key.text + "` cannot be expected of a concept");
      }
    }
  }

  void check_value(const Expectation& expected, std::uint32_t index, Binding where,
                   const yaml::Value* value) {
    const Concept& found = program_.concepts[index];
    const bool enumeration = found.type == FactType::enumeration;
    const auto conclusion = enumeration ? timeline_.now().conclude_enum(index, where)
                                        : timeline_.now().conclude_number(index, where);
    std::string got = "unknown";
    if (conclusion.settled && conclusion.value.never)
      got = "none";
    else if (conclusion.settled && enumeration)
      got = program_.text(program_.members[found.values.first + conclusion.member].id);
    else if (conclusion.settled)
      got = conclusion.value.range.low->text();
    if (value != nullptr && value->text != got) {
      const auto wanted = Number::parse(value->text.substr(0, value->text.find(' ')));
      const bool equal = wanted && conclusion.settled && conclusion.value.range.low &&
                         *wanted == *conclusion.value.range.low;
      if (!equal) fail(at(*value), expected.name + ": expected " + value->text + ", got " + got);
    }
    if (expected.value.shape != yaml::Shape::map) return;
    for (const auto& [key, wanted] : expected.value.entries) {
      if (key.text == "missing")
        check_list(wanted, conclusion.missing, expected.name + ": missing");
      else if (key.text == "conflict") {
        if ((wanted.text == "true") != conclusion.conflict)
          fail(at(wanted), expected.name + ": conflict or not differs");
      } else if (key.text != "value") {
        fail(at(key), "`" + key.text + "` cannot be expected of a value");
      }
    }
  }

  void check_list(const yaml::Value& wanted, std::vector<std::string> got,
                  const std::string& what) {
    std::vector<std::string> list;
    for (const auto& item : wanted.items) list.push_back(item.text);
    std::sort(list.begin(), list.end());
    std::sort(got.begin(), got.end());
    if (list != got) fail(at(wanted), what + ": expected " + joined(list) + ", got " + joined(got));
  }

  void check_open(const yaml::Value& wanted, const Conclusion& conclusion,
                  const std::string& name) {
    std::vector<std::string> got;
    for (const auto& open : conclusion.open)
      got.emplace_back(program_.text(program_.rules[open.rule].id));
    yaml::Value names = wanted;
    for (auto& item : names.items) {
      if (item.shape != yaml::Shape::map) continue;
      const auto *rule = item.find("rule"), *missing = item.find("missing");
      if (rule == nullptr) continue;
      for (const auto& open : conclusion.open) {
        if (missing != nullptr && program_.text(program_.rules[open.rule].id) == rule->text) {
          check_list(*missing, open.missing, name + ": open exception " + rule->text + ": missing");
        }
      }
      const yaml::Value only = *rule;
      item = only;
    }
    check_list(names, got, name + ": open exceptions");
  }

  void check_obligation(const Expectation& expected, std::uint32_t index, Binding where) {
    DutyStatus status = timeline_.status(index, where);
    const yaml::Value* wanted = &expected.value;
    if (expected.value.shape == yaml::Shape::map) wanted = expected.value.find("status");
    if (wanted != nullptr && wanted->text != word(status.status)) {
      std::string message =
          expected.name + ": expected " + wanted->text + ", got " + word(status.status);
      if (status.applies_from) message += " from " + to_string(*status.applies_from);
      if (!status.missing.empty()) message += "; missing " + joined(status.missing);
      fail(at(*wanted), std::move(message));
    }
    if (expected.value.shape != yaml::Shape::map) return;
    const auto day = [&](const yaml::Value& value, const std::optional<Day>& got,
                         const std::string& what) {
      const std::string stated = value.shape == yaml::Shape::null ? "none" : value.text;
      if (stated != day_word(got))
        fail(at(value),
             expected.name + ": " + what + ": expected " + stated + ", got " + day_word(got));
    };
    for (const auto& [key, value] : expected.value.entries) {
      if (key.text == "applies_from")
        day(value, status.applies_from, "applies_from");
      else if (key.text == "earliest")
        day(value, status.earliest, "earliest");
      else if (key.text == "ended_on")
        day(value, status.ended_on, "ended_on");
      else if (key.text == "deadline")
        day(value, status.deadline_last, "deadline");
      else if (key.text == "missing")
        check_list(value, status.missing, expected.name + ": missing");
      else if (key.text == "overdue") {
        if ((value.text == "true") != status.overdue)
          fail(at(value), expected.name + ": overdue or not differs");
      } else if (key.text != "status") {
        fail(at(key), "`" + key.text + "` cannot be expected of an obligation");
      }
    }
  }

  void note_rules() {
    use_->applied.resize(program_.rules.size());
    use_->failed.resize(program_.rules.size());
    for (std::uint32_t i = 0; i < program_.rules.size(); ++i) {
      const Rule& rule = program_.rules[i];
      const Scope scope = rule.of_obligation != 0 ? program_.obligations[rule.owner].scope
                                                  : program_.concepts[rule.owner].scope;
      const int count = scope == kModel ? knowledge_.models() : 1;
      for (int each = 0; each < count; ++each) {
        const Binding where = scope == kModel ? Binding{-1, each} : Binding{0, -1};
        const Truth value = timeline_.now().kleene().evaluate(rule.when, where);
        if (value == Truth::true_) use_->applied[i] = 1;
        if (value == Truth::false_) use_->failed[i] = 1;
      }
    }
  }

  const Program& program_;
  const Case& test_;
  std::vector<CaseFailure>& failures_;
  RuleUse* use_;
  Diagnostics problems_;
  Knowledge knowledge_;
  Timeline timeline_;
};

}  // namespace

Case read_case(const Program& program, const CaseDraft& draft, Day default_day,
               Diagnostics& problems) {
  Case test;
  test.id = draft.id;
  test.where = draft.where;
  test.document = draft.document;
  Fields fields(draft.document, draft.value, "case " + draft.id, problems);
  fields.take("id");
  test.title = fields.text("title");
  test.source = fields.text("source");
  fields.take("note");
  fields.take("confidence");
  test.as_of = fields.day("as_of");
  if (test.as_of == kNoDay) test.as_of = default_day;
  test.record = read_record(program, draft.document, draft.value, fields, problems);
  test.record.id = draft.id;
  if (const auto* expect = fields.take("expect");
      expect != nullptr && expect->shape == yaml::Shape::map) {
    for (const auto& [key, value] : expect->entries) test.expect.push_back({key.text, value});
  }
  if (test.expect.empty())
    fields.problem(draft.value, "missing-key", "the case `" + draft.id + "` expects nothing",
                   "add `expect`");
  return test;
}

void run_case(const Program& program, const Case& test, std::vector<CaseFailure>& failures,
              RuleUse* use) {
  CaseRun(program, test, failures, use).run();
}

}  // namespace pandect
