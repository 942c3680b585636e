// A line drawing as values, in points from the upper left corner. What colour a role has is for the
// format to say. Knows nothing of assessments.
#pragma once

#include <string>
#include <vector>

namespace pandect::reports {

struct Shape {
  enum class Kind { line, circle, box, text };
  enum class Role { axis, grid, today, begins, deadline, overdue, label, faint, inside };
  Kind kind = Kind::line;
  Role role = Role::axis;
  double x = 0, y = 0;    // from; centre of a circle; anchor of a text, on its base line
  double x2 = 0, y2 = 0;  // to; the opposite corner of a box
  double radius = 0;
  double size = 11;  // of a text
  int anchor = 0;    // of a text: -1 starts at x, 0 centred, 1 ends at x
  std::string text;  // shown; of other shapes: what it means, for those who do not see it
};

struct Picture {
  double width = 0, height = 0;
  std::string title, text;  // in words
  std::vector<Shape> shapes;
};

}  // namespace pandect::reports
