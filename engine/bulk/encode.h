// Answers as bits of a block. The encoder knows how a plan wants its inputs; where an answer comes
// from (a file, a record, a generator) it does not know.
#pragma once

#include "bulk/plan.h"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace pandect::bulk {

// What one answer sets in the row of its record.
struct Effect {
  struct Codes {
    std::uint32_t column;
    std::uint8_t low, high;
  };
  std::vector<std::uint32_t> planes;
  std::vector<Codes> codes;
  bool slow = false;  // the record goes to the one-record evaluator
};
using Rates = std::map<std::string, Number>;
Effect effect_of(const Plan& plan, CellId cell, const Answer& answer, const Rates& rates);
// The same into an effect that was used before.
void set_effect(const Plan& plan, CellId cell, const Answer& answer, const Rates& rates,
                Effect& effect);

// Inputs of up to 64 * words records, laid out plane after plane.
class Block {
 public:
  Block(const Plan& plan, std::uint32_t words);

  std::uint32_t capacity() const { return words_ * 64; }
  std::uint32_t rows() const { return rows_; }
  const std::uint64_t* planes() const { return planes_.data(); }
  bool slow(std::uint32_t row) const { return slow_[row] != 0; }

  void clear();
  std::uint32_t add() { return rows_++; }
  void set(std::uint32_t row, const Effect& effect);
  void set_slow(std::uint32_t row) { slow_[row] = 1; }
  // What two answers mean together; call once for each row, after its effects.
  using AnswerOf = std::function<const Answer*(CellId)>;
  void tie(std::uint32_t row, const AnswerOf& answer);
  // All of that for one record.
  void add(const Record& record);

 private:
  const Plan& plan_;
  std::uint32_t words_, rows_ = 0;
  std::vector<std::uint64_t> planes_, blank_;
  std::vector<std::uint8_t> slow_;
};

}  // namespace pandect::bulk
