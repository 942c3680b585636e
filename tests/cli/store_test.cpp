// Assessments over time, as a user runs them: check --record, history, attest, waive, replay, diff
// and store.
#include "cli/process.h"
#include "store/stores.h"

#include <filesystem>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace pandect::testing;
using Json = nlohmann::json;

namespace {

const std::string kProduct = R"(pandect: 1
organisation: {id: hanbit, facts: {org.legal_form: company, org.seat: kr, org.acts_as_business: true}}
systems:
  - id: painter
    closed_world: true
    facts:
      system.generative: true
      market.offered_in: [kr]
      market.put_to_use_in: [kr]
      activity.provides_to_users: true
evidence:
  - {system: painter, obligation: kr.advance_notice, evidence: first-screen-notice, state: done, source: docs/notice.ko.md, by: Seo-yeon Park, date: 2026-05-04, through: 2027-05-04}
)";

// A manifest with a store beside it.
class Product {
 public:
  explicit Product(const std::string& manifest = kProduct) { put("pandect.yaml", manifest); }

  void put(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories(std::filesystem::path(path(name)).parent_path());
    scratch_.write(name, text);
  }
  std::string path(const std::string& name = "") const { return scratch_.path(name); }
  std::string store() const { return path(".pandect/store.sqlite3"); }
  std::string manifest() const { return bytes_of(path("pandect.yaml")); }

  Ran record(const std::string& day = "2026-11-21") const {
    return run({"check", path(), "--as-of", day, "--pack", "kr-ai-basic-act", "--record",
                "--fail-on", "never", "--fail-on-unknown", "never", "--format", "json"});
  }
  // With the options that say where the store is.
  Ran with(std::vector<std::string> arguments) const {
    arguments.insert(arguments.end(), {"--manifest", path()});
    return run(arguments);
  }
  Json history() const { return Json::parse(run({"history", path(), "--format", "json"}).out); }
  Json diff() const { return Json::parse(with({"diff", "1", "2", "--format", "json"}).out); }

 private:
  Scratch scratch_;
};

// The causes of every change of a difference, each once.
std::vector<std::string> causes_of(const Json& difference) {
  std::vector<std::string> all;
  for (const auto& change : difference["changes"]) {
    const std::string text = change["causes"].dump();
    if (std::find(all.begin(), all.end(), text) == all.end()) all.push_back(text);
  }
  return all;
}

std::string replaced(std::string text, const std::string& old, const std::string& made) {
  const auto at = text.find(old);
  REQUIRE(at != std::string::npos);
  return text.replace(at, old.size(), made);
}

}  // namespace

TEST_CASE("store command: a recorded assessment is replayed to the byte when nothing is left") {
  const Product product;
  product.put("docs/notice.ko.md", "AI를 사용합니다\n");
  const Ran checked = product.record();
  REQUIRE(checked.status == 0);
  CHECK(holds(checked.err, "recorded as entry 1"));
  // The repository moves on: the evidence is gone, the manifest is another.
  std::filesystem::remove_all(product.path("docs"));
  product.put("pandect.yaml", "pandect: 1\n");
  const Ran replayed = product.with({"replay", "1"});
  CHECK(replayed.status == 0);
  CHECK(replayed.out == checked.out);
  CHECK(product.with({"replay", "latest", "--stored"}).out == checked.out);
  CHECK(holds(product.with({"replay", "1", "--format", "text", "--lang", "ko"}).out, "painter"));
  CHECK(product.with({"replay", "2"}).status == 2);
  CHECK(product.with({"replay", "nonsense"}).status == 2);
}

TEST_CASE(
    "store command: nothing is recorded that was not assessed, and none without being asked") {
  const Product product("pandect: 1\nsystems: [{id: a, facts: {no.such_fact: true}}]\n");
  CHECK(product.record().status == 2);
  CHECK_FALSE(std::filesystem::exists(product.store()));
  const Ran none = run({"history", product.path()});
  CHECK(none.status == 2);
  CHECK(holds(none.err, "--record"));
  const Product other;
  CHECK(run({"check", other.path(), "--pack", "kr-ai-basic-act"}).status != 2);
  CHECK_FALSE(std::filesystem::exists(other.store()));
}

TEST_CASE("store command: history lists both times and what each subject became") {
  const Product product;
  REQUIRE(product.record("2025-06-01").status == 0);
  REQUIRE(product.record("2026-11-21").status == 0);
  const Json list = product.history();
  REQUIRE(list.size() == 2);
  CHECK(list[0]["as_of"] == "2025-06-01");
  CHECK(list[1]["as_of"] == "2026-11-21");
  CHECK(list[1]["recorded_at"].get<std::string>().size() == 20);
  CHECK(list[1]["subjects"][0]["id"] == "painter");
  CHECK(list[1]["subjects"][0]["due"].get<int>() > 0);
  for (const char* lang : {"en", "ko", "zh"}) {
    const Ran text = run({"history", product.path(), "--lang", lang});
    CHECK(text.status == 0);
    CHECK(holds(text.out, "painter"));
  }
  CHECK(run({"history", product.path(), "--subject", "other", "--format", "json"}).out == "[]\n");
}

TEST_CASE("store command: diff names the day of the law as the cause") {
  const Product product;
  REQUIRE(product.record("2025-06-01").status == 0);
  REQUIRE(product.record("2026-11-21").status == 0);
  const Json difference = product.diff();
  CHECK(difference["differs"] == Json({"law"}));
  CHECK_FALSE(difference["changes"].empty());
  CHECK(causes_of(difference) == std::vector<std::string>{R"([["law"]])"});
}

TEST_CASE("store command: diff names facts as the cause, and not what else was edited") {
  const Product product;
  REQUIRE(product.record().status == 0);
  product.put("pandect.yaml",
              replaced(kProduct, "system.generative: true", "system.generative: false"));
  REQUIRE(product.record().status == 0);
  const Json difference = product.diff();
  CHECK_FALSE(difference["changes"].empty());
  CHECK(causes_of(difference) == std::vector<std::string>{R"([["facts"]])"});
}

TEST_CASE("store command: diff names evidence as the cause when only a file appeared") {
  const Product product;
  REQUIRE(product.record().status == 0);
  product.put("docs/notice.ko.md", "AI를 사용합니다\n");
  REQUIRE(product.record().status == 0);
  const Json difference = product.diff();
  CHECK(difference["differs"] == Json({"evidence"}));
  REQUIRE(difference["changes"].size() == 1);
  CHECK(difference["changes"][0]["what"] == "fulfilment");
  CHECK(causes_of(difference) == std::vector<std::string>{R"([["evidence"]])"});
}

TEST_CASE("store command: diff names packs as the cause, with the packs of each side") {
  const Product product;
  const std::string rules = product.path("rules");
  std::filesystem::create_directories(rules);
  std::filesystem::copy(PANDECT_SOURCE "/rules/core", rules + "/core",
                        std::filesystem::copy_options::recursive);
  std::filesystem::copy(PANDECT_SOURCE "/rules/kr-ai-basic-act", rules + "/kr-ai-basic-act",
                        std::filesystem::copy_options::recursive);
  const auto record = [&] {
    return run({"check", product.path(), "--as-of", "2026-11-21", "--rules", rules, "--record",
                "--fail-on", "never", "--fail-on-unknown", "never"});
  };
  REQUIRE(record().status == 0);
  bool edited = false;
  for (const auto& each : std::filesystem::directory_iterator(rules + "/kr-ai-basic-act")) {
    if (!each.is_regular_file()) continue;
    std::string text = bytes_of(each.path().string());
    const auto at = text.find("kr.advance_notice\n");
    const auto from = at == std::string::npos ? at : text.find("from: 2026-", at);
    if (from == std::string::npos) continue;
    product.put("rules/kr-ai-basic-act/" + each.path().filename().string(),
                text.replace(from, 11, "from: 2029-"));
    edited = true;
    break;
  }
  REQUIRE(edited);
  REQUIRE(record().status == 0);
  std::filesystem::remove_all(rules);
  const Json difference = product.diff();
  CHECK(difference["differs"] == Json({"packs"}));
  CHECK_FALSE(difference["changes"].empty());
  CHECK(causes_of(difference) == std::vector<std::string>{R"([["packs"]])"});
}

TEST_CASE("store command: an attestation is printed or appended, and settles the duty") {
  const Product product;
  const std::vector<std::string> call{"attest",    "kr.advance_notice", "--by",   "Kim \"K\": #1",
                                      "--scope",   "all\nscreens",      "--made", "2026-11-21",
                                      "--through", "2027-11-20"};
  const std::string before = product.manifest();
  const Ran printed = product.with(call);
  REQUIRE(printed.status == 0);
  CHECK(holds(printed.out, "evidence:\n  - system: \"painter\"\n"));
  CHECK(holds(printed.out, "by: \"Kim \\\"K\\\": #1\"\n"));
  CHECK(product.manifest() == before);
  auto appending = call;
  appending.push_back("--append");
  REQUIRE(product.with(appending).status == 0);
  CHECK(product.manifest().starts_with(before));
  CHECK(product.record().status == 0);  // it reads
  const Json list = product.history();
  REQUIRE(list.size() == 3);
  CHECK(list[0]["kind"] == "attestation");
  CHECK(list[0]["by"] == "Kim \"K\": #1");
  CHECK(list[0]["through"] == "2027-11-20");
  CHECK(holds(run({"history", product.path()}).out, "Kim \"K\": #1 attests kr.advance_notice"));
}

TEST_CASE("store command: a waiver is bound to the facts that decide, and counts in a check") {
  const Product product;
  const Ran waived = product.with({"waive", "kr.advance_notice", "--subject", "painter", "--kind",
                                   "deferred", "--reason", "in March", "--by", "Kim", "--made",
                                   "2026-11-21", "--until", "2027-03-31", "--append"});
  REQUIRE(waived.status == 0);
  const Json checked = Json::parse(product.record().out);
  bool seen = false;
  for (const auto& duty : checked["subjects"][0]["obligations"]) {
    if (duty["id"] != "kr.advance_notice") continue;
    seen = true;
    CHECK(duty["fulfilment"] == "waived");
    CHECK(duty["waiver"]["state"] == "active");
  }
  CHECK(seen);
}

TEST_CASE("store command: what cannot be stated is refused, with nothing written") {
  const Product product;
  const std::string before = product.manifest();
  const auto refused = [&](std::vector<std::string> call, const std::string& part) {
    call.insert(call.end(), {"--made", "2026-11-21", "--append"});
    const Ran ran = product.with(call);
    CHECK(ran.status == 2);
    CAPTURE(ran.err);
    CHECK(holds(ran.err, part));
  };
  const auto waive = [](const std::string& duty, const std::string& until = "2027-01-01") {
    return std::vector<std::string>{"waive", duty,   "--kind", "contested", "--reason",
                                    "r",     "--by", "Kim",    "--until",   until};
  };
  refused(waive("kr.advance_notise"), "did you mean `kr.advance_notice`");
  refused(waive("kr.advance_notice", "2025-01-01"), "lies before");
  refused(waive("kr.advance_notice", "soon"), "no day");
  refused({"waive", "kr.advance_notice", "--kind", "ignored", "--reason", "r", "--by", "Kim",
           "--until", "2027-01-01"},
          "ignored");
  refused({"attest", "kr.advance_notice", "--by", "Kim", "--scope", "s", "--through", "2027-01-01",
           "--evidence", "no-such-piece"},
          "first-screen-notice");
  refused({"attest", "kr.advance_notice", "--by", "Kim", "--scope", "s", "--through", "2027-01-01",
           "--subject", "other"},
          "there are: painter");
  CHECK(product.manifest() == before);
  CHECK_FALSE(std::filesystem::exists(product.store()));
}

TEST_CASE("store command: a prohibition is never waived, owed or not") {
  const Product product;
  const Ran ran =
      product.with({"waive", "eu.prohibition_5_1_f", "--kind", "risk_accepted", "--reason", "r",
                    "--by", "Kim", "--until", "2027-01-01", "--made", "2026-11-21"});
  CHECK(ran.status == 2);
  CHECK(holds(ran.err, "nobody can waive it"));
  CHECK_FALSE(std::filesystem::exists(product.store()));
}

TEST_CASE("store command: verify, export, import, backup and salvage") {
  const Product product;
  REQUIRE(product.record().status == 0);
  REQUIRE(product.record("2027-11-21").status == 0);
  const Ran verified = product.with({"store", "verify"});
  CHECK(verified.status == 0);
  CHECK(holds(verified.out, "2 entries"));
  const std::string head = verified.out.substr(verified.out.find("head ") + 5, 64);
  CHECK(product.with({"store", "verify", "--head", head}).status == 0);
  CHECK(product.with({"store", "verify", "--head", std::string(64, 'a')}).status == 2);
  const std::string file = product.path("export.ndjson"), copy = product.path("copy.sqlite3"),
                    other = product.path("other.sqlite3");
  REQUIRE(product.with({"store", "export", "-o", file}).status == 0);
  CHECK(product.with({"store", "export"}).out == bytes_of(file));
  REQUIRE(run({"store", "import", file, "--store", other}).status == 0);
  CHECK(run({"store", "export", "--store", other}).out == bytes_of(file));
  CHECK(run({"replay", "2", "--store", other}).status == 0);
  REQUIRE(product.with({"store", "backup", copy}).status == 0);
  CHECK(holds(run({"store", "verify", "--store", copy}).out, head));
  std::string damaged = bytes_of(product.store());
  damaged.replace(0, 4096, std::string(4096, 'z'));
  product.put(".pandect/store.sqlite3", damaged);
  const Ran broken = product.with({"store", "verify"});
  CHECK(broken.status == 2);
  CHECK(holds(broken.err, "--salvage"));
  CHECK(product.record().status == 2);
  CHECK(bytes_of(product.store()) == damaged);
  const Ran salvaged = product.with({"store", "export", "--salvage"});
  CHECK(salvaged.status == 0);
  CHECK(holds(salvaged.err, "saved 2 entries"));
  CHECK(run({"store", "import", "-", "--store", product.path("third")}, salvaged.out).status == 0);
}

TEST_CASE("store command: hostile texts come back as they are and steer no terminal") {
  const std::string name = "\\u001b[2J</script><b>=1+1\\u202e";
  const Product product(
      replaced(kProduct, "id: painter", "id: painter\n    name: \"" + name + "\""));
  const Ran checked = product.record();
  REQUIRE(checked.status == 0);
  CHECK(product.with({"replay", "1"}).out == checked.out);
  const Ran stated =
      product.with({"attest", "kr.advance_notice", "--by", "\x1b[31mKim\xe2\x80\xae\xff", "--scope",
                    std::string(100'000, 's'), "--made", "2026-11-21", "--through", "2027-01-01"});
  CHECK(stated.status == 0);
  const std::string text = run({"history", product.path()}).out;
  CHECK_FALSE(holds(text, "\x1b"));
  CHECK_FALSE(holds(text, "\xe2\x80\xae"));
  CHECK(product.with({"store", "verify"}).status == 0);
}
