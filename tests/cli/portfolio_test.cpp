#include "cli/process.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using pandect::testing::Ran;
using pandect::testing::run;
using pandect::testing::Scratch;
using Json = nlohmann::json;
namespace fs = std::filesystem;

namespace {

const std::string kExamples = PANDECT_SOURCE "/examples/";
const std::string kDay = "2026-11-21";

Ran portfolio(const std::string& folder, const std::vector<std::string>& more = {},
              const std::string& input = {}) {
  std::vector<std::string> arguments{"portfolio", folder, "--as-of", kDay};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return run(arguments, input);
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// All examples with a manifest of their own, one a line.
std::string examples() {
  std::string out;
  for (const char* each :
       {"bank-credit-model", "companion-chatbot", "cv-screener", "face-gate", "frontier-model",
        "image-generator", "warehouse-forecast", "xray-triage"})
    out += kExamples + each + "\n";
  return out;
}

void copy(const std::string& example, const std::string& to) {
  fs::create_directories(to);
  fs::copy(kExamples + example, to, fs::copy_options::recursive);
}

}  // namespace

TEST_CASE("portfolio: the examples in one view, the same bytes with one thread and with many") {
  const Ran one = portfolio("-", {"--format", "json", "--jobs", "1"}, examples());
  CHECK(one.status == 1);
  CHECK(one.out == portfolio("-", {"--format", "json", "--jobs", "8"}, examples()).out);
  const Json json = Json::parse(one.out);
  CHECK(json["manifests"] == 8);
  CHECK(json["not_assessed"].empty());
  std::vector<std::string> folders;
  for (const auto& each : json["subjects"]) folders.push_back(each["folder"]);
  CHECK(std::count_if(folders.begin(), folders.end(),
                      [](const std::string& each) { return holds(each, "cv-screener"); }) == 2);
  long before = 1'000'000;
  for (const auto& each : json["subjects"]) {
    const long bad =
        each["counts"]["prohibited"].get<long>() * 1000 + each["counts"]["overdue"].get<long>();
    CHECK(bad <= before);
    before = bad;
  }
}

// Up to the systems, whose folders are those of this machine.
TEST_CASE("portfolio: the text over the examples is as the golden files have it") {
  const std::vector<std::pair<std::string, std::string>> headings{
      {"en", "Systems and models\n"}, {"ko", "시스템ㆍ모델\n"}, {"zh", "系统与模型\n"}};
  for (const auto& each : headings) {
    const std::string &lang = each.first, &heading = each.second;
    CAPTURE(lang);
    const Ran ran =
        run({"portfolio", "-", "--as-of", "2026-01-10", "--jurisdiction", "kr", "--lang", lang},
            examples());
    std::ifstream file(PANDECT_SOURCE "/tests/golden/portfolio." + lang + ".txt", std::ios::binary);
    const std::string golden{std::istreambuf_iterator<char>(file), {}};
    REQUIRE(!golden.empty());
    const std::size_t end = ran.out.find("\n" + heading);
    REQUIRE(end != std::string::npos);
    CHECK(ran.out.substr(0, end + 1) == golden);
  }
}

TEST_CASE("portfolio: agrees with check on what a system is and what is due") {
  const Json view =
      Json::parse(portfolio(kExamples + "bank-credit-model", {"--format", "json"}).out);
  const Json checked = Json::parse(
      run({"check", kExamples + "bank-credit-model", "--as-of", kDay, "--format", "json"}).out);
  REQUIRE(view["subjects"].size() == checked["subjects"].size());
  for (const auto& subject : checked["subjects"]) {
    for (const auto& each : view["subjects"]) {
      if (each["id"] != subject["id"] || each["kind"] != subject["kind"]) continue;
      CHECK(each["findings"] == subject["findings"].size());
      CHECK(each["questions"] == subject["questions"].size());
    }
  }
}

TEST_CASE("portfolio: a broken manifest is named and stops no other; exit 3, not 0") {
  const Scratch scratch;
  copy("warehouse-forecast", scratch.path("a/good"));
  CHECK(portfolio(scratch.path("a")).status == 0);
  fs::create_directories(scratch.path("a/bad"));
  scratch.write("a/bad/pandect.yaml", "pandect: 1\nsystems: [\n");
  fs::create_directories(scratch.path("a/empty"));
  scratch.write("a/empty/pandect.yaml", "pandect: 1\norganisation: {id: o}\n");
  const Ran ran = portfolio(scratch.path("a"), {"--format", "json"});
  CHECK(ran.status == 3);
  CHECK(holds(ran.err, "a/bad: not assessed"));
  CHECK(holds(ran.err, "pandect.yaml:"));
  const Json json = Json::parse(ran.out);
  CHECK(json["manifests"] == 1);
  CHECK(json["not_assessed"].size() == 2);
}

TEST_CASE("portfolio: nothing that can be assessed is exit 2, with a remedy") {
  const Scratch scratch;
  fs::create_directories(scratch.path("none"));
  const Ran none = portfolio(scratch.path("none"));
  CHECK(none.status == 2);
  CHECK(none.out.empty());
  CHECK(holds(none.err, "pandect init"));
  scratch.write("none/pandect.yaml", ": : :");
  CHECK(portfolio(scratch.path("none")).status == 2);
  CHECK(portfolio("/nowhere/at/all").status == 2);
  CHECK(
      holds(run({"portfolio", kExamples, "--as-of", "2026-02-30"}).err, "no day of the calendar"));
}

TEST_CASE("portfolio: links are not followed, fetched dependencies are passed over") {
  const Scratch scratch;
  copy("warehouse-forecast", scratch.path("a/one"));
  copy("cv-screener", scratch.path("outside"));
  copy("cv-screener", scratch.path("a/node_modules/x"));
  fs::create_directory_symlink(scratch.path("outside"), scratch.path("a/two"));
  fs::create_directory_symlink(scratch.path("a"), scratch.path("a/loop"));
  fs::create_directories(scratch.path("a/three"));
  fs::create_symlink(scratch.path("outside/pandect.yaml"), scratch.path("a/three/pandect.yaml"));
  const Ran ran = portfolio(scratch.path("a"), {"--format", "json"});
  CHECK(ran.status == 0);
  const Json json = Json::parse(ran.out);
  CHECK(json["manifests"] == 1);
  CHECK(json["skipped"].size() == 3);
  CHECK(json["skipped"][0]["reason"] == "link");
}

TEST_CASE("portfolio: folders from standard input, each once") {
  const std::string list =
      kExamples + "warehouse-forecast\r\n" + kExamples + "warehouse-forecast\n\n";
  const Ran ran = portfolio("-", {"--format", "json"}, list);
  CHECK(ran.status == 0);
  CHECK(Json::parse(ran.out)["manifests"] == 1);
}

TEST_CASE("portfolio: waivers and baselines beside a manifest count as in check") {
  const Scratch scratch;
  copy("companion-chatbot", scratch.path("app"));
  const int before = portfolio(scratch.path("app")).status;
  CHECK(before == run({"check", scratch.path("app"), "--as-of", kDay}).status);
  const Ran written = run({"check", scratch.path("app"), "--as-of", kDay, "--write-baseline"});
  CHECK(portfolio(scratch.path("app")).status == written.status);
}

TEST_CASE("timeline: iCalendar, page, file and alarms") {
  const Scratch scratch;
  const std::string file = scratch.path("law.ics");
  const Ran ran = run({"timeline", kExamples + "cv-screener", "--as-of", kDay, "--format", "ics",
                       "-o", file, "--remind", "14"});
  CHECK(ran.status == 0);
  CHECK(ran.out.empty());
  CHECK(fs::file_size(file) > 2'000);
  const Ran page =
      run({"timeline", kExamples + "cv-screener", "--as-of", kDay, "--format", "html"});
  CHECK(holds(page.out, "<!DOCTYPE html>"));
  const Ran wrong = run({"timeline", kExamples + "cv-screener", "--remind", "3"});
  CHECK(wrong.status == 2);
  CHECK(holds(wrong.err, "--format ics"));
  const Json list = Json::parse(
      run({"timeline", kExamples + "cv-screener", "--as-of", kDay, "--format", "json"}).out);
  CHECK(list[0].contains("uid"));
}
