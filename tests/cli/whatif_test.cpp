// `pandect whatif --find` through the program: what it proposes is given back to `whatif`.
#include "cli/process.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using pandect::testing::Ran;
using pandect::testing::run;
using Json = nlohmann::json;

namespace {

const std::string kExample = PANDECT_SOURCE "/examples/cv-screener";

Ran whatif(std::vector<std::string> words, const std::string& day) {
  words.insert(words.begin(), "whatif");
  for (const char* each : {"--jurisdiction", "eu", "--lang", "en", "--path"}) words.push_back(each);
  words.insert(words.end(), {kExample, "--as-of", day});
  return run(words);
}

std::vector<std::string> as_arguments(const Json& change) {
  std::vector<std::string> words;
  for (const auto& each : change) {
    std::string name = each["fact"];
    if (each.contains("subject")) name += "@" + each["subject"].get<std::string>();
    words.push_back(name + "=" + each["after"].get<std::string>());
  }
  return words;
}

// What the conclusion was and is, by `whatif` with these answers; empty if it did not change.
std::string course_of(const std::string& conclusion, std::vector<std::string> words,
                      const std::string& day) {
  words.insert(words.end(), {"--format", "json"});
  const Ran ran = whatif(std::move(words), day);
  if (ran.status != 0) return ran.err;
  for (const auto& each : Json::parse(ran.out)) {
    if (each["id"] == conclusion && each["what"] == "value")
      return each["before"].get<std::string>() + " -> " + each["after"].get<std::string>();
  }
  return {};
}

}  // namespace

TEST_CASE("the changes that whatif --find names lead there when they are given back") {
  const std::string day = "2027-12-02";
  const Ran ran = whatif({"--find", "eu.high_risk=false", "--format", "json"}, day);
  REQUIRE(ran.status == 0);
  const Json found = Json::parse(ran.out);
  CHECK(found["goal"] == "eu.high_risk=false");
  REQUIRE(found["subjects"].size() == 1);
  const Json& subject = found["subjects"][0];
  CHECK(subject["subject"] == "cv-screener");
  CHECK(subject["before"] == "true");
  const Json& changes = subject["changes"];
  REQUIRE(changes.size() > 10);
  for (std::size_t i = 0; i < changes.size(); i += 5) {
    CAPTURE(changes[i].dump());
    CHECK(changes[i].size() == subject["searched"]);
    CHECK(course_of("eu.high_risk", as_arguments(changes[i]), day) == "true -> false");
  }
}

TEST_CASE(
    "whatif --find starts from the answers beside it, and finds a pair where none does alone") {
  const std::string day = "2027-12-02";
  const std::vector<std::string> given{"system.infers=false"};
  const Ran back = whatif({given[0], "--find", "eu.high_risk=true", "--format", "json"}, day);
  REQUIRE(back.status == 0);
  const Json subject = Json::parse(back.out)["subjects"][0];
  CHECK(subject["before"] == "false");
  REQUIRE(subject["changes"].size() == 1);
  CHECK(as_arguments(subject["changes"][0]) == std::vector<std::string>{"system.infers=true"});
  const Ran two = whatif({given[0], "system.sole_purpose=[military_defence]", "--find",
                          "eu.high_risk=true", "--format", "json"},
                         day);
  REQUIRE(two.status == 0);
  const Json pair = Json::parse(two.out)["subjects"][0];
  CHECK(pair["searched"] == 2);
  REQUIRE(!pair["changes"].empty());
  for (const auto& each : pair["changes"]) {
    CHECK(each.size() == 2);
    // Given back to the manifest as it stands, in which it holds, they leave it as it is.
    CHECK(course_of("eu.high_risk", as_arguments(each), day).empty());
  }
  CHECK(whatif({given[0], "system.sole_purpose=[military_defence]", "--find", "eu.high_risk=true",
                "--most", "1"},
               day)
            .out.find("No change of up to 1") != std::string::npos);
}

TEST_CASE("whatif --find says what cannot be reached, and what is so already") {
  const Ran before_it_applies = whatif({"--find", "eu.high_risk=true"}, "2026-11-21");
  CHECK(before_it_applies.status == 0);
  CHECK(before_it_applies.out.find("eu.high_risk=true") != std::string::npos);
  const Json none = Json::parse(
      whatif({"--find", "eu.high_risk=true", "--format", "json"}, "2026-11-21").out)["subjects"][0];
  CHECK(none["before"] == "false");
  CHECK(none["changes"].empty());
  CHECK(none["searched"] == 3);
  CHECK(none["complete"] == true);
  const Json already = Json::parse(
      whatif({"--find", "eu.high_risk=true", "--format", "json"}, "2027-12-02").out)["subjects"][0];
  CHECK(already["before"] == "true");
  CHECK(already["searched"] == 0);
}

TEST_CASE("whatif --find names what is wrong with a goal") {
  struct Bad {
    std::string goal, wanted;
  };
  for (const auto& [goal, wanted] :
       {Bad{"eu.hihg_risk=false", "did you mean `eu.high_risk`?"},
        Bad{"eu.high_risk=maybe", "write true or false"}, Bad{"eu.high_risk", "--find: error:"}}) {
    const Ran ran = whatif({"--find", goal}, "2027-12-02");
    CAPTURE(goal);
    CHECK(ran.status == 2);
    CHECK(ran.err.find(wanted) != std::string::npos);
    CHECK(ran.out.empty());
  }
}
