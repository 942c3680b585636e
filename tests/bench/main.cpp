// ./dev bench: where the time of one check goes, medians of several runs, on the examples of this
// tree. Prints only; it judges nothing. Rows name what they measure.
#include "assessment/assess.h"
#include "bench/bench.h"
#include "checks/cases.h"
#include "packs/folder.h"
#include "packs/image.h"
#include "packs/library.h"
#include "reports/report.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

using namespace pandect;

namespace {

using Clock = std::chrono::steady_clock;
constexpr int kRuns = 25;

double time_of(const std::function<void()>& work, int runs = kRuns) {
  work();
  std::vector<double> values;
  for (int i = 0; i < runs; ++i) {
    const auto start = Clock::now();
    work();
    values.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
  }
  return bench::median(values);
}

void row(const std::string& name, double milliseconds, const std::string& note = {}) {
  std::printf("  %-46s %10.3f ms  %s\n", name.c_str(), milliseconds, note.c_str());
}

void spawn(const std::vector<std::string>& words) {
  std::fflush(stdout);  // or the child writes what waits here once more
  const pid_t child = ::fork();
  if (child == 0) {
    std::vector<char*> arguments;
    for (const auto& each : words) arguments.push_back(const_cast<char*>(each.c_str()));
    arguments.push_back(nullptr);
    for (std::FILE* each : {stdout, stderr})
      if (std::freopen("/dev/null", "w", each) == nullptr) ::_exit(126);
    ::execvp(arguments[0], arguments.data());
    ::_exit(127);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
}

void machine() {
  std::ifstream info("/proc/cpuinfo");
  std::string line;
  while (std::getline(info, line)) {
    if (line.starts_with("model name")) {
      std::printf("machine: %s, %u cores\n", line.substr(line.find(':') + 2).c_str(),
                  std::thread::hardware_concurrency());
      break;
    }
  }
  std::printf("pandect " PANDECT_VERSION ", g++ " __VERSION__ ", medians of %d runs\n\n", kRuns);
}

void one_shot(const std::string& example) {
  const std::string folder = PANDECT_SOURCE "/examples/" + example;
  std::printf("one-shot check of examples/%s, all packs, warm cache (whole processes)\n",
              example.c_str());
  const double floor = time_of([] { spawn({"true"}); });
  row("a bare process (true)", floor);
  const double version = time_of([] { spawn({PANDECT_BINARY, "--version"}); });
  row("pandect --version", version);
  for (const char* format : {"text", "json"}) {
    const double check = time_of([&] {
      spawn({PANDECT_BINARY, "check", folder, "--as-of", "2026-11-21", "--format", format});
    });
    row("pandect check --format " + std::string(format), check,
        "x" + std::to_string(check / floor).substr(0, 4) + " of a bare process");
  }
}

void inside(const std::string& example) {
  std::printf("\nwhere it goes, inside the process\n");
  Library library;
  library.folder = PANDECT_SOURCE "/rules";
  library.cache = cache_folder();
  ProgramPtr program;
  row("open the packs from the cache", time_of([&] { program = library.load({}).program; }));
  if (!program) return;
  auto text =
      read_text(PANDECT_SOURCE "/examples/" + example + "/pandect.yaml", yaml::kMaximumBytes);
  yaml::Document document;
  row("parse the manifest (" + std::to_string(text->size() / 1024) + " KiB of YAML)",
      time_of([&] { document = *yaml::parse("pandect.yaml", *text); }));
  Manifest manifest;
  row("check its answers against the facts",
      time_of([&] { manifest = *read_manifest(*program, document); }));
  const auto records = records_of(manifest);
  Diagnostics problems;
  row("lay out the record, axioms, closed world",
      time_of([&] { const Knowledge knowledge(*program, records[0].record, problems); }));
  AssessOptions options;
  options.as_of = *parse_day("2026-11-21");
  options.engine_version = PANDECT_VERSION;
  Assessment assessment;
  row("assess: conclusions, duties over time, reasons",
      time_of([&] { assessment = *assess(*program, manifest, options); }));
  for (const auto& format : reports::formats()) {
    std::string bytes;
    const double spent = time_of([&] { bytes = format.render(assessment, {}); });
    row("render " + format.name, spent, std::to_string(bytes.size() / 1024) + " KiB");
  }
}

void packs() {
  std::printf("\npacks\n");
  Library library;
  library.folder = PANDECT_SOURCE "/rules";
  ProgramPtr program;
  row("read and link all packs from YAML (no cache)",
      time_of([&] { program = library.load({}).program; }, 5));
  std::string image;
  const double written = time_of([&] { image = image_of(*program, "bench"); });
  row("write the image", written, std::to_string(image.size() / 1024) + " KiB");
  row("check and open the image", time_of([&] { program_of(image, "bench", nullptr); }));
  std::size_t cases = 0;
  const double spent = time_of(
      [&] {
        cases = 0;
        for (const auto& id : library.ids()) {
          Diagnostics problems;
          const auto drafts = library.read_with_core(library.folder + "/" + id, problems);
          const Linked linked = link(drafts);
          std::vector<CaseFailure> failures;
          for (const auto& each : drafts.back().cases) {
            run_case(*linked.program,
                     read_case(*linked.program, each, drafts.back().state_of_law, problems),
                     failures);
            ++cases;
          }
        }
      },
      3);
  row("run every case of every pack", spent,
      std::to_string(cases) + " cases, reading and linking included");
}

}  // namespace

namespace bench {

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

double seconds(const std::function<void()>& work, int runs) {
  const auto spent = [] {
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
  };
  work();
  std::vector<double> values;
  for (int i = 0; i < runs; ++i) {
    const double start = spent();
    work();
    values.push_back(spent() - start);
  }
  return median(std::move(values));
}

void one_shot() {
  ::one_shot("image-generator");
  bench::check_table("image-generator");
  bench::check_table("cv-screener");
  inside("image-generator");
}

}  // namespace bench

// `./dev bench` runs every part, `./dev bench WORD...` those whose name contains one of the words;
// `--plot FILE` says where the picture of `growth` goes.
int main(int count, char** arguments) {
  if (count > 1 && std::string(arguments[1]) == "peer")
    return bench::peer(count - 2, arguments + 2);
  struct Part {
    const char* name;
    void (*run)();
  };
  std::string plot = PANDECT_SOURCE "/build/bench/growth.svg";
  std::vector<std::string> words;
  for (int i = 1; i < count; ++i) {
    if (std::string(arguments[i]) == "--plot" && i + 1 < count)
      plot = arguments[++i];
    else
      words.emplace_back(arguments[i]);
  }
  const Part parts[] = {{"check", bench::one_shot},
                        {"packs", packs},
                        {"bulk-columns", bench::bulk_columns},
                        {"bulk-lines", bench::bulk_lines},
                        {"scan", bench::scan},
                        {"growth-rules", bench::growth_rules},
                        {"growth-facts", bench::growth_facts},
                        {"growth-records", bench::growth_records},
                        {"growth-depth", bench::growth_depth}};
  const auto wanted = [&](const Part& part) {
    bool any = words.empty();
    for (const auto& word : words)
      any = any || std::string(part.name).find(word) != std::string::npos;
    return any;
  };
  machine();
  bool ran = false;
  for (const Part& part : parts) {
    if (!wanted(part)) continue;
    part.run();
    ran = true;
  }
  bench::draw_growth(plot);
  if (!ran) {
    std::fprintf(stderr, "bench: no such part; there are:");
    for (const Part& part : parts) std::fprintf(stderr, " %s", part.name);
    std::fprintf(stderr, "\n");
  }
  return ran ? 0 : 2;
}
