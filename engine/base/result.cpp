#include "pandect/result.h"

namespace pandect {

std::string to_string(const Diagnostic& diagnostic) {
  std::string text;
  if (!diagnostic.where.file.empty()) {
    text += diagnostic.where.file;
    if (diagnostic.where.line > 0) {
      text += ":" + std::to_string(diagnostic.where.line);
      if (diagnostic.where.column > 0) text += ":" + std::to_string(diagnostic.where.column);
    }
    text += ": ";
  }
  switch (diagnostic.level) {
    case Level::error:
      text += "error: ";
      break;
    case Level::warning:
      text += "warning: ";
      break;
    case Level::note:
      text += "note: ";
      break;
  }
  text += diagnostic.message;
  if (!diagnostic.hint.empty()) text += "; " + diagnostic.hint;
  text += " [" + diagnostic.code + "]";
  return text;
}

}  // namespace pandect
