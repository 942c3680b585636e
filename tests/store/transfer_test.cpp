// Export, import and salvage: what goes over is what was there, and damage is found and survived.
#include "store/transfer.h"

#include "store/stores.h"

#include <filesystem>
#include <random>

#include <doctest/doctest.h>

using namespace pandect;
using namespace pandect::store;
using namespace pandect::testing;

namespace {

std::vector<std::string> exported(const Store& store) {
  std::vector<std::string> lines;
  CHECK_FALSE(export_store(store, [&](const std::string& line) {
    lines.push_back(line.substr(0, line.size() - 1));
    return true;
  }));
  return lines;
}

std::vector<std::string> exported(const Salvaged& salvaged) {
  std::vector<std::string> lines;
  CHECK_FALSE(export_salvaged(salvaged, [&](const std::string& line) {
    lines.push_back(line.substr(0, line.size() - 1));
    return true;
  }));
  return lines;
}

Result<Imported> import(const Store& store, const std::vector<std::string>& lines,
                        bool up_to_break = false) {
  std::size_t at = 0;
  return import_lines(
      store, "export.ndjson",
      [&](std::string& line) {
        if (at == lines.size()) return false;
        line = lines[at++];
        return true;
      },
      up_to_break);
}

std::string with(const std::string& text, const std::string& old, const std::string& made) {
  std::string result = text;
  const auto at = result.find(old);
  REQUIRE(at != std::string::npos);
  return result.replace(at, old.size(), made);
}

}  // namespace

TEST_CASE("store: an export read back gives the same entries, documents and head") {
  const Scratch scratch;
  const auto first = Store::open(filled(scratch, 4), Mode::write);
  REQUIRE(first);
  const std::string odd("\xff\0\x80", 3);  // no UTF-8
  REQUIRE(first->append(draft(odd)));
  const auto lines = exported(*first);
  const auto second = Store::open(scratch.path("second"), Mode::create);
  REQUIRE(second);
  const auto imported = import(*second, lines);
  REQUIRE(imported);
  CHECK(imported->added == 5);
  CHECK(second->verify().head == first->verify().head);
  CHECK(second->document(digest_of(odd)).value() == odd);
  CHECK(exported(*second) == lines);
  SUBCASE("again: nothing is added") {
    const auto again = import(*second, lines);
    REQUIRE(again);
    CHECK(again->added == 0);
    CHECK(again->known == 5);
  }
  SUBCASE("what is new is added to what is there") {
    REQUIRE(first->append(draft("sixth")));
    CHECK(import(*second, exported(*first))->added == 1);
    CHECK(second->verify().problems.empty());
  }
  SUBCASE("another history is refused") {
    REQUIRE(second->append(draft("here")));
    REQUIRE(first->append(draft("there")));
    const auto refused = import(*second, exported(*first));
    REQUIRE_FALSE(refused);
    CHECK(holds(refused.errors().front().message, "different histories"));
  }
}

TEST_CASE("store: an export that was changed or cut off is refused whole") {
  const Scratch scratch;
  const auto first = Store::open(filled(scratch, 3), Mode::read);
  REQUIRE(first);
  const auto lines = exported(*first);
  REQUIRE(lines.size() == 8);
  const auto second = Store::open(scratch.path("second"), Mode::create);
  REQUIRE(second);
  const auto refused = [&](std::vector<std::string> changed) {
    CHECK_FALSE(import(*second, changed));
    CHECK(second->verify().entries == 0);
    CHECK(second->verify().documents == 0);
  };
  auto changed = lines;
  changed.pop_back();
  refused(changed);  // the end
  changed = lines;
  changed.erase(changed.begin() + 2);
  refused(changed);  // an entry
  changed = lines;
  changed.erase(changed.begin() + 3);
  refused(changed);  // a document
  changed = lines;
  changed[1] = with(changed[1], "xx", "xy");
  refused(changed);  // a document's text
  changed = lines;
  changed[4] = with(changed[4], "2026-11-30", "2026-11-29");
  refused(changed);  // a time
  changed = lines;
  changed.insert(changed.end() - 1, changed[6]);
  refused(changed);  // twice
  changed = lines;
  changed.push_back(changed[6]);
  refused(changed);  // behind the end
  for (const char* bad :
       {"", "{", "[]", "null", "{}", R"({"entry":"1"})", R"({"blob":7,"text":"x"})",
        R"({"blob":"0","base64":"?"})", R"({"entry":1,"kind":1})", R"({"end":[]})"}) {
    CAPTURE(bad);
    refused({lines[0], bad});
    refused({bad});
  }
  refused({R"({"pandect_store":2})"});
  refused({});
}

TEST_CASE("store: salvage of a whole store is its export") {
  const Scratch scratch;
  const std::string path = filled(scratch, 12, 20'000);
  const auto salvaged = salvage(bytes_of(path));
  CHECK(salvaged.losses.empty());
  CHECK(salvaged.entries.size() == 12);
  CHECK(salvaged.documents.size() == 12);
  const auto second = Store::open(scratch.path("second"), Mode::create);
  REQUIRE(second);
  CHECK(import(*second, exported(salvaged))->added == 12);
  CHECK(second->verify().head == Store::open(path, Mode::read)->verify().head);
}

TEST_CASE("store: a store whose start is lost still gives all it held") {
  const Scratch scratch;
  std::string bytes = bytes_of(filled(scratch, 12, 20'000));
  std::fill(bytes.begin(), bytes.begin() + 4096, '\0');
  const std::string path = scratch.write("damaged", bytes);
  const auto opened = Store::open(path, Mode::read);
  REQUIRE_FALSE(opened);
  CHECK(opened.errors().front().code == "damaged");
  CHECK(holds(opened.errors().front().hint, "--salvage"));
  const auto salvaged = salvage(bytes);
  CHECK(salvaged.losses.empty());
  CHECK(salvaged.entries.size() == 12);
}

TEST_CASE("store: a store cut in two gives what is left and names what is not") {
  const Scratch scratch;
  const std::string bytes = bytes_of(filled(scratch, 20, 20'000));
  const std::string half = bytes.substr(0, bytes.size() / 2);
  const std::string path = scratch.write("half", half);
  const auto opened = Store::open(path, Mode::read);
  CHECK((!opened || !opened->verify().problems.empty()));
  const auto salvaged = salvage(half);
  CHECK_FALSE(salvaged.losses.empty());
  CHECK(salvaged.documents.size() > 2);
  for (const auto& each : salvaged.entries) CHECK(hash_of(each) == each.hash);
}

TEST_CASE("store: around a hole all is saved, and what stands before it can be imported") {
  const Scratch scratch;
  const std::string path = scratch.path("store.sqlite3");
  const auto made = Store::open(path, Mode::create);
  REQUIRE(made);
  for (int i = 1; i <= 20; ++i) {
    const std::string number = std::to_string(i);
    REQUIRE(made->append(draft(number, number + std::string(1500, 'm'))));
  }
  std::string bytes = bytes_of(path);
  const auto hole = bytes.find(made->find("10")->hash);
  REQUIRE(hole != std::string::npos);
  // A hash stands in its entry, in the one after it, and in the index; all of those pages go.
  for (auto at = hole; at != std::string::npos; at = bytes.find(made->find("10")->hash, at))
    bytes.replace(at / 4096 * 4096, 4096, std::string(4096, '\0'));
  const auto salvaged = salvage(bytes);
  CHECK_FALSE(salvaged.losses.empty());
  CHECK(salvaged.entries.size() > 10);
  CHECK(salvaged.entries.size() < 20);
  CHECK(salvaged.entries.back().sequence == 20);
  const auto second = Store::open(scratch.path("second"), Mode::create);
  REQUIRE(second);
  const auto refused = import(*second, exported(salvaged));
  REQUIRE_FALSE(refused);
  CHECK(holds(refused.errors().front().message, "does not follow"));
  const auto begun = import(*second, exported(salvaged), true);
  REQUIRE(begun);
  CHECK(begun->broken);
  CHECK(begun->added >= 5);
  CHECK(begun->added < 10);
  CHECK(second->verify().problems.empty());
}

TEST_CASE("store: flipped bytes are found, and never make anything up") {
  const Scratch scratch;
  const std::string whole = bytes_of(filled(scratch, 10, 5'000));
  const auto before = salvage(whole);
  std::mt19937 random(11);
  int noticed = 0;
  for (int round = 0; round < 60; ++round) {
    std::string bytes = whole;
    for (int i = 0; i < 20; ++i)
      bytes[random() % bytes.size()] ^= static_cast<char>(1 + random() % 255);
    const std::string path = scratch.write("flipped", bytes);
    const auto opened = Store::open(path, Mode::read);
    noticed += !opened || !opened->verify().problems.empty() ? 1 : 0;
    for (const auto& each : salvage(bytes).entries) {
      const auto same = std::find_if(before.entries.begin(), before.entries.end(),
                                     [&](const Entry& entry) { return entry.hash == each.hash; });
      REQUIRE(same != before.entries.end());
      CHECK(same->body == each.body);
    }
  }
  CHECK(noticed == 60);
}

TEST_CASE("store: salvage of any bytes ends") {
  std::mt19937 random(5);
  for (int round = 0; round < 200; ++round) {
    std::string bytes(random() % 40'000, '\0');
    for (auto& each : bytes) each = static_cast<char>(random());
    for (std::size_t page = 0; page < bytes.size(); page += 4096) {
      const std::size_t skip = page == 0 ? 100 : page;
      if (skip < bytes.size()) bytes[skip] = 0x0d;
    }
    CHECK(salvage(bytes).entries.empty());
  }
  CHECK(salvage("").entries.empty());
}
