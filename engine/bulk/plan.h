// A plan: the conditions asked for, on one day, for records of one shape, as straight-line code
// over blocks of records. It does for a block what Knowledge and Kleene do for one record:
// defaults, guards, axioms to a fixpoint, the closed world, then the conditions. Records that hold
// what planes cannot (see Plan::slow_cells) are named by the encoder and go to the one-record
// evaluator.
#pragma once

#include "bulk/assembler.h"
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
    listed,      // set: it is said which members are in; the others are out but for open ones
    in,          // set: this member is in
    open,        // set: this member may be in
    narrowed,    // enum: it is said which members are possible
    possible,    // enum: this one is
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
  std::uint32_t broken = kNone;  // input vector: no value of the left one reaches the right one
};

// A comparison of several numbers that the encoder makes, row by row.
struct NumberComparison {
  std::uint32_t node = 0;
  Binding at;
  std::vector<CellId> cells;
  std::uint32_t vector = 0;         // of the input block
  Truth unstated = Truth::unknown;  // with none of them stated
};

class Plan {
 public:
  // `weighs_axioms`: tell also which records only exact analysis can call free of contradiction.
  Plan(ProgramPtr program, Shape shape, Day day, std::vector<Root> roots,
       bool weighs_axioms = false);

  const Program& program() const { return *program_; }
  const Shape& shape() const { return shape_; }
  Day day() const { return day_; }
  const std::vector<Root>& roots() const { return roots_; }

  // Work planes of the result, by root; and of the records whose answers come to contradict each
  // other, or axioms, on the way: what planes say of those is void.
  struct Result {
    std::uint32_t yes = 0, no = 0;
    std::uint32_t standing = kNone;  // kNone: no burden of proof may decide it
  };
  const std::vector<Result>& results() const { return results_; }
  std::uint32_t contradiction() const { return contradiction_; }
  // Records with an axiom that what is known does not settle.
  std::uint32_t doubt() const { return doubt_; }

  const std::vector<Section>& sections() const { return assembly_.sections; }
  std::uint32_t work_planes() const { return assembly_.work_planes; }
  std::uint32_t columns() const { return static_cast<std::uint32_t>(column_cells_.size()); }
  // Planes of one block of inputs: those of truth vectors that something reads, then columns.
  std::uint32_t input_planes() const { return first_plane(columns()); }
  std::uint32_t first_plane(std::uint32_t column) const {
    return assembly_.input_planes + kColumnPlanes * column;
  }
  // The plane of a truth vector in the block, or kDropped.
  std::uint32_t input_plane(std::uint32_t vector, Truth truth) const {
    const std::size_t plane = 2 * std::size_t{vector} + (truth == Truth::true_ ? 0 : 1);
    return plane < assembly_.inputs.size() ? assembly_.inputs[plane] : kDropped;
  }
  std::uint32_t instructions() const;

  const std::vector<Part>& parts(CellId cell) const { return parts_[cell]; }
  // Sorted thresholds of a column.
  const std::vector<Cut>& cuts(std::uint32_t column) const { return sorted_[column]; }
  CellId column_cell(std::uint32_t column) const { return column_cells_[column]; }
  const std::string& column_currency(std::uint32_t column) const { return currencies_[column]; }
  const std::vector<Tie>& ties() const { return ties_; }
  const std::vector<NumberComparison>& comparisons() const { return comparisons_; }
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
  std::vector<Result> results_;
  bool weighs_axioms_;
  std::uint32_t contradiction_ = 0, doubt_ = 0;
  Assembly assembly_;
  std::vector<std::vector<Part>> parts_;
  std::vector<std::vector<Cut>> sorted_;
  std::vector<CellId> column_cells_;
  std::vector<std::string> currencies_;
  std::vector<Tie> ties_;
  std::vector<NumberComparison> comparisons_;
  std::vector<std::uint8_t> slow_;
  std::vector<std::uint32_t> slow_nodes_;
  bool all_slow_ = false;
};

// Words of a plane that keep a block of this plan within the second cache.
std::uint32_t block_words(const Plan& plan);

}  // namespace pandect::bulk
