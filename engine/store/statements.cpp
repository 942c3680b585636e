#include "store/statements.h"

#include "base/digest.h"

#include <nlohmann/json.hpp>

namespace pandect::store {
namespace {

using Json = nlohmann::json;

// A JSON text is a double-quoted scalar of YAML 1.2.
std::string quoted(const std::string& text) {
  return Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string list_of(const Statement& statement) {
  return statement.kind == "waiver" ? "waivers:" : "evidence:";
}

bool is_blank(std::string_view line) {
  const std::size_t start = line.find_first_not_of(" \t\r");
  return start == std::string_view::npos || line[start] == '#';
}

}  // namespace

std::string_view word_of(WaiverKind kind) {
  return kind == WaiverKind::contested  ? "contested"
         : kind == WaiverKind::deferred ? "deferred"
                                        : "risk_accepted";
}

Draft draft_of(const Statement& statement, const std::string& recorded_at) {
  Json body;
  const auto put = [&](const char* key, const std::string& value) {
    if (!value.empty()) body[key] = value;
  };
  const auto day = [&](const char* key, Day value) {
    if (value != kNoDay) body[key] = to_string(value);
  };
  body["subject"] = statement.subject;
  body["obligation"] = statement.obligation;
  put("deployment", statement.deployment);
  put("evidence", statement.piece);
  put("scope", statement.scope);
  put("source", statement.source);
  put("note", statement.note);
  if (statement.kind == "waiver") body["waiver"] = word_of(statement.waiver);
  put("reason", statement.reason);
  body["by"] = statement.by;
  day("made", statement.made);
  day("through", statement.through);
  day("as_of", statement.as_of);
  put("facts", statement.facts);
  body["engine"] = statement.engine_version;
  body["packs"] = Json::array();
  for (const auto& [id, digest] : statement.packs)
    body["packs"].push_back({{"id", id}, {"digest", digest}});
  body["manifest"] = digest_of(statement.manifest);
  body["blobs"] = Json::array({body["manifest"]});
  return {statement.kind,
          recorded_at,
          body.dump(-1, ' ', false, Json::error_handler_t::replace),
          {statement.manifest}};
}

Result<Statement> statement_of(const Entry& entry) {
  Statement statement;
  statement.kind = entry.kind;
  try {
    const Json body = Json::parse(entry.body);
    const auto text = [&](const char* key) { return body.value(key, std::string()); };
    const auto day = [&](const char* key) { return parse_day(text(key)).value_or(kNoDay); };
    body.at("subject").get_to(statement.subject);
    body.at("obligation").get_to(statement.obligation);
    body.at("by").get_to(statement.by);
    statement.deployment = text("deployment");
    statement.piece = text("evidence");
    statement.scope = text("scope");
    statement.source = text("source");
    statement.note = text("note");
    statement.reason = text("reason");
    statement.facts = text("facts");
    statement.engine_version = text("engine");
    for (const auto kind : {WaiverKind::contested, WaiverKind::risk_accepted}) {
      if (text("waiver") == word_of(kind)) statement.waiver = kind;
    }
    statement.made = day("made");
    statement.through = day("through");
    statement.as_of = day("as_of");
    for (const auto& each : body.at("packs"))
      statement.packs.emplace_back(each.at("id").get<std::string>(),
                                   each.at("digest").get<std::string>());
  } catch (const Json::exception& error) {
    return Diagnostic{Level::error,
                      "damaged",
                      {"entry " + std::to_string(entry.sequence), 0, 0},
                      std::string("it cannot be read: ") + error.what(),
                      "run `pandect store verify`"};
  }
  return statement;
}

std::string stanza_of(const Statement& statement) {
  std::string text;
  const auto line = [&](const char* key, const std::string& value) {
    if (value.empty()) return;
    text += (text.empty() ? "  - " : "    ") + std::string(key) + ": " + value + "\n";
  };
  const auto free = [&](const char* key, const std::string& value) {
    if (!value.empty()) line(key, quoted(value));
  };
  const auto day = [&](const char* key, Day value) {
    if (value != kNoDay) line(key, to_string(value));
  };
  if (statement.kind == "waiver") {
    free("subject", statement.subject);
    free("obligation", statement.obligation);
    line("kind", std::string(word_of(statement.waiver)));
    free("reason", statement.reason);
    free("by", statement.by);
    day("made", statement.made);
    day("until", statement.through);
    free("facts", statement.facts);
    return text;
  }
  free("system", statement.subject);
  free("obligation", statement.obligation);
  free("evidence", statement.piece);
  line("state", "done");
  free("scope", statement.scope);
  free("source", statement.source);
  free("by", statement.by);
  day("date", statement.made);
  day("through", statement.through);
  free("note", statement.note);
  return text;
}

std::optional<std::string> with_stanza(const std::string& manifest, const Statement& statement) {
  const std::string list = list_of(statement);
  std::string text = manifest;
  if (!text.empty() && text.back() != '\n') text += '\n';
  std::size_t end = std::string::npos;  // where the item goes
  bool inside = false;
  std::string indent = "  ";
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t stop = text.find('\n', start) + 1;
    const std::string_view line(text.data() + start, stop - start - 1);
    if (line.starts_with("...") || line.starts_with("---")) {
      if (line[0] == '.' || end != std::string::npos) return std::nullopt;
    } else if (line.starts_with(list)) {
      if (end != std::string::npos || !is_blank(line.substr(list.size()))) return std::nullopt;
      inside = true;
      end = stop;
    } else if (inside && !is_blank(line)) {
      const std::size_t column = line.find_first_not_of(' ');
      inside = column > 0 || line[0] == '-';
      if (inside && line[column] == '-' && end == start) indent = std::string(column, ' ');
      if (inside) end = stop;
    }
    start = stop;
  }
  std::string stanza;
  const std::string item = stanza_of(statement);
  for (std::size_t start = 0; start < item.size();) {
    const std::size_t stop = item.find('\n', start) + 1;
    stanza += indent + item.substr(start + 2, stop - start - 2);
    start = stop;
  }
  if (end == std::string::npos) return text + list + "\n" + stanza;
  return text.substr(0, end) + stanza + text.substr(end);
}

}  // namespace pandect::store
