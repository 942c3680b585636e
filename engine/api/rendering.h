// What the C API asks of the reports. The engine knows no report: these are defined in
// reports/rendering.cpp and meet here when the library is linked.
#pragma once

#include "logic/proof.h"

#include "pandect/assessment.h"
#include "pandect/program.h"

#include <string>

namespace pandect::api {

std::string assessment_json(const Assessment& assessment, const std::string& lang, bool all);
std::string missing_json(const Assessment& assessment, const std::string& lang);
std::string packs_json(const Program& program, const std::string& lang);
std::string proof_of(const Program& program, const ProofNode& proof, const std::string& lang,
                     bool as_text);

}  // namespace pandect::api
