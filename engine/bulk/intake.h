// From split lines to rows of blocks. An answer is read once by the reader of manifests and kept by
// the text of its value; a line whose answers have all been seen costs look-ups. Plain numbers and
// amounts of money are read without that memory, for they seldom come twice.
#pragma once

#include "bulk/encode.h"
#include "bulk/line_facts.h"

#include <array>
#include <deque>
#include <string>
#include <vector>

namespace pandect::bulk {

class Intake {
 public:
  Intake(const Plan& plan, Block& block);

  // Adds a row of the shape of the plan. The reason if an answer cannot be read; then the row is
  // void.
  std::string add(const Line& line, const LineFacts& facts);

 private:
  // The effect of a yes or no that sets planes and nothing else.
  struct Mark {
    Block::Planes planes{};
    enum class State : std::uint8_t { unseen, nothing, planes } state = State::unseen;
  };
  struct Known {
    Answer answer;
    Effect effect;
    std::string problem;
  };
  // A cell of plain numbers whose thresholds are whole: their codes are counted without a Number.
  struct Scale {
    std::uint32_t column;
    std::vector<Int128> at;
    std::vector<std::uint8_t> above;
  };
  struct Numbers {
    bool plain = false;
    Int128 least = 0;
    std::vector<Scale> scales;
    Effect effect;  // of any number but for its codes
  };

  const Known& look_up(CellId cell, std::uint32_t fact, std::string_view value);
  bool read_number(const Fact& fact, std::string_view value, Answer& answer) const;
  Numbers numbers_of(CellId cell) const;
  bool put_number(std::uint32_t row, CellId cell, std::string_view value);
  void put(std::uint32_t row, std::size_t subject, const LineFacts::Found& found);
  static void keep(Mark& mark, const Known& known);
  void fail(std::uint32_t fact, const std::string& why);

  const Plan& plan_;
  const Program& program_;
  Block& block_;
  std::vector<TextTable<Known>> values_;    // by cell
  std::vector<std::array<Mark, 2>> marks_;  // what `false` and `true` set, by cell
  std::vector<Numbers> numbers_;            // by cell
  std::size_t remembered_ = 0;
  std::vector<std::uint32_t> seen_;  // by cell: the row count when it was stated
  std::vector<const Answer*> answers_;
  std::uint32_t line_ = 0;
  std::string problem_;  // of the line
  std::deque<Known> spare_;
  std::size_t spare_used_ = 0;
};

}  // namespace pandect::bulk
