// A plan: the conditions asked for, on one day, for records of one shape, as straight-line code
// over blocks of records. It does for a block what Knowledge and Kleene do for one record:
// defaults, guards, axioms to a fixpoint, the closed world, then the conditions. Records that hold
// what planes cannot (see Plan::slow_cells) are named by the encoder and go to the one-record
// evaluator.
#pragma once

#include "bulk/circuit.h"
#include "logic/knowledge.h"

#include <compare>
#include <memory>
#include <string>
#include <vector>

namespace pandect::bulk {

// What decides which cells a record has. Records of one shape share a plan.
struct Shape {
  int deployments = 1;
  bool deployments_stated = false;
  int models = 0;
  bool models_open = true;
  bool closed_world = false;
  bool has_system = true;
  friend auto operator<=>(const Shape&, const Shape&) = default;
};
Shape shape_of(const Record& record);

// A condition; where it is one of deployments or models, it counts for the record if it holds for
// one of them (semantics 2.4).
struct Root {
  std::uint32_t node = 0;
  Scope scope = kSystem;
};
std::vector<Binding> bindings_of(const Root& root, const Shape& shape);

// What one cell puts into the block of inputs.
struct Part {
  enum class Kind : std::uint8_t {
    truth,       // bool
    stated,      // an answer is there
    single,      // with one value only
    exists,      // number, date, enum: it has a value and not `never`
    member,      // set: in or out
    excluded,    // enum: this member is not possible
    one_of,      // enum: within `wanted` or not
    text_equal,  // text: that of the words `index`
    column,      // number, date: codes of both ends
  };
  Kind kind = Kind::truth;
  bool negative = false;    // one_of
  std::uint32_t place = 0;  // vector of the input block, or number of a column
  std::uint32_t index = 0;  // member, words
  std::string currency;     // column
  MemberSet wanted;         // one_of
};

// A threshold of a column: `x >= at`, or `x > at`.
struct Cut {
  std::uint32_t column = 0;
  Number at;
  bool above = false;
};

// An axiom `left >= right` between two cells. Where their currencies differ it binds nothing.
struct Tie {
  CellId left = 0, right = 0;
  std::uint32_t active = kNone;  // input vector; kNone: always
};

class Plan {
 public:
  Plan(ProgramPtr program, Shape shape, Day day, std::vector<Root> roots);

  const Program& program() const { return *program_; }
  const Shape& shape() const { return shape_; }
  Day day() const { return day_; }
  const std::vector<Root>& roots() const { return roots_; }

  // Kept vectors of the result: truth of each root; where a burden of proof may decide it, its
  // truth with every open claim left open (else kNone); records that contradict an axiom.
  const std::vector<std::uint32_t>& results() const { return results_; }
  const std::vector<std::uint32_t>& results_open() const { return results_open_; }
  std::uint32_t contradiction() const { return 2; }

  const std::vector<Section>& sections() const { return sections_; }
  std::uint32_t work_vectors() const { return work_vectors_; }
  std::uint32_t input_vectors() const { return input_vectors_; }
  std::uint32_t columns() const { return static_cast<std::uint32_t>(column_cells_.size()); }
  // Planes of one block of inputs: two for each vector, 16 for each column of codes.
  std::uint32_t input_planes() const { return 2 * input_vectors_ + 16 * columns(); }
  std::uint32_t instructions() const;

  const std::vector<Part>& parts(CellId cell) const { return parts_[cell]; }
  // Sorted thresholds of a column.
  const std::vector<Cut>& cuts(std::uint32_t column) const { return sorted_[column]; }
  CellId column_cell(std::uint32_t column) const { return column_cells_[column]; }
  const std::string& column_currency(std::uint32_t column) const { return currencies_[column]; }
  const std::vector<Tie>& ties() const { return ties_; }
  // A record with an answer in such a cell goes to the one-record evaluator.
  bool slow_cell(CellId cell) const { return slow_[cell] != 0; }
  // Every record does.
  bool all_slow() const { return all_slow_; }
  // Conditions that planes cannot hold, for the table of `./dev bench`.
  const std::vector<std::uint32_t>& slow_nodes() const { return slow_nodes_; }

  // The layout of cells, as Knowledge has it for a record of this shape.
  const Knowledge& cells() const { return *cells_; }
  std::size_t cell_count() const { return parts_.size(); }

 private:
  friend class Translator;
  ProgramPtr program_;
  Shape shape_;
  Day day_;
  std::vector<Root> roots_;
  std::unique_ptr<Record> example_;
  std::unique_ptr<Knowledge> cells_;
  std::vector<std::uint32_t> results_, results_open_;
  std::vector<Section> sections_;
  std::uint32_t work_vectors_ = 0, input_vectors_ = 0;
  std::vector<std::vector<Part>> parts_;
  std::vector<std::vector<Cut>> sorted_;
  std::vector<CellId> column_cells_;
  std::vector<std::string> currencies_;
  std::vector<Tie> ties_;
  std::vector<std::uint8_t> slow_;
  std::vector<std::uint32_t> slow_nodes_;
  bool all_slow_ = false;
};

// Words of a plane that keep a block of this plan within the second cache.
std::uint32_t block_words(const Plan& plan);

}  // namespace pandect::bulk
