// What the OSCAL documents of an assessment share: ids of controls, properties, links. OSCAL 1.1.3.
#pragma once

#include "reports/words.h"

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace pandect::reports::oscal {

using Json = nlohmann::ordered_json;

inline constexpr const char* kVersion = "1.1.3";
inline constexpr const char* kNamespace = "urn:pandect:oscal:1";

// Our id as an OSCAL token; what a token cannot hold is replaced, and the id stays told apart.
std::string control_id(const std::string& id);

std::string instant(Day day);

// Leaves out values that are empty.
void add_property(Json& item, const char* name, const std::string& value);
void add_links(Json& item, const std::vector<Citation>& list, const Wording& words);
// Only http and https, in ASCII; empty for others.
std::string href(const std::string& url);

Json metadata(const Assessment& assessment, const Wording& words, const std::string& title);

// Instruments and packs, for the back matter.
Json resources(const Assessment& assessment, const Wording& words);

// Names the catalogue of an assessment for the documents that point to it.
std::string catalog_uuid(const Assessment& assessment);

std::string written(const char* root, Json document);

}  // namespace pandect::reports::oscal
