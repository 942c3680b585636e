// The tables of a workbook: what a checklist, and the sheets that go with it, say of an assessment.
#pragma once

#include "reports/report.h"
#include "reports/workbook.h"

namespace pandect::reports {

// `assessment` is a cleaned one.
Workbook workbook_of(const Assessment& assessment, const Options& options);

}  // namespace pandect::reports
