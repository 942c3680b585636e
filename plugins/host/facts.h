// The stated facts of a manifest as derivations get them: pandect.facts/1.
//   {"schema": "pandect.facts/1",
//    "organisation": SUBJECT, "models": [SUBJECT], "systems": [SUBJECT with "models": [ids] and
//    "deployments": [SUBJECT]]}
//   SUBJECT  {"id", "name", "facts": {fact: ANSWER}}; what is unknown is left out
//   ANSWER   {"type": "boolean"|"integer"|"number"|"date"|"enum"|"set"|"text", and of these what
//   there is: "value" (boolean, text, member, day; numbers as a text, exact), "min", "max",
//   "min_open", "max_open", "unit", "currency", "one_of": [members], "has": [members], "has_not":
//   [members] or "complete": true, "never": true, "source", "note"}
#pragma once

#include "manifest/manifest.h"

#include <string>

namespace pandect::plugins {

std::string facts_of(const Program& program, const Manifest& manifest);

}  // namespace pandect::plugins
