// Formats whose libraries are heavy live in modules of their own, loaded only when one is asked
// for: a check that prints text must not pay for them. A module is `pandect-NAME.so` beside the
// program or in lib/pandect; one of another build is refused.
#pragma once

#include "reports/document.h"
#include "reports/workbook.h"

#include "pandect/result.h"

#include <optional>
#include <string>

namespace pandect::reports {

// Why the module cannot be used here, and the remedy; nothing where it can.
std::optional<Diagnostic> module_problem(const std::string& name);

Result<std::string> write_workbook(const Workbook& workbook);  // module `xlsx`
Result<std::string> write_document(const Document& document);  // module `pdf`

// What the program and its modules must agree on.
std::string_view module_build();

}  // namespace pandect::reports
