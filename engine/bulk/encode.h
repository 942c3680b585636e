// Answers as bits of a block. The encoder knows how a plan wants its inputs; where an answer comes
// from (a file, a record, a generator) it does not know.
#pragma once

#include "bulk/plan.h"
#include "logic/kleene.h"

#include <array>
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
  // A multiple of kAtOnce: the last one stands there again until it is.
  std::vector<std::uint32_t> planes;
  std::vector<Codes> codes;
  // True and false set different numbers of planes, and a loop that ends now here, now there is
  // guessed wrong by the processor for every other answer.
  static constexpr std::size_t kAtOnce = 2;
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
  void set(std::uint32_t row, const Effect& effect) {
    const std::uint64_t bit = std::uint64_t{1} << (row & 63u);
    for (std::size_t i = 0; i < effect.planes.size(); i += Effect::kAtOnce) {
      for (std::size_t k = i; k < i + Effect::kAtOnce; ++k)
        planes_[static_cast<std::size_t>(effect.planes[k]) * words_ + (row >> 6)] |= bit;
    }
    for (const Effect::Codes& each : effect.codes) {
      std::uint8_t* bytes = codes(each.column);
      bytes[row] = each.low;
      bytes[capacity() + row] = each.high;
    }
    if (effect.slow) slow_[row] = 1;
  }
  // The planes of an effect that is nothing else.
  using Planes = std::array<std::uint32_t, Effect::kAtOnce>;
  void set(std::uint32_t row, const Planes& planes) {
    const std::uint64_t bit = std::uint64_t{1} << (row & 63u);
    for (const std::uint32_t plane : planes)
      planes_[static_cast<std::size_t>(plane) * words_ + (row >> 6)] |= bit;
  }
  void set_slow(std::uint32_t row) { slow_[row] = 1; }
  // What two answers mean together; call once for each row, after its effects.
  using AnswerOf = std::function<const Answer*(CellId)>;
  void tie(std::uint32_t row, const AnswerOf& answer) {
    if (!plan_.ties().empty()) tie_ends(row, answer);
    if (!plan_.comparisons().empty()) compare(row, answer);
  }
  // All of that for one record.
  void add(const Record& record);

 private:
  // Codes of a column: of lower ends, then of upper ones.
  std::uint8_t* codes(std::uint32_t column) {
    return reinterpret_cast<std::uint8_t*>(
        planes_.data() + static_cast<std::size_t>(plan_.first_plane(column)) * words_);
  }
  void mark(std::uint32_t row, std::uint32_t vector, Truth truth);
  void tie_ends(std::uint32_t row, const AnswerOf& answer);
  void compare(std::uint32_t row, const AnswerOf& answer);
  const Plan& plan_;
  std::uint32_t words_, rows_ = 0;
  std::vector<std::uint64_t> planes_, blank_;
  std::vector<std::uint8_t> slow_;
  Kleene kleene_;  // of a record that says nothing
};

}  // namespace pandect::bulk
