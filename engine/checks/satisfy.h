// Whether conditions can hold together for any system at all on a day: exact analysis over a record
// that says nothing. Exceptions under a burden of proof may go either way, so "never" is certain
// and "possible" is not.
#pragma once

#include "checks/force.h"
#include "logic/exact.h"

#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace pandect {

class Satisfiability {
 public:
  explicit Satisfiability(const Program& program);

  struct Condition {
    std::uint32_t node = kNone;  // kNone: always true
    bool negated = false;
  };
  // False only if no record that the axioms allow makes all of them true; empty if it took too long
  // or turns on what is known of a record.
  std::optional<bool> possible(const std::vector<Condition>& conditions, Scope scope,
                               const Asked& asked);
  // The rules whose dates can matter to these conditions.
  std::vector<Term> terms(const std::vector<Condition>& conditions) const;
  // The same as `possible` without the axioms.
  std::optional<bool> possible_by_form(const std::vector<Condition>& conditions, Scope scope,
                                       const Asked& asked);

 private:
  std::optional<bool> decide(const std::vector<Condition>& conditions, Scope scope,
                             const Asked& asked, bool axioms);
  bool asks_known(std::uint32_t node);
  Evaluation& evaluation(const Asked& asked);

  const Program& program_;
  Record record_;
  Diagnostics problems_;
  std::unique_ptr<Knowledge> knowledge_;
  std::map<std::pair<Day, Day>, std::unique_ptr<Evaluation>> evaluations_;
  std::vector<std::uint8_t> known_;  // per node: 0 not looked at, 1 no, 2 yes
};

}  // namespace pandect
