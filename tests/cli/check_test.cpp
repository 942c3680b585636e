#include "cli/process.h"

#include <thread>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using pandect::testing::Ran;
using pandect::testing::run;
using pandect::testing::Scratch;
using Json = nlohmann::json;

namespace {

const std::string kExamples = PANDECT_SOURCE "/examples/";
const std::string kDay = "2026-11-21";

Ran check(const std::string& example, std::vector<std::string> more = {},
          std::vector<std::pair<std::string, std::string>> environment = {}) {
  std::vector<std::string> arguments{"check", kExamples + example, "--as-of", kDay};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return run(arguments, "", environment);
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string manifest(const std::string& systems) {
  return "pandect: 1\norganisation: {id: o}\nsystems:\n" + systems;
}

}  // namespace

TEST_CASE("a forecast for one's own warehouse is clean") {
  const Ran ran = check("warehouse-forecast");
  CHECK(ran.status == 0);
  CHECK(ran.err.empty());
}

TEST_CASE(
    "the same manifest, packs and day give the same bytes in any locale, time zone and with or "
    "without the cache") {
  const Ran plain = check("image-generator", {"--format", "json"});
  CHECK(plain.out == check("image-generator", {"--format", "json"}).out);
  CHECK(plain.out == check("image-generator", {"--format", "json"},
                           {{"LC_ALL", "tr_TR.UTF-8"}, {"TZ", "Pacific/Kiritimati"}})
                         .out);
  CHECK(plain.out ==
        check("image-generator", {"--format", "json"}, {{"PANDECT_CACHE", "off"}}).out);
  CHECK(Json::parse(plain.out)["schema"] == "pandect.assessment/1");
}

TEST_CASE("a scored CV is high-impact in Korea and will be high-risk in the EU") {
  const Json assessment = Json::parse(check("cv-screener", {"--format", "json"}).out);
  std::map<std::string, std::string> values;
  for (const auto& each : assessment["subjects"][0]["classifications"])
    values[each["id"]] = each["value"];
  CHECK(values["kr.high_impact"] == "true");
  CHECK(values["eu.high_risk_by_nature"] == "true");
  CHECK(values["eu.high_risk"] == "false");
  bool upcoming = false;
  for (const auto& each : assessment["subjects"][0]["obligations"]) {
    upcoming = upcoming || (each["jurisdiction"] == "eu" && each["status"] == "upcoming" &&
                            each["applies_from"] == "2027-12-02");
  }
  CHECK(upcoming);
}

TEST_CASE("a prohibited practice blocks at every threshold but never") {
  const Scratch scratch;
  const std::string file = scratch.write("p.yaml", R"(pandect: 1
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
  const Ran ran = run({"check", file, "--as-of", kDay, "--jurisdiction", "eu", "--format", "json"});
  CHECK(ran.status == 1);
  CHECK(holds(ran.out, "\"code\": \"prohibited\""));
  CHECK(run({"check", file, "--as-of", kDay, "--jurisdiction", "eu", "--fail-on", "critical"})
            .status == 1);
  const int never = run({"check", file, "--as-of", kDay, "--jurisdiction", "eu", "--fail-on",
                         "never", "--fail-on-unknown", "never"})
                        .status;
  CHECK(never == 0);
}

TEST_CASE("an undetermined classification or an empty assessment is never green") {
  const Scratch scratch;
  const std::string open =
      scratch.write("open.yaml", manifest("  - {id: s, facts: {market.offered_in: [kr]}}\n"));
  CHECK(run({"check", open, "--as-of", kDay, "--jurisdiction", "kr"}).status == 3);
  const std::string empty = scratch.write("empty.yaml", "pandect: 1\norganisation: {id: o}\n");
  const Ran nothing = run({"check", empty, "--as-of", kDay});
  CHECK(nothing.status == 3);
  CHECK(holds(nothing.err, "nothing was assessed"));
}

TEST_CASE("bad input gives its place, the remedy and status 2") {
  const Scratch scratch;
  struct Bad {
    std::string name, text, wanted;
  };
  std::string deep = "a: ";
  for (int i = 0; i < 100000; ++i) deep += "[";
  const std::vector<Bad> list{
      {"blank.yaml", "", "the manifest is empty"},
      {"binary.yaml", std::string("pandect: 1\n\0\1\2", 14),
       "binary.yaml:2:1: error: this is a binary file"},
      {"utf8.yaml", "pandect: 1\norganisation: {id: \xff}\n",
       "utf8.yaml:2:20: error: this byte is not valid UTF-8"},
      {"alias.yaml", "a: &x [1]\nb: *x\n", "anchors are not allowed"},
      {"deep.yaml", deep, "nested too deeply"},
      {"twice.yaml", "pandect: 1\npandect: 1\n",
       "twice.yaml:2:1: error: the key `pandect` stands twice"},
      {"key.yaml", "pandect: 1\nsistems: []\n", "did you mean `systems`?"},
      {"fact.yaml", manifest("  - {id: s, facts: {system.use: [employment]}}\n"),
       "did you mean `system.uses`?"},
      {"member.yaml", manifest("  - {id: s, facts: {system.uses: [applicant_screening]}}\n"),
       "did you mean `employment.applicant_screening`?"},
      {"type.yaml", manifest("  - {id: s, facts: {system.generative: yes}}\n"),
       "write true or false (YAML 1.2)"},
      {"unit.yaml", "pandect: 1\norganisation: {id: o, facts: {size.turnover_group: 5}}\n",
       "write it like 2e9 USD"},
      {"subject.yaml", manifest("  - {id: s, facts: {org.seat: kr}}\n"),
       "move it to the facts of the organisation"},
      {"against.yaml",
       manifest(
           "  - {id: s, facts: {activity.offers_api: true, activity.provides_to_users: false}}\n"),
       "these answers contradict each other"},
      {"day.yaml", manifest("  - {id: s, facts: {dates.first_offered_eu: 2026-02-30}}\n"),
       "is no day of the calendar"},
  };
  for (const auto& bad : list) {
    const Ran ran = run({"check", scratch.write(bad.name, bad.text), "--as-of", kDay});
    INFO(bad.name << ": " << ran.err);
    CHECK(ran.status == 2);
    CHECK(holds(ran.err, bad.wanted));
    CHECK(ran.out.empty());
  }
}

TEST_CASE("a file of 100 MB is refused by its size, and quickly") {
  const Scratch scratch;
  const Ran ran =
      run({"check", scratch.write("huge.yaml", std::string(100u << 20, '#')), "--as-of", kDay});
  CHECK(ran.status == 2);
  CHECK(holds(ran.err, "larger than 8 MiB"));
}

TEST_CASE("a byte order mark and Windows line ends are read") {
  const Scratch scratch;
  const std::string file = scratch.write("crlf.yaml",
                                         "\xEF\xBB\xBFpandect: 1\r\norganisation: {id: "
                                         "o}\r\nsystems:\r\n  - {id: s, closed_world: true}\r\n");
  CHECK(run({"check", file, "--as-of", kDay, "--jurisdiction", "kr", "--fail-on-unknown", "never"})
            .status == 0);
}

TEST_CASE("the call itself is checked: command, option, day, format, path, pack, jurisdiction") {
  CHECK(holds(run({"chekc"}).err, "did you mean `check`?"));
  CHECK(run({"check", "--nonsense"}).status == 2);
  CHECK(run({"check", kExamples + "cv-screener", "--as-of", "2026-13-01"}).status == 2);
  CHECK(holds(run({"check", kExamples + "cv-screener", "--format", "jsno"}).err,
              "did you mean `json`?"));
  CHECK(run({"check", "/nowhere"}).status == 2);
  CHECK(holds(run({"check", PANDECT_SOURCE "/tests"}).err, "there is no pandect.yaml"));
  CHECK(holds(run({"check", kExamples + "cv-screener", "--pack", "eu-ai-akt"}).err,
              "did you mean `eu-ai-act`?"));
  CHECK(holds(run({"check", kExamples + "cv-screener", "--jurisdiction", "jp"}).err,
              "no pack is loaded for the jurisdiction"));
}

TEST_CASE("a manifest comes through a pipe, and a report goes to a file whole") {
  const Scratch scratch;
  const std::string file = scratch.path("report.json");
  const Ran ran = run({"check", "-", "--as-of", kDay, "--jurisdiction", "kr", "--fail-on-unknown",
                       "never", "--output", "json=" + file},
                      manifest("  - {id: s, closed_world: true}\n"));
  CHECK(ran.status == 0);
  CHECK(run({"check", "-", "--as-of", kDay, "--jurisdiction", "kr", "--format", "json", "-o",
             scratch.path("no/such/folder.json")},
            manifest("  - {id: s}\n"))
            .status == 2);
}

TEST_CASE("many runs at once on a cold cache do not disturb each other") {
  const Scratch scratch;
  const std::string wanted = check("cv-screener", {"--format", "json"}).out;
  std::vector<std::thread> threads;
  std::vector<std::string> outputs(8);
  for (auto& output : outputs) {
    threads.emplace_back([&] {
      output =
          check("cv-screener", {"--format", "json"}, {{"PANDECT_CACHE", scratch.path("cache")}})
              .out;
    });
  }
  for (auto& each : threads) each.join();
  for (const auto& output : outputs) CHECK(output == wanted);
}

TEST_CASE("explain, timeline, whatif, diff and flops answer") {
  const Ran why = run({"explain", "loan-score", "kr.high_impact@kr-retail",
                       kExamples + "bank-credit-model", "--as-of", kDay, "--lang", "en"});
  CHECK(why.status == 0);
  CHECK(holds(why.out, "kr-aiba:art-2:item-4"));
  CHECK(holds(why.out, "pandect.yaml:"));
  CHECK(holds(run({"explain", "loan-score", "kr.high_impct", kExamples + "bank-credit-model"}).err,
              "did you mean `kr.high_impact`?"));
  const Ran ahead = run({"timeline", kExamples + "cv-screener", "--as-of", kDay, "--lang", "en"});
  CHECK(holds(ahead.out, "2027-12-02\n  begins"));
  const Ran between = run({"diff", kExamples + "cv-screener", "--from", "2027-12-01", "--to",
                           "2027-12-02", "--jurisdiction", "eu"});
  CHECK(holds(between.out, "eu.high_risk  value: false -> true"));
  const Ran other =
      run({"whatif", "system.uses=[employment.interview_scheduling]", "data.profiling=unknown",
           "--path", kExamples + "cv-screener", "--as-of", "2027-12-02", "--jurisdiction", "eu"});
  CHECK(holds(other.out, "eu.high_risk  value: true -> false"));
  const Ran compute = run({"flops", "--parameters", "405e9", "--tokens", "15.6e12"});
  CHECK(holds(compute.out, "3.79e25 FLOP"));
  CHECK(holds(compute.out, "model.cumulative_compute > 1e25 FLOP: met"));
  CHECK(holds(compute.out, "model.cumulative_compute >= 1e26 FLOP: not met"));
}

TEST_CASE("the days of the EU amendment: marking in 2026, uses in 2027, products in 2028") {
  const auto between = [](const std::string& example, const std::string& from,
                          const std::string& to) {
    return run({"diff", kExamples + example, "--jurisdiction", "eu", "--from", from, "--to", to})
        .out;
  };
  CHECK(holds(between("image-generator", "2026-12-01", "2026-12-02"),
              "eu.synthetic_content_marking  status: upcoming -> due"));
  CHECK(holds(between("cv-screener", "2027-12-01", "2027-12-02"),
              "eu.high_risk_annex_3  value: false -> true"));
  CHECK(holds(between("xray-triage", "2028-08-01", "2028-08-02"),
              "eu.high_risk_annex_1_a  value: false -> true"));
  CHECK(holds(between("xray-triage", "2027-12-01", "2027-12-02"), "Nothing changes"));
}
