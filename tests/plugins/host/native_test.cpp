// Native plugins built by the compiler of the system from C that sees pandect_plugin.h alone: good
// ones, and bad ones of every kind that the host can see.
#include "plugins/host/native.h"

#include "plugins/host/plugin_kit.h"

#include <cstdlib>
#include <filesystem>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <sys/stat.h>

using namespace pandect;
using namespace pandect::plugins;
using pandect::testing::build_c;
using pandect::testing::Scratch;
using pandect::testing::told;

namespace {

const std::string kHead = R"(#include "pandect_plugin.h"
#include <stddef.h>
#include <string.h>
#define TEXT(words) {words, sizeof(words) - 1}
static const pandect_host* host;
static int closed;
static void on_close(void* context) { (void)context; closed = 1; }
)";

std::string plugin(const std::string& run, const std::string& change = "",
                   const std::string& version = "abi != PANDECT_PLUGIN_ABI") {
  return kHead +
         "static pandect_status run(void* context, pandect_call call, const pandect_input* input) "
         "{ (void)context; (void)call; (void)input;\n" +
         run + R"(}
static pandect_capability capabilities[] = {{sizeof(pandect_capability), PANDECT_PROBE,
  TEXT("mine"), TEXT("One."), TEXT(""), TEXT(""), 0, 0, NULL, NULL, run}};
pandect_status pandect_plugin_entry(const pandect_host* given, uint32_t abi, pandect_plugin* out) {
  if (given == NULL || out == NULL) return PANDECT_BAD_ARGUMENT;
  if ()" +
         version + R"() return PANDECT_WRONG_VERSION;
  host = given;
  out->size = sizeof *out;
  out->abi = PANDECT_PLUGIN_ABI;
  out->name = (pandect_text)TEXT("mine");
  out->capabilities = capabilities;
  out->capability_size = sizeof(pandect_capability);
  out->capability_count = 1;
  out->close = on_close;
)" + change +
         "\n  return PANDECT_OK;\n}\n";
}

std::string report(const std::string& json) {
  return "host->report_outcome(call, \"" + json + "\", " +
         std::to_string(json.size() -
                        static_cast<std::size_t>(std::count(json.begin(), json.end(), '\\'))) +
         ");\n";
}

std::string refusal(const Scratch& scratch, const std::string& source) {
  const std::string library = build_c(scratch, "bad", source);
  REQUIRE(!library.empty());
  const auto loaded = load_native(library);
  std::filesystem::remove(library);
  return loaded ? "(loaded)" : told(loaded.errors());
}

std::string outcome(const Scratch& scratch, const std::string& run) {
  const std::string library = build_c(scratch, "mine", plugin(run));
  REQUIRE(!library.empty());
  const auto loaded = load_native(library);
  REQUIRE_MESSAGE(loaded, (loaded ? "" : told(loaded.errors())));
  std::filesystem::remove(library);
  const auto root = Root::open(scratch.path(""));
  REQUIRE(root);
  const auto result = probe_of(*loaded, (*loaded)->capabilities[0]).run(nullptr, *root);
  return result ? "(an outcome)" : told(result.errors());
}

bool holds(const std::string& text, const std::string& part) {
  const bool found = text.find(part) != std::string::npos;
  if (!found) MESSAGE("it reads: " << text);
  return found;
}

}  // namespace

TEST_CASE("native plugins: one that is right is loaded and runs") {
  const Scratch scratch;
  CHECK(outcome(scratch, report(R"({\"state\":\"shown\"})") + "return PANDECT_OK;") ==
        "(an outcome)");
}

TEST_CASE("native plugins: a wrong version, size or descriptor is refused with a reason") {
  const Scratch scratch;
  const std::string good = "return PANDECT_OK;";
  CHECK(holds(refusal(scratch, plugin(good, "", "abi != 7")), "does not speak version 1"));
  CHECK(holds(refusal(scratch, plugin(good, "out->abi = 2;")), "speaks version 2"));
  CHECK(holds(refusal(scratch, plugin(good, "out->size = 12;")), "structures of 12"));
  CHECK(holds(refusal(scratch, plugin(good, "out->size = 4000000000u;")),
              "structures of 4000000000"));
  CHECK(holds(refusal(scratch, plugin(good, "capabilities[0].size = 3;")), "states the size 3"));
  CHECK(holds(refusal(scratch, plugin(good, "out->name.data = NULL;")), "null pointer"));
  CHECK(holds(refusal(scratch, plugin(good, "capabilities[0].name.data = NULL;")), "null pointer"));
  CHECK(holds(refusal(scratch, plugin(good, "out->capabilities = NULL;")), "null pointer"));
  CHECK(holds(refusal(scratch, plugin(good, "out->capability_count = 5000;")), "declares 5000"));
  CHECK(holds(refusal(scratch, plugin(good,
                                      "static const char why[] = \"no licence\"; "
                                      "out->problem.data = why; out->problem.size = 10; "
                                      "return PANDECT_FAILED;")),
              "no licence"));
  CHECK(holds(refusal(scratch, "int nothing;\n"), "exports no pandect_plugin_entry"));
  // The entry reports outside of a call: nothing happens.
  CHECK(refusal(scratch, plugin(good,
                                "if (given->report_outcome(1, \"{}\", 2) != "
                                "PANDECT_OUT_OF_CALL) return PANDECT_FAILED;")) == "(loaded)");
}

TEST_CASE("native plugins: what is no library, or in the wrong hands, is refused before it runs") {
  const Scratch scratch;
  const auto why = [](const std::string& path) {
    const auto loaded = load_native(path);
    return loaded ? std::string("(loaded)") : told(loaded.errors());
  };
  CHECK(holds(why(scratch.path("none.so")), "cannot be opened"));
  CHECK(holds(why(scratch.write("text.so", "not ELF")), "no shared library"));
  CHECK(holds(why(scratch.write("empty.so", "")), "no shared library"));
  CHECK(holds(why(scratch.path("")), "not a plain file"));
  REQUIRE(::mkfifo(scratch.path("pipe.so").c_str(), 0600) == 0);
  CHECK(holds(why(scratch.path("pipe.so")), "not a plain file"));
  const std::string library = build_c(scratch, "good", plugin("return PANDECT_OK;"));
  REQUIRE(::chmod(library.c_str(), 0777) == 0);
  CHECK(holds(why(library), "every user may write this file"));
  REQUIRE(::chmod(library.c_str(), 0755) == 0);
  REQUIRE(::chmod(scratch.path("").c_str(), 0777) == 0);
  CHECK(holds(why(library), "every user may write its folder"));
  REQUIRE(::chmod(scratch.path("").c_str(), 0700) == 0);
  CHECK(why(library) == "(loaded)");
}

TEST_CASE("native plugins: two libraries that are loaded at once keep their own code") {
  const Scratch scratch;
  const auto root = Root::open(scratch.path(""));
  std::vector<PluginPtr> loaded;
  for (const char* state : {"shown", "absent", "failed"}) {
    const std::string library = build_c(
        scratch, state,
        plugin(report(std::string(R"({\"state\":\")") + state + R"(\"})") + "return PANDECT_OK;"));
    const auto plugin = load_native(library);
    REQUIRE(plugin);
    loaded.push_back(*plugin);
  }
  const PieceState expected[] = {PieceState::shown, PieceState::absent, PieceState::failed};
  for (std::size_t i = 0; i < loaded.size(); ++i) {
    const auto result = probe_of(loaded[i], loaded[i]->capabilities[0]).run(nullptr, *root);
    REQUIRE(result);
    CHECK(result->state == expected[i]);
  }
}

TEST_CASE("native plugins: one that misbehaves in a call fails with a reason and harms nothing") {
  const Scratch scratch;
  CHECK(holds(outcome(scratch, "return PANDECT_OK;"), "reported no outcome"));
  CHECK(holds(outcome(scratch, report(R"({\"state\":\"shown\"})") +
                                   report(R"({\"state\":\"shown\"})") + "return PANDECT_OK;"),
              "second outcome"));
  CHECK(holds(outcome(scratch, report("garbage") + "return PANDECT_OK;"), "is not JSON"));
  CHECK(holds(outcome(scratch,
                      "static char big[3 << 20]; memset(big, ' ', sizeof big); "
                      "host->report_outcome(call, big, sizeof big); return PANDECT_OK;"),
              "more than 1 MiB"));
  CHECK(holds(outcome(scratch, "host->report_outcome(call + 9, \"{}\", 2); return PANDECT_FAILED;"),
              "did not say why"));
  CHECK(holds(outcome(scratch,
                      "int i; for (i = 0; i < 100000; ++i) host->report_outcome(call, "
                      "NULL, 7); return PANDECT_OK;"),
              "null pointer"));
}
