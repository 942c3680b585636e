#include "bulk/kernels.inc"

Kernel kernel_avx512() { return run; }

}  // namespace pandect::bulk
