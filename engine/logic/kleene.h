// Strong Kleene evaluation of one record on one day, with memo. Sound and fast; where it leaves a
// value unknown, `exact` decides whether it truly is (semantics 3, 5.1, 6.1).
#pragma once

#include "logic/knowledge.h"

#include <functional>
#include <vector>

namespace pandect {

struct NumberValue {
  Interval range;
  bool never = false;  // not applicable
  bool may_be_never = false;
  bool open = false;  // cannot be told (a calendar that ends, an overflow)
  std::string_view currency;
};

class Kleene {
 public:
  // Day asked for and the day whose law book counts (semantics 4.3).
  struct Moment {
    Day day = 0;
    Day book = 0;
    bool timeless = false;  // every date condition is unknown: a sound filter over all days
  };
  using BurdenRule = std::function<bool(std::uint32_t node, Binding at)>;
  using NumberRule = std::function<const NumberValue*(CellId)>;

  // Without memo for a few looks at small conditions.
  Kleene(const Knowledge& knowledge, Moment moment, bool memo = true);

  // Decides P of a burden whose body is unknown; without it such a P is false (Kleene alone).
  void decide_burdens_with(BurdenRule rule) { burden_rule_ = std::move(rule); }
  // Overrides the value of number cells; used by exact analysis. No memo while it is set.
  void read_numbers_with(NumberRule rule) { number_rule_ = std::move(rule); }

  Truth evaluate(std::uint32_t node, Binding at);
  NumberValue number(std::uint32_t node, Binding at);
  // Two numbers compared after conversion of the left one into the currency of the right.
  Truth compare(const Node& node, Binding at);
  // Value range of a number concept; `conflict` if two rules surely disagree.
  NumberValue concept_number(std::uint32_t concept_index, Binding at, bool* conflict = nullptr);

  bool in_date(const Rule& rule) const;
  const Moment& moment() const { return moment_; }
  const Knowledge& knowledge() const { return knowledge_; }

  // Bindings that a node can tell apart.
  Binding narrow(const Node& node, Binding at) const;
  // Effective truth of a fact test, guard included; no memo.
  Truth fact_truth(std::uint32_t fact, std::int32_t slot, Binding at);
  Truth guard_truth(CellId cell);
  Truth has_truth(const Node& node, Binding at);
  Truth one_of_truth(const Node& node, Binding at);
  Truth text_truth(const Node& node, Binding at);
  std::string missing_rate(const Node& node, Binding at);
  void forget();

 private:
  Truth compute(const Node& node, std::uint32_t index, Binding at);
  Truth junction(const Node& node, Binding at);
  Truth quantifier(const Node& node, Binding at);
  bool is_known(const Node& node, Binding at);
  NumberValue count(const Node& node, Binding at);
  NumberValue working_days(const Node& node, Binding at);
  NumberValue convert(NumberValue value, std::string_view currency, std::string* missing);

  const Knowledge& knowledge_;
  const Program& program_;
  Moment moment_;
  BurdenRule burden_rule_;
  NumberRule number_rule_;
  std::vector<std::vector<std::uint8_t>> memo_;
  bool use_memo_ = true;
};

Truth compare_intervals(std::uint8_t comparison, const NumberValue& left, const NumberValue& right);
std::optional<Day> add_working_days(const Program& program, const Calendar& calendar, Day day,
                                    int count);

}  // namespace pandect
