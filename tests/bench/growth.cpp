#include "bench/growth.h"

#include "bench/bench.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>

namespace bench {
namespace {

constexpr double kLongest = 20'000;  // ms: a call that would take longer is left out
constexpr double kLinear = 1.2;      // exponents up to here are called linear
constexpr double kNoise = 0.01;      // ms: a figure below this is not judged

double now() {
  timespec time{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

// The first call says how often: short ones many times in a row, long ones once.
double milliseconds(const std::function<void()>& work) {
  double start = now();
  work();
  const double first = now() - start;
  if (first > 1500) return first;
  const int inner = first > 0.3 ? 1 : static_cast<int>(0.5 / std::max(first, 1e-4)) + 1;
  const int runs = first > 150 ? 3 : 9;
  std::vector<double> times;
  for (int i = 0; i < runs; ++i) {
    start = now();
    for (int k = 0; k < inner; ++k) work();
    times.push_back((now() - start) / inner);
  }
  return median(times);
}

std::string cell(double value) {
  char text[32];
  if (!(value > 0)) return "-";
  const int digits = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : value >= 0.1 ? 3 : 4;
  std::snprintf(text, sizeof text, "%.*f", digits, value);
  return text;
}

std::string power(double slope) {
  char text[32];
  std::snprintf(text, sizeof text, "n^%.2f", slope);
  return text;
}

}  // namespace

Growth::Figure& Growth::figure(const std::string& name, Unit unit) {
  for (Figure& each : figures_) {
    if (each.name == name && each.unit == unit) return each;
  }
  return figures_.emplace_back(Figure{name, unit, std::vector<double>(sizes_.size(), 0)});
}

bool Growth::time(const std::string& name, std::size_t at, const std::function<void()>& work,
                  double calls) {
  Figure& each = figure(name, Unit::milliseconds);
  if (at > 0) {
    if (!(each.values[at - 1] > 0)) return false;
    const double step = sizes_[at] / sizes_[at - 1];
    double slope = 1;
    exponent(each, slope);
    if (each.values[at - 1] * std::pow(step, std::max(slope, 1.0)) > kLongest) return false;
  }
  each.values[at] = milliseconds(work) / calls;
  return true;
}

void Growth::bytes(const std::string& name, std::size_t at, double bytes) {
  figure(name, Unit::kilobytes).values[at] = bytes / 1024;
}

bool Growth::exponent(const Figure& each, double& slope) const {
  std::vector<std::pair<double, double>> points;
  for (std::size_t i = sizes_.size(); i-- > 0 && points.size() < 3;) {
    if (each.values[i] > 0) points.emplace_back(std::log(sizes_[i]), std::log(each.values[i]));
  }
  if (points.size() < 2) return false;
  double x = 0, y = 0, above = 0, below = 0;
  for (const auto& [a, b] : points) {
    x += a / static_cast<double>(points.size());
    y += b / static_cast<double>(points.size());
  }
  for (const auto& [a, b] : points) {
    above += (a - x) * (b - y);
    below += (a - x) * (a - x);
  }
  slope = above / below;
  return true;
}

void Growth::print() const {
  std::printf("\n  %-34s", (name_ + ", n =").c_str());
  for (const double size : sizes_) std::printf(" %9.0f", size);
  std::printf("\n");
  for (const Figure& each : figures_) {
    const bool timed = each.unit == Unit::milliseconds;
    std::printf("    %-29s %s", each.name.c_str(), timed ? "ms" : "kB");
    for (const double value : each.values) std::printf(" %9s", cell(value).c_str());
    double slope = 0;
    if (exponent(each, slope)) {
      const double largest = *std::max_element(each.values.begin(), each.values.end());
      const bool steep = slope > kLinear && (!timed || largest > kNoise);
      std::printf("   %s%s", power(slope).c_str(), steep ? "  worse than linear" : "");
    }
    std::printf("\n");
  }
  std::fflush(stdout);
}

Panel Growth::panel() const {
  Panel panel{name_, x_title_, "ms of processor time", sizes_, {}};
  for (const Figure& each : figures_) {
    double slope = 0;
    if (each.unit != Unit::milliseconds || !exponent(each, slope)) continue;
    panel.lines.push_back({each.name, power(slope), each.values, slope > kLinear});
  }
  return panel;
}

}  // namespace bench
