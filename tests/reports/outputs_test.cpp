// Formats for pipelines: places, what blocks, waivers and baselines, limits, escaping. The schemas
// of those who read them: outputs.py.
#include "assessment/findings.h"
#include "reports/csv.h"
#include "reports/notices.h"
#include "reports/report.h"
#include "reports/sample.h"

#include <algorithm>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace pandect;
using namespace pandect::reports;
using Json = nlohmann::json;

namespace {

std::string render(const std::string& format, const Assessment& assessment,
                   const Options& options = {}) {
  for (const auto& each : formats()) {
    if (each.name == format) return each.render(assessment, options);
  }
  return {};
}

WaiverItem waiver() {
  WaiverItem out;
  out.kind = WaiverKind::risk_accepted;
  out.reason = "pilot with ten users";
  out.by = "Kim, CLO";
  out.made = sample::day("2026-11-01");
  out.until = sample::day("2027-01-31");
  out.facts = "0123456789abcdef";
  out.where = {"pandect.yaml", 40, 3};
  return out;
}

Finding finding(const std::string& code, Severity level, const std::string& about) {
  Finding out;
  out.code = code;
  out.level = level;
  out.about = about;
  out.id = code + ":cv:" + about;
  out.message = {"Message of " + out.id, "", ""};
  out.where = {"pandect.yaml", 7, 3};
  out.fingerprint = fingerprint_of(out, "cv", "facts");
  return out;
}

// The sample with one finding, without waiver and baseline.
Assessment base() {
  Assessment out = sample::assessment();
  out.baseline.reset();
  out.skipped.clear();
  out.subjects[0].findings = {sample::finding()};
  for (auto& each : out.subjects[0].obligations) each.waiver.reset();
  return out;
}

// Prohibited, unmet, waived, known, open and a rule of Pandect's own.
Assessment mixed() {
  Assessment out = base();
  auto& list = out.subjects[0].findings;
  list.push_back(finding("undetermined", Severity::medium, "eu.high_risk"));
  list.push_back(finding("unverified", Severity::medium, "kr.advance_notice"));
  list.push_back(finding("overdue", Severity::high, "kr.filing"));
  list.back().waived = waiver();
  list.push_back(finding("expired", Severity::high, "kr.label/notice"));
  list.back().in_baseline = true;
  list.push_back(finding("waiver-expired", Severity::medium, "kr.filing"));
  out.baseline = BaselineUsed{".pandect.baseline.json", "2026-11-01", 1, 5, {"unmet:cv:kr.gone"}};
  return out;
}

Json sarif_of(const Assessment& assessment, const Options& options = {}) {
  return Json::parse(render("sarif", assessment, options));
}

std::vector<Json> results_of(const Json& log) {
  std::vector<Json> out;
  for (const auto& run : log["runs"])
    out.insert(out.end(), run["results"].begin(), run["results"].end());
  return out;
}

Json result_of(const Json& log, const std::string& code) {
  for (const auto& each : results_of(log)) {
    if (each.contains("properties") && each["properties"].value("code", "") == code) return each;
  }
  return {};
}

Run at(const std::string& folder, const std::string& root) {
  Run run;
  run.folder = folder;
  run.root = root;
  return run;
}

}  // namespace

TEST_CASE("places are told from the repository") {
  const Run run = at("/repo/apps/a", "/repo");
  CHECK(place_in(run, {"./pandect.yaml", 3, 2}).path == "apps/a/pandect.yaml");
  CHECK(place_in(run, {"../../docs/x y.md", 3, 2}).path == "docs/x y.md");
  CHECK(place_in(run, {"/repo/docs/x.md", 3, 2}).path == "docs/x.md");
  CHECK(place_in(run, {"/repository/x.md", 3, 2}).path == "/repository/x.md");
  CHECK(place_in(at("/work", "/work"), {"pandect.yaml", 9, 4}).line == 9);
  CHECK(place_in(Run{}, {"./a/../pandect.yaml", 9, 4}).path == "pandect.yaml");
  CHECK(manifest_folder(run) == "apps/a");
  CHECK(manifest_folder(Run{}).empty());
  CHECK(uri_of("docs/x y\u4e2d#.md") == "docs/x%20y%E4%B8%AD%23.md");
  CHECK(uri_of("/x") == "file:///x");
}

TEST_CASE("what has no place stands at the first line of the manifest") {
  Run run = at("/repo", "/repo");
  run.manifest = "apps/pandect.yaml";
  const Place place = place_in(run, {});
  CHECK(place.path == "apps/pandect.yaml");
  CHECK(place.line == 1);
  CHECK(place.column == 0);
  run.manifest = "(standard input)";
  CHECK(place_in(run, {}).path == "pandect.yaml");
  CHECK(place_in(run, {"(standard input)", 12, 5}).path == "pandect.yaml");
  CHECK(place_in(run, {"(standard input)", 12, 5}).line == 12);
}

TEST_CASE("what stops the release comes first, what is waived or known last") {
  const Assessment assessment = mixed();
  const auto notices = notices_of(assessment, Run{});
  REQUIRE(notices.size() == 6);
  CHECK(notices[0].finding->code == "prohibited");
  CHECK(notices[0].blocks);
  CHECK(std::count_if(notices.begin(), notices.end(),
                      [](const Notice& each) { return each.blocks; }) == 1);
  CHECK(notices[4].quiet());
  CHECK(notices[5].quiet());
  Run low;
  low.fail_on = "low";
  const auto all = notices_of(assessment, low);
  CHECK(std::count_if(all.begin(), all.end(), [](const Notice& each) { return each.blocks; }) == 4);
  low.fail_on = "never";
  for (const auto& each : notices_of(assessment, low)) CHECK_FALSE(each.blocks);
}

TEST_CASE("a blocked run, an undetermined one and a clean one have their exit status") {
  CHECK(exit_status(mixed(), Run{}) == 1);
  Run never;
  never.fail_on = "never";
  CHECK(exit_status(mixed(), never) == 3);
  never.fail_on_unknown = "never";
  CHECK(exit_status(mixed(), never) == 0);
  CHECK(exit_status(Assessment{}, never) == 3);
  const Wording words("en");
  CHECK(verdict_line(mixed(), Run{}, words) ==
        "Release stopped: 1 at or above the threshold (High)");
  CHECK(verdict_line(Assessment{}, Run{}, words).starts_with("Nothing was assessed"));
}

TEST_CASE("equal fingerprints are told apart") {
  Assessment assessment = base();
  assessment.subjects[0].findings.push_back(assessment.subjects[0].findings[0]);
  const auto notices = notices_of(assessment, Run{});
  CHECK(notices[0].fingerprint != notices[1].fingerprint);
}

TEST_CASE("a finding belongs to the deployment whose facts it was made from") {
  Assessment assessment = base();
  auto& subject = assessment.subjects[0];
  ObligationItem first = sample::notice(), second = first;
  first.deployment = "seoul";
  first.facts_hash = "aaaa";
  second.deployment = "busan";
  second.facts_hash = "bbbb";
  subject.obligations = {first, second};
  Finding about = finding("unmet", Severity::high, first.id);
  about.fingerprint = fingerprint_of(about, subject.id, "bbbbbusan");
  subject.findings = {about};
  const auto notices = notices_of(assessment, Run{});
  REQUIRE(notices.size() == 1);
  CHECK(notices[0].duty->deployment == "busan");
  CHECK(notice_text(notices[0], Wording("en")).find("for busan") != std::string::npos);
}

TEST_CASE("SARIF: kinds, levels, waivers and the baseline") {
  const Json log = sarif_of(mixed());
  CHECK(result_of(log, "prohibited")["kind"] == "fail");
  CHECK(result_of(log, "prohibited")["level"] == "error");
  CHECK(result_of(log, "undetermined")["kind"] == "open");
  CHECK(result_of(log, "undetermined")["level"] == "none");
  CHECK(result_of(log, "unverified")["kind"] == "open");
  const Json waived = result_of(log, "overdue");
  REQUIRE(waived["suppressions"].size() == 1);
  const Json& suppression = waived["suppressions"][0];
  CHECK(suppression["kind"] == "external");
  CHECK(suppression["status"] == "accepted");
  CHECK(suppression["justification"].get<std::string>().find("pilot with ten users") !=
        std::string::npos);
  CHECK(suppression["properties"]["approver"] == "Kim, CLO");
  CHECK(suppression["properties"]["expires"] == "2027-01-31");
  CHECK(waived["properties"]["blocks"] == false);
  CHECK(result_of(log, "expired")["baselineState"] == "unchanged");
  CHECK(result_of(log, "overdue")["baselineState"] == "new");
  CHECK(result_of(log, "expired")["ruleId"] == "kr.label");
  CHECK(result_of(log, "waiver-expired")["ruleId"] == "pandect.waiver-expired");
  Assessment without = mixed();
  without.baseline.reset();
  CHECK_FALSE(result_of(sarif_of(without), "overdue").contains("baselineState"));
}

TEST_CASE("SARIF: a threshold makes an open result one that fails") {
  Options options;
  options.run.fail_on = "medium";
  const Json open = result_of(sarif_of(mixed(), options), "unverified");
  CHECK(open["kind"] == "fail");
  CHECK(open["level"] == "warning");
}

TEST_CASE("SARIF: what is undetermined is seen where it counts") {
  const auto count = [](const Json& log) {
    const auto results = results_of(log);
    return std::count_if(results.begin(), results.end(), [](const Json& each) {
      return each["ruleId"] == "pandect.undetermined" && each["level"] == "warning";
    });
  };
  Options options;
  CHECK(count(sarif_of(mixed(), options)) == 1);
  options.run.fail_on_unknown = "never";
  CHECK(count(sarif_of(mixed(), options)) == 0);
}

TEST_CASE("SARIF: a run per jurisdiction, also where it has no result") {
  Options options;
  options.run = at("/repo", "/repo");
  options.run.manifest = "apps/a/pandect.yaml";
  const Json log = sarif_of(base(), options);
  REQUIRE(log["runs"].size() == 3);
  CHECK(log["runs"][0]["automationDetails"]["id"] == "pandect/kr/apps/a/2026-11-21");
  CHECK(log["runs"][1]["automationDetails"]["id"] == "pandect/eu/apps/a/2026-11-21");
  CHECK(log["runs"][2]["automationDetails"]["id"] == "pandect/general/apps/a/2026-11-21");
  CHECK(log["runs"][0]["results"].empty());
  CHECK(log["runs"][1]["results"].size() == 1);
  CHECK(log["runs"][0]["invocations"][0]["exitCode"] == 1);
  CHECK(sarif_of(Assessment{})["runs"].size() == 1);
}

TEST_CASE("SARIF: pass and notApplicable only when asked for") {
  const auto kinds = [](const Json& log) {
    std::vector<std::string> out;
    for (const auto& each : results_of(log)) out.push_back(each["kind"]);
    return out;
  };
  const auto has = [](const std::vector<std::string>& list, const char* kind) {
    return std::find(list.begin(), list.end(), kind) != list.end();
  };
  Assessment assessment = base();
  assessment.subjects[0].obligations[0].status = "not_applicable";
  Options options;
  CHECK_FALSE(has(kinds(sarif_of(assessment, options)), "pass"));
  options.all = true;
  const auto all = kinds(sarif_of(assessment, options));
  CHECK(has(all, "pass"));
  CHECK(has(all, "notApplicable"));
  CHECK(has(all, "open"));
}

TEST_CASE("SARIF: a rule says what the duty is, by which law, at which price, shown by what") {
  Assessment assessment = base();
  assessment.subjects[0].findings = {finding("unmet", Severity::high, "kr.advance_notice")};
  const Json log = sarif_of(assessment);
  const Json& driver = log["runs"][0]["tool"]["driver"];
  const Json& rule = driver["rules"][0];
  CHECK(rule["id"] == "kr.advance_notice");
  CHECK(rule["name"] == "PriorNoticeToUsers");
  CHECK(rule["helpUri"] == "https://law.example/kr-aiba");
  const std::string help = rule["help"]["markdown"];
  for (const char* part :
       {"Tell users beforehand", "[AI Basic Act Art 31(1)](https://law.example/kr-aiba)",
        "KRW 30,000,000", "Notice text", "Not legal advice"}) {
    CAPTURE(part);
    CHECK(help.find(part) != std::string::npos);
  }
  const Json& target = rule["relationships"][0]["target"];
  CHECK(target["id"] == "kr-aiba:art-31:par-1");
  const Json& taxonomy = log["runs"][0]["taxonomies"][target["toolComponent"]["index"].get<int>()];
  CHECK(taxonomy["name"] == "kr-aiba");
  CHECK(taxonomy["taxa"][target["index"].get<int>()]["id"] == "kr-aiba:art-31:par-1");
  CHECK(driver["supportedTaxonomies"][0]["name"] == "kr-aiba");
}

TEST_CASE("fingerprints stay when lines move") {
  Assessment moved = mixed();
  for (auto& each : moved.subjects[0].findings) each.where.line += 100;
  const auto prints = [](const Assessment& assessment) {
    std::vector<std::string> out;
    for (const auto& each : results_of(sarif_of(assessment)))
      out.push_back(each["partialFingerprints"]["primaryLocationLineHash"]);
    return out;
  };
  CHECK(prints(moved) == prints(mixed()));
}

TEST_CASE("thousands of findings stay within what readers take") {
  Assessment assessment = base();
  auto& subject = assessment.subjects[0];
  for (int i = 0; i < 20'000; ++i) {
    subject.findings.push_back(finding("unmet", Severity::high, "kr.duty_" + std::to_string(i)));
  }
  const std::string sarif = render("sarif", assessment);
  CHECK(sarif.size() < 10'000'000);
  const Json log = Json::parse(sarif);
  CHECK(results_of(log).size() == 5000);
  CHECK(log["runs"].back()["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"] ==
        "15,002 more are not listed here");
  CHECK(render("summary", assessment).size() < 60'000);
  CHECK(render("github", assessment).size() < 20'000);
}

TEST_CASE("GitHub: annotations are escaped as the runner decodes them") {
  Assessment assessment = base();
  auto& found = assessment.subjects[0].findings[0];
  found.where = {"a:b,c%/pandect.yaml", 12, 5};
  found.message.en = "100% sure::";
  const std::string text = render("github", assessment);
  CHECK(
      text.starts_with("::error file=a%3Ab%2Cc%25/pandect.yaml,line=12,col=5,title=Emotion "
                       "inference at the workplace::CV Screener: 100%25 sure::"));
  Assessment quiet = mixed();
  const std::string all = render("github", quiet);
  CHECK(all.find("::notice file=pandect.yaml,line=7,col=3,title=Report of the domestic agent::") !=
        std::string::npos);
  CHECK(all.find("Risk accepted by Kim, CLO") != std::string::npos);
}

TEST_CASE("GitHub: ten of a level, the others are counted") {
  Assessment assessment = base();
  for (int i = 0; i < 15; ++i)
    assessment.subjects[0].findings.push_back(
        finding("unmet", Severity::high, "kr.duty_" + std::to_string(i)));
  const std::string text = render("github", assessment);
  std::size_t errors = 0;
  for (std::size_t at = text.find("::error "); at != std::string::npos;
       at = text.find("::error ", at + 1))
    ++errors;
  CHECK(errors == 10);
  CHECK(text.find("6 more are not listed here") != std::string::npos);
}

TEST_CASE("GitLab: severities, places and what is waived or known") {
  const Json list = Json::parse(render("gitlab", mixed()));
  REQUIRE(list.size() == 6);
  CHECK(list[0]["severity"] == "blocker");
  CHECK(list[0]["check_name"] == "eu.no_emotion_at_work");
  CHECK(list[0]["location"]["path"] == "pandect.yaml");
  CHECK(list[0]["location"]["lines"]["begin"] == 12);
  for (const auto& each : list) {
    const std::string text = each["description"];
    if (text.find("overdue") != std::string::npos ||
        text.find("expired:cv:kr.label") != std::string::npos)
      CHECK(each["severity"] == "info");
  }
}

TEST_CASE("JUnit: what is waived or known is skipped and says why") {
  Assessment assessment = mixed();
  auto& duties = assessment.subjects[0].obligations;
  for (auto& each : duties) {
    if (each.id == "kr.filing") each.waiver = waiver(), each.fulfilment = Fulfilment::waived;
  }
  for (const char* format : {"junit", "junit-gitlab"}) {
    const std::string text = render(format, assessment);
    const std::size_t filing = text.find("[kr.filing]");
    REQUIRE(filing != std::string::npos);
    const std::string entry = text.substr(filing, text.find("</testcase>", filing) - filing);
    CHECK(entry.find("<skipped") != std::string::npos);
    CHECK(entry.find("pilot with ten users") != std::string::npos);
    CHECK(text.find("Baseline .pandect.baseline.json: 1 known, 5 new, 1 gone") !=
          std::string::npos);
    const std::size_t emotion = text.find("[eu.no_emotion_at_work]");
    CHECK(text.substr(emotion, text.find("</testcase>", emotion) - emotion).find("<failure") !=
          std::string::npos);
  }
  CHECK(render("junit", assessment).find("file=") == std::string::npos);
  CHECK(render("junit-gitlab", assessment).find("file=\"pandect.yaml\" line=\"12\"") !=
        std::string::npos);
}

TEST_CASE("JUnit: a duty stops the release where its finding does") {
  Options options;
  options.run.fail_on = "medium";
  const auto entry = [&](const Options& how) {
    const std::string text = render("junit", mixed(), how);
    const std::size_t at = text.find("[kr.advance_notice]");
    return text.substr(at, text.find("</testcase>", at) - at);
  };
  CHECK(entry(options).find("<failure") != std::string::npos);
  CHECK(entry(Options{}).find("<skipped") != std::string::npos);
}

TEST_CASE("the summary says what stops the release, and what is waived or known") {
  const std::string text = render("summary", mixed());
  CHECK(text.starts_with("## Pandect: Release stopped: 1 at or"));
  CHECK(text.find("### Stops the release (1)") != std::string::npos);
  CHECK(text.find("### Waived internally or known from the baseline (2)") != std::string::npos);
  CHECK(text.find("Risk accepted by Kim, CLO") != std::string::npos);
  CHECK(render("summary", Assessment{}).find("Nothing was assessed") != std::string::npos);
}

TEST_CASE("no cell of a table is a formula") {
  CHECK(csv_cell("=1+1") == "\"'=1+1\"");
  CHECK(csv_cell("  @SUM(A1)") == "\"'  @SUM(A1)\"");
  CHECK(csv_cell("\n=1") == "\"'\n=1\"");
  CHECK(csv_cell("\uFF1D1+1") == "\"'\uFF1D1+1\"");
  CHECK(csv_cell("a \"b\", c") == "\"a \"\"b\"\", c\"");
  const std::string table = render("csv-findings", mixed());
  CHECK(table.find("\"Risk accepted by Kim, CLO through 2027-01-31: pilot with ten users\"") !=
        std::string::npos);
  CHECK(table.find("\"pandect.yaml:12\"") != std::string::npos);
}
