#include "bulk/kernels.h"

#include <cstdlib>

namespace pandect::bulk {

Kernel kernel_portable();
#if defined(__x86_64__)
Kernel kernel_avx2();
Kernel kernel_avx512();
#endif

const std::vector<Target>& targets() {
  static const std::vector<Target> list = [] {
    std::vector<Target> found{{"portable", kernel_portable()}};
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2")) found.push_back({"avx2", kernel_avx2()});
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw"))
      found.push_back({"avx512", kernel_avx512()});
#endif
    return found;
  }();
  return list;
}

const Target& best_target() {
  const char* wanted = std::getenv("PANDECT_BULK");
  for (const Target& each : targets()) {
    if (wanted != nullptr && each.name == wanted) return each;
  }
  return targets().back();
}

}  // namespace pandect::bulk
