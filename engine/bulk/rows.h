// Verdicts as bits by question, and rows of text from them.
#pragma once

#include "bulk/evaluate.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace pandect::bulk {

struct BatchOptions {
  Day day = 0;
  std::vector<Question> questions;
  bool csv = false;    // rows out
  bool exact = false;  // decide what Kleene leaves unknown, or standing, exactly
};

std::string header_row(const Program& program, const BatchOptions& options);  // csv
void json_text(std::string& out, std::string_view text);

// The verdicts of up to 64 rows: for each row a bit for each question.
class Verdicts {
 public:
  explicit Verdicts(std::size_t questions)
      : words_((questions + 63) / 64), yes_(64 * words_), unknown_(yes_), standing_(yes_) {}

  // Rows 64 * word and on of a block.
  void take(const Plan& plan, const BlockEvaluator& evaluator, std::uint32_t word);
  void set(std::uint32_t row, const std::vector<Verdict>& verdicts);

  std::size_t words() const { return words_; }
  const std::uint64_t* yes(std::uint32_t row) const { return &yes_[row * words_]; }
  const std::uint64_t* unknown(std::uint32_t row) const { return &unknown_[row * words_]; }
  const std::uint64_t* standing(std::uint32_t row) const { return &standing_[row * words_]; }
  // Something is unknown or standing.
  bool open(std::uint32_t row) const;

 private:
  std::size_t words_;
  std::vector<std::uint64_t> yes_, unknown_, standing_;
};

class RowWriter {
 public:
  RowWriter(const Program& program, const BatchOptions& options);
  // The text of a row, until the next one is written.
  std::string_view write(std::string_view id, std::uint64_t number, const Verdicts& verdicts,
                         std::uint32_t row);

 private:
  struct Name {  // `,"id"`, with room to read kStride bytes at any place
    const char* text;
    std::uint32_t size;
  };
  char* list(char* to, std::string_view name, const std::uint64_t* bits, const std::uint64_t* mask,
             bool optional);
  void write_csv(std::string_view id, std::uint64_t number, const Verdicts& verdicts,
                 std::uint32_t row);

  const BatchOptions& options_;
  std::vector<Name> names_;
  std::unique_ptr<char[]> pool_, row_;
  std::size_t most_ = 0, room_ = 0;
  std::vector<std::uint64_t> conclusions_, duties_, all_;  // questions, as bits
  std::string text_;
};

}  // namespace pandect::bulk
