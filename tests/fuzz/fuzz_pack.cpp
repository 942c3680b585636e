// Any text as a pack file: it is refused, or it evaluates on an empty record.
#include "evaluate.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  if (size > 20'000) return 0;
  const auto program = fuzz::load({reinterpret_cast<const char*>(data), size});
  if (program) fuzz::evaluate(*program, {}, 20'000);
  return 0;
}
