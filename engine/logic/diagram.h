// Decision diagrams over variables with small finite domains: reduced, ordered, hash-consed.
// A variable stands for the answer to one fact (its pieces), for one member of a set, or for a
// choice. Work is counted, never timed; past the budget every operation answers `exhausted`
// (semantics 6.1).
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace pandect {

// Results by operation and operands. Nothing is ever taken out, and most diagrams are small and
// short-lived: one array, searched from where the key falls.
class ResultTable {
 public:
  static constexpr std::uint32_t kNone = UINT32_MAX;
  // kNone if it was never stored.
  std::uint32_t find(std::uint64_t operands, std::uint32_t operation) const;
  // Not one that is stored already.
  void add(std::uint64_t operands, std::uint32_t operation, std::uint32_t result);

 private:
  struct Entry {
    std::uint64_t operands = 0;
    std::uint32_t operation = 0, result = kNone;
  };
  static std::size_t place(std::uint64_t operands, std::uint32_t operation);
  void grow();
  std::vector<Entry> entries_;  // a power of two, at most two thirds full
  std::size_t used_ = 0;
};

class Diagrams {
 public:
  using Ref = std::uint32_t;
  static constexpr Ref kFalse = 0, kTrue = 1;

  explicit Diagrams(std::size_t budget) : budget_(budget) {}

  // Later variables stand lower.
  std::uint32_t add_variable(std::uint32_t domain);
  std::uint32_t domain(std::uint32_t variable) const { return domains_[variable]; }

  Ref make(std::uint32_t variable, std::span<const Ref> children);
  Ref test(std::uint32_t variable, std::uint32_t value);  // variable == value

  Ref both(Ref a, Ref b) { return apply(Operation::and_, a, b); }
  Ref either(Ref a, Ref b) { return apply(Operation::or_, a, b); }
  Ref differ(Ref a, Ref b) { return apply(Operation::xor_, a, b); }
  Ref negate(Ref a);
  // Value fixed, or "some value of these variables makes it true".
  Ref restrict(Ref a, std::uint32_t variable, std::uint32_t value);
  Ref exists(Ref a, const std::vector<bool>& variables);

  // The variable it asks first; UINT32_MAX of a constant.
  std::uint32_t top(Ref a) const { return level(a); }

  bool exhausted() const { return exhausted_; }
  std::size_t work() const { return work_; }
  void support(Ref a, std::vector<bool>& variables) const;
  // A shortest list of values, variable and value, that makes it true whatever the rest is. Not of
  // kFalse.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> shortest(Ref a) const;

 private:
  enum class Operation : std::uint8_t { and_, or_, xor_ };
  struct Node {
    std::uint32_t variable;
    std::uint32_t first;  // in children_
    std::uint32_t hash;
  };
  std::uint32_t level(Ref a) const { return a < 2 ? UINT32_MAX : nodes_[a - 2].variable; }
  Ref child(Ref a, std::uint32_t variable, std::uint32_t value) const {
    return level(a) == variable ? children_[nodes_[a - 2].first + value] : a;
  }
  Ref apply(Operation operation, Ref a, Ref b);
  // A node whose children `child_of` gives, value by value.
  template <typename F>
  Ref make_each(std::uint32_t variable, F child_of);
  std::size_t place_of(std::uint32_t hash) const { return hash & (unique_.size() - 1); }
  void grow();
  bool spend();

  std::size_t budget_;
  std::size_t work_ = 0;
  bool exhausted_ = false;
  std::vector<std::uint32_t> domains_;
  std::vector<Node> nodes_;
  std::vector<Ref> children_;
  std::vector<Ref> unique_;  // by hash, kFalse where there is none; at most two thirds full
  ResultTable results_;
  std::vector<Ref> pending_;  // children of the nodes that are being made
};

}  // namespace pandect
