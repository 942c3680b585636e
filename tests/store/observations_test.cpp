// What was seen comes back as it was written down, in every language.
#include "store/observations.h"

#include <doctest/doctest.h>

using namespace pandect;

TEST_CASE("observations: what was looked for comes back in each language") {
  Look look;
  look.looked = true;
  look.state = PieceState::failed;
  look.looked_for = {"file a", "파일 a", "文件 a"};
  look.note = {"of a person", "", ""};
  look.seen.push_back({{"docs/a.md", 3, 1}, "here"});
  const auto read = store::read_observations(store::observations_text({{"key", look}}));
  REQUIRE(read);
  const Look& back = read->at("key");
  CHECK(back.looked_for.in("ko") == "파일 a");
  CHECK(back.looked_for.in("zh") == "文件 a");
  CHECK(back.note.in("ko") == "of a person");
  CHECK(back.seen[0].where.line == 3);
}

TEST_CASE("observations: those of a store from before there were languages are read") {
  const auto read = store::read_observations(
      R"({"key":{"looked":true,"aimed":false,"state":2,"looked_for":"file a","note":"","seen":[]}})");
  REQUIRE(read);
  CHECK(read->at("key").looked_for.in("ko") == "file a");
  CHECK(!store::read_observations(
      R"({"key":{"looked":true,"aimed":false,"state":2,"looked_for":3,"note":"","seen":[]}})"));
}
