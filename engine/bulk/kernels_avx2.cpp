#include "bulk/kernels.inc"

Kernel kernel_avx2() { return run; }

}  // namespace pandect::bulk
