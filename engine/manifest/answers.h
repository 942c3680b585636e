// Reads answers to facts as people write them (semantics 1.1): plain values, intervals, partly
// known members, `never`, `unknown`, with source and note. Used by manifests and by cases alike.
#pragma once

#include "packs/fields.h"

#include "pandect/program.h"
#include "pandect/record.h"

#include <string>

namespace pandect {

class AnswerReader {
 public:
  AnswerReader(const Program& program, const yaml::Document& document, Diagnostics& problems)
      : program_(program), document_(document), problems_(problems) {}

  // All answers of one `facts:` map. `allowed` is a mask of scopes; others are refused with the
  // place where they belong.
  void read(const yaml::Value& facts, std::uint8_t allowed, std::string_view where,
            std::vector<Answer>& out);

 private:
  bool read_value(const Fact& fact, const yaml::Value& value, Answer& answer);
  bool read_bool(const yaml::Value& value, Answer& answer);
  bool read_number(const Fact& fact, const yaml::Value& value, Answer& answer);
  bool read_interval(const Fact& fact, const yaml::Value& value, Answer& answer);
  bool read_date(const yaml::Value& value, Answer& answer);
  bool read_enum(const Fact& fact, const yaml::Value& value, Answer& answer);
  bool read_set(const Fact& fact, const yaml::Value& value, Answer& answer);
  bool amount(const Fact& fact, const yaml::Value& value, Number& number, Answer& answer);
  std::optional<std::uint32_t> member(const Fact& fact, const yaml::Value& value);
  bool check_range(const Fact& fact, const yaml::Value& value, Answer& answer);
  bool fail(const yaml::Value& at, std::string code, std::string message, std::string hint = {});

  const Program& program_;
  const yaml::Document& document_;
  Diagnostics& problems_;
};

}  // namespace pandect
