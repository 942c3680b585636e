#include "checks/coverage.h"

#include "tests/checks/small_pack.h"

#include <doctest/doctest.h>

using namespace pandect;

namespace {

Coverage of(const small::Pack& pack) {
  REQUIRE(pack.program != nullptr);
  return coverage(*pack.program, pack.drafts);
}

}  // namespace

TEST_CASE("coverage is clean where all is cited and proved") {
  const Coverage result = of(small::load());
  CHECK(result.clean());
  CHECK(result.instruments == 1);
  CHECK(result.provisions == 3);
  CHECK(result.rules == 4);
  CHECK(result.obligations == 1);
  CHECK(result.cases == 6);
  CHECK(to_text(result).find("encoded provisions cited: 100 % (3 of 3)") != std::string::npos);
}

TEST_CASE("coverage names what is encoded and not cited, and what is cited and nowhere") {
  const Coverage result =
      of(small::load(small::changed(small::kRules, "cite: law:art-3", "cite: law:art-4")));
  CHECK_FALSE(result.clean());
  REQUIRE(result.uncited.size() == 1);
  CHECK(result.uncited[0].what == "law:art-3 (Notice)");
  REQUIRE(result.unresolved.size() == 1);
  CHECK(result.unresolved[0].where.line == 19);
}

TEST_CASE("coverage warns where a rule cites what is said to decide nothing") {
  const Coverage result =
      of(small::load(small::changed(small::kRules, "title: Notice, disposition: encoded",
                                    "title: Notice, disposition: authority")));
  CHECK(result.clean());
  REQUIRE(result.contrary.size() == 1);
  CHECK(result.contrary[0].where.line == 19);
}

TEST_CASE("coverage names rules that no case makes true or false") {
  const std::string only_joke =
      "cases:\n" + small::kCases.substr(
                       small::kCases.find("  - id: joke"),
                       small::kCases.find("  - id: bought") - small::kCases.find("  - id: joke"));
  const Coverage result = of(small::load(small::kRules, only_joke));
  std::vector<std::string> names;
  for (const auto& each : result.unproved) names.push_back(each.what);
  CHECK(names == std::vector<std::string>{"xx.maker / art-1: no case makes it false",
                                          "xx.talker / art-2: no case makes it false",
                                          "xx.talker / art-2-joke: no case makes it false",
                                          "xx.say_so: no case makes it true"});
}
