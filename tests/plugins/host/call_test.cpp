// Everything a plugin can do wrong that the host can see is answered with a status, makes the call
// fail with a message, and crashes nothing.
#include "plugins/host/plugin_kit.h"

#include <thread>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace pandect;
using namespace pandect::plugins;
using pandect::testing::Fake;
using pandect::testing::Scratch;
using pandect::testing::told;

namespace {

const pandect_host& host() { return host_functions(); }

using Work = std::function<pandect_status(pandect_call, const pandect_input*)>;

Result<ProbeOutcome> probe(const Work& work, const std::string& folder = "/usr") {
  const Fake fake(PANDECT_PROBE, work);
  const auto plugin = fake.adopt();
  REQUIRE(plugin);
  const auto root = Root::open(folder);
  REQUIRE(root);
  return probe_of(*plugin, (*plugin)->capabilities[0]).run({{"a", 1}}, *root);
}

pandect_status outcome(pandect_call call, std::string_view json) {
  return host().report_outcome(call, json.data(), json.size());
}

// The probe fails, and its message holds `part`.
void fails_with(const std::string& part, const Work& work) {
  const auto result = probe(work);
  REQUIRE(!result);
  INFO(told(result.errors()));
  CHECK(told(result.errors()).find(part) != std::string::npos);
}

}  // namespace

TEST_CASE("plugin calls: an outcome comes through whole") {
  const auto result = probe([](pandect_call call, const pandect_input* input) {
    CHECK(view(input->json) == R"({"a":1})");
    return outcome(
        call,
        R"({"state":"failed","looked_for":"x","note":"n","seen":[)"
        R"({"file":"a/b","line":3,"column":4,"text":"t"}],"skipped":[{"path":"p","reason":"gone"}]})");
  });
  REQUIRE(result);
  CHECK(result->state == PieceState::failed);
  CHECK(result->looked_for.en == "x");
  REQUIRE(result->seen.size() == 1);
  CHECK(result->seen[0].where.file == "a/b");
  CHECK(result->seen[0].where.line == 3);
  CHECK(result->seen[0].where.column == 4);
  REQUIRE(result->skipped.size() == 1);
  CHECK(result->skipped[0].path == "p");
  CHECK(result->skipped[0].reason == "gone");
}

TEST_CASE("plugin calls: words of an outcome may be said in each language") {
  const auto result = probe([](pandect_call call, auto*) {
    return outcome(call, R"({"state":"absent","looked_for":{"en":"x","zh":"文件 x"},"note":"n"})");
  });
  REQUIRE(result);
  CHECK(result->looked_for.in("zh") == "文件 x");
  CHECK(result->looked_for.in("ko") == "x");
  CHECK(result->note.in("ko") == "n");
  const auto with = [](const char* words) {
    return [words](pandect_call call, auto*) {
      return outcome(call, std::string(R"({"state":"absent","looked_for":)") + words + "}");
    };
  };
  fails_with("`en`", with(R"({"ko":"x"})"));
  fails_with("has no key `fr`", with(R"({"en":"x","fr":"x"})"));
  fails_with("en, ko and zh", with("3"));
}

TEST_CASE("plugin calls: no outcome, two outcomes, a status without a reason, an exception") {
  fails_with("reported no outcome", [](pandect_call, auto*) { return PANDECT_OK; });
  fails_with("second outcome", [](pandect_call call, auto*) {
    CHECK(outcome(call, R"({"state":"shown"})") == PANDECT_OK);
    CHECK(outcome(call, R"({"state":"absent"})") == PANDECT_TWICE);
    return PANDECT_OK;
  });
  fails_with("status 77", [](pandect_call, auto*) { return 77; });
  fails_with("boom",
             [](pandect_call, auto*) -> pandect_status { throw std::runtime_error("boom"); });
}

TEST_CASE("plugin calls: JSON that is none, or not of the schema, is refused with a reason") {
  const std::pair<std::string, const char*> bad[] = {
      {"", "not JSON"},
      {"{", "not JSON"},
      {"[]", "is an object"},
      {"{}", "needs `state`"},
      {R"({"state":"good"})", "one of shown, failed, absent, unchecked"},
      {R"({"state":"shown","sene":[]})", "did you mean `seen`"},
      {R"({"state":"shown","seen":{}})", "a list as `seen`"},
      {R"({"state":"shown","seen":[{"line":-1}]})", "a whole number from 0"},
      {R"({"state":"shown","seen":[{"line":1e99}]})", "a whole number from 0"},
      {R"({"state":"shown","seen":[{"file":"../x"}]})", "not below the root"},
      {R"({"state":"shown","seen":[{"file":"/etc/passwd"}]})", "not below the root"},
      {R"({"state":"shown","note":)" + std::string(100'000, '[') + std::string(100'000, ']') + "}",
       "nested too deeply"}};
  for (const auto& [json, part] : bad) {
    fails_with(part, [json = json](pandect_call call, auto*) {
      CHECK(outcome(call, json) == PANDECT_BAD_JSON);
      return PANDECT_OK;
    });
  }
  fails_with("not UTF-8", [](pandect_call call, auto*) {
    CHECK(outcome(call, "{\"state\":\"shown\",\"note\":\"\xff\"}") == PANDECT_BAD_TEXT);
    return PANDECT_OK;
  });
  fails_with("more than 1 MiB", [](pandect_call call, auto*) {
    CHECK(outcome(call, std::string(kMaximumPayload + 1, ' ')) == PANDECT_TOO_MUCH);
    return PANDECT_OK;
  });
}

TEST_CASE("plugin calls: null pointers") {
  pandect_text text{};
  std::size_t count = 0;
  const auto each = [](void*, const char*, std::size_t, std::uint64_t) -> std::int32_t {
    return 0;
  };
  fails_with("null pointer", [&](pandect_call call, auto*) {
    CHECK(host().report_outcome(call, nullptr, 5) == PANDECT_BAD_ARGUMENT);
    CHECK(host().report_outcome(call, nullptr, 0) == PANDECT_BAD_JSON);
    CHECK(host().report_diagnostic(call, nullptr, 5) == PANDECT_BAD_ARGUMENT);
    CHECK(host().read_file(call, nullptr, 5, &text) == PANDECT_BAD_ARGUMENT);
    CHECK(host().read_file(call, "a", 1, nullptr) == PANDECT_BAD_ARGUMENT);
    CHECK(host().read_part(call, "a", 1, 0, nullptr, 5, &count) == PANDECT_BAD_ARGUMENT);
    CHECK(host().read_part(call, "a", 1, 0, nullptr, 0, nullptr) == PANDECT_BAD_ARGUMENT);
    CHECK(host().list(call, nullptr, 0, nullptr, nullptr) == PANDECT_BAD_ARGUMENT);
    CHECK(host().list(call, nullptr, 3, each, nullptr) == PANDECT_BAD_ARGUMENT);
    CHECK(host().glob(call, nullptr, 3, each, nullptr) == PANDECT_BAD_ARGUMENT);
    CHECK(host().match(call, nullptr, 3, "a", 1, 0, nullptr, 0, &count) == PANDECT_BAD_ARGUMENT);
    CHECK(host().match(call, "a", 1, "a", 1, 0, nullptr, 2, &count) == PANDECT_BAD_ARGUMENT);
    CHECK(host().match(call, "a", 1, "a", 1, 2, nullptr, 0, &count) == PANDECT_BAD_ARGUMENT);
    CHECK(host().json_get(call, "{}", 2, nullptr, 2, &text) == PANDECT_BAD_ARGUMENT);
    CHECK(host().json_quote(call, "a", 1, nullptr) == PANDECT_BAD_ARGUMENT);
    return outcome(call, R"({"state":"shown"})");
  });
}

TEST_CASE(
    "plugin calls: handles that are none, stale, of another thread or used outside of a call") {
  CHECK(host().report_outcome(1, "{}", 2) == PANDECT_OUT_OF_CALL);
  pandect_call stale = 0;
  const auto first = probe([&](pandect_call call, auto*) {
    stale = call;
    return outcome(call, R"({"state":"shown"})");
  });
  CHECK(first);
  const auto second = probe([&](pandect_call call, auto*) {
    CHECK(outcome(stale, R"({"state":"absent"})") == PANDECT_BAD_HANDLE);
    CHECK(outcome(0, "{}") == PANDECT_BAD_HANDLE);
    CHECK(outcome(~pandect_call{0}, "{}") == PANDECT_BAD_HANDLE);
    std::thread([call] {
      CHECK(outcome(call, R"({"state":"absent"})") == PANDECT_OUT_OF_CALL);
    }).join();
    return outcome(call, R"({"state":"shown"})");
  });
  REQUIRE(second);
  CHECK(second->state == PieceState::shown);
  CHECK(outcome(stale, "{}") == PANDECT_OUT_OF_CALL);
}

TEST_CASE("plugin calls: reports of another kind, and files where there is no root") {
  fails_with("which its kind does not have", [](pandect_call call, auto*) {
    CHECK(host().report_proposal(call, "{}", 2) == PANDECT_WRONG_KIND);
    CHECK(host().report_bytes(call, "{}", 2) == PANDECT_WRONG_KIND);
    return outcome(call, R"({"state":"shown"})");
  });
  const Fake fake(PANDECT_IMPORTER, [](pandect_call call, auto*) {
    pandect_text text{};
    CHECK(outcome(call, R"({"state":"shown"})") == PANDECT_WRONG_KIND);
    CHECK(host().read_file(call, "a", 1, &text) == PANDECT_WRONG_KIND);
    return PANDECT_OK;
  });
  const auto plugin = fake.adopt();
  REQUIRE(plugin);
  const auto read = importer_of(*plugin, (*plugin)->capabilities[0]).read({"a", "b"});
  REQUIRE(!read);
  CHECK(told(read.errors()).find("only probes have") != std::string::npos);
}

TEST_CASE("plugin calls: files are read below the root and nowhere else") {
  const Scratch scratch;
  scratch.write("a.md", "one two\nthree\n");
  REQUIRE(::symlink("/etc/passwd", scratch.path("link.md").c_str()) == 0);
  const auto result = probe(
      [](pandect_call call, auto*) {
        pandect_text text{};
        CHECK(host().read_file(call, "a.md", 4, &text) == PANDECT_OK);
        CHECK(view(text) == "one two\nthree\n");
        CHECK(host().read_file(call, "none", 4, &text) == PANDECT_NOT_FOUND);
        CHECK(text.size == 0);
        CHECK(host().read_file(call, "../x", 4, &text) == PANDECT_OUTSIDE);
        CHECK(host().read_file(call, "/etc/passwd", 11, &text) == PANDECT_OUTSIDE);
        CHECK(host().read_file(call, "link.md", 7, &text) == PANDECT_OUTSIDE);
        CHECK(host().read_file(call, "a\0b", 3, &text) == PANDECT_NOT_FOUND);
        char buffer[4];
        std::size_t count = 9;
        CHECK(host().read_part(call, "a.md", 4, 4, buffer, 3, &count) == PANDECT_OK);
        CHECK(std::string(buffer, count) == "two");
        CHECK(host().read_part(call, "a.md", 4, 4000, buffer, 3, &count) == PANDECT_OK);
        CHECK(count == 0);
        std::string found;
        const auto each = [](void* context, const char* path, std::size_t size,
                             std::uint64_t) -> std::int32_t {
          static_cast<std::string*>(context)->append(path, size).append(";");
          return 0;
        };
        CHECK(host().list(call, "", 0, each, &found) == PANDECT_OK);
        CHECK(host().glob(call, "*.md", 4, each, &found) == PANDECT_OK);
        CHECK(found == "a.md;a.md;");
        return outcome(call, R"({"state":"shown"})");
      },
      scratch.path(""));
  CHECK_MESSAGE(result, (result ? "" : told(result.errors())));
}

TEST_CASE("plugin calls: RE2 through the host") {
  const auto result = probe([](pandect_call call, auto*) {
    pandect_span spans[3];
    std::size_t count = 9;
    const std::string text = "ab 12 cd 345";
    CHECK(host().match(call, "(\\d+)( x)?", 10, text.data(), text.size(), 5, spans, 3, &count) ==
          PANDECT_OK);
    CHECK(count == 3);
    CHECK(spans[0].begin == 9);
    CHECK(spans[1].end == 12);
    CHECK(spans[2].begin == PANDECT_NO_GROUP);
    CHECK(host().match(call, "z", 1, text.data(), text.size(), 0, spans, 3, &count) == PANDECT_OK);
    CHECK(count == 0);
    CHECK(host().match(call, "(", 1, "a", 1, 0, spans, 3, &count) == PANDECT_BAD_PATTERN);
    CHECK(host().match(call, "(?=a)", 5, "a", 1, 0, spans, 3, &count) == PANDECT_BAD_PATTERN);
    CHECK(host().match(call, "a*", 2, nullptr, 0, 0, spans, 3, &count) == PANDECT_OK);
    CHECK(count == 1);
    CHECK(spans[0].begin == 0);
    return outcome(call, R"({"state":"shown"})");
  });
  CHECK_MESSAGE(result, (result ? "" : told(result.errors())));
}

TEST_CASE("plugin calls: members of JSON, and texts as JSON") {
  const auto result = probe([](pandect_call call, const pandect_input* input) {
    pandect_text text{};
    const std::string json = R"({"a":{"b":["x\u00e9",2]}})";
    const auto get = [&](std::string_view pointer) {
      return host().json_get(call, json.data(), json.size(), pointer.data(), pointer.size(), &text);
    };
    CHECK(get("/a/b/0") == PANDECT_OK);
    CHECK(view(text) == "xé");
    CHECK(get("/a/b/1") == PANDECT_OK);
    CHECK(view(text) == "2");
    CHECK(get("/a/b/2") == PANDECT_NOT_FOUND);
    CHECK(get("/a/b/-") == PANDECT_NOT_FOUND);
    CHECK(get("a") == PANDECT_NOT_FOUND);
    CHECK(get("/a/b/01") == PANDECT_NOT_FOUND);
    CHECK(get("/~2") == PANDECT_NOT_FOUND);
    CHECK(host().json_get(call, "{", 1, "", 0, &text) == PANDECT_BAD_JSON);
    CHECK(host().json_get(call, input->json.data, input->json.size, "/a", 2, &text) == PANDECT_OK);
    CHECK(view(text) == "1");
    CHECK(host().json_quote(call, "a\"\n\xff", 4, &text) == PANDECT_OK);
    CHECK(view(text) == "\"a\\\"\\n\xef\xbf\xbd\"");
    return outcome(call, R"({"state":"shown"})");
  });
  CHECK_MESSAGE(result, (result ? "" : told(result.errors())));
}

TEST_CASE("plugin calls: a derivation derives and nothing else; a format may write in pieces") {
  const Fake derives(PANDECT_DERIVATION, [](pandect_call call, auto*) {
    const std::string good = R"({"subject":"system","fact":"f","values":["1"]})";
    CHECK(host().report_proposal(call, good.data(), good.size()) == PANDECT_OK);
    const std::string bad = R"({"subject":"system","fact":"f","values":["1"],"class":"extracted"})";
    CHECK(host().report_proposal(call, bad.data(), bad.size()) == PANDECT_BAD_JSON);
    return PANDECT_OK;
  });
  const auto plugin = derives.adopt();
  REQUIRE(plugin);
  const auto derived = derivation_of(*plugin, (*plugin)->capabilities[0]).derive("{}");
  REQUIRE(!derived);
  CHECK(told(derived.errors()).find("another class than `derived`") != std::string::npos);

  const Fake writes(PANDECT_FORMAT, [](pandect_call call, const pandect_input* input) {
    host().report_bytes(call, input->json.data, input->json.size);
    host().report_bytes(call, nullptr, 0);
    return host().report_bytes(call, "\xff\0", 2);
  });
  const auto format = writes.adopt();
  REQUIRE(format);
  const auto rendered = format_of(*format, (*format)->capabilities[0]).render("{}", "{}");
  REQUIRE(rendered);
  CHECK(rendered->bytes == std::string("{}\xff\0", 4));
}

TEST_CASE("plugin calls: a diagnostic that is an error fails the call, a warning is a note") {
  fails_with("no such thing", [](pandect_call call, auto*) {
    const std::string json = R"({"message":"no such thing","hint":"try"})";
    CHECK(host().report_diagnostic(call, json.data(), json.size()) == PANDECT_OK);
    return outcome(call, R"({"state":"shown"})");
  });
  const auto result = probe([](pandect_call call, auto*) {
    const std::string json = R"({"level":"warning","message":"odd"})";
    CHECK(host().report_diagnostic(call, json.data(), json.size()) == PANDECT_OK);
    return outcome(call, R"({"state":"shown"})");
  });
  REQUIRE(result);
  CHECK(result->note.en == "odd");
}

TEST_CASE("plugin descriptors: every part that is wrong is named") {
  const auto refused = [](const std::string& part, const std::function<void(Fake&)>& change) {
    Fake fake(PANDECT_FORMAT, [](pandect_call, auto*) { return PANDECT_OK; });
    change(fake);
    const auto plugin = fake.adopt();
    REQUIRE(!plugin);
    INFO(told(plugin.errors()));
    CHECK(told(plugin.errors()).find(part) != std::string::npos);
  };
  refused("speaks version 2", [](Fake& fake) { fake.descriptor.abi = 2; });
  refused("structures of 8", [](Fake& fake) { fake.descriptor.size = 8; });
  refused("and 4 bytes", [](Fake& fake) { fake.descriptor.capability_size = 4; });
  refused("declares 0", [](Fake& fake) { fake.descriptor.capability_count = 0; });
  refused("declares 65", [](Fake& fake) { fake.descriptor.capability_count = 65; });
  refused("null pointer", [](Fake& fake) { fake.descriptor.capabilities = nullptr; });
  refused("null pointer", [](Fake& fake) { fake.descriptor.name = {nullptr, 4}; });
  refused("the name of the plugin is ``", [](Fake& fake) { fake.descriptor.name = {nullptr, 0}; });
  refused("not UTF-8", [](Fake& fake) { fake.descriptor.summary = {"\xc0\x80", 2}; });
  refused("control character", [](Fake& fake) { fake.descriptor.version = {"\x1b[2J", 4}; });
  refused("longer than", [](Fake& fake) { fake.descriptor.summary = {"", std::size_t{1} << 40}; });
  refused("the size 1", [](Fake& fake) { fake.capability.size = 1; });
  refused("unknown kind 9", [](Fake& fake) { fake.capability.kind = 9; });
  refused("is `Fake`", [](Fake& fake) { fake.capability.name = {"Fake", 4}; });
  refused("flags that version 1 does not know", [](Fake& fake) { fake.capability.flags = 2; });
  refused("no `run`", [](Fake& fake) { fake.capability.run = nullptr; });
  refused("without an extension", [](Fake& fake) { fake.capability.extension = {"", 0}; });
  refused("without `recognises`", [](Fake& fake) {
    fake.capability.kind = PANDECT_IMPORTER;
    fake.capability.recognises = nullptr;
  });
  refused("1 GiB", [](Fake& fake) {
    fake.capability.kind = PANDECT_IMPORTER;
    fake.capability.limit = std::uint64_t{1} << 31;
  });
}
