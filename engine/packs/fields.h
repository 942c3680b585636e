// Reads the fields of one YAML map: takes known keys, reports wrong shapes, and in the end names
// every key that nobody asked for, with the nearest known one.
#pragma once

#include "packs/yaml.h"

#include "pandect/date.h"
#include "pandect/number.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pandect {

struct Phrases {  // a text in three languages
  std::string en, ko, zh;
  bool empty() const { return en.empty() && ko.empty() && zh.empty(); }
};

class Fields {
 public:
  Fields(const yaml::Document& document, const yaml::Value& map, std::string what,
         Diagnostics& problems);
  ~Fields();
  Fields(const Fields&) = delete;
  Fields& operator=(const Fields&) = delete;

  bool valid() const { return valid_; }
  const yaml::Value* take(std::string_view key);  // null value counts as absent
  std::string text(std::string_view key);
  std::string required_text(std::string_view key);
  yaml::Source source(std::string_view key);
  bool boolean(std::string_view key, bool otherwise);
  Day day(std::string_view key);                         // kNoDay if absent
  std::vector<std::string> texts(std::string_view key);  // one or a list
  Phrases phrases(std::string_view key);                 // a plain text counts as English
  template <typename E>
  E word(std::string_view key, E otherwise,
         const std::vector<std::pair<std::string_view, E>>& table) {
    const yaml::Value* value = scalar(key);
    if (value == nullptr) return otherwise;
    std::vector<std::string_view> names;
    for (const auto& [name, meaning] : table) {
      if (name == value->text) return meaning;
      names.push_back(name);
    }
    wrong_word(*value, key, names);
    return otherwise;
  }

  void problem(const yaml::Value& at, std::string code, std::string message, std::string hint = {});
  Location location() const { return yaml::location_of(document_, map_); }
  Location location(const yaml::Value& value) const { return yaml::location_of(document_, value); }

 private:
  const yaml::Value* scalar(std::string_view key);
  void wrong_word(const yaml::Value& at, std::string_view key,
                  const std::vector<std::string_view>& names);

  const yaml::Document& document_;
  const yaml::Value& map_;
  std::string what_;
  Diagnostics& problems_;
  std::vector<std::string_view> asked_;
  bool valid_ = true;
};

}  // namespace pandect
