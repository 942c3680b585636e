#include "bulk/kernels.inc"

Kernel kernel_portable() { return run; }

}  // namespace pandect::bulk
