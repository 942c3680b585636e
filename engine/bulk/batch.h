// Evaluates chunks of lines and writes rows. A Batch is one thread's; several share the plans.
#pragma once

#include "bulk/intake.h"
#include "bulk/rows.h"

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace pandect::bulk {

// Plans by shape, made when the first line of that shape comes.
class Plans {
 public:
  Plans(ProgramPtr program, const BatchOptions& options)
      : program_(std::move(program)), options_(options) {}
  // Null: too many shapes, or too large a one; such lines go to the one-record evaluator.
  std::shared_ptr<const Plan> get(const Shape& shape);
  const ProgramPtr& program() const { return program_; }
  const BatchOptions& options() const { return options_; }

 private:
  ProgramPtr program_;
  const BatchOptions& options_;
  std::mutex mutex_;
  std::map<Shape, std::shared_ptr<const Plan>> plans_;
};

struct Totals {
  std::uint64_t lines = 0, rejected = 0, one_by_one = 0, exact = 0, exact_kept = 0;
  std::vector<std::uint64_t> holds, unknown, standing;  // by question
  void add(const Totals& other);
};

struct Chunk {
  std::string text;  // whole lines, then kLinePadding further bytes
  std::size_t size = 0;
  std::uint64_t first_line = 1;
  // Lines that were too long to be kept, by number.
  std::vector<std::uint64_t> overlong;
};

struct ChunkResult {
  std::string rows, rejects;
  Totals totals;
};

class Batch {
 public:
  Batch(Plans& plans, std::unique_ptr<LineParser> parser);
  ~Batch();
  ChunkResult run(const Chunk& chunk);

 private:
  struct Group;  // the lines of one shape that wait for their block to fill
  struct Waiting {
    std::string_view text;
    std::string id;
    std::uint64_t number;
    std::size_t place;
  };
  Group* group_of(const Shape& shape);
  void take(std::string_view text, std::uint64_t number, std::size_t place);
  void flush(Group& group);
  std::vector<Verdict> one(const Waiting& line, std::string& problem);
  void count(const Plan& plan, const BlockEvaluator& evaluator, std::uint32_t word,
             std::uint64_t rows);
  void write_alone(const Waiting& line);
  void write(const Waiting& line, const Verdicts& verdicts, std::uint32_t row);
  std::string rows_in_order();
  void reject(std::uint64_t number, std::string_view id, const std::string& why);

  Plans& plans_;
  const Program& program_;
  const BatchOptions& options_;
  std::unique_ptr<LineParser> parser_;
  LineFacts facts_;
  AnswerMemory answers_;
  Line line_;
  std::vector<Root> roots_;
  std::map<Shape, std::unique_ptr<Group>> groups_;
  Group* last_ = nullptr;  // of groups_
  std::vector<Waiting> alone_;
  std::map<std::string, std::vector<Verdict>, std::less<>> decided_;
  RowWriter writer_;
  Verdicts verdicts_, single_;
  struct Row {  // in text_; of no size: the line was rejected
    std::size_t at = 0, size = 0;
  };
  std::vector<Row> rows_;  // by line of the chunk
  std::string text_;
  std::map<std::uint64_t, std::string> rejects_;
  Totals totals_;
};

}  // namespace pandect::bulk
