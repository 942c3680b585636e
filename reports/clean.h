// An assessment holds texts from packs and manifests of anybody. Formats for people render a
// cleaned copy: no control or direction characters, no invalid UTF-8, no text beyond a bound.
#pragma once

#include "pandect/assessment.h"

namespace pandect::reports {

Assessment cleaned(Assessment assessment);

}  // namespace pandect::reports
