// Evaluates blocks by a plan, and single records the ordinary way where a block cannot hold them.
#pragma once

#include "bulk/encode.h"
#include "bulk/kernels.h"
#include "logic/exact.h"

namespace pandect::bulk {

struct Verdict {
  Truth value = Truth::unknown;
  bool standing = false;  // only because an exception is not shown (semantics 5, 6.2)
};

// The conditions that a bulk assessment is asked for: the yes-or-no conclusions that `check` lists,
// then the duties. `jurisdictions` empty: all.
struct Question {
  Root root;
  std::uint32_t concept_index = kNone;  // or
  std::uint32_t obligation = kNone;
};
std::vector<Question> questions_of(const Program& program,
                                   const std::vector<std::string>& jurisdictions);

class BlockEvaluator {
 public:
  BlockEvaluator(const Plan& plan, std::uint32_t words, const Target& target = best_target());

  // The block must stay until the results have been read.
  void run(const Block& block) { run(block.planes()); }
  void run(const std::uint64_t* inputs);
  bool contradiction(std::uint32_t row) const { return bit(plan_.contradiction(), row); }
  bool doubt(std::uint32_t row) const { return bit(plan_.doubt(), row); }
  Verdict verdict(std::uint32_t root, std::uint32_t row) const;
  // A plane of the result, `words` long.
  const std::uint64_t* plane(std::uint32_t plane) const {
    return work_.data() + static_cast<std::size_t>(plane) * words_;
  }
  std::size_t work_bytes() const { return work_.size() * sizeof(std::uint64_t); }

 private:
  bool bit(std::uint32_t plane, std::uint32_t row) const {
    return (this->plane(plane)[row >> 6] >> (row & 63u) & 1u) != 0;
  }

  const Plan& plan_;
  std::uint32_t words_;
  Kernel kernel_;
  std::vector<std::uint64_t> work_;
};

// One record by Kleene alone, burdens that it leaves open counting as not shown. Contradictory
// answers come back as problems.
std::vector<Verdict> evaluate_one(const Program& program, const Record& record, Day day,
                                  const std::vector<Root>& roots, Diagnostics& problems);
// The same with what is unknown or standing decided exactly: the value that `check` prints.
std::vector<Verdict> evaluate_exactly(const Program& program, const Record& record, Day day,
                                      const std::vector<Root>& roots, Diagnostics& problems,
                                      std::size_t budget = Evaluation::kDefaultBudget);

}  // namespace pandect::bulk
