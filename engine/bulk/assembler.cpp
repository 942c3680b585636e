#include "bulk/assembler.h"

#include <algorithm>

namespace pandect::bulk {
namespace {

using Kind = Circuit::Kind;

class Assembler {
 public:
  Assembler(const Circuit& circuit, const std::vector<Plane>& outputs,
            const std::vector<CutPlace>& cuts)
      : terms_(circuit.terms()), loops_(circuit.loops()), outputs_(outputs), cuts_(cuts) {
    const std::size_t count = terms_.size();
    live_.assign(count, 0);
    body_.assign(count, 0);
    inverted_.assign(count, 0);
    uses_.assign(count, 0);
    region_.assign(count, kLast);
    place_.assign(count, kDropped);
    last_.assign(count, 0);
    for (const Circuit::Term& each : terms_)
      parts_.push_back(each.kind == Kind::all ? each.operands : std::vector<Plane>{});
  }

  Assembly run() {
    find_live();
    find_bodies();
    fuse();
    choose_regions();
    choose_signs();
    number_inputs();
    order();
    find_last_uses();
    emit();
    return std::move(result_);
  }

 private:
  static constexpr std::uint32_t kLast = 0xFFFFFFFFu;
  static constexpr std::size_t kMostParts = 60'000;

  // One step of the code: a term, the start or the next value of a variable, a copy for an output.
  struct Step {
    enum class What : std::uint8_t { term, first, next, output } what;
    std::uint32_t term;
    Plane source;
  };

  bool computed(std::uint32_t term) const {
    return terms_[term].kind == Kind::all || terms_[term].kind == Kind::cut;
  }

  void mark(Plane plane) {
    std::vector<std::uint32_t> todo{plane >> 1};
    while (!todo.empty()) {
      const std::uint32_t term = todo.back();
      todo.pop_back();
      if (live_[term]) continue;
      live_[term] = 1;
      for (const Plane each : parts_[term]) todo.push_back(each >> 1);
    }
  }

  void find_live() {
    for (const Plane each : outputs_) mark(each);
    used_loops_.assign(loops_.size(), 0);
    for (std::size_t i = loops_.size(); i-- > 0;) {
      const Circuit::Loop& loop = loops_[i];
      for (const Plane each : loop.variables) used_loops_[i] |= live_[each >> 1];
      if (!used_loops_[i]) continue;
      for (const Plane each : loop.variables) mark(each);
      for (const Plane each : loop.first) mark(each);
      for (const Plane each : loop.next) mark(each);
    }
  }

  // A loop does again only what its variables reach.
  void find_bodies() {
    std::vector<std::uint32_t> loop(terms_.size(), 0);  // the latest that a term depends on, from 1
    for (std::uint32_t i = 0; i < terms_.size(); ++i) {
      if (terms_[i].kind == Kind::variable) loop[i] = terms_[i].operands[0] + 1;
      for (const Plane each : parts_[i]) loop[i] = std::max(loop[i], loop[each >> 1]);
    }
    for (std::uint32_t i = 0; i < loops_.size(); ++i) {
      if (!used_loops_[i]) continue;
      std::vector<std::uint32_t> todo;
      for (const Plane each : loops_[i].next) todo.push_back(each >> 1);
      while (!todo.empty()) {
        const std::uint32_t term = todo.back();
        todo.pop_back();
        if (loop[term] != i + 1 || body_[term] || terms_[term].kind != Kind::all) continue;
        body_[term] = 1;
        region_[term] = 2 * i + 1;
        for (const Plane each : parts_[term]) todo.push_back(each >> 1);
      }
    }
  }

  template <typename F>
  void each_root(F use) const {
    for (const Plane each : outputs_) use(each);
    for (std::size_t i = 0; i < loops_.size(); ++i) {
      if (!used_loops_[i]) continue;
      for (const Plane each : loops_[i].first) use(each);
      for (const Plane each : loops_[i].next) use(each);
    }
  }

  // A term with one reader becomes a part of it.
  void fuse() {
    for (std::size_t i = 0; i < terms_.size(); ++i) {
      if (!live_[i]) continue;
      for (const Plane each : parts_[i]) ++uses_[each >> 1];
    }
    each_root([&](Plane each) { ++uses_[each >> 1]; });
    for (std::uint32_t i = 0; i < terms_.size(); ++i) {
      if (!live_[i] || parts_[i].empty()) continue;
      std::vector<Plane> whole;
      for (const Plane each : parts_[i]) {
        const std::uint32_t inner = each >> 1;
        const bool joins = (each & 1u) == 0 && uses_[inner] == 1 && !parts_[inner].empty() &&
                           body_[i] == body_[inner] &&
                           whole.size() + parts_[inner].size() < kMostParts;
        if (!joins) {
          whole.push_back(each);
          continue;
        }
        whole.insert(whole.end(), parts_[inner].begin(), parts_[inner].end());
        live_[inner] = 0;
      }
      std::sort(whole.begin(), whole.end());
      whole.erase(std::unique(whole.begin(), whole.end()), whole.end());
      parts_[i] = std::move(whole);
    }
  }

  // Regions: 2 * i lies before loop i, 2 * i + 1 within it. What is not within one comes as late as
  // its readers allow.
  void choose_regions() {
    const auto before = [&](std::uint32_t term, std::uint32_t region) {
      if (!body_[term]) region_[term] = std::min(region_[term], region & ~1u);
    };
    for (const Plane each : outputs_)
      before(each >> 1, 2 * static_cast<std::uint32_t>(loops_.size()));
    for (std::uint32_t i = 0; i < loops_.size(); ++i) {
      if (!used_loops_[i]) continue;
      for (const Plane each : loops_[i].first) before(each >> 1, 2 * i);
      for (const Plane each : loops_[i].next) before(each >> 1, 2 * i);
    }
    for (std::uint32_t i = static_cast<std::uint32_t>(terms_.size()); i-- > 0;) {
      if (!live_[i]) continue;
      for (const Plane each : parts_[i]) before(each >> 1, region_[i]);
    }
  }

  bool negative(Plane plane) const { return ((plane & 1u) ^ inverted_[plane >> 1]) != 0; }

  // A plane is kept the way round that its instruction, or an output, asks for.
  void choose_signs() {
    std::vector<std::uint8_t> plain(terms_.size(), 0), other(terms_.size(), 0);
    for (const Plane each : outputs_) ((each & 1u) == 0 ? plain : other)[each >> 1] = 1;
    for (std::uint32_t i = 0; i < terms_.size(); ++i) {
      if (!live_[i] || !computed(i) || plain[i]) continue;
      const bool none = std::all_of(parts_[i].begin(), parts_[i].end(),
                                    [&](Plane each) { return negative(each); });
      inverted_[i] =
          other[i] || (terms_[i].kind == Kind::cut ? terms_[i].operands[1] == 1 : none) ? 1 : 0;
    }
  }

  void number_inputs() {
    std::uint32_t highest = 0;
    for (const Circuit::Term& each : terms_) {
      if (each.kind == Kind::input) highest = std::max(highest, each.operands[0] + 1);
    }
    result_.inputs.assign(highest, kDropped);
    for (std::size_t i = 0; i < terms_.size(); ++i) {
      if (live_[i] && terms_[i].kind == Kind::input) result_.inputs[terms_[i].operands[0]] = 0;
    }
    for (std::uint32_t& each : result_.inputs) {
      if (each != kDropped) each = result_.input_planes++;
    }
  }

  // Depth first from what leaves the region, so that values are read soon after they are made.
  void visit(std::uint32_t root, std::uint32_t region, std::vector<Step>& steps) {
    std::vector<std::pair<std::uint32_t, std::size_t>> path;
    const auto enter = [&](std::uint32_t term) {
      if (ordered_[term] || !live_[term] || !computed(term) || region_[term] != region) return;
      ordered_[term] = 1;
      path.emplace_back(term, 0);
    };
    enter(root);
    while (!path.empty()) {
      auto& [term, at] = path.back();
      if (at < parts_[term].size()) {
        enter(parts_[term][at++] >> 1);
      } else {
        steps.push_back({Step::What::term, term, 0});
        path.pop_back();
      }
    }
  }

  void order() {
    ordered_.assign(terms_.size(), 0);
    regions_.resize(2 * loops_.size() + 1);
    std::vector<std::vector<std::uint32_t>> leaving(regions_.size());
    for (std::uint32_t i = 0; i < terms_.size(); ++i) {
      if (!live_[i]) continue;
      for (const Plane each : parts_[i]) {
        const std::uint32_t inner = each >> 1;
        if (live_[inner] && computed(inner) && region_[inner] != region_[i])
          leaving[region_[inner]].push_back(inner);
      }
    }
    for (std::uint32_t region = 0; region < regions_.size(); ++region) {
      auto& steps = regions_[region];
      const std::uint32_t number = region / 2;
      const bool last = number == loops_.size();
      if (!last && used_loops_[number]) {
        const Circuit::Loop& loop = loops_[number];
        const bool within = region % 2 == 1;
        for (const Plane each : within ? loop.next : loop.first) visit(each >> 1, region, steps);
        if (!within) {
          for (const Plane each : loop.next) visit(each >> 1, region, steps);
        }
        for (const std::uint32_t each : leaving[region]) visit(each, region, steps);
        for (std::size_t i = 0; i < loop.variables.size(); ++i)
          steps.push_back({within ? Step::What::next : Step::What::first, loop.variables[i] >> 1,
                           within ? loop.next[i] : loop.first[i]});
        continue;
      }
      for (const std::uint32_t each : leaving[region]) visit(each, region, steps);
      for (const Plane each : outputs_) visit(each >> 1, region, steps);
      if (!last) continue;
      for (const Plane each : outputs_) {
        const bool kept =
            (computed(each >> 1) || terms_[each >> 1].kind == Kind::variable) && !negative(each);
        if (!kept && copies_.try_emplace(each, 0).second)
          steps.push_back({Step::What::output, 0, each});
      }
    }
  }

  template <typename F>
  void each_operand(const Step& step, F use) const {
    if (step.what != Step::What::term) {
      use(step.source);
      return;
    }
    for (const Plane each : parts_[step.term]) use(each);
  }

  // What a loop reads from outside must stay until it ends.
  void find_last_uses() {
    std::uint32_t at = 0;
    for (std::uint32_t region = 0; region < regions_.size(); ++region) {
      const auto end = at + static_cast<std::uint32_t>(regions_[region].size());
      for (const Step& step : regions_[region]) {
        ++at;
        each_operand(step, [&](Plane each) {
          const std::uint32_t term = each >> 1;
          const bool outside = region % 2 == 1 && region_[term] != region;
          last_[term] = std::max(last_[term], outside ? end : at);
        });
        if (step.what == Step::What::next) last_[step.term] = std::max(last_[step.term], end);
      }
    }
    for (const Plane each : outputs_) last_[each >> 1] = kLast;
    expiring_.resize(at + 1);
    for (std::uint32_t i = 0; i < terms_.size(); ++i) {
      const bool placed = computed(i) || terms_[i].kind == Kind::variable;
      if (live_[i] && placed && last_[i] != kLast) expiring_[last_[i]].push_back(i);
    }
  }

  std::uint32_t new_place() {
    if (free_.empty()) return result_.work_planes++;
    const std::uint32_t place = free_.back();
    free_.pop_back();
    return place;
  }

  std::uint32_t plane_number(Plane plane) const {
    const Circuit::Term& term = terms_[plane >> 1];
    return term.kind == Kind::input ? result_.inputs[term.operands[0]] | kInputPlane
                                    : place_[plane >> 1];
  }

  // Operands come plain ones first; a constant is all of nothing, or its complement.
  Instruction instruction(std::vector<Plane> sources, Section& section) const {
    Instruction next;
    if (sources.size() == 1 && sources[0] >> 1 == 0) {
      next.inverted = sources[0] == kNever;
      return next;
    }
    const auto middle = std::stable_partition(sources.begin(), sources.end(),
                                              [&](Plane each) { return !negative(each); });
    next.plain = static_cast<std::uint16_t>(middle - sources.begin());
    next.count = static_cast<std::uint16_t>(sources.size());
    next.first = static_cast<std::uint32_t>(section.operands.size());
    for (const Plane each : sources) section.operands.push_back(plane_number(each));
    return next;
  }

  void emit(const Step& step, Section& section) {
    Instruction next;
    if (step.what == Step::What::term && terms_[step.term].kind == Kind::cut) {
      const CutPlace& cut = cuts_[terms_[step.term].operands[0]];
      next.op = OpCode::cut;
      next.code = cut.code;
      next.first = result_.input_planes + kColumnPlanes * cut.column +
                   kEndPlanes * terms_[step.term].operands[1];
    } else {
      next = instruction(
          step.what == Step::What::term ? parts_[step.term] : std::vector<Plane>{step.source},
          section);
    }
    if (step.what == Step::What::term) next.inverted = inverted_[step.term] != 0;
    for (const std::uint32_t each : expiring_[++position_]) free_.push_back(place_[each]);
    if (step.what == Step::What::next) {
      next.op = OpCode::store;
      next.target = place_[step.term];
    } else {
      next.target = new_place();
      (step.what == Step::What::output ? copies_[step.source] : place_[step.term]) = next.target;
    }
    section.code.push_back(next);
  }

  void emit() {
    for (std::uint32_t region = 0; region < regions_.size(); ++region) {
      if (regions_[region].empty()) continue;
      // Straight code goes on where no loop lies between.
      const bool repeat = region % 2 == 1;
      if (repeat || result_.sections.empty() || result_.sections.back().repeat) {
        result_.sections.emplace_back();
        result_.sections.back().repeat = repeat;
      }
      for (const Step& step : regions_[region]) emit(step, result_.sections.back());
    }
    for (const Plane each : outputs_) {
      const auto copy = copies_.find(each);
      result_.outputs.push_back(copy != copies_.end() ? copy->second : place_[each >> 1]);
    }
  }

  const std::vector<Circuit::Term>& terms_;
  const std::vector<Circuit::Loop>& loops_;
  const std::vector<Plane>& outputs_;
  const std::vector<CutPlace>& cuts_;
  std::vector<std::vector<Plane>> parts_;  // by term
  std::vector<std::uint8_t> live_, body_, inverted_, used_loops_, ordered_;
  std::vector<std::uint32_t> uses_, region_, place_, last_;
  std::vector<std::vector<Step>> regions_;
  std::vector<std::vector<std::uint32_t>> expiring_;  // terms, by step
  std::vector<std::uint32_t> free_;
  std::map<Plane, std::uint32_t> copies_;
  std::uint32_t position_ = 0;
  Assembly result_;
};

}  // namespace

Assembly assemble(const Circuit& circuit, const std::vector<Plane>& outputs,
                  const std::vector<CutPlace>& cuts) {
  return Assembler(circuit, outputs, cuts).run();
}

}  // namespace pandect::bulk
