// pandect batch as a user runs it: the same conclusions as check, bad lines by number, order, both
// formats, and going on after an interruption.
#include "cli/process.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using pandect::testing::Ran;
using pandect::testing::run;
using pandect::testing::Scratch;
using Json = nlohmann::json;

namespace {

const std::string kDay = "2026-11-21";
const std::string kSystems = PANDECT_SOURCE "/examples/batch/systems.ndjson";

Ran batch(std::vector<std::string> more, const std::string& input = {},
          const std::vector<std::pair<std::string, std::string>>& environment = {}) {
  std::vector<std::string> arguments{"batch", "--as-of", kDay};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return run(arguments, input, environment);
}

std::vector<Json> rows(const std::string& text) {
  std::vector<Json> list;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = text.find('\n', at);
    REQUIRE(end != std::string::npos);
    list.push_back(Json::parse(text.substr(at, end - at)));
    at = end + 1;
  }
  return list;
}

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string many(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) {
    text += "{\"id\": \"s" + std::to_string(i) + "\", \"org.seat\": \"" +
            (i % 3 == 0   ? "kr"
             : i % 3 == 1 ? "eu"
                          : "us.ca") +
            "\", \"market.offered_in\": [\"" + (i % 2 == 0 ? "kr" : "eu") + "\"]" +
            (i % 5 == 0 ? ", \"system.uses\": [\"employment.applicant_screening\"]" : "") +
            (i % 7 == 0 ? ", \"model.general\": true" : "") +
            (i % 11 == 0 ? ", \"closed_world\": true" : "") + "}\n";
  }
  return text;
}

}  // namespace

TEST_CASE("batch: decided exactly, rows say what check says of the same manifest") {
  // Without the EU: deciding the third one exactly takes a quarter of an hour under sanitizers.
  const std::string most = "kr,cn,us";
  const Ran exact = batch({kSystems, "--exact", "--jurisdiction", most});
  INFO(exact.err);
  REQUIRE(exact.status == 0);
  const auto list = rows(exact.out);
  REQUIRE(list.size() == 3);
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Ran manifest = batch({kSystems, "--manifest-of", std::to_string(i + 1)});
    REQUIRE(manifest.status == 0);
    const Ran check = run(
        {"check", "-", "--as-of", kDay, "--jurisdiction", most, "--format", "json"}, manifest.out);
    INFO(manifest.out, check.err);
    const Json assessment = Json::parse(check.out);
    const Json& subject = assessment["subjects"][0];
    CHECK(subject["id"] == list[i]["id"]);
    std::map<std::string, std::string> values;
    for (const auto& each : subject["classifications"]) values[each["id"]] = each["value"];
    int found = 0;
    for (const auto& [list_name, word] :
         {std::pair("holds", "true"), std::pair("unknown", "unknown")}) {
      for (const auto& each : list[i][list_name]) {
        const auto value = values.find(each.get<std::string>());
        if (value == values.end()) continue;  // a conclusion of the model
        CHECK_MESSAGE(value->second == word, each);
        values.erase(value);
        ++found;
      }
    }
    CHECK(found > 0);
    for (const auto& [id, value] : values) CHECK_MESSAGE(value == "false", id);
    std::set<std::string> due;
    for (const auto& each : subject["obligations"]) {
      if (each["status"] == "due") due.insert(each["id"]);
    }
    for (const auto& id : due)
      CHECK_MESSAGE(std::count(list[i]["due"].begin(), list[i]["due"].end(), Json(id)) == 1, id);
  }
}

TEST_CASE("batch: rows stay in order, whatever the shapes, the threads and the processor") {
  const std::string input = many(3000);
  const Ran one = batch({"--jobs", "1", "--jurisdiction", "kr"}, input);
  REQUIRE(one.status == 0);
  const auto list = rows(one.out);
  REQUIRE(list.size() == 3000);
  for (std::size_t i = 0; i < list.size(); ++i) {
    REQUIRE(list[i]["id"] == "s" + std::to_string(i));
    REQUIRE(list[i]["line"] == i + 1);
  }
  CHECK(batch({"--jobs", "3", "--jurisdiction", "kr"}, input).out == one.out);
  for (const char* target : {"portable", "avx2", "avx512"})
    CHECK(batch({"--jurisdiction", "kr"}, input, {{"PANDECT_BULK", target}}).out == one.out);
}

TEST_CASE("batch: lines that cannot be read are named, and the rest is evaluated") {
  const std::vector<std::pair<std::string, std::string>> bad{
      {"{\"id\": \"a\", \"org.seta\": \"kr\"}", "did you mean `org.seat`"},
      {"{\"id\": \"a\", \"org.seat\": \"kr\", \"org.seat\": \"eu\"}", "`org.seat` stands twice"},
      {"{\"id\": \"a\", \"id\": \"b\"}", "`id` stands twice"},
      {"{\"id\": \"a\", \"org.seat\": [\"kr\"]}", "one member is expected"},
      {"{\"id\": \"a\", \"org.seat\": \"atlantis\"}", "atlantis"},
      {"{\"id\": \"a\", \"model.general\": 3}", "true, false or unknown"},
      {"{\"id\": \"a\", \"colour\": 3}", "`colour` is neither a fact nor one of"},
      {"{\"org.seat\": \"kr\"}", "no `id`"},
      {"[1, 2]", "one JSON object"},
      {"{\"id\": \"a\"", "no valid JSON"},
      {"{\"id\": \"a\"} {\"id\": \"b\"}", "behind the end of the object"},
      {"{\"id\": \"\xff\xfe\"}", "no valid JSON"},
      {"{\"id\": \"a\", \"models\": 3}", "wrong type"},
      {"{\"id\": \"a\", \"models\": [{\"facts\": {}}]}", "no `id`"},
      {"{\"id\": \"a\", \"x.y\": " + std::string(3000, '[') + std::string(3000, ']') + "}", ""},
      {"{\"id\": \"a\", \"system.uses\": " + std::string(900, '[') + std::string(900, ']') + "}",
       ""},
  };
  for (const auto& [line, reason] : bad) {
    Scratch scratch;
    const std::string rejects = scratch.path("bad.ndjson");
    const Ran ran = batch({"--reject", rejects, "--jurisdiction", "kr"},
                          "{\"id\": \"first\"}\n" + line + "\n\n{\"id\": \"last\"}\n");
    INFO(line.substr(0, 100), " ", ran.err);
    CHECK(ran.status == 2);
    const auto good = rows(ran.out);
    REQUIRE(good.size() == 2);
    CHECK(good[1]["id"] == "last");
    CHECK(good[1]["line"] == 4);
    const auto list = rows(bytes_of(rejects));
    REQUIRE(list.size() == 1);
    CHECK(list[0]["line"] == 2);
    CHECK_MESSAGE(has(list[0]["reason"], reason), list[0]["reason"]);
    CHECK(batch({"--reject", rejects, "--jurisdiction", "kr", "--allow-rejects"},
                "{\"id\": \"first\"}\n" + line + "\n")
              .status == 0);
  }
}

TEST_CASE("batch: answers that contradict each other are rejected with the axiom") {
  Scratch scratch;
  const std::string rejects = scratch.path("bad.ndjson");
  const Ran ran = batch(
      {"--reject", rejects},
      "{\"id\": \"a\", \"market.offered_in\": [\"kr\"], \"market.public_in\": [\"us.ca\"]}\n");
  CHECK(ran.status == 2);
  const auto list = rows(bytes_of(rejects));
  REQUIRE(list.size() == 1);
  CHECK(has(list[0]["reason"], "market.public_in subset_of market.offered_in"));
}

TEST_CASE("batch: a line of many megabytes is rejected in constant memory") {
  Scratch scratch;
  const std::string rejects = scratch.path("bad.ndjson");
  const std::string input =
      "{\"id\": \"a\"}\n{\"id\": \"" + std::string(9'000'000, 'x') + "\"}\n{\"id\": \"b\"}\n";
  const Ran ran = batch({"--reject", rejects, "--jurisdiction", "kr"}, input);
  CHECK(ran.status == 2);
  const auto good = rows(ran.out);
  REQUIRE(good.size() == 2);
  CHECK(good[1]["line"] == 3);
  CHECK(rows(bytes_of(rejects))[0]["line"] == 2);
}

TEST_CASE("batch: CSV in and out says the same as NDJSON") {
  const std::string csv =
      "id,org.seat,market.offered_in,system.uses\n"
      "a,kr,kr;eu,employment.applicant_screening;\n"
      "\"b, \"\"the\"\" second\",us.ca,us.ca;,\n"
      "=cmd(),kr,[kr],\n";
  const std::string ndjson =
      "{\"id\": \"a\", \"org.seat\": \"kr\", \"market.offered_in\": [\"kr\", \"eu\"], "
      "\"system.uses\": [\"employment.applicant_screening\"]}\n"
      "{\"id\": \"b\", \"org.seat\": \"us.ca\", \"market.offered_in\": [\"us.ca\"]}\n"
      "{\"id\": \"c\", \"org.seat\": \"kr\", \"market.offered_in\": [\"kr\"]}\n";
  const Ran left = batch({"--in-format", "csv"}, csv), right = batch({}, ndjson);
  INFO(left.err, right.err);
  REQUIRE(left.status == 0);
  auto a = rows(left.out), b = rows(right.out);
  REQUIRE(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (const char* list : {"holds", "unknown", "due", "undetermined"})
      CHECK(a[i][list] == b[i][list]);
  }
  CHECK(a[1]["id"] == "b, \"the\" second");
  const Ran table =
      batch({"--in-format", "csv", "--format", "csv", "--select", "kr.high_impact"}, csv);
  CHECK(has(table.out, "id,line,kr.high_impact\n"));
  CHECK(has(table.out, "\"b, \"\"the\"\" second\",3,"));
  CHECK(has(table.out, "\"'=cmd()\",4,"));
  CHECK(has(batch({"--in-format", "csv"}, "id,org.seat\na\n").err, "this line has 1 cells"));
  CHECK(batch({"--in-format", "csv"}, "id,seat\n").status == 2);
}

TEST_CASE("batch: an interrupted run goes on where it stopped") {
  Scratch scratch;
  const std::string in = scratch.write("in.ndjson", many(30'000)), out = scratch.path("out.ndjson");
  REQUIRE(batch({in, "-o", out, "--jurisdiction", "kr"}).status == 0);
  const std::string whole = bytes_of(out);
  CHECK(!std::filesystem::exists(out + ".part"));
  CHECK(!std::filesystem::exists(out + ".state"));
  CHECK(has(batch({in, "-o", out, "--jurisdiction", "kr", "--resume"}).err, "nothing to resume"));

  // Stopped by a limit on the size of files, about half way.
  std::filesystem::remove(out);
  const std::string limit = std::to_string(whole.size() / 1024);  // blocks of 512 bytes
  const std::string command = "ulimit -f " + limit + "; exec '" PANDECT_BINARY "' batch '" + in +
                              "' -o '" + out + "' --jurisdiction kr --as-of " + kDay +
                              " --jobs 1 2>/dev/null";
  CHECK(std::system(("sh -c \"" + command + "\" 2>/dev/null").c_str()) != 0);
  REQUIRE(!std::filesystem::exists(out));
  REQUIRE(std::filesystem::exists(out + ".state"));
  CHECK(has(batch({in, "-o", out, "--resume", "--jurisdiction", "eu"}).err, "differ from those"));
  const Ran resumed = batch({in, "-o", out, "--jurisdiction", "kr", "--resume"});
  INFO(resumed.err);
  REQUIRE(resumed.status == 0);
  CHECK(bytes_of(out) == whole);
}

TEST_CASE("batch: nothing in is no verdict, and options are checked") {
  CHECK(batch({}, "").status == 3);
  CHECK(batch({"/nowhere.ndjson"}).status == 2);
  CHECK(has(batch({"--select", "kr.high_impcat"}, "").err, "did you mean `kr.high_impact`"));
  CHECK(batch({"--resume"}, "{}").status == 2);
  CHECK(batch({"--jurisdiction", "mars"}, "{}").status == 2);
}
