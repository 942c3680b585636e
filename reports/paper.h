// The report on paper: what the PDF says, in its order, as blocks.
#pragma once

#include "reports/document.h"
#include "reports/report.h"

namespace pandect::reports {

// `assessment` is a cleaned one.
Document document_of(const Assessment& assessment, const Options& options);

}  // namespace pandect::reports
