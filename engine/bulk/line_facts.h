// A split line with its facts found, and what it says in the other forms of a record.
#pragma once

#include "bulk/lines.h"
#include "bulk/plan.h"
#include "bulk/text_table.h"

#include "pandect/result.h"

#include <optional>
#include <string>
#include <vector>

namespace pandect::bulk {

inline constexpr std::size_t kRemembered = 100'000;  // answers
inline constexpr std::size_t kLongAnswer = 1024;     // bytes; a longer one is not remembered

// Answers by fact and text, read once by the reader of manifests.
class AnswerMemory {
 public:
  explicit AnswerMemory(const Program& program)
      : program_(program), answers_(program.facts.size()) {}
  // Null where the text is no answer to this fact.
  const Answer* read(std::uint32_t fact, std::string_view text);

 private:
  const Program& program_;
  std::vector<TextTable<std::optional<Answer>>> answers_;
  std::optional<Answer> spare_;
  std::size_t remembered_ = 0;
};

// A line with its facts found. A flat line may state facts of a model: then it has one, `model`.
class LineFacts {
 public:
  explicit LineFacts(const Program& program);

  // Empty, or why not: an unknown fact, a fact of another subject, one that stands twice.
  std::string find(const Line& line);
  struct Found {
    std::uint32_t fact;
    std::uint8_t scopes;  // of the fact
    std::string_view value;
  };
  // By subject of the line; the model that a flat line implies comes last.
  const std::vector<std::vector<Found>>& subjects() const { return subjects_; }
  std::size_t used() const { return used_; }
  LineSubject::Kind kind(std::size_t subject) const { return kinds_[subject]; }
  Shape shape(const Line& line) const;

  // The record, as a manifest would state it; problems without a place.
  Record record(const Line& line, AnswerMemory& answers, Diagnostics& problems) const;
  // What stands in a line beside its id; lines with the same text have the same conclusions.
  std::string text(const Line& line) const;
  // A manifest that says the same, for the commands that take one: proofs, dates, questions.
  std::string manifest(const Line& line) const;

 private:
  std::uint32_t fact_of(std::string_view name, std::size_t place);
  std::string unknown_fact(std::string_view name) const;
  std::string facts_text(std::size_t subject, std::uint8_t scopes) const;
  std::string subjects_text(const Line& line, LineSubject::Kind kind) const;
  std::string id_text(const Line& line, std::size_t subject) const;
  Record read_record(const Line& line, Diagnostics& problems) const;
  bool take_answers(std::size_t subject, AnswerMemory& answers, std::vector<Answer>& out) const;

  const Program& program_;
  TextTable<std::uint32_t> facts_;
  std::vector<std::string_view> names_;  // by fact
  std::vector<std::uint8_t> scopes_;     // by fact
  std::vector<std::uint32_t> order_;     // facts of the system, as they stood in the last line
  std::vector<std::uint32_t> last_;      // by fact: the subject that stated it last
  std::uint32_t stamp_ = 0;
  std::vector<std::vector<Found>> subjects_;
  std::vector<LineSubject::Kind> kinds_;
  std::size_t used_ = 0;
};

// Reads one answer; the reason if it cannot be read.
std::string read_answer(const Program& program, std::uint32_t fact, std::string_view value,
                        Answer& answer);

}  // namespace pandect::bulk
