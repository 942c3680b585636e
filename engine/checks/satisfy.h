// Whether conditions can hold together for any system at all on a day: exact analysis over a record
// that says nothing. Exceptions under a burden of proof may go either way, so "never" is certain
// and "possible" is not.
#pragma once

#include "checks/analysis_example.h"
#include "checks/force.h"
#include "logic/exact.h"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <vector>

namespace pandect {

class Workspace;

class Satisfiability {
 public:
  // The record names one model; unless `models_complete` there may be others.
  explicit Satisfiability(const Program& program, bool models_complete = false);

  struct Condition {
    std::uint32_t node = kNone;  // kNone: always true
    bool negated = false;
  };
  // False only if no record that the axioms allow makes all of them true; empty if it took too long
  // or turns on what is known of a record.
  std::optional<bool> possible(const std::vector<Condition>& conditions, Scope scope,
                               const Asked& asked);
  // A record that makes all of them true, with as few answers as there can be; empty if there is
  // none or none was found. It has been evaluated and does make them true.
  std::optional<Example> example(const std::vector<Condition>& conditions, Scope scope,
                                 const Asked& asked);
  // Which of these facts some condition turns on: there are two records that differ in that fact
  // alone, and the condition in its value. Exceptions under a burden of proof count with their
  // conditions. Empty if it took too long.
  std::optional<std::set<std::uint32_t>> turns_on(std::uint32_t node,
                                                  const std::set<std::uint32_t>& facts, Scope scope,
                                                  const Asked& asked);
  // The rules whose dates can matter to these conditions.
  std::vector<Term> terms(const std::vector<Condition>& conditions) const;
  // The same as `possible` without the axioms.
  std::optional<bool> possible_by_form(const std::vector<Condition>& conditions, Scope scope,
                                       const Asked& asked);

 public:
  // Spent so far: diagram nodes, not time.
  std::size_t work() const { return work_; }

 private:
  static Binding binding(Scope scope) { return scope == kModel ? Binding{-1, 0} : Binding{0, -1}; }
  std::unique_ptr<Workspace> workspace(const std::vector<Condition>& conditions, Scope scope,
                                       const Asked& asked);
  // All of them together, kNone if that cannot be told.
  std::uint32_t build(Workspace& workspace, const std::vector<Condition>& conditions, Scope scope,
                      bool axioms);
  std::optional<bool> decide(const std::vector<Condition>& conditions, Scope scope,
                             const Asked& asked, bool axioms);
  bool confirms(const Record& record, const std::vector<Condition>& conditions, Scope scope,
                const Asked& asked) const;
  bool asks_known(std::uint32_t node);
  Evaluation& evaluation(const Asked& asked);

  const Program& program_;
  std::size_t work_ = 0;
  Record record_;
  Diagnostics problems_;
  std::unique_ptr<Knowledge> knowledge_;
  std::map<std::pair<Day, Day>, std::unique_ptr<Evaluation>> evaluations_;
  std::vector<std::uint8_t> known_;  // per node: 0 not looked at, 1 no, 2 yes
};

}  // namespace pandect
