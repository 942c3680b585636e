// Equations `x = first or body or body ...` between planes, solved into straight-line terms: each
// unknown after those that it is made of. Only unknowns that truly go round become a loop.
#pragma once

#include "bulk/circuit.h"

#include <set>

namespace pandect::bulk {

class Equations {
 public:
  // The terms of bodies; unknown number i is its variable(i).
  Circuit& circuit() { return circuit_; }
  void add(std::uint32_t unknown, Plane body) {
    if (body == kNever) return;
    circuit_.variable(unknown);  // a term to start from, even where nothing reads it
    if (unknown >= bodies_.size()) bodies_.resize(unknown + 1);
    bodies_[unknown].insert(body);
  }

  // Copies terms of the equations, with the unknowns replaced.
  class Solution {
   public:
    Solution(const Circuit& from, Circuit& to, std::vector<Plane> unknowns)
        : from_(from),
          to_(to),
          unknowns_(std::move(unknowns)),
          copied_(from.terms().size(), kMissing) {}
    Plane unknown(std::uint32_t number) const { return unknowns_[number]; }
    Plane operator()(Plane plane);

   private:
    friend class Equations;
    static constexpr Plane kMissing = 0xFFFFFFFFu;
    const Circuit& from_;
    Circuit& to_;
    std::vector<Plane> unknowns_;
    std::vector<Plane> copied_;  // by term
  };
  // The least solution from `first`, one plane of `to` for each unknown.
  Solution solve(const std::vector<Plane>& first, Circuit& to) const;

 private:
  // Unknowns that depend on each other, with the terms between them.
  struct Knot {
    std::vector<std::uint32_t> unknowns, terms;
  };
  // Each knot after those that it depends on. Unknowns in `given` depend on nothing.
  std::vector<Knot> ordered(const std::vector<std::uint32_t>& unknowns,
                            const std::set<std::uint32_t>& given) const;
  void untie(const Knot& knot, std::set<std::uint32_t>& given, std::vector<Knot>& order) const;
  bool turns(const Knot& knot) const;
  void loop(const Knot& knot, const std::vector<Plane>& first, Solution& solution) const;
  void settle(const Knot& knot, const std::vector<Plane>& first, Solution& solution) const;
  Plane value(std::uint32_t unknown, Plane first, Solution& solution) const;
  const std::set<Plane>& bodies(std::uint32_t unknown) const {
    static const std::set<Plane> none;
    return unknown < bodies_.size() ? bodies_[unknown] : none;
  }

  Circuit circuit_;
  std::vector<std::set<Plane>> bodies_;
};

}  // namespace pandect::bulk
