#include "reports/timeline_picture.h"

#include "reports/layout.h"

#include <algorithm>
#include <map>

namespace pandect::reports {
namespace {

constexpr double kWidth = 760, kLabels = 128, kEnd = 736, kTop = 40, kLane = 46;
constexpr double kMinimumGap = 21;  // between two marks of one lane

struct Mark {
  Day day = kNoDay;
  Moment::Kind kind = Moment::Kind::begins;
  std::size_t count = 0;
  double x = 0;
};

class Drawing {
 public:
  Drawing(const std::vector<Moment>& moments, Day as_of, const Wording& words)
      : words_(words), as_of_(as_of) {
    first_ = last_ = as_of;
    for (const auto& each : moments) {
      first_ = std::min(first_, each.day);
      last_ = std::max(last_, each.day);
      auto& marks = lane(each.duty.item->jurisdiction);
      auto found = std::find_if(marks.begin(), marks.end(), [&](const Mark& mark) {
        return mark.day == each.day && mark.kind == each.kind;
      });
      if (found == marks.end()) found = marks.insert(marks.end(), {each.day, each.kind, 0, 0});
      ++found->count;
    }
    out_.text = words_(Word::timeline_text, {words_.date(first_), words_.date(last_)});
    const Day span = std::max<Day>(last_ - first_, 60);
    first_ -= span / 24 + 1;
    last_ += span / 24 + 1;
  }

  Picture draw() {
    out_.width = kWidth;
    out_.title = words_.title(Word::timeline);
    const double bottom = kTop + kLane * static_cast<double>(lanes_.size());
    years(bottom);
    double y = kTop + kLane / 2 + 6;
    for (auto& [id, marks] : lanes_) {
      text(kLabels - 12, y + 4, 1, Shape::Role::label, words_.jurisdiction(id), 12);
      line(kLabels, y, kEnd, y, Shape::Role::axis);
      put(marks, y, id);
      y += kLane;
    }
    today(bottom);
    out_.height = bottom + 34;
    legend(bottom + 26);
    return std::move(out_);
  }

 private:
  std::vector<Mark>& lane(const std::string& id) {
    for (auto& [known, marks] : lanes_) {
      if (known == id) return marks;
    }
    return lanes_.emplace_back(id, std::vector<Mark>{}).second;
  }
  double x_of(Day day) const {
    return kLabels + 8 +
           (kEnd - kLabels - 16) * (day - first_) / static_cast<double>(last_ - first_);
  }

  void line(double x, double y, double x2, double y2, Shape::Role role) {
    Shape shape;
    shape.role = role;
    shape.x = x, shape.y = y, shape.x2 = x2, shape.y2 = y2;
    out_.shapes.push_back(shape);
  }
  void text(double x, double y, int anchor, Shape::Role role, std::string shown, double size) {
    Shape shape;
    shape.kind = Shape::Kind::text;
    shape.role = role;
    shape.x = x, shape.y = y, shape.anchor = anchor, shape.size = size;
    shape.text = std::move(shown);
    out_.shapes.push_back(std::move(shape));
  }
  void circle(double x, double y, double radius, Shape::Role role, std::string meaning) {
    Shape shape;
    shape.kind = Shape::Kind::circle;
    shape.role = role;
    shape.x = x, shape.y = y, shape.radius = radius;
    shape.text = std::move(meaning);
    out_.shapes.push_back(std::move(shape));
  }

  void years(double bottom) {
    const int from = civil_of(first_).year, to = civil_of(last_).year;
    const int every = std::max(1, (to - from) / 10);
    for (int year = from; year <= to + 1; year += every) {
      const Day day = day_of({year, 1, 1});
      if (day < first_ || day > last_) continue;
      line(x_of(day), kTop - 4, x_of(day), bottom + 4, Shape::Role::grid);
      text(x_of(day), 14, 0, Shape::Role::faint, std::to_string(year), 11);
    }
  }

  void today(double bottom) {
    const double x = x_of(as_of_);
    line(x, kTop - 8, x, bottom + 4, Shape::Role::today);
    const bool right = x < kWidth - 180;
    text(x + (right ? 4 : -4), 32, right ? -1 : 1, Shape::Role::today,
         std::string(words_(Word::today_mark)) + " " + words_.date(as_of_), 10);
  }

  static Shape::Role role_of(Moment::Kind kind) {
    return kind == Moment::Kind::overdue    ? Shape::Role::overdue
           : kind == Moment::Kind::deadline ? Shape::Role::deadline
                                            : Shape::Role::begins;
  }
  std::string kind_text(Moment::Kind kind) const {
    return std::string(words_(kind == Moment::Kind::overdue    ? Word::overdue
                              : kind == Moment::Kind::deadline ? Word::deadline
                                                               : Word::begins));
  }

  // Marks stand in the order of their days and never cover one another.
  void put(std::vector<Mark>& marks, double y, const std::string& id) {
    std::stable_sort(marks.begin(), marks.end(),
                     [](const Mark& a, const Mark& b) { return a.day < b.day; });
    double before = 0;
    for (auto& mark : marks) before = mark.x = std::max(x_of(mark.day), before + kMinimumGap);
    double after = kEnd + kMinimumGap;
    for (auto at = marks.rbegin(); at != marks.rend(); ++at)
      after = at->x = std::min(at->x, after - kMinimumGap);
    double free = kLabels;  // where the next date may stand
    for (const auto& mark : marks) {
      const std::string count = words_.count(mark.count);
      circle(mark.x, y, 9.5, role_of(mark.kind),
             words_.jurisdiction(id) + ", " + words_.date(mark.day) + ", " + kind_text(mark.kind) +
                 ": " + count);
      text(mark.x, y + 3.5, 0, Shape::Role::inside, count, 10);
      const std::string date = words_.date(mark.day);
      const double half = width_of(date) * 2.75;
      if (mark.x - half < free || mark.x + half > kWidth) continue;
      text(mark.x, y - 14, 0, Shape::Role::faint, date, 10);
      free = mark.x + half + 4;
    }
  }

  void legend(double y) {
    double x = kLabels;
    for (const auto kind : {Moment::Kind::overdue, Moment::Kind::begins, Moment::Kind::deadline}) {
      const bool used = std::any_of(lanes_.begin(), lanes_.end(), [&](const auto& entry) {
        return std::any_of(entry.second.begin(), entry.second.end(),
                           [&](const Mark& mark) { return mark.kind == kind; });
      });
      if (!used) continue;
      const std::string words = kind_text(kind);
      circle(x + 5, y - 4, 5, role_of(kind), "");
      text(x + 15, y, -1, Shape::Role::label, words, 11);
      x += 36 + width_of(words) * 6.2;
    }
  }

  const Wording& words_;
  Day as_of_, first_ = 0, last_ = 0;
  std::vector<std::pair<std::string, std::vector<Mark>>> lanes_;
  Picture out_;
};

}  // namespace

std::vector<Moment> moments_of(const Outline& outline) {
  std::vector<Moment> out;
  for (const auto& group : outline.now) {
    if (group.kind != DutyGroup::Kind::overdue) continue;
    for (const auto& each : group.duties) {
      if (each.item->deadline) out.push_back({*each.item->deadline, Moment::Kind::overdue, each});
    }
  }
  for (const auto& each : outline.dates)
    out.push_back(
        {each.day, each.deadline ? Moment::Kind::deadline : Moment::Kind::begins, each.duty});
  std::stable_sort(out.begin(), out.end(),
                   [](const Moment& a, const Moment& b) { return a.day < b.day; });
  return out;
}

Picture timeline_picture(const std::vector<Moment>& moments, Day as_of, const Wording& words) {
  if (moments.empty()) return {};
  return Drawing(moments, as_of, words).draw();
}

std::string moment_kind(const Moment& moment, const Wording& words) {
  return std::string(words(moment.kind == Moment::Kind::overdue    ? Word::overdue
                           : moment.kind == Moment::Kind::deadline ? Word::deadline
                                                                   : Word::begins));
}

}  // namespace pandect::reports
