// What ships goes through the interface of strangers and comes out unchanged.
#include "plugins/host/shipped.h"

#include "plugins/host/payload.h"
#include "plugins/host/plugin_kit.h"
#include "plugins/host/registry.h"

#include <filesystem>
#include <fstream>
#include <iterator>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace pandect;
using namespace pandect::plugins;
using pandect::testing::told;
using Json = nlohmann::json;

namespace {

// Settings that some probe may take, and some that none does.
std::vector<Json> settings() {
  std::vector<Json> list{nullptr, Json::array(), Json::object(), "text", 3};
  for (const char* each :
       {R"({"paths":["**.md"]})", R"({"paths":"docs/*.md","at_least":2})", R"({"paths":["none"]})",
        R"({"paths":[1]})", R"({"in":["**.md"],"patterns":{"en":"AI","ko":"인공지능"}})",
        R"({"in":["**.md"],"patterns":"("})", R"({"in":["**.md","src/**"],"patterns":"[a-z]+ai"})",
        R"({"in":["pandect.yaml"],"at":"/organisation/id"})",
        R"({"in":["pandect.yaml"],"at":"/organisation/id","equals":"none"})",
        R"({"in":["**.yaml"],"at":"/none","matches":"x"})", R"({"in":["**.yaml"],"at":"none"})"})
    list.push_back(Json::parse(each));
  return list;
}

std::string all_of(const Result<ProbeOutcome>& result) {
  return result ? write_outcome(*result) : told(result.errors());
}

std::string all_of(const Result<Imported>& result) {
  if (!result) return told(result.errors());
  std::string text;
  for (const auto& each : result->proposals) text += write_proposal(each) + "\n";
  return text + told(result->warnings);
}

}  // namespace

TEST_CASE("shipped plugins: each probe says through the interface what it says without") {
  const auto plain = plain_probes(), behind = probes();
  REQUIRE(!plain.empty());
  REQUIRE(plain.size() == behind.size());
  for (const char* folder :
       {"/examples/cv-screener", "/examples/image-generator", "/tests/golden"}) {
    const auto root = Root::open(std::string(PANDECT_SOURCE) + folder);
    REQUIRE(root);
    for (std::size_t i = 0; i < plain.size(); ++i) {
      CHECK(plain[i].name == behind[i].name);
      CHECK(plain[i].summary == behind[i].summary);
      CHECK(plain[i].places == behind[i].places);
      CHECK(plain[i].wants_day == behind[i].wants_day);
      for (const auto& each : settings()) {
        INFO(plain[i].name << " " << each.dump());
        // A probe may throw on settings that it does not expect only if the interface catches it.
        std::string direct;
        try {
          direct = all_of(plain[i].run(each, *root));
        } catch (const std::exception& error) {
          direct = error.what();
          CHECK(all_of(behind[i].run(each, *root)).find(direct) != std::string::npos);
          continue;
        }
        CHECK(direct == all_of(behind[i].run(each, *root)));
      }
    }
  }
}

TEST_CASE("shipped plugins: each importer reads through the interface what it reads without") {
  namespace fs = std::filesystem;
  const auto plain = plain_importers(), behind = importers();
  REQUIRE(plain.size() == behind.size());
  std::vector<ImportedFile> files{
      {"x", ""}, {"x.json", "{}"}, {"a.yaml", "a: [1"}, {"b", "\xff\x00z"}};
  for (const char* folder : {"/examples", "/tests"}) {
    for (const auto& entry :
         fs::recursive_directory_iterator(std::string(PANDECT_SOURCE) + folder)) {
      if (!entry.is_regular_file() || entry.file_size() > 200'000 || files.size() > 400) continue;
      std::ifstream file(entry.path(), std::ios::binary);
      files.push_back(
          {entry.path().filename().string(), {std::istreambuf_iterator<char>(file), {}}});
    }
  }
  for (std::size_t i = 0; i < plain.size(); ++i) {
    CHECK(plain[i].name == behind[i].name);
    CHECK(plain[i].limit == behind[i].limit);
    for (const auto& file : files) {
      const auto head = std::string_view(file.bytes).substr(0, 64 * 1024);
      INFO(plain[i].name << " " << file.path);
      const int sure = plain[i].recognises(file.path, head);
      CHECK(sure == behind[i].recognises(file.path, head));
      if (sure > 0) CHECK(all_of(plain[i].read(file)) == all_of(behind[i].read(file)));
    }
  }
}

TEST_CASE("plugin registry: a plugin takes no name of what ships and none of another plugin") {
  pandect::testing::Fake one(PANDECT_PROBE, [](pandect_call, auto*) { return PANDECT_OK; });
  const auto first = one.adopt();
  REQUIRE(first);
  const auto twice = registry_of({*first, *first}, {});
  REQUIRE(!twice);
  CHECK(told(twice.errors()).find("probe `fake` has the name of one in fake.so") !=
        std::string::npos);
  one.capability.name = text_of("file");
  const auto shadow = one.adopt();
  REQUIRE(shadow);
  const auto shadowed = registry_of({*shadow}, {});
  REQUIRE(!shadowed);
  CHECK(told(shadowed.errors()).find("Pandect itself") != std::string::npos);
  one.capability.kind = PANDECT_FORMAT;
  one.capability.name = text_of("json");
  const auto format = one.adopt();
  REQUIRE(format);
  CHECK(!registry_of({*format}, {"json"}));
  CHECK(registry_of({*format}, {}));
}
