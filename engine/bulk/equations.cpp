#include "bulk/equations.h"

#include <algorithm>

namespace pandect::bulk {

Plane Equations::Solution::operator()(Plane plane) {
  const std::uint32_t index = plane >> 1;
  const auto copy = [&]() -> Plane {
    if (copied_[index] != kMissing) return copied_[index];
    const Circuit::Term& term = from_.terms()[index];
    Plane result = kAlways;
    switch (term.kind) {
      case Circuit::Kind::constant:
        break;
      case Circuit::Kind::input:
        result = to_.input(term.operands[0]);
        break;
      case Circuit::Kind::cut: {
        const Value both = to_.cut(term.operands[0]);
        result = term.operands[1] == 0 ? both.yes : complement(both.no);
        break;
      }
      case Circuit::Kind::variable:
        return unknowns_[term.operands[1]];
      case Circuit::Kind::all: {
        std::vector<Plane> parts;
        for (const Plane each : term.operands) parts.push_back((*this)(each));
        result = to_.all(std::move(parts));
        break;
      }
    }
    return copied_[index] = result;
  };
  return copy() ^ (plane & 1u);
}

// Tarjan's algorithm over terms and unknowns together, with a stack of its own: chains are long.
std::vector<Equations::Knot> Equations::ordered(const std::vector<std::uint32_t>& unknowns,
                                                const std::set<std::uint32_t>& given) const {
  struct Place {
    std::uint32_t number = 0, low = 0;
    bool waiting = false;
  };
  struct Visit {
    std::uint32_t term;
    std::vector<std::uint32_t> next;
    std::size_t at = 0;
  };
  const std::set<std::uint32_t> wanted(unknowns.begin(), unknowns.end());
  std::vector<Place> places(circuit_.terms().size());
  std::vector<Knot> result;
  std::vector<std::uint32_t> waiting;
  std::vector<Visit> path;
  std::uint32_t numbered = 0;
  const auto enter = [&](std::uint32_t index) {
    const Circuit::Term& term = circuit_.terms()[index];
    Visit visit{index, {}};
    if (term.kind == Circuit::Kind::all) {
      for (const Plane each : term.operands) visit.next.push_back(each >> 1);
    } else if (term.kind == Circuit::Kind::variable && wanted.count(term.operands[1]) > 0 &&
               given.count(term.operands[1]) == 0) {
      for (const Plane each : bodies(term.operands[1])) visit.next.push_back(each >> 1);
    }
    places[index] = {++numbered, numbered, true};
    waiting.push_back(index);
    path.push_back(std::move(visit));
  };
  const auto leave = [&] {
    const std::uint32_t index = path.back().term;
    path.pop_back();
    if (!path.empty()) {
      Place& above = places[path.back().term];
      above.low = std::min(above.low, places[index].low);
    }
    if (places[index].low != places[index].number) return;
    Knot knot;
    std::uint32_t each = 0;
    do {
      each = waiting.back();
      waiting.pop_back();
      places[each].waiting = false;
      const Circuit::Term& term = circuit_.terms()[each];
      if (term.kind == Circuit::Kind::variable && wanted.count(term.operands[1]) > 0)
        knot.unknowns.push_back(term.operands[1]);
      knot.terms.push_back(each);
    } while (each != index);
    std::sort(knot.unknowns.begin(), knot.unknowns.end());
    if (!knot.unknowns.empty()) result.push_back(std::move(knot));
  };
  std::map<std::uint32_t, std::uint32_t> terms;  // by unknown
  for (std::uint32_t i = 0; i < circuit_.terms().size(); ++i) {
    const Circuit::Term& term = circuit_.terms()[i];
    if (term.kind == Circuit::Kind::variable) terms.emplace(term.operands[1], i);
  }
  for (const std::uint32_t unknown : unknowns) {
    const auto start = terms.find(unknown);
    if (start == terms.end()) continue;
    if (places[start->second].number == 0) enter(start->second);
    while (!path.empty()) {
      Visit& top = path.back();
      if (top.at == top.next.size()) {
        leave();
        continue;
      }
      const std::uint32_t next = top.next[top.at++];
      if (places[next].number == 0) {
        enter(next);
      } else if (places[next].waiting) {
        Place& here = places[top.term];
        here.low = std::min(here.low, places[next].number);
      }
    }
  }
  return result;
}

// An order of the unknowns of a knot, and which of them a loop must carry from pass to pass: taking
// out one at a time, the one with the most ways to it, until the rest depends on itself no more.
void Equations::untie(const Knot& knot, std::set<std::uint32_t>& given,
                      std::vector<Knot>& order) const {
  given.insert(*std::max_element(knot.unknowns.begin(), knot.unknowns.end(), [&](auto a, auto b) {
    return bodies(a).size() < bodies(b).size();
  }));
  for (const Knot& each : ordered(knot.unknowns, given)) {
    if (each.unknowns.size() == 1) {
      order.push_back(each);
    } else {
      untie(each, given, order);
    }
  }
}

Plane Equations::value(std::uint32_t unknown, Plane first, Solution& solution) const {
  std::vector<Plane> ways{first};
  for (const Plane each : bodies(unknown)) ways.push_back(solution(each));
  return solution.to_.any(std::move(ways));
}

// Whether an unknown of the knot is made of the complement of one.
bool Equations::turns(const Knot& knot) const {
  const std::set<std::uint32_t> terms(knot.terms.begin(), knot.terms.end());
  std::set<Plane> seen;
  std::vector<Plane> todo;
  for (const std::uint32_t each : knot.unknowns)
    todo.insert(todo.end(), bodies(each).begin(), bodies(each).end());
  while (!todo.empty()) {
    const Plane plane = todo.back();
    todo.pop_back();
    if (terms.count(plane >> 1) == 0 || !seen.insert(plane).second) continue;
    const Circuit::Term& term = circuit_.terms()[plane >> 1];
    if (term.kind == Circuit::Kind::variable) {
      if ((plane & 1u) != 0) return true;
      continue;
    }
    for (const Plane each : term.operands) todo.push_back(each ^ (plane & 1u));
  }
  return false;
}

void Equations::loop(const Knot& knot, const std::vector<Plane>& first, Solution& solution) const {
  std::set<std::uint32_t> given;
  std::vector<Knot> order;
  if (turns(knot)) {  // what was once settled stays so, as for one record
    given.insert(knot.unknowns.begin(), knot.unknowns.end());
  } else {
    untie(knot, given, order);
  }
  std::vector<Plane> start, next;
  for (const std::uint32_t each : given) start.push_back(first[each]);
  const std::vector<Plane> carried = solution.to_.begin_loop(start);
  std::size_t at = 0;
  for (const std::uint32_t each : given) solution.unknowns_[each] = carried[at++];
  for (const Knot& each : order) {
    if (given.count(each.unknowns[0]) == 0) settle(each, first, solution);
  }
  for (const std::uint32_t each : given)
    next.push_back(value(each, solution.unknowns_[each], solution));
  solution.to_.end_loop(std::move(next));
}

// One unknown. What its bodies make of itself adds nothing to it, but is not what others see.
void Equations::settle(const Knot& knot, const std::vector<Plane>& first,
                       Solution& solution) const {
  const std::uint32_t unknown = knot.unknowns[0];
  const Plane outcome = value(unknown, first[unknown], solution);
  for (const std::uint32_t each : knot.terms) solution.copied_[each] = Solution::kMissing;
  solution.unknowns_[unknown] = outcome;
}

Equations::Solution Equations::solve(const std::vector<Plane>& first, Circuit& to) const {
  Solution solution(circuit_, to, first);
  std::vector<std::uint32_t> unknowns(first.size());
  for (std::uint32_t i = 0; i < unknowns.size(); ++i) unknowns[i] = i;
  for (const Knot& each : ordered(unknowns, {})) {
    if (each.unknowns.size() == 1) {
      settle(each, first, solution);
    } else {
      loop(each, first, solution);
    }
  }
  return solution;
}

}  // namespace pandect::bulk
