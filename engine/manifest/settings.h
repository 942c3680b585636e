// Settings of a check: in the manifest under `settings:`, or in a file beside it. One table of keys
// for both, for the help and for the schema.
#pragma once

#include "packs/yaml.h"

#include "pandect/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace pandect {

struct Settings {
  std::string lang;
  std::vector<std::string> jurisdictions, packs;
  std::string fail_on, fail_on_unknown;
  std::string baseline, waivers;  // files beside the manifest
  std::string scan;               // "true": look for what contradicts the manifest
  std::vector<std::string> evidence_paths, ignore;  // paths: where to look, and what to leave out
};

struct SettingKey {
  std::string_view name;     // with dots: paths.ignore
  std::string_view meaning;  // a few words
};
const std::vector<SettingKey>& setting_keys();

// A map of settings; unknown keys are problems with the nearest name.
Settings read_settings(const yaml::Document& document, const yaml::Value& map,
                       Diagnostics& problems);

// `settings:` of a manifest alone, before any pack is loaded: they say which packs.
Result<Settings> read_settings(const yaml::Document& manifest);

// What `first` states, and for the rest what `second` states.
Settings merged(const Settings& first, const Settings& second);

}  // namespace pandect
