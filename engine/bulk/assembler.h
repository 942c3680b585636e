// Terms to code: only what an outcome needs, each term once and as late as it may come, and planes
// that lend their place as soon as their value is no longer read.
#pragma once

#include "bulk/circuit.h"
#include "bulk/code.h"

namespace pandect::bulk {

struct Assembly {
  std::vector<Section> sections;
  std::uint32_t work_planes = 0;
  std::vector<std::uint32_t> outputs;  // places in the work planes
  // By input plane of the terms: its number in the block, or kDropped where nothing reads it.
  std::vector<std::uint32_t> inputs;
  std::uint32_t input_planes = 0;  // columns follow them
};
inline constexpr std::uint32_t kDropped = 0xFFFFFFFFu;

// Where the codes of a cut lie, and the code that its threshold exceeds.
struct CutPlace {
  std::uint32_t column = 0;
  std::uint8_t code = 0;
};
// Planes of one column: codes of lower ends, then of upper ones.
inline constexpr std::uint32_t kEndPlanes = 8, kColumnPlanes = 2 * kEndPlanes;

Assembly assemble(const Circuit& circuit, const std::vector<Plane>& outputs,
                  const std::vector<CutPlace>& cuts);

}  // namespace pandect::bulk
