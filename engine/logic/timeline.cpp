#include "logic/timeline.h"

#include "logic/workspace.h"

#include <algorithm>

namespace pandect {

Timeline::Timeline(const Knowledge& knowledge, Day asked, std::size_t budget)
    : knowledge_(knowledge),
      program_(knowledge.program()),
      asked_(asked),
      budget_(budget),
      timeless_(knowledge, {0, 0, true}) {}

Evaluation& Timeline::on(Day day) {
  auto& entry = evaluations_[day];
  if (!entry) entry = std::make_unique<Evaluation>(knowledge_, day, std::min(day, asked_), budget_);
  if (last_ != nullptr && last_ != entry.get()) last_->forget_question();
  last_ = entry.get();
  return *entry;
}

// A comparison with as_of changes at the ends of its other side and on the day after each.
void Timeline::clock_days(std::uint32_t index, Binding at, std::vector<Day>& days) {
  const Node& node = program_.nodes[index];
  const auto children = program_.list(node.children);
  const bool first = program_.nodes[children[0]].op == Op::as_of;
  const bool second = program_.nodes[children[1]].op == Op::as_of;
  const auto add_end = [&](const std::optional<Number>& end) {
    if (!end) return;
    const Day day = static_cast<Day>(end->floor().to_int());
    days.push_back(day);
    days.push_back(day + 1);
  };
  if (first != second) {
    const NumberValue other = timeless_.number(children[first ? 1 : 0], at);
    if (other.never || other.open) return;
    add_end(other.range.low);
    add_end(other.range.high);
    if (!other.range
             .is_point()) {  // where other conditions cut the same date, the course can change too
      Workspace workspace(now(), false, {});
      for (const Number& image : workspace.images(children[first ? 1 : 0], at)) add_end(image);
    }
    return;
  }
  // as_of stands inside an expression: look day by day, at all that the other side may be, and
  // where that leaves it open at each point that other conditions tell apart.
  const Stretch open = changes(index, at, {day_of({1990, 1, 1}), day_of({2100, 1, 1})}, {}, days);
  if (open.first == open.end) return;
  Workspace workspace(now(), false, {});
  CellId cell = 0;
  for (const NumberValue& value : workspace.points(index, at, cell)) {
    changes(
        index, at, {open.first - 1, open.end + 1},
        [&](CellId each) { return each == cell ? &value : nullptr; }, days);
  }
}

// Days within `among` on which the value becomes another one; the stretch in which it is unknown.
Timeline::Stretch Timeline::changes(std::uint32_t index, Binding at, Stretch among,
                                    const Kleene::NumberRule& read, std::vector<Day>& days) {
  Stretch open{among.end, among.end};
  Truth before = Truth::unknown;
  for (Day day = among.first; day < among.end; ++day) {
    Kleene probe(knowledge_, {day, std::min(day, asked_), false}, false);
    if (read) probe.read_numbers_with(read);
    const Truth value = probe.evaluate(index, at);
    if (day > among.first && value != before) days.push_back(day);
    if (value == Truth::unknown) {
      if (open.first == among.end) open.first = day;
      open.end = day + 1;
    }
    before = value;
  }
  if (open.first == among.end) open.end = open.first;
  return open;
}

std::vector<Day> Timeline::critical_days(std::uint32_t obligation, Binding at) {
  const Obligation& duty = program_.obligations[obligation];
  const auto law = program_.days.slice(duty.dates);
  std::vector<Day> days(law.begin(), law.end());
  for (const std::uint32_t clock : program_.list(duty.clocks)) {
    const bool model = (program_.nodes[clock].flags & kReadsModel) != 0;
    if (model && at.model < 0) {
      for (int i = 0; i < knowledge_.models(); ++i) clock_days(clock, {at.deployment, i}, days);
    } else {
      clock_days(clock, at, days);
    }
  }
  for (const auto& each : knowledge_.determinations()) {
    if (each.made) days.push_back(*each.made);
    if (each.through) days.push_back(*each.through + 1);
  }
  std::sort(days.begin(), days.end());
  days.erase(std::unique(days.begin(), days.end()), days.end());
  return days;
}

std::vector<std::pair<Day, Truth>> Timeline::course(std::uint32_t obligation, Binding at) {
  const Obligation& duty = program_.obligations[obligation];
  const std::vector<Day> days = critical_days(obligation, at);
  std::vector<std::pair<Day, Truth>> course;
  const Day before = days.empty() ? asked_ : days.front() - 1;
  course.emplace_back(kNoDay, on(before).value(duty.root, at));
  for (const Day day : days) course.emplace_back(day, on(day).value(duty.root, at));
  return course;
}

// The lines of semantics 7.2 in their order; a day is evaluated only when its line is reached.
DutyStatus Timeline::status(std::uint32_t obligation, Binding at) {
  const Obligation& duty = program_.obligations[obligation];
  DutyStatus result;
  result.shown_on = asked_;
  if (timeless_.evaluate(duty.root, at) == Truth::false_) return result;
  const auto explain = [&](Day day) {
    const Conclusion conclusion = on(day).conclude(duty.root, at);
    result.missing = conclusion.missing;
    result.open = conclusion.open;
    result.decided_by = conclusion.decided_by;
    result.over_approximated = conclusion.over_approximated;
    result.shown_on = day;
  };
  const Truth today = on(asked_).value(duty.root, at);
  if (today == Truth::unknown) {
    result.status = Status::undetermined;
    explain(asked_);
    return result;
  }
  const std::vector<Day> days = critical_days(obligation, at);
  const auto next = std::upper_bound(days.begin(), days.end(), asked_);
  const auto value = [&](Day day) { return on(day).value(duty.root, at); };
  if (today == Truth::true_) {
    result.status = Status::due;
    auto first = next;  // back over the unbroken run up to today
    bool beginning = false;
    while (first != days.begin() && !beginning) {
      const Day before = *std::prev(first) - 1;
      beginning = value(before) != Truth::true_;
      --first;
    }
    if (beginning) result.applies_from = *first;
    explain(asked_);
    set_deadline(duty, at, result);
    return result;
  }
  for (auto day = next; day != days.end(); ++day) {
    const Truth then = value(*day);
    if (then == Truth::unknown && !result.earliest) result.earliest = *day;
    if (then != Truth::true_) continue;
    result.status = Status::upcoming;
    result.applies_from = *day;
    explain(*day);
    set_deadline(duty, at, result);
    return result;
  }
  if (result.earliest) {
    result.status = Status::undetermined;
    explain(*result.earliest);
    return result;
  }
  for (auto day = next; day != days.begin();) {
    --day;
    if (value(*day - 1) != Truth::true_) continue;
    result.status = Status::ended;
    result.ended_on = *day;
    return result;
  }
  return result;
}

void Timeline::set_deadline(const Obligation& duty, Binding at, DutyStatus& result) {
  if (duty.deadline == kNone) return;
  const NumberValue value = now().kleene().number(duty.deadline, at);
  if (value.never || value.open || !value.range.low || !value.range.high) return;
  result.deadline_first = static_cast<Day>(value.range.low->to_int());
  result.deadline_last = static_cast<Day>(value.range.high->to_int());
  result.overdue = result.status == Status::due && asked_ > *result.deadline_last;
}

}  // namespace pandect
