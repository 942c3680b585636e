// Runs sections over one block of records. One source, compiled for each width of vector
// registers; the widest that the processor has is chosen at start.
#pragma once

#include "bulk/code.h"

#include <string>
#include <vector>

namespace pandect::bulk {

// `words` is the number of 64-bit words of one plane, a multiple of kStep. Returns whether a store
// changed something.
inline constexpr std::uint32_t kStep = 8;
using Kernel = bool (*)(const Section& section, std::uint64_t* work, const std::uint64_t* input,
                        std::uint32_t words);

struct Target {
  std::string name;
  Kernel run;
};
// Those that this processor can run, the plainest first.
const std::vector<Target>& targets();
// The widest; PANDECT_BULK=portable|avx2|avx512 chooses another that can run.
const Target& best_target();

}  // namespace pandect::bulk
