// Small multiples of log-log lines as one SVG, labelled on the lines, readable on light and dark.
#pragma once

#include <string>
#include <vector>

namespace bench {

struct Line {
  std::string name, note;      // note: a few characters after the name
  std::vector<double> values;  // by x; what is not above 0 was not measured
  bool steep = false;          // drawn so that it stands out
};

struct Panel {
  std::string title, x_title, y_title;
  std::vector<double> xs;
  std::vector<Line> lines;
};

std::string svg_of(const std::string& title, const std::string& note,
                   const std::vector<Panel>& panels);

}  // namespace bench
