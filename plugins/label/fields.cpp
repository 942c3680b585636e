// The seven fields of GB 45438-2025 Appendix E, against the rule book.
#include "base/names.h"
#include "plugins/label/carriers.h"
#include "plugins/label/judge.h"

#include <algorithm>
#include <set>

#include <nlohmann/json.hpp>
#include <re2/re2.h>

namespace pandect::label {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kDeepest = 16;
constexpr std::size_t kMostUnknown = 8;
constexpr std::size_t kMostFindings = 256;

std::string shown(const Json& value) {
  std::string text = value.is_string() ? value.get<std::string>()
                                       : value.dump(-1, ' ', false, Json::error_handler_t::replace);
  if (text.size() > 4096) text.resize(4096);
  return text;
}

class Check {
 public:
  Check(const Found& found, const Rules& rules, std::vector<LabelFinding>& findings)
      : found_(found), rules_(rules), findings_(findings) {}

  AigcLabel run() {
    AigcLabel label{found_.carrier, found_.offset, false, {}};
    const Json object = parsed();
    if (!object.is_object()) return label;
    for (const auto& [key, value] : object.items()) {
      if (label.fields.size() < kMostFound) label.fields.emplace_back(key, shown(value));
    }
    if (other_schema(object)) {
      add("schema_other", {found_.carrier});
      return label;
    }
    keys(object);
    const Json stated = object.value("Label", Json());
    const std::string value = stated.is_string() ? stated.get<std::string>() : std::string();
    for (const auto& field : rules_.fields) {
      if (object.contains(field.key)) this->field(field, object[field.key], value);
    }
    differs(object, "ContentPropagator", "ContentProducer");
    differs(object, "PropagateID", "ProduceID");
    if (value == "2" || value == "3") {
      const auto& words = rules_.findings;
      findings_.push_back(finding_of(
          rules_, "platform_label",
          {same(value), words.at(value == "2" ? "may_be" : "suspected").text}, found_.offset));
    }
    label.valid = !failed_;
    return label;
  }

 private:
  void add(const char* code, const std::vector<std::string>& values) {
    if (findings_.size() >= kMostFindings) {
      failed_ = true;
      return;
    }
    std::vector<Texts> texts;
    for (const auto& each : values) texts.push_back(same(each));
    findings_.push_back(finding_of(rules_, code, texts, found_.offset));
    failed_ = failed_ || findings_.back().severity == "error";
  }

  // The object with the keys, wrapped under AIGC or bare.
  Json parsed() {
    if (nested_deeper(found_.text, kDeepest)) {
      add("not_json", {found_.carrier});
      return {};
    }
    std::vector<std::set<std::string>> open;
    const auto watch = [&](int, Json::parse_event_t event, Json& value) {
      if (event == Json::parse_event_t::object_start) open.emplace_back();
      if (event == Json::parse_event_t::object_end && !open.empty()) open.pop_back();
      if (event == Json::parse_event_t::key && !open.empty() &&
          !open.back().insert(value.get<std::string>()).second)
        add("duplicate_key", {value.get<std::string>()});
      return true;
    };
    Json whole = Json::parse(found_.text, watch, false);
    if (whole.is_object() && whole.contains("AIGC")) whole = Json(whole["AIGC"]);
    if (!whole.is_object()) add("not_json", {found_.carrier});
    return whole;
  }

  bool other_schema(const Json& object) const {
    const auto there = [&](const std::string& key) { return object.contains(key); };
    const bool ours = std::any_of(rules_.fields.begin(), rules_.fields.end(),
                                  [&](const Field& field) { return there(field.key); });
    return !ours && std::any_of(rules_.other_schema.begin(), rules_.other_schema.end(), there);
  }

  void keys(const Json& object) {
    std::vector<std::string> unknown;
    for (const auto& item : object.items()) {
      const std::string& key = item.key();
      const bool known = std::any_of(rules_.fields.begin(), rules_.fields.end(),
                                     [&](const Field& field) { return field.key == key; });
      if (!known && unknown.size() < kMostUnknown) unknown.push_back(key);
    }
    const std::vector<std::string_view> names(unknown.begin(), unknown.end());
    for (const auto& field : rules_.fields) {
      if (object.contains(field.key)) continue;
      const std::string near = nearest_name(field.key, names);
      const Texts instead =
          near.empty() ? Texts() : finding_of(rules_, "instead", {same(near)}).message;
      findings_.push_back(
          finding_of(rules_, "missing_key", {same(field.key), instead}, found_.offset));
      failed_ = true;
    }
    for (const auto& key : unknown) add("unknown_key", {key});
  }

  void field(const Field& field, const Json& value, const std::string& label) {
    if (!value.is_string()) return add("type", {field.key, shown(value)});
    const std::string text = value.get<std::string>();
    if (text.size() > rules_.longest_field && field.plain)
      return add("too_long", {field.key, std::to_string(rules_.longest_field)});
    if (!field.one_of.empty()) {
      if (std::find(field.one_of.begin(), field.one_of.end(), text) == field.one_of.end())
        add("label_value", {"\"" + text + "\""});
      return;
    }
    if (text.empty()) {
      const auto rule = field.empty.find(label);
      if (rule != field.empty.end()) add(rule->second.c_str(), {field.key, label});
      return;
    }
    if (field.plain) characters(field, text);
  }

  void characters(const Field& field, const std::string& text) {
    bool wide = false, wrong = false;
    for (const char each : text) {
      const int code = static_cast<unsigned char>(each);
      wide = wide || code > 127;
      wrong = wrong || (code < 128 && (code < rules_.lowest || code > rules_.highest ||
                                       rules_.forbidden.find(each) != std::string::npos));
    }
    if (wrong || (wide && !field.provider)) return add("characters", {field.key, text});
    if (wide) return add("name_not_code", {field.key, text});
    if (field.provider && text.size() == 27 && text.compare(0, 2, "00") == 0) code(field, text);
  }

  void code(const Field& field, const std::string& text) {
    if (!RE2::FullMatch(text, rules_.provider_code)) return add("provider_code", {field.key, text});
    if (text[3] == '1' && !credit_code_checks(std::string_view(text).substr(4, 18)))
      add("check_digit", {field.key, text});
  }

  void differs(const Json& object, const char* later, const char* earlier) {
    const Json a = object.value(later, Json()), b = object.value(earlier, Json());
    if (!a.is_string() || !b.is_string() || a == b) return;
    if (!a.get<std::string>().empty() && !b.get<std::string>().empty())
      add("producer_differs", {later, earlier});
  }

  const Found& found_;
  const Rules& rules_;
  std::vector<LabelFinding>& findings_;
  bool failed_ = false;
};

}  // namespace

bool credit_code_checks(std::string_view code) {
  constexpr std::string_view kDigits = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  if (code.size() != 18) return false;
  std::size_t sum = 0, weight = 1;
  for (std::size_t i = 0; i < 17; ++i) {
    const std::size_t digit = kDigits.find(code[i]);
    if (digit == std::string_view::npos) return false;
    sum += digit * weight;
    weight = weight * 3 % kDigits.size();
  }
  return kDigits[(kDigits.size() - sum % kDigits.size()) % kDigits.size()] == code[17];
}

AigcLabel check_label(const Found& found, const Rules& rules, std::vector<LabelFinding>& findings) {
  return Check(found, rules, findings).run();
}

}  // namespace pandect::label
