// Real files and files made for this, each with what a reader must see in it and must not.
#include "plugins/label/build.h"
#include "plugins/label/judge.h"

#include <algorithm>

#include <doctest/doctest.h>

using namespace pandect;
using namespace pandect::label;

namespace {

struct Expectation {
  const char* file;
  const char* verdict;
  std::size_t labels;
  const char* label;  // value of Label in the first label
  const char* carrier;
  bool manifest;
  const char* source_type;  // empty: none
  bool ai;                  // whether that counts as generative AI
  const char* code;         // a finding that must be there; empty: none asked for
};

const Expectation kTable[] = {
    {"c2pa-algorithmic-created.jpg", "not_found", 0, "", "", true, "algorithmicMedia", false,
     "not_ai_source"},
    {"c2pa-digital-capture-cawg.jpg", "not_found", 0, "", "", true, "digitalCapture", false,
     "not_ai_source"},
    {"c2pa-stripped-provenance-pointer.jpg", "not_found", 0, "", "", false, "", false,
     "stripped_manifest"},
    {"c2pa-remote-manifest.jpg", "not_found", 0, "", "", false, "", false, "remote_manifest"},
    {"png-plain.png", "not_found", 0, "", "", false, "", false, ""},
    {"png-remote-url.png", "not_found", 0, "", "", false, "", false, "remote_manifest"},
    {"c2pa-no-source-type.jpg", "not_found", 0, "", "", true, "", false, "c2pa_no_source_type"},
    {"c2pa-bad-signature.jpg", "not_found", 0, "", "", true, "", false, "c2pa_unverified"},
    {"c2pa-composite-trained.png", "not_found", 0, "", "", true,
     "compositeWithTrainedAlgorithmicMedia", true, "c2pa_unverified"},
    {"c2pa-trained-google.png", "not_found", 0, "", "", true, "trainedAlgorithmicMedia", true,
     "c2pa_unverified"},
    {"aigc-xmp.png", "conforming", 1, "1", "xmp TC260:AIGC", false, "", false, ""},
    {"aigc-xmp-compressed-itxt.png", "conforming", 1, "1", "xmp TC260:AIGC", false, "", false, ""},
    {"aigc-text-chunk.png", "conforming", 1, "1", "png tEXt AIGC", false, "", false, ""},
    {"aigc-text-chunk-wrapped.png", "conforming", 1, "1", "png tEXt AIGC", false, "", false, ""},
    {"aigc-label-missing.png", "nonconforming", 1, "", "xmp TC260:AIGC", false, "", false,
     "missing_key"},
    {"aigc-label-3-suspected.png", "conforming", 1, "3", "xmp TC260:AIGC", false, "", false,
     "platform_label"},
    {"aigc-bad-crc.png", "inconclusive", 0, "", "", false, "", false, "damaged"},
    {"aigc-decoy-description.png", "not_found", 0, "", "", false, "", false, ""},
    {"iptc-trained.png", "not_found", 0, "", "", false, "trainedAlgorithmicMedia", true, ""},
    {"sd-parameters.png", "not_found", 0, "", "", false, "", false, "trace"},
    {"aigc-label-number.png", "nonconforming", 1, "1", "xmp TC260:AIGC", false, "", false, "type"},
    {"aigc-two-carriers-disagree.png", "nonconforming", 2, "", "", false, "", false,
     "fields_disagree"},
    {"truncated.png", "inconclusive", 0, "", "", false, "", false, "damaged"},
    {"aigc-exif-usercomment.jpg", "conforming", 1, "1", "exif UserComment", false, "", false, ""},
};

std::string label_of(const Judgement& judgement) {
  for (const auto& [key, value] : judgement.labels[0].fields) {
    if (key == "Label") return value;
  }
  return {};
}

}  // namespace

TEST_CASE("label: every sample yields what its index says") {
  const auto rules = built_in_rules();
  REQUIRE(rules.ok());
  for (const auto& each : kTable) {
    CAPTURE(each.file);
    const std::string bytes = label::testing::sample(each.file);
    REQUIRE(!bytes.empty());
    const Contents contents = read_contents(Source::of_bytes(bytes), each.file);
    const Judgement judgement = judge(contents, *rules, {});
    CHECK(judgement.verdict == each.verdict);
    REQUIRE(judgement.labels.size() == each.labels);
    if (*each.label != '\0') CHECK(label_of(judgement) == each.label);
    if (*each.carrier != '\0') CHECK(judgement.labels[0].carrier == each.carrier);
    CHECK(contents.c2pa.has_value() == each.manifest);
    const std::string wanted = each.source_type;
    const bool typed = std::any_of(contents.source_types.begin(), contents.source_types.end(),
                                   [&](const SourceType& type) { return type.term == wanted; });
    CHECK((wanted.empty() ? contents.source_types.empty() : typed));
    if (!wanted.empty()) CHECK(rules->is_ai(wanted) == each.ai);
    const std::string code = each.code;
    const bool found =
        std::any_of(judgement.findings.begin(), judgement.findings.end(),
                    [&](const LabelFinding& finding) { return finding.code == code; });
    CHECK((code.empty() || found));
    CHECK(judgement.has("error") ==
          (judgement.verdict == "nonconforming" || judgement.verdict == "inconclusive"));
  }
}

TEST_CASE("label: what a C2PA manifest says of itself") {
  const auto read = [](const char* name) {
    return read_contents(Source::of_bytes(label::testing::sample(name)), name);
  };
  const Contents firefly = read("c2pa-composite-trained.png");
  CHECK(firefly.c2pa->generator.rfind("Adobe_Illustrator/28.2", 0) == 0);
  CHECK(firefly.c2pa->actions.at(0).agent == "Adobe Firefly");
  const Contents google = read("c2pa-trained-google.png");
  CHECK(google.c2pa->generator == "Google C2PA Core Generator Library");
  std::vector<std::string> actions;
  for (const auto& each : google.c2pa->actions) actions.push_back(each.action);
  CHECK(std::count(actions.begin(), actions.end(), "c2pa.created") > 0);
  CHECK(std::count(actions.begin(), actions.end(), "c2pa.edited") > 0);
  const Contents capture = read("c2pa-digital-capture-cawg.jpg");
  const auto& assertions = capture.c2pa->assertions;
  CHECK(std::count(assertions.begin(), assertions.end(), "cawg.training-mining") == 1);
  const Contents created = read("c2pa-algorithmic-created.jpg");
  REQUIRE(created.c2pa->actions.size() == 1);
  CHECK(created.c2pa->actions[0].action == "c2pa.created");
  const Contents stripped = read("c2pa-stripped-provenance-pointer.jpg");
  REQUIRE(stripped.provenance.size() == 1);
  CHECK(stripped.provenance[0].text ==
        "self#jumbf=/c2pa/adobe:urn:uuid:5f5bba8c-9184-44c6-b9a7-62cfda37b343/c2pa.claim");
  const Contents loopback = read("png-remote-url.png");
  CHECK(loopback.provenance.at(0).text == "http://localhost:5000/libpng-test.c2pa");
}

TEST_CASE("label: the wanted marks of the samples") {
  const auto rules = built_in_rules();
  const auto state = [&](const char* name, const char* want) {
    const Contents contents = read_contents(Source::of_bytes(label::testing::sample(name)), name);
    return judge(contents, *rules, {want}).wants.at(0).state;
  };
  CHECK(state("aigc-xmp.png", "cn") == "shown");
  CHECK(state("aigc-label-3-suspected.png", "cn") == "failed");
  CHECK(state("aigc-label-3-suspected.png", "cn-platform") == "shown");
  CHECK(state("aigc-label-missing.png", "cn") == "failed");
  CHECK(state("c2pa-trained-google.png", "cn") == "absent");  // C2PA does not replace the label
  CHECK(state("c2pa-trained-google.png", "eu") == "shown");
  CHECK(state("c2pa-trained-google.png", "kr") == "shown");
  CHECK(state("c2pa-composite-trained.png", "eu") == "shown");
  CHECK(state("c2pa-algorithmic-created.jpg", "eu") == "absent");
  CHECK(state("c2pa-no-source-type.jpg", "eu") == "absent");
  CHECK(state("iptc-trained.png", "eu") == "shown");
  CHECK(state("sd-parameters.png", "eu") == "absent");
  CHECK(state("sd-parameters.png", "cn") == "absent");
  CHECK(state("iptc-trained.png", "us-ca") == "absent");
  CHECK(state("c2pa-digital-capture-cawg.jpg", "us-ca") == "absent");
  CHECK(state("aigc-bad-crc.png", "cn") == "absent");
}
