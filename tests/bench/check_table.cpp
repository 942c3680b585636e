// Where the time of one `pandect check` goes, from before the process starts until it is gone.
#include "bench/bench.h"
#include "bench/check_steps.h"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <string>
#include <vector>

#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace bench {
namespace {

constexpr int kRuns = 61;

constexpr std::array<const char*, kSteps> kNames{
    "command line: options and help texts declared, read",
    "formats of the report chosen",
    "settings, waivers, reading the files of the inputs",
    "manifest: parse the YAML",
    "packs: find them, trust root, lockfile",
    "packs: look at each file for changes (stamp)",
    "packs: open the cache",
    "manifest: check its answers against the facts",
    "evidence: prepare, and what was skipped",
    "assess: conclusions, duties, reasons",
    "evidence: weigh, probe, read what probes read",
    "gate: contradictions, baseline, advice",
    "render the report",
    "write it",
};

// Milliseconds: of the clock, and of the processor.
struct Time {
  double wall = 0, processor = 0;
  void add(const Time& other, double share) {
    wall += other.wall * share;
    processor += other.processor * share;
  }
};

struct Run {
  Time whole, start, exit;
  std::array<Time, kSteps> spent{};
};

double now() {
  timespec time{};
  ::clock_gettime(CLOCK_MONOTONIC, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

double milliseconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3;
}

// Both outputs go to /dev/null. False if it could not run.
bool run(const std::vector<std::string>& words, double& begin, Time& whole) {
  std::vector<char*> arguments;
  for (const auto& each : words) arguments.push_back(const_cast<char*>(each.c_str()));
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  ::posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
  pid_t child = 0;
  begin = now();
  const bool started =
      ::posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ) == 0;
  int status = 0;
  rusage used{};
  const bool ended = started && ::wait4(child, &status, 0, &used) == child;
  whole = {now() - begin, milliseconds(used.ru_utime) + milliseconds(used.ru_stime)};
  ::posix_spawn_file_actions_destroy(&actions);
  return ended && WIFEXITED(status) && WEXITSTATUS(status) < 126;
}

bool timed_run(const std::vector<std::string>& words, int file, Run& result, Steps& steps) {
  steps = {};
  double begin = 0;
  if (!run(words, begin, result.whole)) return false;
  if (::pread(file, &steps, sizeof steps, 0) != sizeof steps || steps.end.wall == 0) return false;
  const auto in_ms = [](const Moment& moment) {
    return Time{static_cast<double>(moment.wall) / 1e6,
                static_cast<double>(moment.processor) / 1e6};
  };
  result.start = in_ms(steps.begin);
  result.start.wall -= begin;
  result.exit = {begin + result.whole.wall - in_ms(steps.end).wall,
                 result.whole.processor - in_ms(steps.end).processor};
  for (std::size_t i = 0; i < kSteps; ++i) result.spent[i] = in_ms(steps.spent[i]);
  return ::ftruncate(file, 0) == 0;
}

// The mean of the middle half, by their processor time: so that the rows add up.
Run middle(std::vector<Run> runs) {
  std::sort(runs.begin(), runs.end(),
            [](const Run& a, const Run& b) { return a.whole.processor < b.whole.processor; });
  const std::size_t first = runs.size() / 4, last = runs.size() - first;
  const double share = 1.0 / static_cast<double>(last - first);
  Run mean;
  for (std::size_t i = first; i < last; ++i) {
    mean.whole.add(runs[i].whole, share);
    mean.start.add(runs[i].start, share);
    mean.exit.add(runs[i].exit, share);
    for (std::size_t k = 0; k < kSteps; ++k) mean.spent[k].add(runs[i].spent[k], share);
  }
  return mean;
}

// Runs without steps.
class Whole {
 public:
  explicit Whole(std::vector<std::string> words) : words_(std::move(words)) {}
  void run_once() {
    double begin = 0;
    run(words_, begin, runs_.emplace_back().whole);
  }
  Time time() const { return middle(runs_).whole; }

 private:
  std::vector<std::string> words_;
  std::vector<Run> runs_;
};

void row(const char* name, const Time& spent, const Time& whole, const std::string& note = {}) {
  std::printf("    %-54s %8.3f %5.1f %%  %8.3f %5.1f %%  %s\n", name, spent.wall,
              100 * spent.wall / whole.wall, spent.processor,
              100 * spent.processor / whole.processor, note.c_str());
}

void print(const Run& mean, const Steps& steps, const Time& whole) {
  std::printf("    %-54s %17s  %17s\n", "", "ms", "ms of processor");
  row("process start: exec, dynamic linking, until main", mean.start, whole);
  Time sum;
  sum.add(mean.start, 1);
  for (std::size_t i = 0; i < kSteps; ++i) {
    std::string note;
    if (steps.calls[i] > 1) note = std::to_string(steps.calls[i]) + " times";
    if (steps.calls[i] == 0 && i > 0) note = "not passed";
    row(kNames[i], mean.spent[i], whole, note);
    sum.add(mean.spent[i], 1);
  }
  row("exit: until the process is gone", mean.exit, whole);
  sum.add(mean.exit, 1);
  row("remainder: the whole less these, in other runs",
      {whole.wall - sum.wall, whole.processor - sum.processor}, whole);
  row("the whole", whole, whole);
}

}  // namespace

void check_table(const std::string& example) {
  const std::vector<std::string> words{"check", PANDECT_SOURCE "/examples/" + example, "--as-of",
                                       "2026-11-21"};
  std::vector<std::string> plain{PANDECT_BINARY}, with_steps{PANDECT_STEPS};
  plain.insert(plain.end(), words.begin(), words.end());
  with_steps.insert(with_steps.end(), words.begin(), words.end());
  const int file = ::memfd_create("steps", 0);
  ::setenv(kStepsVariable, std::to_string(file).c_str(), 1);
  Whole bare({"true"}), version({PANDECT_BINARY, "--version"}), check(plain);
  std::vector<Run> runs;
  Steps steps;
  Whole(plain).run_once();  // makes the cache
  for (int i = 0; i < kRuns; ++i) {
    bare.run_once();
    version.run_once();
    check.run_once();
    Run each;
    if (timed_run(with_steps, file, each, steps)) runs.push_back(each);
  }
  ::unsetenv(kStepsVariable);
  ::close(file);
  if (runs.size() < kRuns / 2) {
    std::printf("  no steps: the program that times them did not run\n");
    return;
  }
  std::printf("\n  pandect check examples/%s, evidence looked at (mean of the middle of %d)\n",
              example.c_str(), kRuns);
  const Time whole = check.time();
  print(middle(std::move(runs)), steps, whole);
  row("  beside it: a bare process (true)", bare.time(), whole);
  row("  beside it: pandect --version", version.time(), whole);
}

}  // namespace bench
