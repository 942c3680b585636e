#include "plugins/probe.h"

#include "cli/process.h"
#include "plugins/label/build.h"
#include "plugins/label/rules.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace pandect;

namespace {

Result<plugins::ProbeOutcome> look(const char* settings) {
  const auto root = Root::open(std::string(PANDECT_SOURCE) + "/tests/plugins/label/samples");
  for (const auto& each : plugins::probes()) {
    if (each.name == "label") return each.run(nlohmann::json::parse(settings), *root);
  }
  return Diagnostic{};
}

}  // namespace

TEST_CASE("label: the probe says what the files show") {
  const auto shown = look(R"({"paths": ["aigc-xmp*.png"], "want": ["cn"]})");
  REQUIRE(shown.ok());
  CHECK(shown->state == PieceState::shown);
  CHECK(shown->seen.size() == 2);
  CHECK(shown->seen[0].where.file == "aigc-xmp-compressed-itxt.png");
  const auto failed = look(R"({"paths": ["aigc-*.png"], "want": "cn"})");
  REQUIRE(failed.ok());
  CHECK(failed->state == PieceState::failed);
  CHECK(failed->note.en.find(".png: ") != std::string::npos);
  CHECK(look(R"({"paths": ["nothing*.png"], "want": "cn"})")->state == PieceState::absent);
  CHECK(look(R"({"paths": ["png-plain.png"], "want": "eu"})")->state == PieceState::failed);
  CHECK(look(R"({"paths": ["aigc-xmp.png"], "want": "cn", "at_least": 2})")->state ==
        PieceState::failed);
  const auto any = look(R"({"paths": ["iptc-*.png"], "accept": ["cn-aigc", "c2pa", "iptc"]})");
  REQUIRE(any.ok());
  CHECK(any->state == PieceState::shown);
  CHECK(look(R"({"paths": ["sd-parameters.png"], "accept": ["c2pa"]})")->state ==
        PieceState::failed);
}

TEST_CASE("label: what can be asked for is known without reading the rule book") {
  const auto rules = label::built_in_rules();
  REQUIRE(rules.ok());
  std::vector<std::string_view> wants;
  for (const auto& [id, want] : rules->wants) wants.push_back(id);
  const auto listed = label::built_in_wants();
  CHECK(std::vector(listed.begin(), listed.end()) == wants);
}

TEST_CASE("label: settings of the probe that are wrong are errors") {
  for (const char* settings :
       {"[]", "{}", R"({"paths": ["a"]})", R"({"paths": ["a"], "want": "chn"})",
        R"({"paths": ["a"], "accept": ["c2pb"]})", R"({"paths": [1], "want": "cn"})",
        R"({"paths": ["a"], "want": "cn", "accept": ["c2pa"]})",
        R"({"paths": ["a"], "want": "cn", "at_least": 0})", R"({"path": ["a"], "want": "cn"})"}) {
    CAPTURE(settings);
    const auto outcome = look(settings);
    REQUIRE(!outcome.ok());
    CHECK(outcome.errors()[0].code == "probe-settings");
  }
}
