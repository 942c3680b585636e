// The settings of a probe, read with their shapes checked. Scalars arrive as texts, since they
// travelled through a pack; a key that the probe does not know is an error with the nearest name.
#pragma once

#include "pandect/date.h"
#include "pandect/result.h"

#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

namespace pandect::plugins {

class ProbeSettings {
 public:
  ProbeSettings(const nlohmann::json& settings, std::string probe);

  // One text or a list of them.
  std::vector<std::string> texts(std::string_view key);
  // The same, or a map from language to them.
  std::vector<std::string> variants(std::string_view key);
  std::string text(std::string_view key, std::string otherwise = {});
  std::size_t count(std::string_view key, std::size_t otherwise);
  Day day(std::string_view key);
  const nlohmann::json* value(std::string_view key);
  void wrong(std::string message, std::string hint = {});

  // Call after the last key was read.
  const Diagnostics& problems();

  // Variants of any value: a text, a list of texts, or a map from language to one or the other.
  static bool collect(const nlohmann::json& value, std::vector<std::string>& out);

 private:
  const nlohmann::json& settings_;
  std::string probe_;
  std::vector<std::string> asked_;
  Diagnostics problems_;
  bool checked_ = false;
};

}  // namespace pandect::plugins
