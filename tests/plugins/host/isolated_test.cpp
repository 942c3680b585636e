// Work that crashes in its own process is told apart from work that says what is wrong.
#include "plugins/host/isolated.h"

#include <csignal>
#include <stdexcept>
#include <string>

#include <doctest/doctest.h>
#include <unistd.h>

using pandect::plugins::Isolated;
using pandect::plugins::isolated;

namespace {

void leave(int) { ::_exit(1); }

// Sets a handler as a host may have one, and takes it away.
struct Handled {
  explicit Handled(int number) : signal(number), before(std::signal(number, leave)) {}
  ~Handled() { std::signal(signal, before); }
  Handled(const Handled&) = delete;
  Handled& operator=(const Handled&) = delete;
  int signal;
  void (*before)(int);
};

}  // namespace

TEST_CASE("isolated: work passes, says what is wrong, or throws") {
  CHECK(isolated([] { return std::string(); }, 20).passed);
  CHECK(isolated([] { return std::string("wrong"); }, 20).said == "wrong");
  CHECK(isolated([]() -> std::string { throw std::runtime_error("loud"); }, 20).said ==
        "it threw: loud");
}

TEST_CASE("isolated: a crash is a crash, whatever handler the host has set") {
  for (const int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT}) {
    const Handled handled(signal);
    const Isolated ended = isolated(
        [signal] {
          std::raise(signal);
          return std::string();
        },
        20);
    CHECK(!ended.passed);
    CHECK(ended.said.rfind("crashed: ", 0) == 0);
  }
}

TEST_CASE("isolated: work that does not end is ended") {
  const Isolated ended = isolated(
      [] {
        while (true) ::pause();
        return std::string();
      },
      1);
  CHECK(ended.said == "did not end within 1 s");
}
