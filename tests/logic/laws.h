// Random small laws and records for tests, their form as pack and record, and how to make a failing
// one smaller. The same seed gives the same laws on every platform.
#pragma once

#include "logic/naive.h"

#include <functional>
#include <string>

namespace naive {

class Random {  // splitmix64
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next();
  int below(int bound) { return static_cast<int>(next() % static_cast<std::uint64_t>(bound)); }
  int between(int low, int high) { return low + below(high - low + 1); }
  bool chance(int percent) { return below(100) < percent; }

 private:
  std::uint64_t state_;
};

struct Bounds {
  int combinations = 500;  // of raw values that a record leaves open
  int open_facts = 6;
};

Law random_law(Random& random);
Case random_case(Random& random, const Law& law, const Bounds& bounds);
// The same record with one more answer.
Case with_answer(Random& random, const Law& law, Case input);

// As YAML. `order` shuffles what has no order by meaning.
std::string facts_text(const Law& law, Random* order = nullptr);
std::string rules_text(const Law& law, Random* order = nullptr);
std::string record_text(const Law& law, const Case& input);

// Drops parts for as long as the rest still fails.
void shrink(Law& law, Case& input, const std::function<bool(const Law&, const Case&)>& fails);

}  // namespace naive
