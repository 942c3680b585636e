// `pandect plugin` as its users run it: templates of every kind are written, built in a folder
// outside of the tree with the printed command, pass their examples, and do their work.
#include "cli/process.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <sys/stat.h>

using pandect::testing::Ran;
using pandect::testing::run;
using pandect::testing::Scratch;
using Json = nlohmann::json;

namespace {

bool holds(const std::string& text, const std::string& part) {
  const bool found = text.find(part) != std::string::npos;
  if (!found) MESSAGE("it reads: " << text);
  return found;
}

// Writes a template, builds it if it is native, and gives its folder.
std::string made(const Scratch& scratch, const std::string& kind, bool lua) {
  const std::string name = "my-" + kind + (lua ? "-lua" : "-c");
  const Ran ran = run({"plugin", "new", name, "--into", scratch.path(""), "--kind", kind,
                       lua ? "--lua" : "--native"});
  REQUIRE_MESSAGE(ran.status == 0, ran.err);
  if (!lua) {
    const std::size_t at = ran.out.find("build it:  ");
    REQUIRE(at != std::string::npos);
    const std::size_t start = at + 11, end = ran.out.find('\n', start);
    REQUIRE(std::system(ran.out.substr(start, end - start).c_str()) == 0);
  }
  return scratch.path(name);
}

}  // namespace

TEST_CASE("plugin command: each template is built with one command and passes its trials") {
  for (const bool lua : {false, true}) {
    for (const char* kind : {"probe", "importer", "format", "derivation"}) {
      const Scratch scratch;
      const std::string folder = made(scratch, kind, lua);
      const Ran test = run({"plugin", "test", folder});
      INFO(kind << " " << lua << "\n" << test.out << test.err);
      CHECK(test.status == 0);
      CHECK(holds(test.out, "0 failed"));
      CHECK(holds(test.out, "example: "));
      const Ran info = run({"plugin", "info", folder});
      CHECK(info.status == 0);
      CHECK(holds(info.out, kind));
    }
  }
}

TEST_CASE("plugin command: report formats of plugins, native and Lua, say the same") {
  const Scratch scratch;
  const auto check = [&](const std::string& folder, const std::string& name) {
    return run({"check", PANDECT_SOURCE "/examples/cv-screener", "--as-of", "2026-11-21", "--lang",
                "en", "--plugin", folder, "--format", name});
  };
  const Ran native = check(made(scratch, "format", false), "my-format-c");
  const Ran lua = check(made(scratch, "format", true), "my-format-lua");
  CHECK_MESSAGE(native.err.empty(), native.err);
  CHECK_MESSAGE(lua.err.empty(), lua.err);
  CHECK(holds(native.out, "- cv-screener: "));
  CHECK(native.out == lua.out);
  const Ran nothing_due = run({"check", PANDECT_SOURCE "/examples/warehouse-forecast", "--as-of",
                               "2026-11-21", "--plugin", scratch.path("my-format-lua"), "--format",
                               "my-format-lua"});
  CHECK_MESSAGE(nothing_due.status == 0, nothing_due.err);
  CHECK(nothing_due.out.empty());
  const Ran plain = run({"check", PANDECT_SOURCE "/examples/cv-screener", "--as-of", "2026-11-21"});
  CHECK(native.status == plain.status);
}

TEST_CASE("plugin command: a probe of a plugin looks for evidence in check, native and Lua alike") {
  const Scratch scratch;
  scratch.write("notes.md", "# Notes\n\nReviewed by Kim Minji\n");
  for (const bool lua : {false, true}) {
    const Scratch elsewhere;
    const std::string folder = made(elsewhere, "probe", lua);
    const std::string name = lua ? "my-probe-lua" : "my-probe-c";
    scratch.write(
        "pandect.yaml",
        "pandect: 1\norganisation: {id: o, facts: {org.legal_form: company, org.seat: kr, "
        "org.acts_as_business: true}}\nsystems:\n  - id: painter\n    closed_world: true\n"
        "    facts: {system.generative: true, market.offered_in: [kr], "
        "market.put_to_use_in: [kr], activity.provides_to_users: true}\nevidence:\n"
        "  - {obligation: kr.advance_notice, probe: {" +
            name + ": {files: \"*.md\", pattern: \"Reviewed by .+\"}}}\n");
    const std::vector<std::string> plain{
        "check", scratch.path(""), "--as-of", "2026-11-21", "--jurisdiction",
        "kr",    "--format",       "json"};
    const Ran without = run(plain);
    CHECK(without.status == 2);
    CHECK(holds(without.err, "there is no probe `" + name + "`"));
    std::vector<std::string> with = plain;
    with.insert(with.end(), {"--plugin", folder});
    const Ran looked = run(with);
    CHECK_MESSAGE(looked.status != 2, looked.err);
    CHECK(holds(looked.out, "Reviewed by Kim Minji"));
  }
}

TEST_CASE("plugin command: an importer of a plugin reads a format that nothing else knows") {
  for (const bool lua : {false, true}) {
    const Scratch scratch;
    const std::string folder = made(scratch, "importer", lua);
    const std::string card = folder + "/examples/sample.aicard";
    const Ran without = run({"import", card, "--format", "json"});
    CHECK(without.status == 2);
    CHECK(holds(without.err, "no importer knows this format"));
    const Ran with = run({"import", card, "--format", "json", "--plugin", folder});
    CHECK_MESSAGE(with.status == 0, with.err);
    CHECK(holds(with.out, "system.generative"));
    CHECK(holds(with.out, "offered"));
  }
}

TEST_CASE("plugin command: derivations propose for a manifest, and the facts they get are JSON") {
  const Scratch scratch;
  const std::string manifest = scratch.write(
      "pandect.yaml",
      "pandect: 1\norganisation: {id: o, facts: {org.seat: kr, size.employees: {min: 3, max: 9}}}\n"
      "systems: [{id: s, facts: {system.generative: true, system.uses: [content.text]}}]\n");
  const Ran facts = run({"plugin", "facts", manifest});
  REQUIRE_MESSAGE(facts.status == 0, facts.err);
  const Json json = Json::parse(facts.out);
  CHECK(json["schema"] == "pandect.facts/1");
  CHECK(json["organisation"]["facts"]["org.seat"]["value"] == "kr");
  CHECK(json["organisation"]["facts"]["size.employees"]["min"] == "3");
  CHECK(json["organisation"]["facts"]["size.employees"]["max"] == "9");
  CHECK(json["systems"][0]["facts"]["system.generative"]["value"] == true);
  std::string first;
  for (const bool lua : {false, true}) {
    const std::string folder = made(scratch, "derivation", lua);
    const Ran derived = run({"plugin", "derive", manifest, "--plugin", folder});
    CHECK_MESSAGE(derived.status == 0, derived.err);
    CHECK(holds(derived.out, "organisation  org.establishments: [kr]"));
    if (first.empty()) first = derived.out;
    CHECK(derived.out == first);
    const Ran as_json = run({"plugin", "derive", manifest, "--plugin", folder, "--format", "json"});
    CHECK(Json::parse(as_json.out)[0]["class"] == "derived");
  }
}

TEST_CASE("plugin command: the plugin folder of the user is used, the repository never is") {
  const Scratch scratch;
  const std::string folder = made(scratch, "format", true);
  const std::string home = scratch.path("data");
  std::filesystem::create_directories(home + "/pandect/plugins");
  std::filesystem::copy(folder, home + "/pandect/plugins/my-format-lua");
  const std::vector<std::string> arguments{"check",    PANDECT_SOURCE "/examples/cv-screener",
                                           "--as-of",  "2026-11-21",
                                           "--format", "my-format-lua"};
  const Ran found = run(arguments, "", {{"XDG_DATA_HOME", home}});
  CHECK_MESSAGE(found.err.empty(), found.err);
  CHECK(holds(found.out, "- cv-screener: "));
  const Ran listed = run({"plugin", "list"}, "", {{"XDG_DATA_HOME", home}});
  CHECK(listed.status == 0);
  CHECK(holds(listed.out, "my-format-lua"));
  CHECK(holds(listed.out, "probe file"));
  // The same beside the manifest, under every name that might be tried.
  std::filesystem::copy(PANDECT_SOURCE "/examples/cv-screener", scratch.path("repo"),
                        std::filesystem::copy_options::recursive);
  for (const char* place : {".pandect/plugins", "plugins", "."}) {
    std::filesystem::create_directories(scratch.path("repo/") + place);
    std::filesystem::copy(folder + "/my-format-lua.lua",
                          scratch.path("repo/") + place + "/my-format-lua.lua");
  }
  const Ran beside =
      run({"check", scratch.path("repo"), "--as-of", "2026-11-21", "--format", "my-format-lua"}, "",
          {{"XDG_DATA_HOME", scratch.path("none")}});
  CHECK(beside.status == 2);
  CHECK(holds(beside.err, "there is no format"));
}

TEST_CASE("plugin command: what is wrong has a place, a remedy and status 2") {
  const Scratch scratch;
  const Ran none = run({"plugin", "test", scratch.path("none")});
  CHECK(none.status == 2);
  CHECK(holds(none.err, "there is no such file or folder"));
  const Ran empty = run({"plugin", "info", scratch.path("")});
  CHECK(empty.status == 2);
  CHECK(holds(empty.err, "there is no plugin"));
  const Ran name = run({"plugin", "new", "../evil", "--into", scratch.path("")});
  CHECK(name.status == 2);
  CHECK(holds(name.err, "is no name"));
  const Ran twice = run({"plugin", "new", "a", "--into", scratch.path("")});
  CHECK(twice.status == 0);
  const Ran again = run({"plugin", "new", "a", "--into", scratch.path("")});
  CHECK(again.status == 2);
  CHECK(holds(again.err, "is there already"));
  const Ran nowhere = run({"plugin", "new", "a", "--into", "/proc/none"});
  CHECK(nowhere.status == 2);
  CHECK(holds(nowhere.err, "cannot be written"));
  const Ran kind = run({"plugin", "new", "a", "--kind", "wish"});
  CHECK(kind.status == 2);
  scratch.write("bad.lua",
                "plugin{name = \"bad\", abi = 1, formats = {{name = \"bad\", extension = "
                "\"txt\", render = function() error(\"broken\") end}}}");
  const Ran broken = run({"check", PANDECT_SOURCE "/examples/cv-screener", "--as-of", "2026-11-21",
                          "--plugin", scratch.path("bad.lua"), "--format", "bad"});
  CHECK(broken.status == 2);
  CHECK(broken.out.empty());
  CHECK(holds(broken.err, "broken"));
  CHECK(holds(broken.err, "bad.lua:1"));
  const Ran file =
      run({"check", PANDECT_SOURCE "/examples/cv-screener", "--as-of", "2026-11-21", "--plugin",
           scratch.path("bad.lua"), "--output", "bad=" + scratch.path("report.txt")});
  CHECK(file.status == 2);
  CHECK(!std::filesystem::exists(scratch.path("report.txt")));
}

TEST_CASE("plugin command: trials tell crashes, endless loops and wrong examples apart") {
  const Scratch scratch;
  scratch.write("p.lua",
                "plugin{name = \"p\", abi = 1, probes = {{name = \"p\", summary = \"\", run "
                "= function() return {state = \"shown\"} end}}}");
  const Ran untested = run({"plugin", "test", scratch.path("p.lua")});
  CHECK(untested.status == 3);
  scratch.write("examples.json", R"([{"does": "lies", "kind": "probe", "name": "p", "root": ".",
    "input": {}, "expect": {"state": "absent"}}])");
  const Ran wrong = run({"plugin", "test", scratch.path("p.lua")});
  CHECK(wrong.status == 1);
  CHECK(holds(wrong.out, "FAILED  example: lies"));
  CHECK(holds(wrong.out, "got {\"state\":\"shown\"}"));
  const std::string folder = made(scratch, "probe", false);
  std::ifstream read(folder + "/my-probe-c.c");
  std::string source{std::istreambuf_iterator<char>(read), {}};
  read.close();
  const std::string body = "  (void)context;\n  if (host->json_get";
  const std::size_t at = source.find(body);
  REQUIRE(at != std::string::npos);
  source.replace(at, 17, "  *(volatile int*)context = 1;\n");
  scratch.write("my-probe-c/my-probe-c.c", source);
  REQUIRE(
      std::system(("cd '" + folder + "' && cc -w -fPIC -shared -I . -o my-probe-c.so my-probe-c.c")
                      .c_str()) == 0);
  const Ran crashed = run({"plugin", "test", folder});
  CHECK(crashed.status == 1);
  CHECK(holds(crashed.out, "crashed: "));
}
