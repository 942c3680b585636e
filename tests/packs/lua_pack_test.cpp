// Packs in Lua: the same words, the same meaning and the same quality of errors as in YAML.
#include "packs/lua_pack.h"

#include "cli/process.h"
#include "packs/folder.h"
#include "packs/image.h"
#include "packs/library.h"

#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace pandect;
using pandect::testing::run;
using pandect::testing::Scratch;

namespace {

namespace fs = std::filesystem;

const std::string kManifest = R"(id: p
version: 1.0.0
jurisdiction: xx
scope: system
title: {en: P, ko: P, zh: P}
state_of_law: 2026-01-01
instruments:
  - {id: law, title: {en: L, ko: L, zh: L}, date: 2025-01-01}
)";

const std::string kFacts = R"(facts:
  - {fact: f.a, scope: system}
  - {fact: f.b, scope: system}
  - {fact: f.c, scope: system}
  - {fact: e.role, scope: system, type: enum, members: [none, formal, full], asked_if: f.a}
  - {fact: n.staff, scope: system, type: integer}
)";

void write(const std::string& path, const std::string& text) {
  fs::create_directories(fs::path(path).parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

struct Folder {
  Scratch scratch;
  std::string path = scratch.path("p");
  Folder() {
    put("pack.yaml", kManifest);
    put("facts.yaml", kFacts);
  }
  void put(const std::string& name, const std::string& text) { write(path + "/" + name, text); }

  PackDraft read(Diagnostics& problems) const { return read_pack_folder(path, problems); }
  Linked link_all() const {
    Diagnostics problems;
    const PackDraft draft = read(problems);
    Linked linked;
    if (!has_errors(problems)) linked = link({draft});
    linked.problems.insert(linked.problems.begin(), problems.begin(), problems.end());
    return linked;
  }
};

// The messages of a pack with this script, without the folder.
std::string told(const std::string& script) {
  Folder folder;
  folder.put("rules.lua", script);
  std::string all;
  for (const auto& each : folder.link_all().problems) {
    if (each.level == Level::warning) continue;
    std::string line = to_string(each);
    if (line.starts_with(folder.path + "/")) line = line.substr(folder.path.size() + 1);
    all += line + "\n";
  }
  return all;
}

void tells(const std::string& script, const std::string& expected) {
  const std::string got = told(script);
  CAPTURE(script);
  CAPTURE(got);
  CHECK(got.find(expected) != std::string::npos);
}

}  // namespace

TEST_CASE("lua pack: the words of YAML give the same program") {
  Folder lua, yaml;
  lua.put("rules.lua", R"(
tree{tree = "uses", members = {"work", "work.hiring"}}
fact{fact = "s.uses", type = "set", members_of = "uses", scope = "system", min = 1e3}
axiom{if_ = "f.a", then_ = "f.b"}
provision{id = "law:art-1", title = "One", disposition = "encoded"}
mapping{use = "work.hiring", to = "law:art-1", rel = "is"}
calendar{calendar = "xx", from = "2026-01-01", through = "2026-12-31", holidays = {"2026-10-01"}}
penalty{penalty = "x.fine", cite = "law:art-1", schedule = {"5_000_000 KRW"}, text = text("a", "b", "c")}
concept{concept = "x.amount", type = "number", unit = "money", currency = "EUR", combine = "max",
  rules = {{id = "r", cite = "law:art-1", from = "2026-01-01", until_ = "2027-01-01", when = "f.a",
            then_ = "35_000_000 EUR"}}}
concept{concept = "x.yes", when = "f.a and f.b"}
obligation{obligation = "x.do", cite = "law:art-1", owed_by = "x.yes", no_exceptions = true,
  title = text{en = "a", ko = "b", zh = "c"}, evidence = {{id = "e", kind = "notice", required = false}}}
case{id = "c", facts = {}, expect = {["x.yes"] = "unknown"}}
)");
  yaml.put("rules.yaml", R"(
trees: [{tree: uses, members: [work, work.hiring]}]
facts: [{fact: s.uses, type: set, members_of: uses, scope: system, min: 1000}]
axioms: [{if: f.a, then: f.b}]
provisions: [{id: "law:art-1", title: One, disposition: encoded}]
mappings: [{use: work.hiring, to: "law:art-1", rel: is}]
calendars: {xx: {from: 2026-01-01, through: 2026-12-31, holidays: [2026-10-01]}}
penalties: [{penalty: x.fine, cite: "law:art-1", schedule: [5_000_000 KRW], text: {en: a, ko: b, zh: c}}]
concepts:
  - concept: x.amount
    type: number
    unit: money
    currency: EUR
    combine: max
    rules:
      - {id: r, cite: "law:art-1", from: 2026-01-01, until: 2027-01-01, when: f.a, then: 35_000_000 EUR}
  - {concept: x.yes, when: f.a and f.b}
obligations:
  - obligation: x.do
    cite: "law:art-1"
    owed_by: x.yes
    no_exceptions: true
    title: {en: a, ko: b, zh: c}
    evidence: [{id: e, kind: notice, required: false}]
cases: [{id: c, facts: {}, expect: {x.yes: unknown}}]
)");
  // Only places, and the digest, tell the two apart.
  const auto program = [](const Folder& folder) {
    Diagnostics problems;
    PackDraft draft = folder.read(problems);
    for (const auto& each : problems) MESSAGE(to_string(each));
    REQUIRE(problems.empty());
    CHECK(draft.cases.size() == 1);
    draft.digest = draft.folder = "";
    const auto forget = [](auto& list) {
      for (auto& each : list) each.where = {};
    };
    forget(draft.concepts);
    forget(draft.obligations);
    for (auto& each : draft.concepts) forget(each.rules);
    for (auto& each : draft.obligations) forget(each.rules);
    for (auto& each : draft.axioms) {
      each.condition.file = each.consequence.file = nullptr;
      each.condition.line = each.consequence.line = 0;
    }
    const Linked linked = link({draft});
    for (const auto& each : linked.problems) MESSAGE(to_string(each));
    REQUIRE(linked.program);
    return image_of(*linked.program, "stamp");
  };
  CHECK(program(lua) == program(yaml));
}

TEST_CASE("lua pack: errors name file, line, column, key and the nearest name") {
  tells("\nconcept{\n  concept = \"x\",\n  titel = text{en = \"a\"},\n}",
        "rules.lua:4:3: error: `titel` means nothing in concept x; did you mean `title`?");
  tells("concept{concept = \"x\", when = \"f.a and f.d\"}",
        "rules.lua:1:40: error: there is no fact or concept `f.d`");
  tells("concept{concept = \"x\", when = [[f.a\n  and f.d]]}",
        "rules.lua:2:7: error: there is no fact or concept `f.d`");
  tells("local n = \"f.d\"\nconcept{concept = \"x\",\n  when = \"f.a and \" .. n}",
        "rules.lua:3: error: there is no fact or concept `f.d`");
  tells("concept{concept = \"x\", kind = \"clasification\"}", "did you mean `classification`?");
  tells("concept{concept = \"x\", rules = {{id = \"r\", from = \"2026-02-30\", when = \"f.a\"}}}",
        "rules.lua:1:51: error: `2026-02-30` is no day of the calendar");
  tells("concept{concept = \"x\", rules = {{when = \"f.a\"}}}",
        "rules.lua:1:33: error: rule ? has no `id`");
  tells("for i = 1, 2 do\n  concept{concept = \"x\", when = \"f.a\"}\nend",
        "rules.lua:2:3: error: the concept `x` stands twice");
  tells("concpt{}", "rules.lua:1: error: `concpt` is not defined here; did you mean `concept`?");
  tells("concept(1)", "rules.lua:1: error: `concept` takes one table of `key = value`");
  tells("concept({}, {})", "`concept` takes one table");
  tells("concept{\"x\"}", "`concept` takes one table");
  tells("concept{}", "rules.lua:1:1: error: concept ? has no `concept`");
  tells("return concept{}", "rules.lua:1:8: error: concept ? has no `concept`");
  tells("concept{concept = \"x\", when = function() end}", "`when` is a function");
  tells("concept{concept = \"x\", rules = {a = 1, 2}}",
        "`rules`: a table that is both a list and a map");
  tells("concept{concept = \"x\\xff\"}", "`concept` is not valid UTF-8");
  tells("concept{concept = \"x\", title = text{en = \"a\", jp = \"b\"}}",
        "`jp` is no language of a text");
  tells("text(1, 2, 3)", "`en` of a text is a number, not a text");
  tells("obligation{obligation = \"x\"}", "obligation x has no `owed_by`");
  tells("x = = 1", "rules.lua:1: error: unexpected symbol");
  tells("while true do end", "rules.lua:1: error: the step budget of 20,000,000 is used up here");
  tells("each({{}}, function(row)\n  concept{concept = row.id}\n  error(\"no\")\nend)",
        "rules.lua:3: error: no");
  tells("concept = nil", "`concept` is a word of the sandbox");
  // several errors come together
  const std::string both = told("concept{concept = \"x\", a = 1}\nconcept{concept = \"y\", b = 1}");
  CHECK(both.find("`a` means nothing") != std::string::npos);
  CHECK(both.find("`b` means nothing") != std::string::npos);
}

TEST_CASE("lua pack: one state for all files of a pack, none for two packs") {
  Folder folder;
  folder.put("a.lua", "shared = 'f.a'\nfunction twice(x) return x .. ' or ' .. x end");
  folder.put("b.lua", "concept{concept = 'x', when = twice(shared)}");
  CHECK(folder.link_all().program);
  Folder other;
  other.put("b.lua", "concept{concept = 'x', when = twice(shared)}");
  CHECK_FALSE(other.link_all().program);
}

TEST_CASE("lua pack: data files and scripts belong to the digest, and data never leaves the pack") {
  Folder folder;
  folder.put("data/t.yaml", "- {id: one, n: 5, big: 1e25, yes: true, quoted: \"7\", none: null}\n");
  folder.put(
      "r.lua",
      "local row = data('t.yaml')[1]\nassert(row.n == 5 and row.big == '1e25' and row.yes == true"
      " and row.quoted == '7' and row.none == nil)\nconcept{concept = row.id, when = 'f.a'}");
  Diagnostics problems;
  const PackDraft first = folder.read(problems);
  for (const auto& each : problems) MESSAGE(to_string(each));
  CHECK(problems.empty());
  REQUIRE(first.concepts.size() == 1);
  CHECK(first.concepts[0].id == "one");
  folder.put("data/t.yaml", "- {id: two, n: 5, big: 1e25, yes: true, quoted: \"7\"}\n");
  const PackDraft second = folder.read(problems);
  CHECK(second.digest != first.digest);
  folder.put("r.lua", "concept{concept = 'two', when = 'f.b'}");
  CHECK(folder.read(problems).digest != second.digest);

  write(folder.scratch.path("secret.yaml"), "a: b\n");
  fs::create_symlink(folder.scratch.path("secret.yaml"), folder.path + "/data/link.yaml");
  for (const char* name : {"../pack.yaml", "../../secret.yaml", "/etc/passwd", "link.yaml",
                           "none.yaml", "t.txt", ""}) {
    Folder each;
    each.put("data/t.yaml", "- 1\n");
    write(each.scratch.path("secret.yaml"), "a: b\n");
    fs::create_symlink(each.scratch.path("secret.yaml"), each.path + "/data/link.yaml");
    each.put("data/t.txt", "- 1\n");
    each.put("r.lua", std::string("data('") + name + "')");
    CAPTURE(name);
    CHECK_FALSE(each.link_all().program);
  }
  Folder broken;
  broken.put("data/t.yaml", "a: [\n");
  broken.put("r.lua", "data('t.yaml')");
  const auto linked = broken.link_all();
  REQUIRE_FALSE(linked.problems.empty());
  CHECK(linked.problems[0].where.file.ends_with("data/t.yaml"));
}

TEST_CASE("lua pack: predicates refuse what they cannot answer") {
  const auto with = [](const std::string& rest) {
    return "predicate{predicate = 'p', " + rest + "}\nconcept{concept = 'x', when = 'p'}";
  };
  tells(with("facts = {'f.a'}"), "a predicate has no `test`");
  tells(
      with("facts = {'f.x'}, test = function() return true end"),
      "rules.lua:1: error: predicate p asks `f.x`, and there is no such fact; did you mean `f.a`?");
  tells(with("facts = {'n.staff'}, test = function() return true end"),
        "asks `n.staff`, which has too many values to try; ask of it what matters");
  tells(with("test = function() return true end"), "predicate p asks nothing");
  tells(with("facts = {'f.a'}, test = function() return 1 end"),
        "answers a number, not true, false or nil");
  tells(with("facts = {'f.a'}, test = function(f) return f.x.y end"),
        "rules.lua:1: error: predicate p: attempt to index a nil value");
  tells(with("facts = {'f.a'}, test = function() while true do end end"),
        "predicate p: the step budget of 20,000,000 is used up here");
  tells(with("facts = {'f.a'}, test = function() concept{} end"),
        "cannot be called from a predicate");
  tells(with("facts = {'f.a'}, where = {w = 'n.staf > 1'}, test = function() return true end"),
        "there is no fact or concept `n.staf`");
  tells(with("facts = {'f.a'}, where = {'x'}, test = function() return true end"),
        "`where` of a predicate names conditions");
  tells(with("fact = {'f.a'}, test = function() return true end"), "did you mean `facts`?");
  std::string many = "where = {";
  for (int i = 0; i < 13; ++i)
    many += "w" + std::to_string(i) + " = 'n.staff > " + std::to_string(i) + "',";
  tells(with(many + "}, test = function() return true end"), "asks more than 4096 combinations");
  tells("predicate{predicate = 'f.a', facts = {'f.b'}, test = function() return true end}",
        "`f.a` is the name of something already");
  tells(
      "concept{concept = 'x', when = 'pp'}\npredicate{predicate = 'p.p', facts = {'f.a'}, test = "
      "function()"
      " return true end}",
      "there is no fact or concept `pp`");
}

TEST_CASE("lua pack: a predicate means the same as the condition it stands for") {
  Folder folder;
  folder.put("provisions.yaml",
             "provisions: [{id: \"law:art-1\", title: One, disposition: encoded}]\n");
  folder.put("r.lua", R"(
predicate{
  predicate = "p.two_of", facts = {"f.a", "f.b", "f.c"},
  test = function(f)
    local n = 0
    for _, name in ipairs{"f.a", "f.b", "f.c"} do if f[name] then n = n + 1 end end
    return n >= 2
  end,
}
predicate{
  predicate = "p.role", facts = {"e.role"}, where = {large = "n.staff >= 50"},
  test = function(f)
    if f["e.role"] == nil then return nil end
    if f["e.role"] == "none" then return true end
    return f.large and f["e.role"] ~= "full"
  end,
}
concept{concept = "x.two", kind = "classification", when = "p.two_of"}
concept{concept = "x.same", kind = "classification", when = "at least 2 of [f.a, f.b, f.c]"}
concept{concept = "x.role", kind = "classification", when = "p.role"}

local function stated(list)
  local facts = {}
  for name, value in pairs(list) do if value ~= "open" then facts[name] = value end end
  return facts
end
for _, a in ipairs{true, false, "open"} do
  for _, b in ipairs{true, false, "open"} do
    for _, c in ipairs{true, false, "open"} do
      local yes, open = 0, 0
      for _, v in ipairs{a, b, c} do
        if v == true then yes = yes + 1 end
        if v == "open" then open = open + 1 end
      end
      local answer = yes >= 2 and true or (yes + open < 2 and false)
      if yes < 2 and yes + open >= 2 then answer = "unknown" end
      case{id = ("two %s %s %s"):format(a, b, c), facts = stated{["f.a"] = a, ["f.b"] = b, ["f.c"] = c},
           expect = {["x.two"] = answer, ["x.same"] = answer}}
    end
  end
end
local roles = {
  {"none", "open", true}, {"none", 60, true}, {"formal", 60, true}, {"formal", 49, false},
  {"formal", "open", "unknown"}, {"full", "open", false}, {"open", 60, "unknown"},
}
for i, row in ipairs(roles) do
  case{id = "role " .. i, facts = stated{["f.a"] = true, ["e.role"] = row[1], ["n.staff"] = row[2]},
       expect = {["x.role"] = row[3]}}
end
case{id = "not asked", facts = {["f.a"] = false, ["n.staff"] = 60}, expect = {["x.role"] = "unknown"}}
case{id = "missing", facts = {["f.a"] = true, ["f.b"] = false},
     expect = {["x.two"] = {value = "unknown", missing = {"f.c"}}}}
)");
  const Linked linked = folder.link_all();
  for (const auto& each : linked.problems) MESSAGE(to_string(each));
  REQUIRE(linked.program);
  fs::create_directories(folder.scratch.path("core"));
  write(folder.scratch.path("core/pack.yaml"),
        "id: core\nversion: 1.0.0\njurisdiction: core\ntitle: {en: C, ko: C, zh: C}\nstate_of_law: "
        "2026-01-01\n");
  const auto tested = run({"pack", "--rules", folder.scratch.path(""), "test", folder.path});
  CHECK_MESSAGE(tested.status == 0, (tested.out + tested.err));
  CHECK(tested.out.find("36 cases") != std::string::npos);
}

TEST_CASE("lua pack: the YAML and the Lua form of the Chinese label duties assess alike") {
  const Scratch scratch;
  const std::string rules = scratch.path("rules"), pack = rules + "/cn-ai-measures";
  fs::copy(PANDECT_SOURCE "/rules", rules, fs::copy_options::recursive);
  fs::remove(pack + "/content-labelling-explicit.lua");
  fs::copy(PANDECT_SOURCE "/tests/packs/content-labelling-explicit.yaml",
           pack + "/content-labelling-explicit.yaml");
  const auto assessed = [](const std::string& folder, const std::string& example,
                           const char* language) {
    const auto ran = run({"check", PANDECT_SOURCE "/examples/" + example, "--rules", folder,
                          "--as-of", "2026-11-21", "--lang", language, "--format", "json"},
                         {}, {{"PANDECT_CACHE", "off"}});
    REQUIRE_MESSAGE(ran.status != 2, ran.err);
    // The digest of the pack covers its files, which differ; nothing else may.
    const auto json = nlohmann::json::parse(ran.out);
    std::string digest;
    for (const auto& each : json["engine"]["packs"]) {
      if (each["id"] == "cn-ai-measures") digest = each["digest"];
    }
    REQUIRE_FALSE(digest.empty());
    std::string text = ran.out;
    const std::size_t at = text.find(digest);
    REQUIRE(at != std::string::npos);
    return text.replace(at, digest.size(), "");
  };
  for (const auto& [example, language] :
       std::vector<std::pair<std::string, const char*>>{{"image-generator", "en"},
                                                        {"image-generator", "ko"},
                                                        {"image-generator", "zh"},
                                                        {"companion-chatbot", "en"},
                                                        {"face-gate", "en"}}) {
    const std::string lua = assessed(PANDECT_SOURCE "/rules", example, language);
    CHECK(lua == assessed(rules, example, language));
    if (example == "image-generator")
      CHECK(lua.find("cn.label_explicit_image") != std::string::npos);
  }
  for (const std::string& folder : {std::string(PANDECT_SOURCE "/rules"), rules}) {
    const auto tested = run({"pack", "--rules", folder, "test", folder + "/cn-ai-measures"});
    CHECK_MESSAGE(tested.status == 0, (tested.out + tested.err));
  }
  // What a reader is shown differs in the name of the file.
  const auto shown = [&](const std::string& folder, const std::string& ending) {
    std::string text = run({"pack", "--rules", rules, "show", folder}).out;
    const std::string title = "content-labelling-explicit" + ending + "\n";
    const std::size_t at = text.find(title);
    REQUIRE(at != std::string::npos);
    return text.erase(at, 2 * title.size());  // and its underline
  };
  CHECK(shown(pack, ".yaml") == shown(PANDECT_SOURCE "/rules/cn-ai-measures", ".lua"));
}

TEST_CASE("lua pack: a cached program is rebuilt when a script or its data changes") {
  Folder folder;
  write(folder.scratch.path("core/pack.yaml"),
        "id: core\nversion: 1.0.0\njurisdiction: core\ntitle: {en: C, ko: C, zh: C}\nstate_of_law: "
        "2026-01-01\n");
  folder.put("data/t.yaml", "- one\n");
  folder.put("r.lua", "concept{concept = data('t.yaml')[1], when = 'f.a'}");
  const auto age = [&] {  // a file that was written just now is not cached
    for (const auto& each : fs::recursive_directory_iterator(folder.scratch.path("")))
      fs::last_write_time(each, fs::file_time_type::clock::now() - std::chrono::hours(1));
  };
  Library library{folder.scratch.path(""), folder.scratch.path("cache")};
  age();
  CHECK(library.load({"p"}).program->find_concept("one") != kNone);
  CHECK(library.load({"p"}).program->find_concept("one") != kNone);
  folder.put("data/t.yaml", "- other\n");
  CHECK(library.load({"p"}).program->find_concept("other") != kNone);
}
