// The store as a file: what goes in comes out, nothing is changed, and what is wrong is said.
#include "store/store.h"

#include "store/migrations.h"
#include "store/stores.h"

#include <doctest/doctest.h>
#include <sqlite3.h>

using namespace pandect;
using namespace pandect::store;
using namespace pandect::testing;

namespace {

// Past the door of the library, as somebody with another program would.
int execute(const std::string& path, const std::string& sql) {
  sqlite3* handle = nullptr;
  sqlite3_open(path.c_str(), &handle);
  const int status = sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, nullptr);
  sqlite3_close(handle);
  return status;
}

std::string code_of(const std::string& path, Mode mode = Mode::read) {
  const auto opened = Store::open(path, mode);
  return opened ? "" : opened.errors().front().code;
}

bool is_whole(const std::string& path) {
  const auto opened = Store::open(path, Mode::read);
  return opened && opened->verify().problems.empty();
}

}  // namespace

TEST_CASE("store: entries come back in order, each bound to the one before") {
  const Scratch scratch;
  const auto made = Store::open(filled(scratch, 3), Mode::read);
  REQUIRE(made);
  std::string previous = no_hash();
  int count = 0;
  CHECK_FALSE(made->each(1, [&](const Entry& entry) {
    CHECK(entry.sequence == ++count);
    CHECK(entry.previous == previous);
    CHECK(hash_of(entry) == entry.hash);
    previous = entry.hash;
    return true;
  }));
  CHECK(count == 3);
  const auto verified = made->verify();
  CHECK(verified.problems.empty());
  CHECK(verified.head == previous);
  CHECK(verified.documents == 3);
}

TEST_CASE("store: an entry is found by number, by the start of its hash, or as the latest") {
  const Scratch scratch;
  const auto made = Store::open(filled(scratch, 3), Mode::read);
  REQUIRE(made);
  const auto second = made->find("2");
  REQUIRE(second);
  CHECK(made->find(second->hash.substr(0, 10))->sequence == 2);
  CHECK(made->find("latest")->sequence == 3);
  CHECK(made->find("4").errors().front().code == "no-entry");
  CHECK(made->find("abc").errors().front().code == "bad-id");
  CHECK(made->find("' OR 1=1 --").errors().front().code == "bad-id");
  CHECK(made->find("99999999999999999999999").errors().front().code == "no-entry");
}

TEST_CASE("store: the same document is kept once, and any bytes are kept") {
  const Scratch scratch;
  const auto made = Store::open(scratch.path("s"), Mode::create);
  REQUIRE(made);
  const std::string odd("\0\xff\xfe'; DROP TABLE entry; --\x1b[2J\n", 32);
  REQUIRE(made->append(draft(odd, "one")));
  REQUIRE(made->append(draft(odd, "two")));
  REQUIRE(made->append(draft("")));
  CHECK(made->document(digest_of(odd)).value() == odd);
  CHECK(made->document(digest_of("")).value().empty());
  CHECK(made->verify().documents == 2);
  CHECK(made->verify().problems.empty());
}

TEST_CASE("store: an entry whose documents are missing or whose kind is unknown is refused") {
  const Scratch scratch;
  const auto made = Store::open(scratch.path("s"), Mode::create);
  REQUIRE(made);
  Draft lacking = draft("there");
  lacking.documents.clear();
  CHECK(made->append(lacking).errors().front().code == "broken-chain");
  Draft odd = draft("there");
  odd.kind = "verdict";
  CHECK(made->append(odd).errors().front().code == "refused");
  odd.kind = "assessment\n";
  CHECK(made->append(odd).errors().front().code == "broken-chain");
  CHECK(made->verify().entries == 0);
  CHECK(made->verify().documents == 0);  // undone with it
}

TEST_CASE("store: rows are neither changed nor deleted nor slipped in") {
  const Scratch scratch;
  const std::string path = filled(scratch, 2);
  for (const char* sql :
       {"UPDATE entry SET recorded_at = 'x'", "DELETE FROM entry", "UPDATE blob SET bytes = x'00'",
        "DELETE FROM blob", "REPLACE INTO entry SELECT * FROM entry WHERE sequence = 1",
        "INSERT INTO entry SELECT 9, kind, recorded_at, body, previous, 'h' FROM entry LIMIT 1",
        "INSERT INTO entry SELECT 3, kind, recorded_at, body, previous, 'h' FROM entry LIMIT 1"}) {
    CAPTURE(sql);
    CHECK(execute(path, sql) == SQLITE_CONSTRAINT);
  }
  CHECK(execute(path, "REPLACE INTO blob SELECT digest, x'00' FROM blob LIMIT 1") == SQLITE_OK);
  CHECK(is_whole(path));  // the last one did nothing
}

TEST_CASE("store: what is changed past the triggers is found") {
  const Scratch scratch;
  const std::string path = filled(scratch, 3);
  CHECK(execute(path, "DROP TRIGGER entry_no_update") == SQLITE_OK);
  CHECK(code_of(path) == "damaged");  // a store without its triggers is no store
  const std::string other = scratch.path("other");
  std::ofstream(other, std::ios::binary) << bytes_of(path);
  const std::string trigger =
      "CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry\n"
      "  BEGIN SELECT RAISE(ABORT, 'the store only grows: nothing in it is changed'); END;";
  SUBCASE("an entry") {
    CHECK(execute(path, "UPDATE entry SET recorded_at = '2020' WHERE sequence = 2;" + trigger) ==
          SQLITE_OK);
    const auto opened = Store::open(path, Mode::read);
    REQUIRE(opened);
    const auto verified = opened->verify();
    REQUIRE(verified.problems.size() == 1);
    CHECK(verified.problems[0].code == "changed");
    CHECK(opened->find("2").errors().front().code == "damaged");
    CHECK(opened->find("3"));
  }
  SUBCASE("an entry with a new hash breaks the chain") {
    const auto entry = [&] {
      CHECK(execute(path, trigger) == SQLITE_OK);
      return Store::open(path, Mode::read)->find("2").value();
    }();
    Entry forged = entry;
    forged.recorded_at = "2020";
    CHECK(execute(path,
                  "DROP TRIGGER entry_no_update; UPDATE entry SET recorded_at = '2020', "
                  "hash = '" +
                      hash_of(forged) + "' WHERE sequence = 2;" + trigger) == SQLITE_OK);
    const auto verified = Store::open(path, Mode::read)->verify();
    REQUIRE(verified.problems.size() == 1);
    CHECK(verified.problems[0].code == "broken-chain");
  }
}

TEST_CASE("store: what is no store is told apart and left alone") {
  const Scratch scratch;
  CHECK(code_of(scratch.path("none")) == "not-writable");
  CHECK(code_of(scratch.write("text", std::string(5000, 't'))) == "damaged");
  CHECK(code_of(scratch.write("short", "SQLite format 3")) == "damaged");
  CHECK(code_of(scratch.write("empty", "")) == "empty");
  const std::string other = scratch.path("other");
  CHECK(execute(other, "CREATE TABLE mine (a)") == SQLITE_OK);
  CHECK(code_of(other, Mode::create) == "not-a-store");
  const std::string newer = filled(scratch, 1);
  CHECK(execute(newer, "PRAGMA user_version = 99") == SQLITE_OK);
  CHECK(code_of(newer, Mode::create) == "newer");
  CHECK(code_of(newer) == "newer");
}

TEST_CASE("store: a store of version 1 is read as it is and brought up to date for writing") {
  const Scratch scratch;
  const std::string path = scratch.path("old");
  REQUIRE(execute(path, bytes_of(PANDECT_SOURCE "/tests/store/version-1.sql")) == SQLITE_OK);
  const std::string before = bytes_of(path);
  std::string head;
  {
    const auto read = Store::open(path, Mode::read);
    REQUIRE(read);
    const auto verified = read->verify();
    CHECK(verified.version == 1);
    CHECK(verified.entries == 2);
    CHECK(verified.problems.empty());
    head = verified.head;
  }
  CHECK(bytes_of(path) == before);
  const auto written = Store::open(path, Mode::write);
  REQUIRE(written);
  CHECK(written->verify().version == newest_version());
  CHECK(written->verify().head == head);
  Draft attestation = draft("a manifest");
  attestation.kind = "attestation";
  const auto entry = written->append(attestation);
  REQUIRE(entry);
  CHECK(entry->sequence == 3);
  CHECK(entry->previous == head);
  CHECK(written->verify().problems.empty());
  CHECK(execute(path, "DELETE FROM entry") == SQLITE_CONSTRAINT);
}

TEST_CASE("store: an old store cannot take what its version does not know, until it is migrated") {
  const Scratch scratch;
  const std::string path = scratch.path("old");
  REQUIRE(execute(path, bytes_of(PANDECT_SOURCE "/tests/store/version-1.sql")) == SQLITE_OK);
  CHECK(execute(path,
                "INSERT INTO entry SELECT 3, 'waiver', recorded_at, body, hash, 'h' FROM "
                "entry WHERE sequence = 2") == SQLITE_CONSTRAINT);
}

TEST_CASE("store: a backup is a whole store, and stays one while the first goes on") {
  const Scratch scratch;
  const auto made = Store::open(filled(scratch, 5, 9000), Mode::write);
  REQUIRE(made);
  const std::string copy = scratch.path("copy");
  CHECK_FALSE(made->backup(copy));
  REQUIRE(made->append(draft("later")));
  const auto opened = Store::open(copy, Mode::read);
  REQUIRE(opened);
  CHECK(opened->verify().entries == 5);
  CHECK(opened->verify().problems.empty());
  CHECK(made->backup(scratch.path("no/such/folder/copy"))->code == "not-writable");
}
