// Broken pack files, records and manifests: each gives messages with file, line and column, never a
// crash and never silence.
#include "checks/cases.h"
#include "manifest/manifest.h"
#include "packs/folder.h"
#include "packs/library.h"

#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace pandect;

namespace {

using Lines = std::vector<std::string>;

Lines lines(const Diagnostics& problems) {
  Lines list;
  for (const auto& each : problems) list.push_back(to_string(each));
  return list;
}

std::string repeat(const std::string& text, int count) {
  std::string result;
  for (int i = 0; i < count; ++i) result += text;
  return result;
}

Linked load(const std::string& text, Diagnostics& problems) {
  PackDraft draft;
  draft.id = "test";
  read_pack_file("p.yaml", text, draft, problems);
  Linked linked;
  if (!has_errors(problems)) linked = link({draft});
  problems.insert(problems.end(), linked.problems.begin(), linked.problems.end());
  return linked;
}

Lines pack(const std::string& text) {
  Diagnostics problems;
  load(text, problems);
  return lines(problems);
}

constexpr const char* kPack = R"(facts:
  - {fact: f.alpha}
  - {fact: f.beta, asked_if: f.alpha, axioms: [{implies: f.gamma}]}
  - {fact: f.gamma}
  - {fact: n.staff, type: integer}
  - {fact: n.compute, type: number, unit: FLOP}
  - {fact: n.money, type: number, unit: money}
  - {fact: d.first, type: date}
  - {fact: d.maybe, type: date, optional: true}
  - {fact: e.role, type: enum, members: [none, formal, advisory]}
  - {fact: s.uses, type: set, members: [employment, employment.screening, credit]}
  - {fact: m.open, scope: model}
concepts:
  - {concept: c.one, rules: [{id: r1, when: f.alpha}]}
obligations:
  - {obligation: o.one, owed_by: c.one}
)";

ProgramPtr program() {
  Diagnostics problems;
  const Linked linked = load(kPack, problems);
  REQUIRE_MESSAGE(linked.program, (problems.empty() ? "" : to_string(problems[0])));
  return linked.program;
}

Lines record(const std::string& text) {
  const ProgramPtr loaded = program();
  const auto document = yaml::parse("r.yaml", text + "\nexpect: {c.one: true}\n");
  if (!document) return lines(document.errors());
  CaseDraft draft;
  draft.id = "x";
  draft.document = *document;
  draft.value = document->root;
  Diagnostics problems;
  const Case read = read_case(*loaded, draft, 0, problems);
  if (!has_errors(problems)) Knowledge(*loaded, read.record, problems);
  return lines(problems);
}

Lines manifest(const std::string& text) {
  const ProgramPtr loaded = program();
  const auto read = read_manifest(*loaded, "pandect.yaml", text);
  return read ? Lines{} : lines(read.errors());
}

struct Sample {
  const char* what;
  std::string text;
  Lines messages;
};

void check(const std::vector<Sample>& samples, Lines (*read)(const std::string&)) {
  for (const auto& each : samples) {
    INFO(std::string(each.what));
    const Lines got = read(each.text);
    std::string shown;
    for (const auto& line : got) shown += "\n  " + line;
    INFO(shown);
    CHECK(got == each.messages);
  }
}

class Folder {  // of its own for one test
 public:
  Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "pandect-test-XXXXXX").string();
    REQUIRE(::mkdtemp(pattern.data()) != nullptr);
    path = pattern;
  }
  ~Folder() { std::filesystem::remove_all(path); }
  void write(const std::string& name, const std::string& text) const {
    const auto file = std::filesystem::path(path) / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
  }
  std::string path;
};

}  // namespace

TEST_CASE("files that are no YAML of ours are refused with their place") {
  const std::string deep = "error: the file is nested too deeply; at most 64 levels [too-deep]";
  check(
      {
          {"empty",
           "",
           {"p.yaml: error: the file is empty; add a section such as `concepts:`, or delete the "
            "file [empty-file]"}},
          {"a comment only",
           "# later\n",
           {"p.yaml: error: the file is empty; add a section such as `concepts:`, or delete the "
            "file [empty-file]"}},
          {"binary",
           std::string("PK\x03\x04\0\0", 6),
           {"p.yaml:1:5: error: this is a binary file, not YAML; check that it is the file you "
            "meant [binary]"}},
          {"not UTF-8",
           "concepts: []\n# \xff\xfe\n",
           {"p.yaml:2:3: error: this byte is not valid UTF-8; save the file as UTF-8 [encoding]"}},
          {"overlong UTF-8",
           "a: \xC0\x80\n",
           {"p.yaml:1:4: error: this byte is not valid UTF-8; save the file as UTF-8 [encoding]"}},
          {"a surrogate",
           "a: \xED\xA0\x80\n",
           {"p.yaml:1:4: error: this byte is not valid UTF-8; save the file as UTF-8 [encoding]"}},
          {"larger than 8 MiB",
           std::string(yaml::kMaximumBytes + 1, '#'),
           {"p.yaml: error: the file has 8388609 bytes; at most 8388608 are read; split it, or "
            "check that it is the file you meant [too-large]"}},
          {"an alias bomb",
           "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
           {"p.yaml:1:4: error: anchors are not allowed; write the value out [yaml-alias]"}},
          {"100,000 brackets", std::string(100'000, '['), {"p.yaml:1:33: " + deep}},
          {"100,000 flow maps", repeat("{a: ", 100'000), {"p.yaml:1:253: " + deep}},
          {"100,000 dashes", repeat("- ", 100'000), {"p.yaml:1:129: " + deep}},
          {"a tag",
           "facts: !!set []\n",
           {"p.yaml:1:8: error: the tag tag:yaml.org,2002:set is not allowed; write a plain value "
            "[yaml-tag]"}},
          {"two documents",
           "facts: []\n---\nfacts: []\n",
           {"p.yaml:2:1: error: a second document starts here; keep one document per file [yaml]"}},
          {"a list as a key",
           "? [a]\n: b\n",
           {"p.yaml:1:3: error: a key must be a plain word [yaml]"}},
      },
      pack);
}

TEST_CASE("a tab or an open bracket is an error with its place") {
  for (const char* text : {"facts:\n\t- {fact: f.a}\n", "facts: [{fact: f.a}\n"}) {
    const Lines got = pack(text);
    REQUIRE(got.size() == 1);
    CHECK(got[0].starts_with("p.yaml:2:"));
    CHECK(got[0].find("this is not valid YAML") != std::string::npos);
  }
}

TEST_CASE(
    "keys that stand twice, mean nothing or hold the wrong thing are named, with the nearest "
    "word") {
  check(
      {
          {"a section twice",
           "facts: []\nfacts: []\n",
           {"p.yaml:2:1: error: the key `facts` stands twice in this map; keep one of them "
            "[duplicate-key]"}},
          {"a key twice",
           "facts:\n  - {fact: f.a, type: bool, type: set}\n",
           {"p.yaml:2:29: error: the key `type` stands twice in this map; keep one of them "
            "[duplicate-key]"}},
          {"unknown keys, all of them",
           "facts:\n  - {fact: f.a, typ: bool, asked_iff: f.b}\nconcepts:\n  - {concept: c, rules: "
           "[{id: r, wen: f.a}]}\n",
           {"p.yaml:2:17: error: `typ` means nothing in fact f.a; did you mean `type`? "
            "[unknown-key]",
            "p.yaml:2:28: error: `asked_iff` means nothing in fact f.a; did you mean `asked_if`? "
            "[unknown-key]",
            "p.yaml:4:34: error: `wen` means nothing in rule r; did you mean `when`? "
            "[unknown-key]"}},
          {"wrong shapes",
           "facts: 3\nconcepts:\n  - just text\n",
           {"p.yaml:1:8: error: this section must be a list, not a single value [wrong-shape]",
            "p.yaml:3:5: error: concept ? must be a map of `key: value`, not a single value "
            "[wrong-shape]"}},
          {"wrong words",
           "facts:\n  - {fact: f.a, type: boolean}\n  - {fact: n, type: number, min: low}\n",
           {"p.yaml:2:23: error: `type` of fact f.a is one of bool, integer, number, date, enum, "
            "set, text, not `boolean` [unknown-word]",
            "p.yaml:3:34: error: `low` is no number; write it like 1e25 or 0.07 [bad-number]"}},
      },
      pack);
}

TEST_CASE("names, members and units in conditions are checked, and the place is that of the word") {
  check(
      {
          {"units",
           "facts:\n  - {fact: n.x, type: number, unit: FLOP}\nconcepts:\n  - {concept: c, when: "
           "n.x > 5 hour}\n  - {concept: d, when: n.x > 5}\n",
           {"p.yaml:4:24: error: the left side has `FLOP`, the right side `hour`; write the unit "
            "after the number [wrong-unit]",
            "p.yaml:5:24: error: the left side has `FLOP`, the right side no unit; write the unit "
            "after the number [wrong-unit]"}},
          {"a folded condition",
           "facts:\n  - {fact: f.alpha}\n  - {fact: s.uses, type: set, members: [credit, "
           "employment]}\nconcepts:\n  - concept: c\n    rules:\n"
           "      - id: r\n        when: >-\n          f.alpha and\n          f.alhpa or s.uses "
           "has employmnt\n",
           {"p.yaml:10:11: error: there is no fact or concept `f.alhpa`; did you mean `f.alpha`? "
            "[unknown-name]",
            "p.yaml:10:33: error: there is no member `employmnt`; did you mean `employment`? "
            "[unknown-member]"}},
          {"lines that end in CR LF",
           "facts:\r\n  - {fact: f.a}\r\nconcepts:\r\n  - {concept: c, when: f.a and f.zz}\r\n",
           {"p.yaml:4:32: error: there is no fact or concept `f.zz` [unknown-name]"}},
          {"a byte order mark",
           "\xEF\xBB\xBF"
           "facts:\n  - {fact: f.a}\nconcepts:\n  - {concept: c, when: f.b}\n",
           {"p.yaml:4:24: error: there is no fact or concept `f.b`; did you mean `f.a`? "
            "[unknown-name]"}},
      },
      pack);
}

TEST_CASE("circles are found: overrides, concepts, guards, defaults") {
  check(
      {
          {"overrides",
           "facts: [{fact: f}]\nconcepts:\n  - concept: c\n    rules:\n      - {id: r, when: f}\n  "
           "    - {id: s, when: f, overrides: t}\n      - {id: t, when: f, overrides: s}\n",
           {"p.yaml:7:9: error: the overrides go round in a circle through `t` [cycle]",
            "p.yaml:6:9: error: the overrides go round in a circle through `s` [cycle]"}},
          {"concepts, through a negation",
           "facts: [{fact: f}]\nconcepts:\n  - {concept: c, when: f or d}\n  - {concept: d, when: "
           "e}\n  - {concept: e, when: not c}\n",
           {"p.yaml:5:28: error: the concepts go round in a circle through `c`; split one of them "
            "in two: a first test without the circle, and the rest [cycle]"}},
          {"guards",
           "facts:\n  - {fact: f.a, asked_if: f.b}\n  - {fact: f.b, asked_if: f.c}\n  - {fact: "
           "f.c, asked_if: not f.a}\n",
           {"p.yaml:2:5: error: the guards go round in a circle through `f.a`; one of these facts "
            "must be asked without the other [cycle]"}},
          {"defaults",
           "facts:\n  - {fact: f.a, default: f.b}\n  - {fact: f.b, default: f.a}\n",
           {"p.yaml:2:5: error: the defaults go round in a circle through `f.a` [cycle]"}},
      },
      pack);
}

TEST_CASE("dates that contradict each other or do not exist are all reported") {
  check({{"dates",
          "facts: [{fact: f}]\nconcepts:\n  - concept: c\n    rules:\n      - {id: r, when: f, "
          "from: 2026-05-01, until: 2026-05-01}\n"
          "      - {id: s, when: f, enacted: 2026-05-01, superseded: 2026-01-01}\n      - {id: t, "
          "when: f, until: 2026-05-01, through: 2026-05-02}\n"
          "      - {id: u, when: f, from: 2026-02-30}\n",
          {"p.yaml:5:9: error: this never applies: `until` is not after `from` [conflicting-dates]",
           "p.yaml:6:9: error: this never stood in the law book: `superseded` is not after "
           "`enacted` [conflicting-dates]",
           "p.yaml:7:9: error: a rule has `until` or `through`, not both; `until` is the first day "
           "no longer, `through` the last day [until-and-through]",
           "p.yaml:8:32: error: `2026-02-30` is no day of the calendar; write it like 2026-11-21 "
           "[bad-date]"}}},
        pack);
}

TEST_CASE("answers of the wrong type, unit or range are all reported") {
  check(
      {
          {"types",
           "facts:\n  f.alpha: yes\n  f.gamma: 1\n  n.staff: 2.5\n  n.compute: lots\n  d.first: "
           "2026-02-30\n  e.role: [none]\n  s.uses: credit\n",
           {"r.yaml:2:12: error: true, false or unknown is expected here, not `yes`; write true or "
            "false (YAML 1.2) [wrong-type]",
            "r.yaml:3:12: error: true, false or unknown is expected here, not `1` [wrong-type]",
            "r.yaml:4:12: error: a whole number is expected here, not 2.5 [wrong-type]",
            "r.yaml:5:14: error: a number is expected here, not `lots`; write it like 1500 or 1e25 "
            "[wrong-type]",
            "r.yaml:6:12: error: `2026-02-30` is no day of the calendar; write it like 2026-11-21, "
            "2026-11, 2026 or 2026-Q3 [bad-date]",
            "r.yaml:7:11: error: one member is expected here, not a list; if it is one of several, "
            "write {one_of: [...]} [wrong-type]",
            "r.yaml:8:11: error: a list of members is expected here, not `credit`; write [credit] "
            "[wrong-type]"}},
          {"units",
           "facts:\n  n.compute: 5 hour\n  n.staff: 5 people\n  n.money: 5\n",
           {"r.yaml:2:14: error: `hour` is not the unit of this fact; its unit is FLOP "
            "[wrong-unit]",
            "r.yaml:3:12: error: `people` is not the unit of this fact; it is a plain number "
            "[wrong-unit]",
            "r.yaml:4:12: error: an amount of money has a currency; write it like 2e9 USD "
            "[no-currency]"}},
          {"ranges",
           "facts:\n  n.staff: -1\n  n.compute: {above: 5, max: 5}\n  d.first: {min: 2026-05-01, "
           "max: 2026-04-01}\n",
           {"r.yaml:2:12: error: `-1` is below the smallest possible value 0 [out-of-range]",
            "r.yaml:3:14: error: no value lies in this interval; check its ends [empty-interval]",
            "r.yaml:4:12: error: no value lies in this interval; check its ends [empty-interval]"}},
          {"two lower ends, and never where it cannot be",
           "facts: {n.staff: {min: 1, above: 2}, d.maybe: never, d.first: never}",
           {"r.yaml:1:18: error: an interval has one lower and one upper end [wrong-shape]",
            "r.yaml:1:63: error: `never` is no answer to `d.first`; it takes a date [wrong-type]"}},
          {"numbers and years that do not fit",
           "facts: {n.staff: 99999999999999999999999999999999999999999, d.first: 99999-01-01}",
           {"r.yaml:1:18: error: a number is expected here, not "
            "`99999999999999999999999999999999999999999`; write it like 1500 or 1e25 [wrong-type]",
            "r.yaml:1:70: error: `99999-01-01` is no day of the calendar; write it like "
            "2026-11-21, 2026-11, 2026 or 2026-Q3 [bad-date]"}},
          {"no value left",
           "facts: {e.role: {not: [none, formal, advisory]}}",
           {"r.yaml:1:17: error: no member is left [empty-interval]"}},
      },
      record);
}

TEST_CASE("unknown facts, members, keys and conclusions are named, with the nearest one") {
  check(
      {
          {"facts",
           "facts: {f.alhpa: true, zzz: 1}",
           {"r.yaml:1:9: error: there is no fact `f.alhpa`; did you mean `f.alpha`? [unknown-fact]",
            "r.yaml:1:24: error: there is no fact `zzz` [unknown-fact]"}},
          {"members",
           "facts: {e.role: formel, s.uses: [employment.screenin]}",
           {"r.yaml:1:17: error: `formel` is no answer to `e.role`; did you mean `formal`? "
            "[unknown-member]",
            "r.yaml:1:34: error: `employment.screenin` is no answer to `s.uses`; did you mean "
            "`employment.screening`? [unknown-member]"}},
          {"keys",
           "fact: {}\nclosed_word: true",
           {"r.yaml:1:1: error: `fact` means nothing in case x; did you mean `facts`? "
            "[unknown-key]",
            "r.yaml:2:1: error: `closed_word` means nothing in case x; did you mean "
            "`closed_world`? [unknown-key]"}},
          {"a conclusion as a fact",
           "facts: {c.one: true}",
           {"r.yaml:1:9: error: there is no fact `c.one`; it is a conclusion; a person's judgement "
            "of it stands under `determinations` [unknown-fact]"}},
          {"determinations",
           "determinations: {c.two: {value: true}, o.one: {value: true}}",
           {"r.yaml:1:18: error: there is no conclusion `c.two` [unknown-concept]",
            "r.yaml:1:40: error: there is no conclusion `o.one`; a duty cannot be determined, only "
            "the class that it follows from [unknown-concept]"}},
          {"a fact at the wrong subject",
           "facts: {m.open: true}\nmodels: [{id: m, facts: {f.alpha: true}}, {id: m}]",
           {"r.yaml:1:9: error: `m.open` is asked of a model, not of a system; move it to the "
            "facts of a model [wrong-subject]",
            "r.yaml:2:26: error: `f.alpha` is asked of a system, not of a model; move it to the "
            "facts of a system [wrong-subject]",
            "r.yaml:2:43: error: the model `m` stands twice [duplicate-id]"}},
          {"rates",
           "rates: {USDKRW: 3, \"EUR>USD\": 1.1}",
           {"r.yaml:1:9: error: a rate says what one unit of the left currency is worth in the "
            "right one; write it like \"USD>KRW\": 1398.5 [bad-rate]"}},
      },
      record);
}

TEST_CASE("answers that contradict each other are named with the axiom") {
  check(
      {
          {"by an axiom",
           "facts: {f.alpha: true, f.beta: true, f.gamma: false}",
           {"r.yaml:1:24: error: these answers contradict each other: f.beta implies f.gamma; look "
            "at f.beta (line 1), f.gamma (line 1) [contradiction]"}},
          {"in and out",
           "facts: {s.uses: {known: [credit], not: [credit]}}",
           {"r.yaml:1:41: error: `credit` is both in and out of this set [contradiction]"}},
          {"a key twice",
           "facts: {f.alpha: true, f.alpha: false}",
           {"r.yaml:1:24: error: the key `f.alpha` stands twice in this map; keep one of them "
            "[duplicate-key]"}},
          {"dates of a determination",
           "determinations: {c.one: {value: true, made: 2026-05-02, through: 2026-05-01}}",
           {"r.yaml:1:25: error: `through` lies before `made` [conflicting-dates]"}},
      },
      record);
}

TEST_CASE("a broken manifest is refused with its place, whatever is wrong with it") {
  const std::vector<std::string> broken{"",
                                        "# nothing\n",
                                        std::string("\0\1", 2),
                                        "a: \xff\n",
                                        "[1, 2]\n",
                                        "text",
                                        "systems: 3\n",
                                        "systems: [3]\n",
                                        "system: {}\n",
                                        "a: &a [x]\nb: *a\n",
                                        std::string(100'000, '['),
                                        "systems:\n  - {id: a}\n  - {id: a}\n",
                                        "systems:\n  - {id: a, facts: {f.alhpa: true}}\n",
                                        "systems:\n  - {id: a, models: [nobody]}\n",
                                        "organisation: []\n"};
  for (const auto& text : broken) {
    INFO(text.substr(0, 60));
    const Lines got = manifest(text);
    CHECK_FALSE(got.empty());
    for (const auto& each : got) CHECK(each.starts_with("pandect.yaml"));
  }
}

TEST_CASE("a missing or unreadable pack is an error that names the path") {
  Folder folder;
  Diagnostics problems;
  read_pack_folder(folder.path + "/nowhere", problems);
  REQUIRE_FALSE(problems.empty());
  CHECK(to_string(problems[0]) == folder.path +
                                      "/nowhere: error: there is no pack folder here; name a "
                                      "folder with a pack.yaml [no-pack]");
  problems.clear();
  folder.write("p/laws.yaml", "facts: []\n");
  read_pack_folder(folder.path + "/p", problems);
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].message == "this folder has no pack.yaml");
  CHECK(read_text(folder.path + "/p/none.yaml", 100).errors()[0].message ==
        "cannot be read: No such file or directory");
  CHECK(read_text(folder.path + "/p", 100).errors()[0].message == "cannot be read: Is a directory");
  if (::geteuid() == 0) return;  // root reads everything
  folder.write("p/secret.yaml", "facts: []\n");
  ::chmod((folder.path + "/p/secret.yaml").c_str(), 0);
  CHECK(read_text(folder.path + "/p/secret.yaml", 100).errors()[0].message ==
        "cannot be read: Permission denied");
}

TEST_CASE("a link that leaves the pack folder is refused") {
  Folder folder;
  folder.write("p/pack.yaml", "id: p\n");
  folder.write("outside.yaml", "facts: []\n");
  std::filesystem::create_symlink(folder.path + "/outside.yaml", folder.path + "/p/linked.yaml");
  Diagnostics problems;
  const auto files = pack_files(folder.path + "/p", problems);
  CHECK(files.size() == 1);
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].code == "outside");
}

TEST_CASE("a library says which pack is missing and which one was meant") {
  Folder folder;
  const std::string head =
      "version: 1.0.0\njurisdiction: core\ntitle: test\nstate_of_law: 2026-11-21\n";
  folder.write("core/pack.yaml", "id: core\n" + head);
  folder.write("korea/pack.yaml", "id: korea\n" + head);
  const Linked linked = Library{folder.path, ""}.load({"corea"});
  CHECK_FALSE(linked.program);
  REQUIRE(linked.problems.size() == 1);
  CHECK(linked.problems[0].message == "there is no pack `corea`");
  CHECK(linked.problems[0].hint == "did you mean `korea`?");
  CHECK(Library{folder.path + "/nowhere", ""}.load({}).problems[0].message ==
        "there is no core pack here");
}
