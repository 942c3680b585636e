#include "manifest/settings.h"

#include "packs/fields.h"

namespace pandect {

const std::vector<SettingKey>& setting_keys() {
  static const std::vector<SettingKey> keys{
      {"lang", "en, ko or zh"},
      {"packs", "ids of the packs to load, or `id@version` for an installed one"},
      {"jurisdictions", "kr, eu, cn, us; all that are loaded if absent"},
      {"fail_on", "exit 1 from this level on: critical, high, medium, low, never"},
      {"fail_on_unknown", "exit 3 if undetermined: any, classification, never"},
      {"baseline", "file of known findings"},
      {"waivers", "file of waivers"},
      {"scan", "true: also look for signs of AI that contradict the manifest"},
      {"paths.evidence", "folders in which evidence is looked for; all if absent"},
      {"paths.ignore", "patterns of paths that are not looked at"},
  };
  return keys;
}

Settings read_settings(const yaml::Document& document, const yaml::Value& map,
                       Diagnostics& problems) {
  Settings settings;
  Fields fields(document, map, "settings", problems);
  settings.lang = fields.word<std::string>("lang", "", {{"en", "en"}, {"ko", "ko"}, {"zh", "zh"}});
  settings.packs = fields.texts("packs");
  settings.jurisdictions = fields.texts("jurisdictions");
  settings.fail_on = fields.word<std::string>("fail_on", "",
                                              {{"critical", "critical"},
                                               {"high", "high"},
                                               {"medium", "medium"},
                                               {"low", "low"},
                                               {"never", "never"}});
  settings.fail_on_unknown = fields.word<std::string>(
      "fail_on_unknown", "",
      {{"any", "any"}, {"classification", "classification"}, {"never", "never"}});
  settings.baseline = fields.text("baseline");
  settings.waivers = fields.text("waivers");
  settings.scan = fields.word<std::string>("scan", "", {{"true", "true"}, {"false", "false"}});
  if (const auto* value = fields.take("paths")) {
    Fields paths(document, *value, "`paths` of the settings", problems);
    settings.evidence_paths = paths.texts("evidence");
    settings.ignore = paths.texts("ignore");
  }
  return settings;
}

Result<Settings> read_settings(const yaml::Document& manifest) {
  Diagnostics problems;
  Settings settings;
  if (const auto* value = manifest.root.find("settings"))
    settings = read_settings(manifest, *value, problems);
  if (has_errors(problems)) return problems;
  return settings;
}

Settings merged(const Settings& first, const Settings& second) {
  Settings both = first;
  for (const auto part : {&Settings::lang, &Settings::fail_on, &Settings::fail_on_unknown,
                          &Settings::baseline, &Settings::waivers, &Settings::scan}) {
    if ((both.*part).empty()) both.*part = second.*part;
  }
  for (const auto part :
       {&Settings::packs, &Settings::jurisdictions, &Settings::evidence_paths, &Settings::ignore}) {
    if ((both.*part).empty()) both.*part = second.*part;
  }
  return both;
}

}  // namespace pandect
