// Training compute that no card states: 6 x parameters x tokens, or accelerator hours x peak x
// utilisation. Always an estimate, always with its inputs; where a card states active parameters
// beside all of them, both products are shown, since the choice can cross a threshold.
#pragma once

#include "plugins/importer.h"

namespace pandect::plugins {

// Adds derived proposals to what was read.
void derive_compute(Imported& imported);

}  // namespace pandect::plugins
