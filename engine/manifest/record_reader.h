// Reads one record from YAML: the shape that cases and single-system inputs share.
#pragma once

#include "manifest/answers.h"

#include "pandect/record.h"

namespace pandect {

// Parts that a record and a manifest have in common.
class RecordParts {
 public:
  RecordParts(const Program& program, const yaml::Document& document, Diagnostics& problems)
      : program_(program),
        document_(document),
        problems_(problems),
        answers_(program, document, problems) {}

  std::vector<Subject> subjects(const yaml::Value* list, std::uint8_t scopes,
                                std::string_view what);
  void determinations(const yaml::Value* map, std::vector<Determination>& out);
  void rates(const yaml::Value* map, std::map<std::string, Number>& out);
  AnswerReader& answers() { return answers_; }
  const yaml::Document& document() const { return document_; }
  const Program& program() const { return program_; }
  Diagnostics& problems() { return problems_; }

 private:
  const Program& program_;
  const yaml::Document& document_;
  Diagnostics& problems_;
  AnswerReader answers_;
};

// `facts`, `models`, `models_complete`, `deployments`, `determinations`, `rates`, `closed_world` of
// a map whose other keys the caller takes from `fields`.
Record read_record(const Program& program, const yaml::Document& document, const yaml::Value& value,
                   Fields& fields, Diagnostics& problems);

}  // namespace pandect
