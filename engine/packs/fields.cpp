#include "packs/fields.h"

#include "base/names.h"

#include <algorithm>

namespace pandect {

Fields::Fields(const yaml::Document& document, const yaml::Value& map, std::string what,
               Diagnostics& problems)
    : document_(document), map_(map), what_(std::move(what)), problems_(problems) {
  if (map.shape == yaml::Shape::map) return;
  valid_ = false;
  if (map.shape == yaml::Shape::null) return;
  problem(map, "wrong-shape",
          what_ + " must be a map of `key: value`, not " + std::string(shape_name(map.shape)));
}

Fields::~Fields() {
  if (!valid_) return;
  for (const auto& [key, value] : map_.entries) {
    if (std::find(asked_.begin(), asked_.end(), key.text) != asked_.end()) continue;
    problem(key, "unknown-key", "`" + key.text + "` means nothing in " + what_,
            did_you_mean(key.text, asked_));
  }
}

const yaml::Value* Fields::take(std::string_view key) {
  asked_.push_back(key);
  const yaml::Value* value = map_.find(key);
  return value != nullptr && value->shape != yaml::Shape::null ? value : nullptr;
}

const yaml::Value* Fields::scalar(std::string_view key) {
  const yaml::Value* value = take(key);
  if (value == nullptr || value->shape == yaml::Shape::scalar) return value;
  problem(*value, "wrong-shape",
          "`" + std::string(key) + "` of " + what_ + " takes a single value, not " +
              std::string(shape_name(value->shape)));
  return nullptr;
}

std::string Fields::text(std::string_view key) {
  const yaml::Value* value = scalar(key);
  return value == nullptr ? std::string() : value->text;
}

std::string Fields::required_text(std::string_view key) {
  const yaml::Value* value = scalar(key);
  if (value != nullptr && !value->text.empty()) return value->text;
  if (valid_) problem(map_, "missing-key", what_ + " has no `" + std::string(key) + "`", "add it");
  return {};
}

yaml::Source Fields::source(std::string_view key) {
  const yaml::Value* value = scalar(key);
  return value == nullptr ? yaml::Source{} : yaml::source_of(document_, *value);
}

bool Fields::boolean(std::string_view key, bool otherwise) {
  return word<bool>(key, otherwise, {{"true", true}, {"false", false}});
}

Day Fields::day(std::string_view key) {
  const yaml::Value* value = scalar(key);
  if (value == nullptr) return kNoDay;
  if (const auto day = parse_day(value->text)) return *day;
  problem(*value, "bad-date", "`" + value->text + "` is no day of the calendar",
          "write it like 2026-11-21");
  return kNoDay;
}

std::vector<std::string> Fields::texts(std::string_view key) {
  std::vector<std::string> list;
  const yaml::Value* value = take(key);
  if (value == nullptr) return list;
  if (value->shape == yaml::Shape::scalar) {
    list.push_back(value->text);
  } else if (value->shape == yaml::Shape::list) {
    for (const auto& item : value->items) {
      if (item.shape == yaml::Shape::scalar) {
        list.push_back(item.text);
      } else {
        problem(item, "wrong-shape",
                "`" + std::string(key) + "` of " + what_ + " is a list of plain values");
      }
    }
  } else {
    problem(*value, "wrong-shape",
            "`" + std::string(key) + "` of " + what_ + " is a value or a list");
  }
  return list;
}

Phrases Fields::phrases(std::string_view key) {
  Phrases phrases;
  const yaml::Value* value = take(key);
  if (value == nullptr) return phrases;
  if (value->shape == yaml::Shape::scalar) {
    phrases.en = value->text;
    return phrases;
  }
  Fields fields(document_, *value, "`" + std::string(key) + "` of " + what_, problems_);
  phrases.en = fields.text("en");
  phrases.ko = fields.text("ko");
  phrases.zh = fields.text("zh");
  return phrases;
}

void Fields::problem(const yaml::Value& at, std::string code, std::string message,
                     std::string hint) {
  problems_.push_back({Level::error, std::move(code), yaml::location_of(document_, at),
                       std::move(message), std::move(hint)});
}

void Fields::wrong_word(const yaml::Value& at, std::string_view key,
                        const std::vector<std::string_view>& names) {
  std::string list;
  for (const auto name : names) list += (list.empty() ? "" : ", ") + std::string(name);
  std::string hint = did_you_mean(at.text, names);
  problem(
      at, "unknown-word",
      "`" + std::string(key) + "` of " + what_ + " is one of " + list + ", not `" + at.text + "`",
      std::move(hint));
}

}  // namespace pandect
