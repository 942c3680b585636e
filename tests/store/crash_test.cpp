// The store under bad luck: killed writers, two writers, no room, no permission.
#include "store/store.h"
#include "store/stores.h"

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <map>
#include <random>

#include <doctest/doctest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace pandect;
using namespace pandect::store;
using namespace pandect::testing;

namespace {

// How many writes are acknowledged before the loop ends; PANDECT_STORE_WRITES=1000 for the long
// run.
int wanted_writes() {
  const char* text = std::getenv("PANDECT_STORE_WRITES");
  return text == nullptr ? 60 : std::atoi(text);
}

pid_t child(const std::function<int()>& work) {
  const pid_t id = ::fork();
  if (id == 0) ::_exit(work());
  return id;
}

int status_of(pid_t id) {
  int status = 0;
  ::waitpid(id, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

struct Acknowledged {
  std::int64_t sequence = 0;
  std::array<char, 64> hash{};
};

// Appends without end and says of each entry that it is safe, once it is.
int write_forever(const std::string& path, int answer) {
  const auto opened = Store::open(path, Mode::create);
  if (!opened) return 1;
  for (int i = 0;; ++i) {
    const auto entry = opened->append(draft(std::to_string(i) + std::string(9000, 'k')));
    if (!entry) return 2;
    Acknowledged said{entry->sequence, {}};
    std::copy(entry->hash.begin(), entry->hash.end(), said.hash.begin());
    if (::write(answer, &said, sizeof(said)) != sizeof(said)) return 3;
  }
}

}  // namespace

TEST_CASE("store: a writer killed at any moment loses nothing that it acknowledged") {
  const Scratch scratch;
  const std::string path = scratch.path("store.sqlite3");
  std::map<std::int64_t, std::string> acknowledged;
  std::mt19937 random(7);
  int killed = 0;
  while (static_cast<int>(acknowledged.size()) < wanted_writes()) {
    REQUIRE(killed < 100 * wanted_writes());
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    const pid_t id = child([&] {
      ::close(ends[0]);
      return write_forever(path, ends[1]);
    });
    ::close(ends[1]);
    // Lets it write a few, then strikes between any two instructions.
    Acknowledged said;
    std::vector<Acknowledged> all;
    const auto take = [&] {
      if (::read(ends[0], &said, sizeof(said)) != sizeof(said)) return false;
      all.push_back(said);
      return true;
    };
    for (unsigned i = random() % 4; i > 0 && take(); --i) {
    }
    ::usleep(random() % 4000);
    ::kill(id, SIGKILL);
    CHECK(status_of(id) == 128 + SIGKILL);
    ++killed;
    while (take()) {
    }
    ::close(ends[0]);
    for (const auto& each : all)
      acknowledged[each.sequence] = std::string(each.hash.begin(), each.hash.end());
    if (std::filesystem::exists(path)) {
      const auto opened = Store::open(path, Mode::create);  // undoes what was half done
      REQUIRE(opened);
    }
  }
  const auto opened = Store::open(path, Mode::read);
  REQUIRE(opened);
  const auto verified = opened->verify();
  CHECK(verified.problems.empty());
  CHECK(verified.entries >= static_cast<std::int64_t>(acknowledged.size()));
  std::map<std::int64_t, std::string> found;
  CHECK_FALSE(opened->each(1, [&](const Entry& entry) {
    found[entry.sequence] = entry.hash;
    return true;
  }));
  std::size_t lost = 0;
  for (const auto& [sequence, hash] : acknowledged) lost += found[sequence] == hash ? 0 : 1;
  CHECK(lost == 0);
  MESSAGE("writers killed: " << killed << ", writes acknowledged: " << acknowledged.size()
                             << ", lost: " << lost);
}

TEST_CASE("store: whoever comes while another makes the file finds nothing, or a store") {
  const Scratch scratch;
  for (int round = 0; round < 150; ++round) {
    const std::string path = scratch.path(std::to_string(round) + ".sqlite3");
    std::vector<pid_t> comers;
    for (int comer = 0; comer < 4; ++comer)
      comers.push_back(child([&] { return Store::open(path, Mode::create) ? 0 : 1; }));
    for (const pid_t each : comers) CHECK(status_of(each) == 0);
  }
}

TEST_CASE("store: two writers at once take turns, from the making of the file on") {
  const Scratch scratch;
  const std::string path = scratch.path("store.sqlite3");
  constexpr int kEach = 20;
  std::vector<pid_t> writers;
  for (int writer = 0; writer < 3; ++writer) {
    writers.push_back(child([&] {
      const auto opened = Store::open(path, Mode::create);
      if (!opened) return 1;
      for (int i = 0; i < kEach; ++i) {
        if (!opened->append(draft(std::to_string(writer) + "/" + std::to_string(i)))) return 2;
      }
      return 0;
    }));
  }
  for (const pid_t each : writers) CHECK(status_of(each) == 0);
  const auto opened = Store::open(path, Mode::read);
  REQUIRE(opened);
  const auto verified = opened->verify();
  CHECK(verified.problems.empty());
  CHECK(verified.entries == 3 * kEach);
}

TEST_CASE("store: a full disk refuses the entry and keeps the store whole") {
  const Scratch scratch;
  const std::string path = filled(scratch, 3);
  const pid_t id = child([&] {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{200 * 1024, 200 * 1024};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    const auto opened = Store::open(path, Mode::write);
    if (!opened) return 1;
    const auto entry = opened->append(draft(std::string(1024 * 1024, 'f')));
    if (entry) return 2;
    if (entry.errors().front().code != "disk") return 3;
    if (entry.errors().front().hint.empty()) return 4;
    return opened->append(draft("a small one still fits")) ? 0 : 5;
  });
  CHECK(status_of(id) == 0);
  const auto opened = Store::open(path, Mode::read);
  REQUIRE(opened);
  CHECK(opened->verify().entries == 4);
  CHECK(opened->verify().problems.empty());
}

TEST_CASE("store: where nothing may be written it can be read, and writing says why not") {
  const Scratch scratch;
  std::filesystem::create_directory(scratch.path("locked"));
  const std::string path = scratch.path("locked/store.sqlite3");
  {
    const auto made = Store::open(path, Mode::create);
    REQUIRE(made);
    REQUIRE(made->append(draft("one")));
  }
  ::chmod(path.c_str(), 0444);
  ::chmod(scratch.path("locked").c_str(), 0555);
  ::chmod(scratch.path(".").c_str(), 0755);
  const pid_t id = child([&] {
    if (::geteuid() == 0 && ::setuid(65534) != 0) return 1;  // root may write anywhere
    const auto read = Store::open(path, Mode::read);
    if (!read || !read->verify().problems.empty()) return 2;
    const auto write = Store::open(path, Mode::write);
    const Diagnostics problems = write ? write->append(draft("two")).errors() : write.errors();
    if (problems.front().code != "not-writable") return 3;
    const auto made = Store::open(scratch.path("locked/other"), Mode::create);
    return !made && made.errors().front().code == "not-writable" ? 0 : 4;
  });
  CHECK(status_of(id) == 0);
  ::chmod(scratch.path("locked").c_str(), 0755);
}
