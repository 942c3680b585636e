#include "plugins/host/lua.h"

#include "plugins/host/call.h"
#include "plugins/host/lua_library.h"
#include "plugins/host/lua_value.h"

#include <map>

namespace pandect::plugins {
namespace {

using script::Sandbox;
using script::Value;

struct Role {
  std::uint32_t kind;
  const char* list;      // in the table of the plugin
  const char* function;  // in the table of each
};
constexpr Role kRoles[] = {{PANDECT_PROBE, "probes", "run"},
                           {PANDECT_IMPORTER, "importers", "read"},
                           {PANDECT_FORMAT, "formats", "render"},
                           {PANDECT_DERIVATION, "derivations", "derive"}};

Diagnostic mistake(const std::string& path, std::string message, std::string hint = {}) {
  return {Level::error, "plugin-lua", {path, 0, 0}, std::move(message), std::move(hint)};
}

// A state in which the script has run: its table, with the functions in it.
struct Opened {
  Sandbox sandbox;
  Value table;
};

Result<std::unique_ptr<Opened>> open(const std::string& path, const std::string& text,
                                     pandect_call call) {
  auto opened = std::make_unique<Opened>(Opened{Sandbox(plugin_budgets()), {}});
  define_plugin_library(opened->sandbox, call);
  Value* const table = &opened->table;
  opened->sandbox.define("plugin", [table](script::Call& made) -> Result<Value> {
    if (!table->is_nil())
      return Diagnostic{
          Level::error, "plugin-lua", {}, "`plugin` is called twice", "one file is one plugin"};
    const Value& given = made.argument(0);
    // An empty table crosses as an empty list.
    if (!given.is(Value::Kind::map) && !(given.is(Value::Kind::list) && given.items.empty()))
      return Diagnostic{Level::error,
                        "plugin-lua",
                        {},
                        "`plugin` takes a table",
                        "write plugin{name = ..., abi = 1, probes = {...}}"};
    *table = given.is(Value::Kind::map) ? given : Value::map();
    return Value();
  });
  auto returned = opened->sandbox.run(path, text);
  if (!returned) return returned.errors();
  if (table->is_nil() && returned->is(Value::Kind::map)) *table = std::move(*returned);
  if (table->is_nil())
    return mistake(path, "this script declares no plugin",
                   "write plugin{name = ..., version = ..., abi = 1, probes = {...}}");
  return opened;
}

const Value* field(const Value& table, const char* key, Value::Kind kind) {
  const Value* value = table.is(Value::Kind::map) ? table.find(key) : nullptr;
  return value != nullptr && value->is(kind) ? value : nullptr;
}

std::string text_in(const Value& table, const char* key) {
  const Value* value = field(table, key, Value::Kind::text);
  return value == nullptr ? std::string() : value->text;
}

struct Script;

// The context of one capability: which function of which list it is.
struct Entry {
  const Script* script = nullptr;
  const Role* role = nullptr;
  std::size_t place = 0;
  std::string name, summary, extension, places;
  bool wants_day = false;
  std::uint64_t limit = 0;
};

struct Script {
  std::string path, text;
  std::vector<std::unique_ptr<Entry>> entries;
};

pandect_status report(pandect_call call, const Diagnostics& problems) {
  for (const auto& each : problems) {
    const std::string text = write_diagnostic(each);
    host_functions().report_diagnostic(call, text.data(), text.size());
  }
  return PANDECT_FAILED;
}

// Runs one function of the entry in a fresh state.
Result<Value> call_entry(const Entry& entry, pandect_call call, const char* function,
                         const std::vector<Value>& arguments) {
  auto opened = open(entry.script->path, entry.script->text, call);
  if (!opened) return opened.errors();
  const Value* list = field((*opened)->table, entry.role->list, Value::Kind::list);
  const Value* declared =
      list != nullptr && entry.place < list->items.size() ? &list->items[entry.place] : nullptr;
  const Value* code =
      declared == nullptr ? nullptr : field(*declared, function, Value::Kind::function);
  if (code == nullptr)
    return mistake(entry.script->path, "`" + entry.name + "` has no function `" + function + "`");
  return (*opened)->sandbox.call(*code, arguments);
}

Result<std::vector<Value>> arguments_of(const pandect_input& input) {
  if (input.kind == PANDECT_IMPORTER) {
    Value file = Value::map();
    file.set("path", Value::of(std::string(view(input.path))));
    file.set("bytes", Value::of(std::string(view(input.bytes))));
    return std::vector<Value>{std::move(file)};
  }
  std::vector<Value> arguments;
  for (const pandect_text each : {input.json, input.options}) {
    if (each.size == 0) continue;
    auto value = value_of_json(view(each));
    if (!value) return value.errors();
    arguments.push_back(std::move(*value));
  }
  return arguments;
}

// What the function has returned, as reports of the call.
pandect_status hand_over(const Entry& entry, pandect_call call, const Value& returned) {
  const auto& host = host_functions();
  const auto wrong = [&](const std::string& expected) {
    return report(call, {mistake(entry.script->path,
                                 "`" + entry.name + "` returned " +
                                     std::string(script::kind_name(returned.kind)),
                                 "it returns " + expected)});
  };
  if (entry.role->kind == PANDECT_FORMAT) {
    if (!returned.is(Value::Kind::text)) return wrong("the report as a text");
    return host.report_bytes(call, returned.text.data(), returned.text.size());
  }
  if (entry.role->kind == PANDECT_PROBE) {
    if (!returned.is(Value::Kind::map)) return wrong("an outcome: {state = \"shown\", ...}");
    const auto json = json_of_value(returned);
    if (!json) return report(call, json.errors());
    return host.report_outcome(call, json->data(), json->size());
  }
  if (!returned.is(Value::Kind::list)) return wrong("a list of proposals");
  for (const auto& each : returned.items) {
    const auto json = json_of_value(each);
    if (!json) return report(call, json.errors());
    const auto status = host.report_proposal(call, json->data(), json->size());
    if (status != PANDECT_OK) return status;
  }
  return PANDECT_OK;
}

pandect_status run(void* context, pandect_call call, const pandect_input* input) {
  const Entry& entry = *static_cast<const Entry*>(context);
  const auto arguments = arguments_of(*input);
  if (!arguments) return report(call, arguments.errors());
  const auto returned = call_entry(entry, call, entry.role->function, *arguments);
  if (!returned) return report(call, returned.errors());
  return hand_over(entry, call, *returned);
}

std::int32_t recognises(void* context, pandect_call call, const char* path, size_t path_size,
                        const char* head, size_t head_size) {
  const Entry& entry = *static_cast<const Entry*>(context);
  const auto returned = call_entry(
      entry, call, "recognises",
      {Value::of(std::string(path, path_size)), Value::of(std::string(head, head_size))});
  if (!returned || !returned->is(Value::Kind::integer)) return 0;
  return static_cast<std::int32_t>(std::min<std::int64_t>(returned->integer, 100));
}

// The entries that the table declares; a shape that is none is reported.
Diagnostics declare(const Value& table, Script& script) {
  Diagnostics problems;
  for (const auto& role : kRoles) {
    const Value* list = table.find(role.list);
    if (list == nullptr) continue;
    if (!list->is(Value::Kind::list)) {
      problems.push_back(mistake(script.path, std::string("`") + role.list + "` is no list"));
      continue;
    }
    for (std::size_t i = 0; i < list->items.size(); ++i) {
      const Value& each = list->items[i];
      auto entry = std::make_unique<Entry>();
      entry->script = &script;
      entry->role = &role;
      entry->place = i;
      entry->name = text_in(each, "name");
      entry->summary = text_in(each, "summary");
      entry->extension = text_in(each, "extension");
      entry->places = text_in(each, "places");
      const Value* day = field(each, "wants_day", Value::Kind::boolean);
      entry->wants_day = day != nullptr && day->boolean;
      const Value* limit = field(each, "limit", Value::Kind::integer);
      if (limit != nullptr && limit->integer > 0)
        entry->limit = static_cast<std::uint64_t>(limit->integer);
      for (const char* function : {role.function, "recognises"}) {
        const bool wanted = function == role.function || role.kind == PANDECT_IMPORTER;
        if (wanted && field(each, function, Value::Kind::function) == nullptr)
          problems.push_back(mistake(script.path, "entry " + std::to_string(i + 1) + " of `" +
                                                      role.list + "` has no function `" + function +
                                                      "`"));
      }
      script.entries.push_back(std::move(entry));
    }
  }
  return problems;
}

}  // namespace

Result<PluginPtr> read_lua(const std::string& path, const std::string& text) {
  auto script = std::make_shared<Script>();
  script->path = path;
  script->text = text;
  const auto opened = open(path, text, 0);
  if (!opened) return opened.errors();
  const Value& table = (*opened)->table;
  const Diagnostics problems = declare(table, *script);
  if (!problems.empty()) return problems;
  std::vector<pandect_capability> capabilities;
  for (const auto& each : script->entries) {
    pandect_capability made{};
    made.size = sizeof made;
    made.kind = each->role->kind;
    made.name = text_of(each->name);
    made.summary = text_of(each->summary);
    made.extension = text_of(each->extension);
    made.places = text_of(each->places);
    made.flags = each->wants_day ? PANDECT_WANTS_DAY : 0;
    made.limit = each->limit;
    made.context = each.get();
    made.recognises = each->role->kind == PANDECT_IMPORTER ? recognises : nullptr;
    made.run = run;
    capabilities.push_back(made);
  }
  const std::string name = text_in(table, "name"), version = text_in(table, "version"),
                    summary = text_in(table, "summary");
  const Value* abi = field(table, "abi", Value::Kind::integer);
  pandect_plugin descriptor{};
  descriptor.size = sizeof descriptor;
  descriptor.abi = abi != nullptr && abi->integer > 0 && abi->integer <= UINT32_MAX
                       ? static_cast<std::uint32_t>(abi->integer)
                       : 0;
  descriptor.name = text_of(name);
  descriptor.version = text_of(version);
  descriptor.summary = text_of(summary);
  descriptor.capabilities = capabilities.data();
  descriptor.capability_size = sizeof(pandect_capability);
  descriptor.capability_count = static_cast<std::uint32_t>(capabilities.size());
  return adopt(descriptor, path, Source::lua, script);
}

}  // namespace pandect::plugins
