#include "reports/report.h"

#include "formats.inc"

namespace pandect::reports {

std::vector<Format> formats() {
  std::vector<Format> list;
  for (const auto& entry : kFormats) list.push_back(entry.make());
  return list;
}

}  // namespace pandect::reports
