// One axis of `./dev bench growth`: figures at growing sizes, their exponent, a table and a panel.
#pragma once

#include "bench/plot.h"

#include <functional>
#include <string>
#include <vector>

namespace bench {

class Growth {
 public:
  enum class Unit { milliseconds, kilobytes };

  Growth(std::string name, std::string x_title, std::vector<double> sizes)
      : name_(std::move(name)), x_title_(std::move(x_title)), sizes_(std::move(sizes)) {}

  const std::vector<double>& sizes() const { return sizes_; }
  // Time of one call at size `at`, in processor time; not measured where the step before foretells
  // more than a few seconds. False then.
  // `calls`: what is timed counts as so many calls.
  bool time(const std::string& name, std::size_t at, const std::function<void()>& work,
            double calls = 1);
  void bytes(const std::string& name, std::size_t at, double bytes);

  void print() const;
  Panel panel() const;  // the times

 private:
  struct Figure {
    std::string name;
    Unit unit = Unit::milliseconds;
    std::vector<double> values;  // 0: not measured
  };
  Figure& figure(const std::string& name, Unit unit);
  // Slope in the log-log plane through the last three points; false with fewer than two.
  bool exponent(const Figure& figure, double& slope) const;

  std::string name_, x_title_;
  std::vector<double> sizes_;
  std::vector<Figure> figures_;
};

}  // namespace bench
