// check as a gate: evidence in a repository, waivers, baselines and settings.
#include "cli/process.h"
#include "manifest/settings.h"
#include "reports/schema.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using pandect::testing::Ran;
using pandect::testing::run;
using pandect::testing::Scratch;
using Json = nlohmann::json;

namespace {

const std::string kDay = "2026-11-21";

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// A small Korean product whose notice is declared as done.
const std::string kProduct = R"(pandect: 1
organisation: {id: hanbit, facts: {org.legal_form: company, org.seat: kr, org.acts_as_business: true}}
systems:
  - id: painter
    closed_world: true
    facts:
      system.generative: true
      market.offered_in: [kr]
      market.put_to_use_in: [kr]
      activity.provides_to_users: true
evidence:
  - {system: painter, obligation: kr.advance_notice, evidence: first-screen-notice, state: done, source: docs/notice.ko.md, by: Seo-yeon Park, date: 2026-05-04, through: 2027-05-04}
)";

class Repository {
 public:
  explicit Repository(const std::string& manifest = kProduct) { put("pandect.yaml", manifest); }

  std::string put(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories(std::filesystem::path(scratch_.path(name)).parent_path());
    return scratch_.write(name, text);
  }
  std::string path(const std::string& name = "") const { return scratch_.path(name); }
  Ran check(std::vector<std::string> more = {}) const {
    std::vector<std::string> arguments{"check",          path(), "--as-of", kDay,
                                       "--jurisdiction", "kr",   "--lang",  "en"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run(arguments);
  }
  Json json(std::vector<std::string> more = {}) const {
    more.insert(more.end(), {"--format", "json"});
    return Json::parse(check(more).out);
  }

 private:
  Scratch scratch_;
};

Json duty(const Json& assessment, const std::string& id) {
  for (const auto& each : assessment["subjects"][0]["obligations"]) {
    if (each["id"] == id) return each;
  }
  return {};
}

Json finding(const Json& assessment, const std::string& code) {
  for (const auto& each : assessment["subjects"][0]["findings"]) {
    if (each["code"] == code) return each;
  }
  return {};
}

std::string waiver(const std::string& facts, const std::string& until = "2027-03-31",
                   const std::string& obligation = "kr.advance_notice") {
  return "waivers:\n  - {subject: painter, obligation: " + obligation +
         ", kind: deferred, reason: next release, by: Seo-yeon Park, made: 2026-11-01, until: " +
         until + ", facts: \"" + facts + "\"}\n";
}

std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("a repository goes from red to green: the notice that was declared is written") {
  const Repository repository;
  const Ran red = repository.check();
  CHECK(red.status == 1);
  CHECK(holds(red.out, "pandect.yaml:12:5"));  // the line that is the reason
  CHECK(holds(red.out, "file docs/notice.ko.md"));
  CHECK(holds(red.err, "blocked by kr.advance_notice"));
  const Json before = repository.json();
  CHECK(duty(before, "kr.advance_notice")["fulfilment"] == "unmet");
  CHECK(finding(before, "unmet")["where"]["line"] == 12);
  CHECK(finding(before, "source-missing")["where"]["line"] == 12);

  repository.put("docs/notice.ko.md", "이 서비스는 생성형 인공지능을 기반으로 운용됩니다.\n");
  const Ran green = repository.check();
  CHECK(green.status == 0);
  const Json after = repository.json();
  CHECK(duty(after, "kr.advance_notice")["fulfilment"] == "met");
  CHECK(finding(after, "source-missing").is_null());
}

TEST_CASE("words in the interface are a sign and no proof; what the manifest points at counts") {
  const std::string bare = kProduct.substr(0, kProduct.find("evidence:"));
  const Repository repository(bare);
  repository.put("web/ko.json", "{\n  \"made\": \"인공지능이 생성한 이미지입니다\"\n}\n");
  const Json assessment = repository.json();
  const Json mark = duty(assessment, "kr.generative_mark");
  CHECK(mark["fulfilment"] == "unverified");
  CHECK(mark["evidence"][0]["state"] == "shown");
  CHECK(mark["evidence"][0]["sufficient"] == false);
  CHECK(mark["evidence"][0]["seen"][0]["where"]["file"] == "web/ko.json");
  CHECK(mark["evidence"][0]["seen"][0]["where"]["line"] == 2);
  CHECK(repository.check().status == 0);

  const Repository pointed(
      bare +
      "evidence:\n  - {obligation: kr.generative_mark, evidence: output-label, "
      "probe: {notice: {in: [web/*.json]}}}\n");
  pointed.put("web/ko.json", "{\"made\": \"이미지\"}\n");
  const Ran red = pointed.check();
  CHECK(red.status == 1);
  CHECK(holds(red.out, "web/ko.json"));
}

TEST_CASE("without looking, and from standard input, no file but the manifest is opened") {
  const Repository repository;
  const Ran ran = repository.check({"--no-evidence"});
  CHECK(ran.status == 0);
  CHECK(repository.json({"--no-evidence"})["evidence_looked_at"] == false);
  CHECK(repository.json()["evidence_looked_at"] == true);
  CHECK(run({"check", "-", "--as-of", kDay, "--jurisdiction", "kr"}, kProduct).status == 0);
}

TEST_CASE("a manifest that points out of its folder is told so, and nothing there is read") {
  std::string manifest = kProduct;
  manifest.replace(manifest.find("docs/notice.ko.md"), 17, "../../../etc/hostname");
  const Repository repository(manifest);
  const Ran ran = repository.check();
  CHECK(ran.status == 1);
  CHECK(holds(ran.err, "not looked at: ../../../etc/hostname (outside)"));
  CHECK(repository.json()["skipped"][0]["reason"] == "outside");
}

TEST_CASE("a probe of a manifest that is unknown or wrong is an error with its place") {
  const std::string bare = kProduct.substr(0, kProduct.find("evidence:"));
  const auto with = [&](const std::string& probe) {
    return Repository(bare + "evidence:\n  - {obligation: kr.generative_mark, probe: " + probe +
                      "}\n")
        .check();
  };
  const Ran unknown = with("{notcie: {patterns: x}}");
  CHECK(unknown.status == 2);
  CHECK(holds(unknown.err, "pandect.yaml:12:"));
  CHECK(holds(unknown.err, "did you mean `notice`?"));
  const Ran wrong = with("{notice: {patterns: \"(\"}}");
  CHECK(wrong.status == 2);
  CHECK(holds(wrong.err, "no RE2 expression"));
}

TEST_CASE("a waiver takes a duty out of blocking, stays visible, lapses and expires") {
  const Repository repository;
  const std::string facts = duty(repository.json(), "kr.advance_notice")["facts_hash"];
  CHECK(holds(repository.check().err, "facts: " + facts));

  repository.put(".pandect.waivers.yaml", waiver(facts));
  const Ran waived = repository.check();
  CHECK(waived.status == 0);
  CHECK(holds(waived.out, "waived internally"));
  CHECK(holds(waived.out, "next release"));
  CHECK(holds(repository.check({"--format", "md"}).out, "next release"));
  const Json assessment = repository.json();
  CHECK(duty(assessment, "kr.advance_notice")["fulfilment"] == "waived");
  CHECK(duty(assessment, "kr.advance_notice")["fulfilment_without_waiver"] == "unmet");
  CHECK(finding(assessment, "unmet")["waived"]["by"] == "Seo-yeon Park");

  repository.put(".pandect.waivers.yaml", waiver(facts, "2026-11-20"));
  CHECK(repository.check().status == 1);
  CHECK(finding(repository.json(), "waiver-expired")["where"]["line"] == 2);

  repository.put(".pandect.waivers.yaml", waiver("0123456789abcdef"));
  CHECK(repository.check().status == 1);
  CHECK(holds(finding(repository.json(), "waiver-lapsed")["message"], "facts: " + facts));

  repository.put(".pandect.waivers.yaml", waiver(facts));
  std::string changed = kProduct;  // a line more moves nothing, another answer does
  changed.insert(changed.find("evidence:"), "rates: {}\n");
  repository.put("pandect.yaml", changed);
  CHECK(repository.check().status == 0);
  changed.replace(changed.find("market.offered_in: [kr]"), 23, "market.offered_in: [kr, eu]");
  repository.put("pandect.yaml", changed);
  CHECK(repository.check().status == 1);
  CHECK(!finding(repository.json(), "waiver-lapsed").is_null());
}

TEST_CASE("bad waivers are errors with their place: prohibition, names, missing parts") {
  struct Bad {
    std::string from, to, wanted;
  };
  const std::vector<Bad> list{
      {"kr.advance_notice", "kr.advance_notcie", "did you mean `kr.advance_notice`?"},
      {"subject: painter", "subject: paintre", "did you mean `painter`?"},
      {"kind: deferred", "kind: ignored", "contested"},
      {"reason: next release, ", "", "has no `reason`"},
      {"by: Seo-yeon Park, ", "", "has no `by`"},
      {"until: 2027-03-31, ", "", "`until` when it holds"},
      {"until: 2027-03-31", "until: 2026-10-31", "ends before it was made"},
      {"until: 2027-03-31", "until: soon", "no day of the calendar"},
      {"kind: deferred", "kind: deferred, untill: 2027-01-01", "did you mean `until`?"},
  };
  for (const auto& bad : list) {
    const Repository repository;
    std::string text = waiver("0123456789abcdef");
    text.replace(text.find(bad.from), bad.from.size(), bad.to);
    repository.put(".pandect.waivers.yaml", text);
    const Ran ran = repository.check();
    INFO(ran.err);
    CHECK(ran.status == 2);
    CHECK(holds(ran.err, ".pandect.waivers.yaml:2:"));
    CHECK(holds(ran.err, bad.wanted));
  }
  const Repository repository;
  repository.put(".pandect.waivers.yaml",
                 waiver("0123456789abcdef", "2027-03-31", "eu.prohibition_5_1_f"));
  const Ran ran = run({"check", repository.path(), "--as-of", kDay});
  CHECK(ran.status == 2);
  CHECK(holds(ran.err, "is a prohibition; nobody can waive it"));
}

TEST_CASE("a baseline lets what is known pass, and only that; what is gone is told") {
  const Repository repository;
  CHECK(repository.check().status == 1);
  const Ran written = repository.check({"--write-baseline"});
  CHECK(written.status == 0);
  CHECK(holds(written.err, "findings written to"));
  const Ran known = repository.check();
  CHECK(known.status == 0);
  CHECK(holds(known.err, ".pandect.baseline.json: "));
  CHECK(holds(known.out, "known from the baseline"));
  CHECK(finding(repository.json(), "unmet")["in_baseline"] == true);
  CHECK(repository.json()["baseline"]["new"] == 0);

  repository.put("docs/notice.ko.md", "이 서비스는 생성형 인공지능을 기반으로 운용됩니다.\n");
  const Json gone = repository.json()["baseline"]["gone"];
  CHECK(gone.dump().find("unmet:painter:kr.advance_notice") != std::string::npos);

  // Another line for the same fact is the same finding; another finding is new.
  const Repository other(
      kProduct + "  - {system: painter, obligation: kr.generative_mark, state: not_done}\n");
  std::filesystem::copy(repository.path(".pandect.baseline.json"),
                        other.path(".pandect.baseline.json"));
  const Ran ran = other.check();
  CHECK(ran.status == 1);
  CHECK(holds(ran.err, "blocked by kr.generative_mark"));
}

TEST_CASE("a damaged baseline gives no verdict, and one that was named must be there") {
  const Repository repository;
  REQUIRE(repository.check({"--write-baseline"}).status == 0);
  const std::string whole = content_of(repository.path(".pandect.baseline.json"));
  std::string other = whole;
  other.replace(other.find("baseline/1"), 10, "baseline/9");
  for (
      const std::string& text :
      {std::string(), std::string("{}"), std::string("[1]"), whole.substr(0, whole.size() / 2),
       other,
       std::string(
           R"({"schema": "pandect.baseline/1", "findings": [{"fingerprint": "x", "id": "y"}]})")}) {
    repository.put(".pandect.baseline.json", text);
    const Ran ran = repository.check();
    INFO(text << ran.err);
    CHECK(ran.status == 2);
    CHECK(holds(ran.err, ".pandect.baseline.json"));
  }
  CHECK(repository.check({"--baseline", repository.path("none.json")}).status == 2);
}

TEST_CASE("no baseline and no waiver hides a prohibition") {
  const Repository repository(R"(pandect: 1
organisation: {id: school, facts: {org.legal_form: company, org.establishments: [eu], org.seat: eu}}
systems:
  - id: moods
    closed_world: true
    facts:
      system.infers: true
      system.uses: [biometrics.emotion_work_education]
      biometrics.processed: true
      biometrics.kinds: [face]
      biometrics.functions: [emotion_inference]
      biometrics.medical_or_safety_reason: false
      activity.uses_under_authority: true
      market.put_to_use_in: [eu]
)");
  const std::vector<std::string> call{"check", repository.path(), "--as-of",
                                      kDay,    "--jurisdiction",  "eu"};
  auto write = call;
  write.emplace_back("--write-baseline");
  CHECK(run(write).status == 1);
  CHECK(!holds(content_of(repository.path(".pandect.baseline.json")), "prohibited"));
  CHECK(run(call).status == 1);
}

TEST_CASE("settings: flags win, then the manifest, then the file; unknown keys name the nearest") {
  const Repository repository;
  repository.put(".pandect.toml", "fail_on = \"never\"\nlang = \"ko\"\n");
  const auto call = [&](std::vector<std::string> more = {}) {
    std::vector<std::string> arguments{"check", repository.path(), "--as-of",
                                       kDay,    "--jurisdiction",  "kr"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run(arguments);
  };
  CHECK(call().status == 0);
  CHECK(holds(call().out, "인공지능 법령 평가 결과"));
  CHECK(call({"--fail-on", "high"}).status == 1);
  repository.put("pandect.yaml", kProduct + "settings: {fail_on: high}\n");
  CHECK(call().status == 1);
  repository.put("other.toml", "jurisdictions = [\"kr\"]\n[paths]\nignore = [\"docs/**\"]\n");
  CHECK(call({"--config", repository.path("other.toml")}).status == 1);
  CHECK(call({"--config", repository.path("none.toml")}).status == 2);

  for (const auto& [text, wanted] : std::vector<std::pair<std::string, std::string>>{
           {"fail_onn = \"high\"\n", "did you mean `fail_on`?"},
           {"[paths]\nignroe = []\n", "did you mean `ignore`?"},
           {"fail_on = \"loud\"\n", "critical"},
           {"fail_on = \n", ".pandect.toml:1:"}}) {
    repository.put(".pandect.toml", text);
    const Ran ran = call();
    INFO(ran.err);
    CHECK(ran.status == 2);
    CHECK(holds(ran.err, ".pandect.toml:"));
    CHECK(holds(ran.err, wanted));
  }
}

TEST_CASE("the keys of the settings are the same in the help, the schema and the page on them") {
  const std::string help = run({"check", "--help"}).out;
  const std::string page = content_of(PANDECT_SOURCE "/cli/settings.md");
  const Json schema = Json::parse(pandect::reports::manifest_schema());
  const Json properties = schema["properties"]["settings"]["properties"];
  std::size_t in_schema = 0;
  for (const auto& [key, value] : properties.items())
    in_schema += value.contains("properties") ? value["properties"].size() : 1;
  CHECK(in_schema == pandect::setting_keys().size());
  for (const auto& key : pandect::setting_keys()) {
    const std::string name(key.name);
    INFO(name);
    CHECK(holds(help, "  " + name + " "));
    CHECK(holds(page, "| `" + name + "` | " + std::string(key.meaning)));
    const auto dot = name.find('.');
    const Json& at =
        dot == std::string::npos ? properties : properties[name.substr(0, dot)]["properties"];
    CHECK(at.contains(dot == std::string::npos ? name : name.substr(dot + 1)));
  }
}

TEST_CASE("a path may follow a list of outputs, packs or jurisdictions") {
  const Repository repository;
  const std::string sarif = repository.path("x.sarif");
  const auto status = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"check", "--as-of", kDay, "--fail-on", "never"});
    arguments.push_back(repository.path());
    return run(arguments).status;
  };
  CHECK(status({"--output", "sarif=" + sarif}) != 2);
  CHECK(std::filesystem::exists(sarif));
  CHECK(status({"--jurisdiction", "kr"}) != 2);
  CHECK(status({"--pack", "kr-ai-basic-act"}) != 2);
  CHECK(status({"--output=sarif=" + sarif, "--"}) != 2);
}
