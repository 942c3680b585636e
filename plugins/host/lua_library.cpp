#include "plugins/host/lua_library.h"

#include "plugins/host/call.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace pandect::plugins {
namespace {

using script::Value;

Diagnostic wrong(std::string message, std::string hint = {}) {
  return {Level::error, "plugin-lua", {}, std::move(message), std::move(hint)};
}

// For what is a mistake of the script; a file that is not there is an answer (nil and why).
Diagnostic mistake(const std::string& function, pandect_status status) {
  switch (status) {
    case PANDECT_OUT_OF_CALL:
    case PANDECT_BAD_HANDLE:
      return wrong("`" + function + "` can be called only while the plugin is at work",
                   "call it inside run, read, render or derive");
    case PANDECT_WRONG_KIND:
      return wrong("`" + function + "` is for probes only");
    case PANDECT_BAD_PATTERN:
      return wrong("this is no pattern that RE2 knows",
                   "RE2 has no look-around and no back-references");
    default:
      return wrong("`" + function + "` was refused with status " + std::to_string(status));
  }
}

bool is_answer(pandect_status status) {
  return status == PANDECT_NOT_FOUND || status == PANDECT_OUTSIDE || status == PANDECT_TOO_MUCH;
}

Result<std::string> text_argument(const script::Call& made, std::size_t index,
                                  const char* function) {
  const Value& value = made.argument(index);
  if (value.is(Value::Kind::text)) return value.text;
  return wrong(std::string("`") + function + "` takes a text as argument " +
               std::to_string(index + 1) + ", not " + std::string(script::kind_name(value.kind)));
}

std::int32_t gather(void* context, const char* path, size_t path_size, std::uint64_t size) {
  Value file = Value::map();
  file.set("path", Value::of(std::string(path, path_size)));
  file.set("size", Value::of(static_cast<std::int64_t>(size)));
  static_cast<Value*>(context)->items.push_back(std::move(file));
  return 0;
}

Result<Value> files_read(script::Call& made, pandect_call call) {
  const auto path = text_argument(made, 0, "files.read");
  if (!path) return path.errors();
  pandect_text bytes{};
  const auto status = host_functions().read_file(call, path->data(), path->size(), &bytes);
  if (is_answer(status)) return Value();
  if (status != PANDECT_OK) return mistake("files.read", status);
  if (bytes.size > plugin_budgets().text) return Value();
  return Value::of(std::string(view(bytes)));
}

Result<Value> files_part(script::Call& made, pandect_call call) {
  const auto path = text_argument(made, 0, "files.part");
  if (!path) return path.errors();
  const Value &offset = made.argument(1), &size = made.argument(2);
  const auto most = static_cast<std::int64_t>(plugin_budgets().text);
  if (!offset.is(Value::Kind::integer) || !size.is(Value::Kind::integer) || offset.integer < 0 ||
      size.integer < 0 || size.integer > most)
    return wrong("`files.part` takes a path, an offset and a size",
                 "offset from 0, size up to " + std::to_string(most));
  std::string buffer(static_cast<std::size_t>(size.integer), '\0');
  std::size_t count = 0;
  const auto status = host_functions().read_part(call, path->data(), path->size(),
                                                 static_cast<std::uint64_t>(offset.integer),
                                                 buffer.data(), buffer.size(), &count);
  if (is_answer(status)) return Value();
  if (status != PANDECT_OK) return mistake("files.part", status);
  buffer.resize(count);
  return Value::of(std::move(buffer));
}

Result<Value> files_list(script::Call& made, pandect_call call, bool glob) {
  const char* const name = glob ? "files.glob" : "files.list";
  std::string given;
  if (glob || !made.argument(0).is_nil()) {
    auto text = text_argument(made, 0, name);
    if (!text) return text.errors();
    given = std::move(*text);
  }
  Value found = Value::list();
  const auto function = glob ? host_functions().glob : host_functions().list;
  const auto status = function(call, given.data(), given.size(), gather, &found);
  if (is_answer(status)) return Value();
  if (status != PANDECT_OK) return mistake(name, status);
  return found;
}

// match(pattern, text, from): nil, or {first, last, [1] = first group, ...}; places count from 1
// as everywhere in Lua. A group that took no part is an empty text.
Result<Value> match(script::Call& made, pandect_call call) {
  const auto pattern = text_argument(made, 0, "match");
  const auto text = text_argument(made, 1, "match");
  if (!pattern) return pattern.errors();
  if (!text) return text.errors();
  const Value& from = made.argument(2);
  const std::int64_t start = from.is(Value::Kind::integer) ? from.integer - 1 : 0;
  if (start < 0 || static_cast<std::size_t>(start) > text->size()) return Value();
  made.sandbox.charge(text->size() / 16 + 1);
  pandect_span spans[32];
  std::size_t count = 0;
  const auto status =
      host_functions().match(call, pattern->data(), pattern->size(), text->data(), text->size(),
                             static_cast<std::size_t>(start), spans, std::size(spans), &count);
  if (status != PANDECT_OK) return mistake("match", status);
  if (count == 0) return Value();
  Value result = Value::map(), groups = Value::list();
  for (std::size_t i = 1; i < std::min(count, std::size(spans)); ++i) {
    const bool took_part = spans[i].begin != PANDECT_NO_GROUP;
    groups.items.push_back(Value::of(
        took_part ? text->substr(spans[i].begin, spans[i].end - spans[i].begin) : std::string()));
  }
  result.set("first", Value::of(static_cast<std::int64_t>(spans[0].begin + 1)));
  result.set("groups", std::move(groups));
  result.set("last", Value::of(static_cast<std::int64_t>(spans[0].end)));
  result.set("text", Value::of(text->substr(spans[0].begin, spans[0].end - spans[0].begin)));
  return result;
}

Result<Value> warn(script::Call& made, pandect_call call) {
  const auto message = text_argument(made, 0, "warn");
  if (!message) return message.errors();
  const std::string json =
      nlohmann::json{{"level", "warning"}, {"code", "plugin"}, {"message", *message}}.dump(
          -1, ' ', false, nlohmann::json::error_handler_t::replace);
  const auto status = host_functions().report_diagnostic(call, json.data(), json.size());
  if (status != PANDECT_OK) return mistake("warn", status);
  return Value();
}

}  // namespace

script::Budgets plugin_budgets() {
  script::Budgets budgets;
  budgets.steps = 50'000'000;
  budgets.memory = 256u << 20;
  budgets.block = 16u << 20;
  budgets.text = 8u << 20;
  budgets.crossing_values = 2'000'000;
  return budgets;
}

void define_plugin_library(script::Sandbox& sandbox, pandect_call call) {
  sandbox.define("files.read", [call](script::Call& made) { return files_read(made, call); });
  sandbox.define("files.part", [call](script::Call& made) { return files_part(made, call); });
  sandbox.define("files.list",
                 [call](script::Call& made) { return files_list(made, call, false); });
  sandbox.define("files.glob", [call](script::Call& made) { return files_list(made, call, true); });
  sandbox.define("match", [call](script::Call& made) { return match(made, call); });
  sandbox.define("warn", [call](script::Call& made) { return warn(made, call); });
}

}  // namespace pandect::plugins
