// Evaluates chunks of lines and writes rows. A Batch is one thread's; several share the plans.
#pragma once

#include "bulk/evaluate.h"
#include "bulk/intake.h"

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace pandect::bulk {

struct BatchOptions {
  Day day = 0;
  std::vector<Question> questions;
  bool csv = false;    // rows out
  bool exact = false;  // decide what Kleene leaves unknown, or standing, exactly
};

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

std::string header_row(const Program& program, const BatchOptions& options);  // csv

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
  void take(std::string_view text, std::uint64_t number, std::size_t place);
  void flush(Group& group);
  std::vector<Verdict> one(const Waiting& line, std::string& problem);
  struct Lists {  // of one row, by question
    std::vector<std::uint32_t> holds, unknown, standing;
    void clear() {
      holds.clear();
      unknown.clear();
      standing.clear();
    }
  };
  void write(const Waiting& line, const std::vector<Verdict>& verdicts);
  void write(const Waiting& line, const Lists& lists);
  void reject(std::uint64_t number, std::string_view id, const std::string& why);

  Plans& plans_;
  const Program& program_;
  const BatchOptions& options_;
  std::unique_ptr<LineParser> parser_;
  LineFacts facts_;
  Line line_;
  std::vector<Root> roots_;
  std::vector<std::string> names_;  // by question, as JSON
  std::map<Shape, std::unique_ptr<Group>> groups_;
  std::vector<Waiting> alone_;
  std::map<std::string, std::vector<Verdict>, std::less<>> decided_;
  std::vector<Lists> lists_;
  std::vector<std::string> rows_;  // by line of the chunk
  std::map<std::uint64_t, std::string> rejects_;
  Totals totals_;
};

}  // namespace pandect::bulk
