// How fast a scan is: a generated tree of code, once by `pandect scan`, once by ripgrep (if it is
// installed) with the same patterns, in the same run; and one file of 2 GB.
#include "plugins/scan/scan.h"

#include "bench/bench.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include <unistd.h>

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

// Plain code of a few languages; one file in a hundred holds a sign.
void write_tree(const fs::path& root, std::size_t count) {
  const char* const kEndings[] = {".py", ".ts", ".go", ".java", ".rs", ".cpp", ".rb", ".yaml"};
  const std::string filler =
      "def total(items, tax):\n    return sum(i.price for i in items) * (1 + tax)\n\n"
      "class Order:\n    def __init__(self, owner, lines):\n        self.owner = owner\n"
      "        self.lines = list(lines)\n\n";
  for (std::size_t each = 0; each < count; ++each) {
    const fs::path folder =
        root / ("d" + std::to_string(each % 317)) / ("e" + std::to_string(each % 7));
    if (each < 317 * 7) fs::create_directories(folder);
    std::ofstream file(folder / ("f" + std::to_string(each) + kEndings[each % 8]));
    for (std::size_t part = 0; part < 4 + each % 13; ++part) file << filler;
    if (each % 100 == 0) file << "import openai\nclient.chat.completions.create(model='gpt-4o')\n";
  }
}

double wall_seconds(const std::string& command) {
  const auto start = Clock::now();
  const int status = std::system(command.c_str());
  if (status != 0 && status != 256) return -1;  // ripgrep: 1 is "no match"
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// The middle of five, after one that fills the cache of files.
double median_of(const std::string& command) {
  wall_seconds(command);
  std::vector<double> times;
  for (int each = 0; each < 5; ++each) times.push_back(wall_seconds(command));
  return bench::median(std::move(times));
}

// RE2::QuoteMeta escapes more than ripgrep takes.
std::string quoted(const std::string& name) {
  std::string out;
  for (const char each : name) {
    if (std::string_view("\\.+*?()|[]{}^$").find(each) != std::string_view::npos) out += '\\';
    out += each;
  }
  return out;
}

std::size_t write_patterns(const fs::path& path) {
  const auto pack = pandect::scan::read_signals(PANDECT_SOURCE "/rules/signals");
  if (!pack) return 0;
  std::ofstream file(path);
  std::size_t count = 0;
  for (const auto& signal : pack->signals) {
    for (const auto& code : signal.code) {
      file << code.pattern << "\n";
      ++count;
    }
    for (const auto& [language, modules] : signal.imports) {
      for (const auto& module : modules) {
        const bool prefix = module.ends_with('*');
        file << "(?:import|from|use|using|require|include)\\b.{0,40}\\b"
             << quoted(prefix ? module.substr(0, module.size() - 1) : module) << "\n";
        ++count;
      }
    }
  }
  return count;
}

}  // namespace

void bench::scan() {
  constexpr std::size_t count = 100'000;
  std::string name = (fs::temp_directory_path() / "pandect-bench-XXXXXX").string();
  const fs::path folder = ::mkdtemp(name.data());
  const fs::path tree = folder / "tree", patterns = folder / "patterns";
  write_tree(tree, count);
  const std::size_t pattern_count = write_patterns(patterns);
  const std::string quiet = " > /dev/null 2>&1";
  const double ours = median_of(PANDECT_BINARY " scan " + tree.string() + " --format json" + quiet);
  std::printf("\nscan of %zu generated files for %zu patterns (wall time, medians of 5)\n", count,
              pattern_count);
  std::printf("  pandect scan        %7.2f s  %9.0f files/s\n", ours,
              static_cast<double>(count) / ours);
  if (std::system("command -v rg > /dev/null 2>&1") == 0) {
    const double theirs = median_of("rg --no-messages --hidden --count-matches -f " +
                                    patterns.string() + " " + tree.string() + quiet);
    std::printf("  ripgrep, same       %7.2f s  %9.0f files/s   ratio %.2f\n", theirs,
                static_cast<double>(count) / theirs, ours / theirs);
  } else {
    std::puts("  ripgrep is not installed: nothing to compare with");
  }
  fs::remove_all(tree);
  fs::create_directories(tree);
  std::ofstream(tree / "big.py") << "import openai\n";
  fs::resize_file(tree / "big.py", 2ull << 30);
  std::ofstream(tree / "big.bin") << "PK";
  fs::resize_file(tree / "big.bin", 2ull << 30);
  std::printf("  two files of 2 GB   %7.3f s\n",
              median_of(PANDECT_BINARY " scan " + tree.string() + quiet));
  fs::remove_all(folder);
}
