// Straight-line code over truth vectors. A truth vector is two bit planes, true and false; unknown
// is neither. A value names a vector and whether it is negated: negation swaps the planes and costs
// nothing. Equal terms become one. Knows nothing of packs and records.
#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace pandect::bulk {

using Value = std::uint32_t;  // 2 * term + negated
inline constexpr Value kTrue = 0, kFalse = 1, kUnknown = 2;
inline Value negate(Value value) { return value == kUnknown ? value : value ^ 1u; }

enum class OpCode : std::uint8_t {
  both,     // strong Kleene `and` of all operands
  over,     // the first where it is settled, else the second
  is_true,  // true where the operand is true, false elsewhere
  join,     // true plane of the first, false plane of the second
  cut,      // codes of two byte columns against a number: interval ends against one threshold
  store,    // into a vector that outlives the section; notes whether it changed
};

// Operands and targets are plane numbers; the other plane of a vector is the number with its lowest
// bit changed. Planes of the input block have the highest bit set.
inline constexpr std::uint32_t kInputPlane = 0x80000000u;

struct Instruction {
  OpCode op = OpCode::both;
  std::uint8_t code = 0;    // cut: the code that must be exceeded
  std::uint16_t count = 0;  // operands
  std::uint32_t target = 0;
  std::uint32_t first = 0;  // in Section::operands; cut: first word of the columns / block words
};

struct Section {
  std::vector<Instruction> code;
  std::vector<std::uint32_t> operands;
  bool repeat = false;  // until no store changes anything
};

class Circuit {
 public:
  Circuit();
  Value input(std::uint32_t vector);  // of the input block
  Value kept(std::uint32_t slot, bool two_valued);
  Value cut(std::uint32_t column, std::uint32_t id);
  Value both(std::vector<Value> values);
  Value both(Value a, Value b) { return both(std::vector<Value>{a, b}); }
  Value either(std::vector<Value> values);
  Value either(Value a, Value b) { return either(std::vector<Value>{a, b}); }
  Value over(Value a, Value b);
  Value is_true(Value value);
  Value is_false(Value value) { return is_true(negate(value)); }
  Value is_unknown(Value value) { return both(negate(is_true(value)), negate(is_false(value))); }
  Value join(Value a, Value b);
  bool two_valued(Value value) const { return terms_[value >> 1].two_valued; }
  std::size_t size() const { return terms_.size(); }

  struct Layout {
    std::uint32_t kept = 0;         // vectors that outlive the sections; temporaries follow them
    std::uint32_t temporaries = 0;  // grows as sections need them
    // Column (lower end; the upper follows) and code of a cut.
    std::vector<std::pair<std::uint32_t, std::uint8_t>> cuts;
  };
  // Code that computes the values and stores them into kept vectors. The two constants are kept
  // vectors 0 (true) and 1 (unknown).
  Section assemble(const std::vector<std::pair<std::uint32_t, Value>>& stores, Layout& layout,
                   bool repeat) const;

 private:
  enum class Kind : std::uint8_t { constant, input, kept, cut, both, over, is_true, join };
  struct Term {
    Kind kind;
    bool two_valued;
    std::vector<std::uint32_t> operands;
  };
  Value add(Kind kind, std::vector<std::uint32_t> operands, bool two_valued);

  std::vector<Term> terms_;
  std::map<std::pair<Kind, std::vector<std::uint32_t>>, Value> known_;
};

}  // namespace pandect::bulk
