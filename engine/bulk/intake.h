// From split lines to rows of blocks. An answer is read once by the reader of manifests and kept by
// the text of its value; a line whose answers have all been seen costs look-ups. Plain numbers and
// amounts of money are read without that memory, for they seldom come twice.
#pragma once

#include "bulk/encode.h"
#include "bulk/lines.h"

#include "pandect/result.h"

#include <array>
#include <deque>
#include <string>
#include <unordered_map>
#include <vector>

namespace pandect::bulk {

// A line with its facts found. A flat line may state facts of a model: then it has one, `model`.
class LineFacts {
 public:
  explicit LineFacts(const Program& program);

  // Empty, or why not: an unknown fact, a fact of another subject, one that stands twice.
  std::string find(const Line& line);
  struct Found {
    std::uint32_t fact;
    std::string_view value;
  };
  // By subject of the line; the model that a flat line implies comes last.
  const std::vector<std::vector<Found>>& subjects() const { return subjects_; }
  std::size_t used() const { return used_; }
  LineSubject::Kind kind(std::size_t subject) const { return kinds_[subject]; }
  Shape shape(const Line& line) const;

  // The record, as a manifest would state it; problems without a place.
  Record record(const Line& line, Diagnostics& problems) const;
  // What stands in a line beside its id; lines with the same text have the same conclusions.
  std::string text(const Line& line) const;
  // A manifest that says the same, for the commands that take one: proofs, dates, questions.
  std::string manifest(const Line& line) const;

 private:
  std::uint32_t fact_of(std::string_view name, std::uint32_t& before);
  std::string facts_text(std::size_t subject, std::uint8_t scopes) const;
  std::string subjects_text(const Line& line, LineSubject::Kind kind) const;
  std::string id_text(const Line& line, std::size_t subject) const;

  const Program& program_;
  std::unordered_map<std::string_view, std::uint32_t> facts_;
  std::vector<std::uint32_t> last_;  // by fact: the subject that stated it last
  std::vector<std::uint32_t> next_;  // by fact: what followed it in an earlier line
  std::uint32_t stamp_ = 0;
  std::vector<std::vector<Found>> subjects_;
  std::vector<LineSubject::Kind> kinds_;
  std::size_t used_ = 0;
};

class Intake {
 public:
  Intake(const Plan& plan, Block& block);

  // Adds a row of the shape of the plan. The reason if an answer cannot be read; then the row is
  // void.
  std::string add(const Line& line, const LineFacts& facts);

 private:
  struct Known {
    Answer answer;
    Effect effect;
    std::string problem;
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>()(text);
    }
  };
  using Values = std::unordered_map<std::string, Known, Hash, std::equal_to<>>;
  // Most answers are among the last few that were given; those are found without a hash.
  struct Remembered {
    Values values;
    std::array<Values::value_type*, 16> recent{};
  };

  const Known& look_up(CellId cell, std::uint32_t fact, std::string_view value);
  bool read_number(const Fact& fact, std::string_view value, Answer& answer) const;
  std::string put(std::uint32_t row, std::size_t subject, const LineFacts::Found& found);

  const Plan& plan_;
  const Program& program_;
  Block& block_;
  std::vector<Remembered> values_;  // by cell
  std::size_t remembered_ = 0;
  std::vector<std::uint32_t> seen_;  // by cell: the row count when it was stated
  std::vector<const Answer*> answers_;
  std::uint32_t line_ = 0;
  std::deque<Known> spare_;
  std::size_t spare_used_ = 0;
};

// Reads one answer; the reason if it cannot be read.
std::string read_answer(const Program& program, std::uint32_t fact, std::string_view value,
                        Answer& answer);

}  // namespace pandect::bulk
