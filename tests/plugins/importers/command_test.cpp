// `pandect import` as a user runs it.
#include "cli/process.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using pandect::testing::run;
using pandect::testing::Scratch;

namespace {

const std::string kSamples = PANDECT_SOURCE "/tests/plugins/importers/samples/";

}  // namespace

TEST_CASE("import prints proposals with file, line and class as json") {
  const auto ran = run({"import", kSamples + "hf-dalle-mini.md", "--format", "json"});
  REQUIRE(ran.status == 0);
  const auto out = nlohmann::json::parse(ran.out);
  bool conflict = false;
  for (const auto& each : out["proposals"]) {
    CHECK(each["file"] == kSamples + "hf-dalle-mini.md");
    conflict = conflict || (each["class"] == "conflict" && each["fact"] == "about.emissions");
  }
  CHECK(conflict);
}

TEST_CASE("what import writes as yaml is a manifest that check reads") {
  const Scratch scratch;
  for (const std::string sample :
       {"hf-gpt-j-6b.md", "cdx-1.6-ml-spec-xml.cdx.xml", "spdx3-sentiment.spdx3.json",
        "mlflow-loan.MLmodel", "hf-whisper-large-v3.md", "monai-breast-density.metadata.json"}) {
    const auto ran = run({"import", kSamples + sample, "--format", "yaml"});
    REQUIRE_MESSAGE(ran.status == 0, sample << ran.err);
    const auto path = scratch.write("pandect.yaml", ran.out);
    const auto checked =
        run({"check", path, "--as-of", "2026-11-21", "--jurisdiction", "kr", "--fail-on", "never"});
    CHECK_MESSAGE(checked.status != 2, sample << checked.err << ran.out);
  }
}

TEST_CASE("import compares a card with the licence file beside it") {
  const Scratch scratch;
  const auto licence = scratch.write("LICENSE", "Apache License\nVersion 2.0, January 2004\n");
  const auto ran = run({"import", kSamples + "hf-repo-jepa.md", licence, "--lang", "ko"});
  CHECK(ran.status == 0);
  CHECK(ran.out.find("출처 간 불일치") != std::string::npos);
}

TEST_CASE("import says what it cannot read and what it tried") {
  const Scratch scratch;
  const auto other = run({"import", scratch.write("x.bin", "\x01\x02")});
  CHECK(other.status == 2);
  CHECK(other.err.find("cyclonedx") != std::string::npos);
  CHECK(run({"import", scratch.path("absent.md")}).status == 2);
  CHECK(run({"import", scratch.write("bom.json", "{\"bomFormat\": \"CycloneDX\", ")}).status == 2);
  CHECK(run({"import", scratch.write("notes.md", "nothing of a model\n")}).status == 3);
}
