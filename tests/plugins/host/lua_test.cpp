// Plugins in Lua: confined to what the host gives, under budgets, with errors that name the line.
#include "plugins/host/lua.h"

#include "plugins/host/plugin_kit.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace pandect;
using namespace pandect::plugins;
using pandect::testing::Scratch;
using pandect::testing::told;

namespace {

std::string probe_script(const std::string& body) {
  return "local function run(settings)\n" + body +
         "\nend\nplugin{name = \"mine\", version = \"1.0.0\", abi = 1,\n"
         "  probes = {{name = \"mine\", summary = \"One.\", run = run}}}\n";
}

Result<ProbeOutcome> run(const std::string& body, const Scratch& scratch,
                         const nlohmann::json& settings = nlohmann::json::object()) {
  const auto plugin = read_lua("mine.lua", probe_script(body));
  REQUIRE_MESSAGE(plugin, (plugin ? "" : told(plugin.errors())));
  const auto root = Root::open(scratch.path(""));
  REQUIRE(root);
  return probe_of(*plugin, (*plugin)->capabilities[0]).run(settings, *root);
}

std::string failure(const std::string& body) {
  const Scratch scratch;
  const auto result = run(body, scratch);
  return result ? "(an outcome)" : told(result.errors());
}

std::string refusal(const std::string& script) {
  const auto plugin = read_lua("mine.lua", script);
  return plugin ? "(loaded)" : told(plugin.errors());
}

bool holds(const std::string& text, const std::string& part) {
  const bool found = text.find(part) != std::string::npos;
  if (!found) MESSAGE("it reads: " << text);
  return found;
}

}  // namespace

TEST_CASE("Lua plugins: files and RE2 through the host, below the root only") {
  const Scratch scratch;
  scratch.write("a.md", "one\nReviewed by Kim\n");
  REQUIRE(::symlink("/etc/passwd", scratch.path("out.md").c_str()) == 0);
  const auto result = run(R"(
    assert(files.read("../a.md") == nil and files.read("/etc/passwd") == nil)
    assert(files.read("out.md") == nil and files.read("none") == nil)
    assert(#files.list() == 1 and files.list()[1].path == "a.md")
    assert(files.part("a.md", 4, 8) == "Reviewed")
    local text = files.read(files.glob("*.md")[1].path)
    local found = match(settings.pattern, text)
    assert(text:sub(found.first, found.last) == found.text and found.groups[1] == "Kim")
    assert(match("zzz", text) == nil)
    warn("odd")
    return {state = "shown", seen = {{file = "a.md", line = 2, text = found.text}}})",
                          scratch, {{"pattern", "by (\\w+)"}});
  REQUIRE_MESSAGE(result, (result ? "" : told(result.errors())));
  CHECK(result->state == PieceState::shown);
  CHECK(result->note.en == "odd");
  REQUIRE(result->seen.size() == 1);
  CHECK(result->seen[0].text == "by Kim");
}

TEST_CASE("Lua plugins: mistakes are told with file and line") {
  CHECK(holds(failure("error(\"no\")"), "mine.lua:2"));
  CHECK(holds(failure("return nil + 1"), "mine.lua:2"));
  CHECK(holds(failure("return 5"), "`mine` returned"));
  CHECK(holds(failure("return {state = \"good\"}"), "one of shown, failed"));
  CHECK(
      holds(failure("return {state = \"shown\", seen = run}"), "a function stands where a value"));
  CHECK(holds(failure("return {state = tostring}"), "a function stands where a value"));
  CHECK(holds(failure("files.read(3)"), "takes a text as argument 1"));
  CHECK(holds(failure("match(\"(\", \"a\")"), "no pattern that RE2 knows"));
}

TEST_CASE("Lua plugins: loops, memory and what is not given end in an error") {
  CHECK(holds(failure("while true do end"), "mine.lua:2"));
  CHECK(holds(failure("while true do pcall(function() while true do end end) end"), "mine.lua"));
  CHECK(holds(failure("local t = {} while true do t[#t + 1] = {} end"), "mine.lua"));
  for (const char* name :
       {"io", "os", "debug", "load", "loadstring", "dofile", "require", "package"})
    CHECK(holds(failure(std::string("return ") + name), std::string("has no `") + name + "`"));
}

TEST_CASE("Lua plugins: each call begins afresh") {
  const Scratch scratch;
  const auto plugin = read_lua(
      "mine.lua",
      "count = 0\n" +
          probe_script("count = count + 1\nreturn {state = \"shown\", note = tostring(count)}"));
  if (!plugin) {  // a sandbox may refuse new globals altogether
    CHECK(holds(told(plugin.errors()), "count"));
    return;
  }
  const auto root = Root::open(scratch.path(""));
  const auto probe = probe_of(*plugin, (*plugin)->capabilities[0]);
  for (int i = 0; i < 3; ++i) {
    const auto result = probe.run(nullptr, *root);
    REQUIRE_MESSAGE(result, (result ? "" : told(result.errors())));
    CHECK(result->note.en == "1");
  }
}

TEST_CASE("Lua plugins: a script that declares none, or wrongly, is refused") {
  CHECK(holds(refusal(""), "declares no plugin"));
  CHECK(holds(refusal("plugin{}"), "speaks version 0"));
  CHECK(holds(refusal("plugin{name = \"a\", abi = 2, probes = {}}"), "speaks version 2"));
  CHECK(holds(refusal("plugin{name = \"a\", abi = 1}"), "declares 0 capabilities"));
  CHECK(holds(refusal("plugin{name = \"a\", abi = 1, probes = 3}"), "`probes` is no list"));
  CHECK(holds(refusal("plugin{name = \"a\", abi = 1, probes = {{name = \"a\"}}}"),
              "has no function `run`"));
  CHECK(holds(refusal("plugin{name = \"A b\", abi = 1, probes = {{name = \"a\", run = function() "
                      "end}}}"),
              "is `A b`"));
  CHECK(holds(refusal("plugin(3)"), "takes a table"));
  CHECK(holds(refusal("plugin{"), "mine.lua:1"));
  CHECK(holds(refusal("files.read(\"a\")"), "only while the plugin is at work"));
  CHECK(holds(refusal("while true do end"), "mine.lua:1"));
  CHECK(holds(refusal("\x1bLua"), "mine.lua"));
}
