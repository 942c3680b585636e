// pandect label as a user runs it: exit statuses, both formats, three languages, writing.
#include "cli/process.h"
#include "plugins/label/build.h"

#include <fstream>
#include <sstream>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using pandect::testing::run;
using pandect::testing::Scratch;

namespace {

std::string sample(const std::string& name) {
  return std::string(PANDECT_SOURCE) + "/tests/plugins/label/samples/" + name;
}

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream out;
  out << file.rdbuf();
  return out.str();
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("label: exit statuses") {
  CHECK(run({"label", sample("aigc-xmp.png")}).status == 0);
  CHECK(run({"label", sample("aigc-xmp.png"), "--want", "cn"}).status == 0);
  CHECK(run({"label", sample("png-plain.png")}).status == 0);
  CHECK(run({"label", sample("png-plain.png"), "--want", "cn"}).status == 1);
  CHECK(run({"label", sample("aigc-label-number.png")}).status == 1);
  CHECK(run({"label", sample("truncated.png")}).status == 1);
  CHECK(run({"label", sample("c2pa-trained-google.png"), "--want", "eu,kr"}).status == 0);
  CHECK(run({"label", sample("c2pa-trained-google.png"), "--want", "eu", "--want", "cn"}).status ==
        1);
  CHECK(run({"label", "no-such-file.png"}).status == 2);
  CHECK(run({"label", sample("aigc-xmp.png"), "no-such-file.png"}).status == 2);
  CHECK(run({"label", sample("")}).status == 2);
  CHECK(run({"label"}).status == 2);
  const auto standard_input = run({"label", "-"});
  CHECK(standard_input.status == 2);
  CHECK(has(standard_input.err, "save it to a file"));
  const auto unknown = run({"label", sample("aigc-xmp.png"), "--want", "chn"});
  CHECK(unknown.status == 2);
  CHECK(has(unknown.err, "did you mean `cn`?"));
  // A text is no image, video or audio: nothing of California's was checked, so it is not green.
  CHECK(run({"label", sample("README.md"), "--want", "us-ca"}).status == 2);
}

TEST_CASE("label: the report speaks three languages and says what it did not check") {
  const auto english = run({"label", sample("c2pa-bad-signature.jpg"), "--lang", "en"});
  CHECK(has(english.out, "signature not checked"));
  CHECK(!has(english.out, "signature valid"));
  CHECK(has(english.out, "to be checked by eye or ear"));
  const auto korean = run({"label", sample("aigc-xmp.png"), "--lang", "ko", "--want", "cn,kr"});
  CHECK(has(korean.out, "표시 적합"));
  CHECK(has(korean.out, "눈과 귀로 확인"));
  const auto chinese = run({"label", sample("aigc-label-missing.png"), "--lang", "zh"});
  CHECK(has(chinese.out, "缺少键Label"));
}

TEST_CASE("label: the JSON report") {
  const auto ran = run({"label", sample("aigc-two-carriers-disagree.png"),
                        sample("c2pa-composite-trained.png"), "--format", "json", "--want", "eu"});
  CHECK(ran.status == 1);
  const auto report = nlohmann::json::parse(ran.out);
  CHECK(report["schema"] == "pandect.label/1");
  REQUIRE(report["files"].size() == 2);
  CHECK(report["files"][0]["aigc"]["labels"].size() == 2);
  CHECK(report["files"][0]["aigc"]["verdict"] == "nonconforming");
  const auto& second = report["files"][1];
  CHECK(second["c2pa"]["signature"] == "not checked");
  CHECK(second["wants"]["eu"]["state"] == "shown");
  CHECK(second["digital_source_types"][0]["ai"] == true);
}

TEST_CASE("label: control characters of a file do not reach the terminal") {
  Scratch scratch;
  const std::string path = scratch.write(
      "a.png",
      pandect::label::testing::png(
          {{"tEXt", pandect::label::testing::text_chunk("AIGC", "{\"Label\":\"\\u001b[31m\"}")}}));
  const auto ran = run({"label", path});
  CHECK(ran.status == 1);
  CHECK(ran.out.find('\x1b') == std::string::npos);
}

TEST_CASE("label: writing leaves the old file alone unless asked") {
  Scratch scratch;
  const std::string old = bytes_of(sample("png-plain.png"));
  const std::string path = scratch.write("a.png", old), out = scratch.path("b.png");
  const std::vector<std::string> set = {
      "--set", "Label=1", "--set", "ContentProducer=examplecorp", "--set", "ProduceID=img-1"};
  const auto with = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), set.begin(), set.end());
    return run(arguments);
  };
  CHECK(with({"label", "--write", path}).status == 2);  // neither -o nor --in-place
  CHECK(with({"label", "--write", "-o", out, path}).status == 0);
  CHECK(bytes_of(path) == old);
  CHECK(run({"label", out, "--want", "cn"}).status == 0);
  CHECK(with({"label", "--write", "-o", out, path}).status == 2);  // never over another file
  CHECK(with({"label", "--write", "--in-place", path}).status == 0);
  CHECK(bytes_of(path) == bytes_of(out));
  CHECK(with({"label", "--write", "--in-place", path}).status == 2);
  CHECK(with({"label", "--write", "--in-place", "--replace", path}).status == 0);
  CHECK(bytes_of(path) == bytes_of(out));
  const auto refused =
      with({"label", "--write", "-o", scratch.path("c.jpg"), sample("c2pa-bad-signature.jpg")});
  CHECK(refused.status == 2);
  CHECK(has(refused.err, "C2PA manifest"));
  CHECK(bytes_of(scratch.path("c.jpg")).empty());
  CHECK(run({"label", "--set", "Label=1", path}).status == 2);
}
