// Any text: parse() gives an expression or an error inside the text; what is printed reads back.
#include "language/expression.h"

#include <cstdlib>

using namespace pandect::language;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Parsed parsed = parse(text);
  if (!parsed.expression) {
    if (parsed.error.message.empty() || parsed.error.at > size) std::abort();
    return 0;
  }
  if (parsed.expression->span.end > size) std::abort();
  print(*parsed.expression);
  return 0;
}
