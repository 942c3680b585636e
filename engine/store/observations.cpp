#include "store/observations.h"

#include <nlohmann/json.hpp>

namespace pandect::store {
namespace {

using Json = nlohmann::json;

std::string dumped(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string key_of(const std::string& pattern) { return dumped(Json::array({"source", pattern})); }

// Places are left out: a line added above must not make it another question.
std::string key_of(const ProbeRequest& request) {
  return dumped(Json::array({"probe", request.probe, request.own, request.source}));
}

// A text that has no other language stands alone, as all once did.
Json json_of(const Texts& texts) {
  if (texts.ko.empty() && texts.zh.empty()) return texts.en;
  return {{"en", texts.en}, {"ko", texts.ko}, {"zh", texts.zh}};
}

Texts texts_of(const Json& json) {
  if (json.is_string()) return {json.get<std::string>(), "", ""};
  return {json.at("en").get<std::string>(), json.at("ko").get<std::string>(),
          json.at("zh").get<std::string>()};
}

Json json_of(const Look& look) {
  Json out{{"looked", look.looked},
           {"aimed", look.aimed},
           {"state", static_cast<int>(look.state)},
           {"looked_for", json_of(look.looked_for)},
           {"note", json_of(look.note)},
           {"seen", Json::array()}};
  for (const auto& each : look.seen) {
    out["seen"].push_back({{"file", each.where.file},
                           {"line", each.where.line},
                           {"column", each.where.column},
                           {"text", each.text}});
  }
  return out;
}

Look look_of(const Json& json) {
  Look look;
  look.looked = json.at("looked").get<bool>();
  look.aimed = json.at("aimed").get<bool>();
  const int state = json.at("state").get<int>();
  if (state >= 0 && state <= static_cast<int>(PieceState::unchecked))
    look.state = static_cast<PieceState>(state);
  look.looked_for = texts_of(json.at("looked_for"));
  look.note = texts_of(json.at("note"));
  for (const auto& each : json.at("seen")) {
    look.seen.push_back({{each.at("file").get<std::string>(), each.at("line").get<int>(),
                          each.at("column").get<int>()},
                         each.at("text").get<std::string>()});
  }
  return look;
}

Look answer(const Observations& observations, const std::string& key) {
  const auto found = observations.find(key);
  return found == observations.end() ? Look{} : found->second;
}

}  // namespace

std::string observations_text(const Observations& observations) {
  Json out = Json::object();
  for (const auto& [key, look] : observations) out[key] = json_of(look);
  return dumped(out);
}

Result<Observations> read_observations(const std::string& text) {
  Observations observations;
  try {
    const Json parsed = Json::parse(text);
    for (const auto& [key, look] : parsed.items()) observations.emplace(key, look_of(look));
  } catch (const Json::exception& error) {
    return Diagnostic{
        Level::error, "damaged", {}, "the recorded evidence cannot be read", error.what()};
  }
  return observations;
}

Look RecordingLooker::source(const std::string& pattern) {
  return observations_[key_of(pattern)] = inner_.source(pattern);
}

Look RecordingLooker::probe(const ProbeRequest& request) {
  return observations_[key_of(request)] = inner_.probe(request);
}

Look RecordedLooker::source(const std::string& pattern) {
  return answer(observations_, key_of(pattern));
}

Look RecordedLooker::probe(const ProbeRequest& request) {
  return answer(observations_, key_of(request));
}

}  // namespace pandect::store
