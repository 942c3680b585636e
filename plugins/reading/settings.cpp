#include "plugins/reading/settings.h"

#include "base/names.h"

#include <algorithm>

namespace pandect::plugins {

ProbeSettings::ProbeSettings(const nlohmann::json& settings, std::string probe)
    : settings_(settings), probe_(std::move(probe)) {
  if (!settings.is_object() && !settings.is_null())
    wrong("the probe `" + probe_ + "` takes a map of settings");
}

void ProbeSettings::wrong(std::string message, std::string hint) {
  problems_.push_back({Level::error, "probe-settings", {}, std::move(message), std::move(hint)});
}

const nlohmann::json* ProbeSettings::value(std::string_view key) {
  asked_.emplace_back(key);
  if (!settings_.is_object()) return nullptr;
  const auto found = settings_.find(key);
  return found == settings_.end() || found->is_null() ? nullptr : &*found;
}

bool ProbeSettings::collect(const nlohmann::json& value, std::vector<std::string>& out) {
  if (value.is_string()) {
    out.push_back(value.get<std::string>());
    return true;
  }
  if (!value.is_array() && !value.is_object()) return false;
  return std::all_of(value.begin(), value.end(), [&](const nlohmann::json& each) {
    return (each.is_string() || each.is_array()) && collect(each, out);
  });
}

std::vector<std::string> ProbeSettings::variants(std::string_view key) {
  std::vector<std::string> list;
  const auto* found = value(key);
  if (found != nullptr && !collect(*found, list)) {
    wrong("`" + std::string(key) + "` of the probe `" + probe_ +
          "` takes a text, a list of texts, or those by language");
  }
  return list;
}

std::vector<std::string> ProbeSettings::texts(std::string_view key) {
  const auto* found = value(key);
  if (found != nullptr && found->is_object()) {
    wrong("`" + std::string(key) + "` of the probe `" + probe_ + "` takes a text or a list");
    return {};
  }
  return variants(key);
}

std::string ProbeSettings::text(std::string_view key, std::string otherwise) {
  const auto* found = value(key);
  if (found == nullptr) return otherwise;
  if (found->is_string()) return found->get<std::string>();
  wrong("`" + std::string(key) + "` of the probe `" + probe_ + "` takes one text");
  return otherwise;
}

std::size_t ProbeSettings::count(std::string_view key, std::size_t otherwise) {
  const auto* found = value(key);
  if (found == nullptr) return otherwise;
  const std::string digits = found->is_string() ? found->get<std::string>() : found->dump();
  const bool plain =
      !digits.empty() && digits.size() < 7 &&
      std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (plain) return std::stoul(digits);
  wrong("`" + std::string(key) + "` of the probe `" + probe_ + "` takes a number");
  return otherwise;
}

Day ProbeSettings::day(std::string_view key) {
  const std::string written = text(key);
  return parse_day(written).value_or(kNoDay);
}

const Diagnostics& ProbeSettings::problems() {
  if (checked_ || !settings_.is_object()) return problems_;
  checked_ = true;
  const std::vector<std::string_view> known(asked_.begin(), asked_.end());
  for (const auto& [key, ignored] : settings_.items()) {
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    std::string hint = did_you_mean(key, known);
    if (hint.empty()) {
      for (const auto each : known) hint += (hint.empty() ? "it knows " : ", ") + std::string(each);
    }
    wrong("`" + key + "` means nothing to the probe `" + probe_ + "`", hint);
  }
  return problems_;
}

}  // namespace pandect::plugins
