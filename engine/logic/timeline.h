// Duties over time: status, days and deadline of an obligation asked for on one day, by evaluating
// at every day on which something changes (semantics 7).
#pragma once

#include "logic/exact.h"

#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace pandect {

enum class Status : std::uint8_t { due, upcoming, undetermined, ended, not_applicable };

struct DutyStatus {
  Status status = Status::not_applicable;
  std::optional<Day> applies_from, earliest, ended_on;
  std::optional<Day> deadline_first, deadline_last;  // the interval of the last day in time
  bool overdue = false;                              // by the calendar alone; evidence may mend it
  std::vector<std::string> missing;
  std::vector<OpenException> open;
  DecidedBy decided_by = DecidedBy::kleene;
  bool over_approximated = false;
  Day shown_on = 0;  // the day whose proof explains the status
};

class Timeline {
 public:
  Timeline(const Knowledge& knowledge, Day asked, std::size_t budget = Evaluation::kDefaultBudget);

  Day asked() const { return asked_; }
  const Knowledge& knowledge() const { return knowledge_; }
  Evaluation& on(Day day);  // with the book of min(day, asked)
  Evaluation& now() { return on(asked_); }

  DutyStatus status(std::uint32_t obligation, Binding at);
  // Days on which the value can change, ascending.
  std::vector<Day> critical_days(std::uint32_t obligation, Binding at);
  // The value on each stretch between critical days: first day (kNoDay: no beginning) and value.
  std::vector<std::pair<Day, Truth>> course(std::uint32_t obligation, Binding at);

 private:
  struct Stretch {
    Day first, end;
  };
  Stretch changes(std::uint32_t node, Binding at, Stretch among, const Kleene::NumberRule& read,
                  std::vector<Day>& days);
  void clock_days(std::uint32_t node, Binding at, std::vector<Day>& days);
  void set_deadline(const Obligation& duty, Binding at, DutyStatus& result);

  const Knowledge& knowledge_;
  const Program& program_;
  Day asked_;
  std::size_t budget_;
  Kleene timeless_;
  std::map<Day, std::unique_ptr<Evaluation>> evaluations_;
  Evaluation* last_ = nullptr;  // only this one keeps a question
};

}  // namespace pandect
