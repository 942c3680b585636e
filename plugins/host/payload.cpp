#include "plugins/host/payload.h"

#include "base/names.h"

#include <algorithm>
#include <array>
#include <climits>
#include <cmath>
#include <span>

#include <nlohmann/json.hpp>

namespace pandect::plugins {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kShortText = 200, kLongText = 4000;  // characters
constexpr std::size_t kMaximumSightings = 10'000, kMaximumValues = 1000;

constexpr std::array<std::string_view, 4> kStates{"shown", "failed", "absent", "unchecked"};
constexpr std::array<std::string_view, 4> kClasses{"extracted", "suggested", "derived", "conflict"};
constexpr std::array<std::string_view, 3> kLevels{"error", "warning", "note"};

Diagnostic wrong(std::string message, std::string hint = {}) {
  return {Level::error, "plugin-json", {}, std::move(message), std::move(hint)};
}

std::string listed(std::span<const std::string_view> names) {
  std::string text;
  for (const auto each : names) text.append(text.empty() ? "" : ", ").append(each);
  return text;
}

// The parser's own recursion is none, but whoever walks the value afterwards has some.
bool too_deep(std::string_view json) {
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (quoted) {
      if (c == '\\') ++i;
      if (c == '"') quoted = false;
    } else if (c == '"') {
      quoted = true;
    } else if (c == '{' || c == '[') {
      if (++depth > kMaximumDepth) return true;
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
  return false;
}

// At most `most` characters, never half of one.
std::string cut(std::string text, std::size_t most) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0) == 0x80) continue;
    if (count++ == most) {
      text.resize(i);
      text += "…";
      break;
    }
  }
  return text;
}

// The members of one object, each asked for once by name; keeps the first mistake.
class Fields {
 public:
  Fields(const Json& object, std::string what) : object_(object), what_(std::move(what)) {}

  void allow(std::span<const std::string_view> keys) {
    if (!object_.is_object()) return fail("is an object", object_.type_name());
    for (const auto& [key, value] : object_.items()) {
      if (std::find(keys.begin(), keys.end(), key) != keys.end()) continue;
      const std::string near = did_you_mean(key, keys);
      return fail("has no key `" + cut(key, 40) + "`", {},
                  near.empty() ? "it has: " + listed(keys) : near);
    }
  }

  std::string text(const char* key, std::size_t most, bool required = false) {
    const Json* value = find(key, required);
    if (value == nullptr) return {};
    if (!value->is_string()) return fail(key, "a text", *value), std::string();
    return cut(value->get<std::string>(), most);
  }

  // A text, or the same in English and other languages.
  pandect::Texts texts(const char* key) {
    const Json* value = find(key, false);
    if (value == nullptr || value->is_string()) return {text(key, kLongText), "", ""};
    if (!value->is_object())
      return fail(key, "a text, or an object of en, ko and zh", *value), Texts();
    Fields words(*value, std::string("`") + key + "`");
    words.allow(std::array<std::string_view, 3>{"en", "ko", "zh"});
    Texts all{words.text("en", kLongText, true), words.text("ko", kLongText),
              words.text("zh", kLongText)};
    if (!words.problem.empty()) problem = words.problem;
    return all;
  }

  int number(const char* key) {
    const Json* value = find(key, false);
    if (value == nullptr) return 0;
    if (!value->is_number_integer() || *value < 0 || *value > INT_MAX)
      return fail(key, "a whole number from 0", *value), 0;
    return value->get<int>();
  }

  double share(const char* key, double otherwise) {
    const Json* value = find(key, false);
    if (value == nullptr) return otherwise;
    const double number = value->is_number() ? value->get<double>() : -1;
    if (!(number >= 0 && number <= 1)) return fail(key, "a number from 0 to 1", *value), otherwise;
    return number;
  }

  bool flag(const char* key) {
    const Json* value = find(key, false);
    if (value == nullptr) return false;
    if (!value->is_boolean()) return fail(key, "true or false", *value), false;
    return value->get<bool>();
  }

  std::size_t choice(const char* key, std::span<const std::string_view> among, bool required,
                     std::size_t otherwise = 0) {
    const Json* value = find(key, required);
    if (value == nullptr) return otherwise;
    if (value->is_string()) {
      const auto place =
          std::find(among.begin(), among.end(), value->get_ref<const std::string&>());
      if (place != among.end()) return static_cast<std::size_t>(place - among.begin());
    }
    fail(key, "one of " + listed(among), *value);
    return otherwise;
  }

  const Json* list(const char* key, std::size_t most, bool required) {
    const Json* value = find(key, required);
    if (value == nullptr) return nullptr;
    if (!value->is_array()) return fail(key, "a list", *value), nullptr;
    if (value->size() > most)
      return fail("takes at most " + std::to_string(most) + " of `" + key + "`"), nullptr;
    return value;
  }

  Location place() { return {text("file", kLongText), number("line"), number("column")}; }

  Location place_below_root() {
    Location where = place();
    const std::string_view path = where.file;
    const bool outside = path.starts_with('/') || path == ".." || path.starts_with("../") ||
                         path.ends_with("/..") || path.find("/../") != std::string_view::npos ||
                         path.find('\0') != std::string_view::npos;
    if (outside) fail("names a `file` that is not below the root");
    return where;
  }

  void fail(const std::string& says, const std::string& found = {}, std::string hint = {}) {
    if (problem.empty())
      problem.push_back(
          wrong(what_ + " " + says + (found.empty() ? "" : ", not " + found), std::move(hint)));
  }
  void fail(const char* key, const std::string& expected, const Json& found) {
    fail("has " + expected + " as `" + key + "`",
         cut(found.dump(-1, ' ', false, Json::error_handler_t::replace), 60));
  }

  Diagnostics problem;

 private:
  const Json* find(const char* key, bool required) {
    if (!problem.empty()) return nullptr;
    const auto at = object_.find(key);
    if (at != object_.end()) return &*at;
    if (required) fail(std::string("needs `") + key + "`");
    return nullptr;
  }

  const Json& object_;
  std::string what_;
};

Result<Json> parse(std::string_view json, const char* what) {
  if (json.size() > kMaximumPayload)
    return wrong(std::string(what) + " is larger than 1 MiB", "report less, or in parts");
  if (too_deep(json)) return wrong(std::string(what) + " is nested too deeply");
  Json value = Json::parse(json, nullptr, false);
  if (value.is_discarded())
    return wrong(std::string(what) + " is not JSON: " + cut(std::string(json.substr(0, 240)), 60));
  return value;
}

void put(Json& out, const char* key, const std::string& text) {
  if (!text.empty()) out[key] = text;
}

void put(Json& out, const char* key, const Texts& texts) {
  if (texts.ko.empty() && texts.zh.empty()) return put(out, key, texts.en);
  out[key] = {{"en", texts.en}, {"ko", texts.ko}, {"zh", texts.zh}};
}

void put(Json& out, const Location& where) {
  put(out, "file", where.file);
  if (where.line > 0) out["line"] = where.line;
  if (where.column > 0) out["column"] = where.column;
}

std::string dump(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

Result<ProbeOutcome> read_outcome(std::string_view json) {
  const auto value = parse(json, "the outcome");
  if (!value) return value.errors();
  Fields fields(*value, "an outcome");
  fields.allow(std::array<std::string_view, 5>{"state", "looked_for", "note", "seen", "skipped"});
  ProbeOutcome outcome;
  outcome.state = static_cast<PieceState>(fields.choice("state", kStates, true));
  outcome.looked_for = fields.texts("looked_for");
  outcome.note = fields.texts("note");
  static const Json kNone = Json::array();
  const Json* seen = fields.list("seen", kMaximumSightings, false);
  const Json* skipped = fields.list("skipped", kMaximumSightings, false);
  if (!fields.problem.empty()) return fields.problem;
  for (const auto& each : skipped == nullptr ? kNone : *skipped) {
    Fields file(each, "a skipped file");
    file.allow(std::array<std::string_view, 2>{"path", "reason"});
    outcome.skipped.push_back(
        {file.text("path", kLongText, true), file.text("reason", kShortText, true)});
    if (!file.problem.empty()) return file.problem;
  }
  for (const auto& each : seen == nullptr ? kNone : *seen) {
    Fields sighting(each, "a sighting");
    sighting.allow(std::array<std::string_view, 4>{"file", "line", "column", "text"});
    outcome.seen.push_back({sighting.place_below_root(), sighting.text("text", kShortText)});
    if (!sighting.problem.empty()) return sighting.problem;
  }
  return outcome;
}

Result<Proposal> read_proposal(std::string_view json, ProposalClass otherwise) {
  const auto value = parse(json, "the proposal");
  if (!value) return value.errors();
  Fields fields(*value, "a proposal");
  fields.allow(std::array<std::string_view, 13>{"subject", "fact", "values", "set", "class",
                                                "confidence", "file", "line", "column", "pointer",
                                                "quote", "note", "sign"});
  Proposal proposal;
  proposal.subject = fields.text("subject", kShortText, true);
  proposal.fact = fields.text("fact", kShortText, true);
  const Json* values = fields.list("values", kMaximumValues, true);
  proposal.is_set = fields.flag("set");
  proposal.kind = static_cast<ProposalClass>(
      fields.choice("class", kClasses, false, static_cast<std::size_t>(otherwise)));
  proposal.confidence = fields.share("confidence", 0.5);
  proposal.where = fields.place();
  proposal.pointer = fields.text("pointer", kLongText);
  proposal.quote = fields.text("quote", kShortText);
  proposal.note = fields.text("note", kLongText);
  proposal.sign = fields.text("sign", kShortText);
  for (std::size_t i = 0; values != nullptr && i < values->size(); ++i) {
    const Json& each = (*values)[i];
    if (!each.is_string()) fields.fail("values", "a list of texts", each);
    if (!fields.problem.empty()) break;
    proposal.values.push_back(cut(each.get<std::string>(), kLongText));
  }
  if (proposal.subject.empty()) fields.fail("needs a `subject` that is not empty");
  if (proposal.fact.empty()) fields.fail("needs a `fact` that is not empty");
  if (!fields.problem.empty()) return fields.problem;
  return proposal;
}

Diagnostics read_diagnostic(std::string_view json, Diagnostic& diagnostic) {
  const auto value = parse(json, "the diagnostic");
  if (!value) return value.errors();
  Fields fields(*value, "a diagnostic");
  fields.allow(std::array<std::string_view, 7>{"level", "code", "file", "line", "column", "message",
                                               "hint"});
  diagnostic.level = static_cast<Level>(fields.choice("level", kLevels, false));
  diagnostic.code = fields.text("code", 60);
  diagnostic.where = fields.place();
  diagnostic.message = fields.text("message", kLongText, true);
  diagnostic.hint = fields.text("hint", kLongText);
  return fields.problem;
}

std::string write_outcome(const ProbeOutcome& outcome) {
  Json out;
  out["state"] = kStates[static_cast<std::size_t>(outcome.state)];
  put(out, "looked_for", outcome.looked_for);
  put(out, "note", outcome.note);
  for (const auto& each : outcome.seen) {
    Json sighting = Json::object();
    put(sighting, each.where);
    put(sighting, "text", each.text);
    out["seen"].push_back(std::move(sighting));
  }
  for (const auto& each : outcome.skipped)
    out["skipped"].push_back({{"path", each.path}, {"reason", each.reason}});
  return dump(out);
}

std::string write_proposal(const Proposal& proposal) {
  Json out;
  out["subject"] = proposal.subject;
  out["fact"] = proposal.fact;
  out["values"] = proposal.values;
  if (proposal.is_set) out["set"] = true;
  out["class"] = kClasses[static_cast<std::size_t>(proposal.kind)];
  out["confidence"] = proposal.confidence;
  put(out, proposal.where);
  put(out, "pointer", proposal.pointer);
  put(out, "quote", proposal.quote);
  put(out, "note", proposal.note);
  put(out, "sign", proposal.sign);
  return dump(out);
}

std::string write_diagnostic(const Diagnostic& diagnostic) {
  Json out;
  out["level"] = kLevels[static_cast<std::size_t>(diagnostic.level)];
  put(out, "code", diagnostic.code);
  put(out, diagnostic.where);
  out["message"] = diagnostic.message;
  put(out, "hint", diagnostic.hint);
  return dump(out);
}

}  // namespace pandect::plugins
