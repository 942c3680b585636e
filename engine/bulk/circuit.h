// Terms over bit planes: inputs, ends of intervals against thresholds, `and` of planes, any of them
// complemented, and loops. A truth value is two planes, true and false; unknown is neither, and a
// value is negated by swapping them. Equal terms are one. Knows nothing of packs and records.
#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace pandect::bulk {

using Plane = std::uint32_t;  // 2 * term + complemented
inline constexpr Plane kAlways = 0, kNever = 1;
inline Plane complement(Plane plane) { return plane ^ 1u; }

struct Value {
  Plane yes = kNever, no = kNever;
  friend bool operator==(const Value&, const Value&) = default;
};
inline constexpr Value kTrue{kAlways, kNever}, kFalse{kNever, kAlways}, kUnknown{kNever, kNever};
inline Value negate(Value value) { return {value.no, value.yes}; }
// True where the plane is set, false elsewhere.
inline Value settled(Plane plane) { return {plane, complement(plane)}; }

class Circuit {
 public:
  enum class Kind : std::uint8_t { constant, input, cut, variable, all };
  struct Term {
    Kind kind;
    // input: plane; cut: number, 0 for the lower end or 1 for the upper; variable: loop, number
    std::vector<std::uint32_t> operands;
  };
  // Variables start as `first` and become `next` until none changes.
  struct Loop {
    std::vector<Plane> variables, first, next;
  };

  Circuit();
  Plane input(std::uint32_t plane) { return add(Kind::input, {plane}); }
  Plane variable(std::uint32_t number) { return add(Kind::variable, {0, number}); }
  Plane all(std::vector<Plane> planes);
  Plane all(Plane a, Plane b) { return all(std::vector<Plane>{a, b}); }
  Plane any(std::vector<Plane> planes);
  Plane any(Plane a, Plane b) { return any(std::vector<Plane>{a, b}); }
  // What surely reaches a threshold is true, what surely stays below it false.
  Value cut(std::uint32_t id) {
    return {add(Kind::cut, {id, 0}), complement(add(Kind::cut, {id, 1}))};
  }

  Value both(const std::vector<Value>& values);
  Value both(Value a, Value b) { return both(std::vector<Value>{a, b}); }
  Value either(std::vector<Value> values);
  Value either(Value a, Value b) { return either(std::vector<Value>{a, b}); }

  // The variables of a new loop; what is made of them until it ends is done again in each pass.
  // After its end they stand for its outcome.
  std::vector<Plane> begin_loop(std::vector<Plane> first);
  void end_loop(std::vector<Plane> next) { loops_.back().next = std::move(next); }

  const std::vector<Term>& terms() const { return terms_; }
  const std::vector<Loop>& loops() const { return loops_; }

 private:
  Plane add(Kind kind, std::vector<std::uint32_t> operands);
  bool simplify(std::vector<Plane>& planes) const;

  std::vector<Term> terms_;
  std::vector<Loop> loops_;
  std::map<std::pair<Kind, std::vector<std::uint32_t>>, Plane> known_;
};

}  // namespace pandect::bulk
