// The JSON Schemas (draft 2020-12) of what Pandect writes and reads. The words in them are part of
// the contract and stand in English only.
#pragma once

#include <string>

namespace pandect::reports {

// pandect.assessment/1, exactly as the format `json` writes it.
std::string assessment_schema();

// pandect.yaml: its structure; which facts there are is said by the packs.
std::string manifest_schema();

}  // namespace pandect::reports
