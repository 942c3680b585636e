// Renders proof trees and comparisons: the answers of explain, whatif and diff.
#pragma once

#include "assessment/compare.h"
#include "logic/proof.h"

#include <string>
#include <vector>

namespace pandect::reports {

std::string proof_text(const Program& program, const ProofNode& proof, const std::string& lang);
std::string proof_json(const Program& program, const ProofNode& proof, const std::string& lang);

std::string changes_text(const std::vector<Change>& changes, const std::string& lang);
std::string changes_json(const std::vector<Change>& changes, const std::string& lang);

}  // namespace pandect::reports
