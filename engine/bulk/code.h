// Straight-line code over the planes of a block, as kernels run it.
#pragma once

#include <cstdint>
#include <vector>

namespace pandect::bulk {

enum class OpCode : std::uint8_t {
  all,    // all of the first `plain` operands, and none of the others
  cut,    // codes of a column against a number: one end of intervals against one threshold
  store,  // the one operand, into a plane that outlives the pass; notes whether it changed
};

// Operands and targets are plane numbers. Planes of the input block have the highest bit set.
inline constexpr std::uint32_t kInputPlane = 0x80000000u;

struct Instruction {
  OpCode op = OpCode::all;
  std::uint8_t code = 0;  // cut: the code that must be exceeded
  bool inverted = false;  // the complement is what is kept
  std::uint16_t plain = 0, count = 0;
  std::uint32_t target = 0;
  std::uint32_t first = 0;  // in Section::operands; cut: first plane of the codes
};

struct Section {
  std::vector<Instruction> code;
  std::vector<std::uint32_t> operands;
  bool repeat = false;  // until no store changes anything
};

}  // namespace pandect::bulk
