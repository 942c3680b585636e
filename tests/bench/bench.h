// What the parts of `./dev bench` share. A part is a file that defines one function, and a row in
// the table of main.cpp; `./dev bench NAME...` runs the parts whose name contains one of the words.
#pragma once

#include "pandect/program.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace bench {

double median(std::vector<double> values);
// Seconds of processor time of one call in this thread, the median of several after a first one
// that does not count.
double seconds(const std::function<void()>& work, int runs);
// splitmix64: the same numbers everywhere.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15ull;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return z ^ (z >> 31);
  }
  int below(int bound) { return static_cast<int>(next() % static_cast<std::uint64_t>(bound)); }
  bool chance(int percent) { return below(100) < percent; }

 private:
  std::uint64_t state_;
};

// The rules that are measured: the made-up pack of 30 rules, each shipped pack, all of them.
struct RuleSet {
  std::string name;
  pandect::ProgramPtr program;
};
std::vector<RuleSet> rule_sets();

// A random answer as JSON.
std::string random_answer(const pandect::Program& program, const pandect::Fact& fact,
                          Random& random);
// A random flat line of NDJSON: each fact of a system is stated with this chance in a hundred.
std::string random_line(const pandect::Program& program, Random& random, int stated, int number);

void one_shot();
void check_table(const std::string& example);
void bulk_columns();  // (a) logic only
void bulk_lines();    // (b) NDJSON to verdicts
void scan();          // (e) beside ripgrep with the same patterns
void growth_rules();
void growth_facts();
void growth_records();
void growth_depth();
void draw_growth(const std::string& file);  // the parts of growth that ran
// For tests/bench/peers: DAY COMPLETE MISSING MANY COPIES; prints JSON.
int peer(int count, char** words);

}  // namespace bench
