// What the C API answers, beside what the command line says of the same.
#include "kit.h"

#include <algorithm>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace kit;
using Json = nlohmann::json;

namespace {

const std::string kManifest = PANDECT_SOURCE "/examples/cv-screener/pandect.yaml";
const std::string kKorea = " --pack kr-ai-basic-act --jurisdiction kr --as-of 2026-11-21 ";

pandect_options named() {
  auto stated = options();
  stated.manifest_name = text_of(kManifest);
  return stated;
}

Reply explain(const pandect_options& options, std::string_view subject, std::string_view id) {
  pandect_answer* answer = nullptr;
  const auto error = pandect_explain(korea(), text_of(slurp(kManifest)), &options, text_of(subject),
                                     text_of(id), &answer);
  return reply(error, answer);
}

}  // namespace

TEST_CASE("c api: an assessment is that of the command line, in every language, with its verdict") {
  for (const std::string lang : {"en", "ko", "zh"}) {
    auto stated = named();
    stated.lang = text_of(lang);
    const Reply answer = assess(korea(), slurp(kManifest), stated);
    const Ran ran =
        cli("check " + kManifest + kKorea + "--no-evidence --format json --lang " + lang);
    REQUIRE(answer.error == PANDECT_ERROR_NONE);
    CHECK(answer.problems.empty());
    CHECK(answer.text == ran.out);
    CHECK(answer.verdict == ran.status);
  }
}

TEST_CASE("c api: verdicts follow the thresholds") {
  const std::string nothing = "pandect: 1\norganisation: {id: o}\n";
  CHECK(assess(korea(), nothing, options()).verdict == 3);
  auto stated = options();
  const std::string open = "pandect: 1\norganisation: {id: o}\nsystems: [{id: s}]\n";
  CHECK(assess(korea(), open, stated).verdict == 3);
  stated.fail_on_unknown = text_of("never");
  CHECK(assess(korea(), open, stated).verdict == 0);
  stated.fail_on = text_of("low");
  CHECK(assess(korea(), slurp(kManifest), stated).verdict == 1);
  stated.fail_on = text_of("never");
  CHECK(assess(korea(), slurp(kManifest), stated).verdict == 0);
}

TEST_CASE("c api: proofs as JSON and as text are those of the command line") {
  const std::string call = "explain cv-screener kr.high_impact " + kManifest + kKorea;
  CHECK(explain(named(), "cv-screener", "kr.high_impact").text == cli(call + "--format json").out);
  auto stated = named();
  stated.flags = PANDECT_PROOF_AS_TEXT;
  const std::string duty = "explain cv-screener kr.advance_notice " + kManifest + kKorea;
  CHECK(explain(stated, "cv-screener", "kr.advance_notice").text == cli(duty).out);
  CHECK(explain(stated, "", "kr.high_impact").text == cli(call).out);  // the first subject
}

TEST_CASE("c api: what there is not is said with the nearest name") {
  const Reply id = explain(options(), "cv-screener", "kr.high_impakt");
  CHECK(id.error == PANDECT_ERROR_NOT_FOUND);
  REQUIRE(id.problems.size() == 1);
  CHECK(id.problems[0].find("kr.high_impact") != std::string::npos);
  CHECK(explain(options(), "cv-scraner", "kr.high_impact").error == PANDECT_ERROR_NOT_FOUND);
  CHECK(explain(options(), "cv-screener", "kr.high_impact@nowhere").error ==
        PANDECT_ERROR_NOT_FOUND);
  CHECK(explain(options(), "ranker", "kr.high_impact").error == PANDECT_ERROR_NOT_FOUND);
  auto stated = options();
  const pandect_string us = text_of("us");
  stated.jurisdictions = &us;
  stated.jurisdiction_count = 1;
  CHECK(assess(korea(), slurp(kManifest), stated).error == PANDECT_ERROR_NOT_FOUND);
}

TEST_CASE("c api: what is missing is what the assessment asks") {
  const auto stated = options();
  const std::string manifest = "pandect: 1\norganisation: {id: o}\nsystems: [{id: s}]\n";
  pandect_answer* answer = nullptr;
  const auto error = pandect_missing(korea(), text_of(manifest), &stated, &answer);
  const Json missing = Json::parse(reply(error, answer).text);
  const Json whole = Json::parse(assess(korea(), manifest, stated).text);
  CHECK(missing["schema"] == "pandect.missing/1");
  REQUIRE(missing["subjects"].size() == 1);
  const Json& subject = missing["subjects"][0];
  CHECK(subject["questions"] == whole["subjects"][0]["questions"]);
  CHECK(!subject["questions"].empty());
  std::size_t open = 0;
  for (const char* list : {"classifications", "obligations"}) {
    for (const auto& item : whole["subjects"][0][list]) {
      if (!item["missing"].empty()) ++open;
    }
  }
  CHECK(subject["open"].size() == open);
  CHECK(open > 0);
}

TEST_CASE("c api: errors of a manifest carry code, place, message and remedy") {
  const std::string manifest =
      "pandect: 1\norganisation: {id: o}\nsystems:\n  - id: s\n    facts: {system.usse: []}\n";
  auto stated = options();
  stated.manifest_name = text_of("mine.yaml");
  const Reply answer = assess(korea(), manifest, stated);
  CHECK(answer.error == PANDECT_ERROR_INPUT);
  CHECK(answer.text.empty());
  REQUIRE(answer.problems.size() == 1);
  CHECK(answer.problems[0].starts_with("unknown-fact mine.yaml:5:13 "));
  CHECK(answer.problems[0].find("system.uses") != std::string::npos);
  CHECK(assess(korea(), "", stated).error == PANDECT_ERROR_INPUT);
  CHECK(assess(korea(), "\xff", stated).error == PANDECT_ERROR_INPUT);
}

TEST_CASE("c api: a manifest may be JSON, as programs write it") {
  const std::string yaml =
      "pandect: 1\norganisation: {id: o, name: \"\xED\x95\x9C\xE2\x9C\x93 \xF0\x9F\x98\x80/x\"}\n"
      "systems: [{id: s, facts: {market.offered_in: [kr]}}]\n";
  const std::string json =
      "{\n\t\"pandect\": 1,\n\t\"organisation\": {\"id\": \"o\", \"name\": "
      "\"\\ud55c\\u2713 \\ud83d\\ude00\\/x\"},\n"
      "\t\"systems\": [{\"id\": \"s\", \"facts\": {\"market.offered_in\": [\"kr\"]}}]\n}\n";
  const Reply plain = assess(korea(), yaml, options()), other = assess(korea(), json, options());
  REQUIRE(plain.error == PANDECT_ERROR_NONE);
  for (const auto& each : other.problems) MESSAGE(each);
  REQUIRE(other.error == PANDECT_ERROR_NONE);
  Json left = Json::parse(plain.text), right = Json::parse(other.text);
  CHECK(left["organisation"] == right["organisation"]);
  CHECK(left["subjects"][0]["questions"] == right["subjects"][0]["questions"]);
}

TEST_CASE("c api: packs from memory and from an image are those of the folder") {
  Files files;
  files.add("core");
  files.add("kr-ai-basic-act");
  Packs memory;
  const Reply read = files.load(memory);
  for (const auto& each : read.problems) MESSAGE(each);
  REQUIRE(read.error == PANDECT_ERROR_NONE);
  const std::string expected = assess(korea(), slurp(kManifest), named()).text;
  CHECK(assess(memory.get(), slurp(kManifest), named()).text == expected);

  pandect_answer* answer = nullptr;
  const auto error = pandect_packs_image(memory.get(), &answer);
  std::string image = reply(error, answer).text;
  REQUIRE(!image.empty());
  pandect_packs* mapped = nullptr;
  CHECK(reply(pandect_packs_map(text_of(image), &mapped, &answer), answer).error ==
        PANDECT_ERROR_NONE);
  const Packs owned(mapped);
  CHECK(assess(mapped, slurp(kManifest), named()).text == expected);
  image[image.size() / 2] = static_cast<char>(image[image.size() / 2] ^ 1);
  for (const std::string_view bad :
       {std::string_view(image), std::string_view(image).substr(0, 99), std::string_view("")}) {
    pandect_packs* none = nullptr;
    const auto refused = pandect_packs_map(text_of(bad), &none, &answer);
    CHECK(reply(refused, answer).error == PANDECT_ERROR_IMAGE);
    CHECK(none == nullptr);
  }
}

TEST_CASE("c api: a pack in Lua with its tables, from memory as from its folder") {
  const std::string source = PANDECT_SOURCE "/examples/packs/review-queue/";
  Files files;
  files.add("core");
  for (const char* name : {"pack.yaml", "review.lua", "data/tiers.yaml"})
    files.list.emplace_back(std::string("review-queue/") + name, slurp(source + name));
  Packs packs;
  const Reply read = files.load(packs);
  for (const auto& each : read.problems) MESSAGE(each);
  REQUIRE(read.error == PANDECT_ERROR_NONE);
  files.list.pop_back();
  const Reply bare = files.load(packs);
  CHECK(bare.error == PANDECT_ERROR_INPUT);
  CHECK(packs == nullptr);
  REQUIRE(!bare.problems.empty());
  CHECK(bare.problems[0].find("data/tiers.yaml") != std::string::npos);
}

TEST_CASE("c api: what is loaded is listed") {
  pandect_answer* answer = nullptr;
  const auto error = pandect_packs_list(korea(), text_of("ko"), &answer);
  const Json list = Json::parse(reply(error, answer).text);
  REQUIRE(list["packs"].size() == 2);
  CHECK(list["packs"][0]["id"] == "core");
  CHECK(list["packs"][1]["jurisdiction"] == "kr");
  const Json whole = Json::parse(assess(korea(), slurp(kManifest), options()).text);
  CHECK(list["packs"][1]["digest"] == whole["engine"]["packs"][1]["digest"]);
}

TEST_CASE("c api: settings of the manifest count, and ask only for packs that are loaded") {
  const std::string start = "pandect: 1\norganisation: {id: o}\nsystems: [{id: s}]\nsettings: ";
  auto stated = options();
  CHECK(Json::parse(
            assess(korea(), start + "{lang: ko, packs: [kr-ai-basic-act]}", stated).text)["lang"] ==
        "ko");
  CHECK(assess(korea(), start + "{packs: [eu-ai-act]}", stated).error == PANDECT_ERROR_NOT_FOUND);
  stated.jurisdiction_count = 0;
  CHECK(assess(korea(), start + "{jurisdictions: [us]}", stated).error == PANDECT_ERROR_NOT_FOUND);
  CHECK(assess(korea(), start + "{jurisdictions: [kr]}", stated).error == PANDECT_ERROR_NONE);
}
