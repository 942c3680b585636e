#include "bulk/batch.h"

#include "base/names.h"

#include <algorithm>
#include <bit>

namespace pandect::bulk {
namespace {

constexpr std::size_t kMaximumShapes = 48;
constexpr int kMaximumCells = 12;         // deployments and models of a planned shape
constexpr std::size_t kDecided = 20'000;  // exact answers kept

std::string reason(const Diagnostics& problems) {
  const Diagnostic& first = problems.front();
  if (first.hint.empty() || first.code == "contradiction") return first.message;
  return first.message + " (" + first.hint + ")";
}

}  // namespace

std::shared_ptr<const Plan> Plans::get(const Shape& shape) {
  const std::lock_guard lock(mutex_);
  if (const auto found = plans_.find(shape); found != plans_.end()) return found->second;
  if (plans_.size() >= kMaximumShapes || shape.deployments + shape.models > kMaximumCells)
    return nullptr;
  std::vector<Root> roots;
  for (const Question& each : options_.questions) roots.push_back(each.root);
  auto plan =
      std::make_shared<const Plan>(program_, shape, options_.day, std::move(roots), options_.exact);
  plans_.emplace(shape, plan);
  return plan;
}

void Totals::add(const Totals& other) {
  lines += other.lines;
  rejected += other.rejected;
  one_by_one += other.one_by_one;
  exact += other.exact;
  exact_kept += other.exact_kept;
  const auto sum = [](auto& to, const auto& from) {
    to.resize(std::max(to.size(), from.size()));
    for (std::size_t i = 0; i < from.size(); ++i) to[i] += from[i];
  };
  sum(holds, other.holds);
  sum(unknown, other.unknown);
  sum(standing, other.standing);
}

struct Batch::Group {
  Group(std::shared_ptr<const Plan> which)
      : plan(std::move(which)),
        block(*plan, block_words(*plan)),
        intake(*plan, block),
        evaluator(*plan, block_words(*plan)) {}
  std::shared_ptr<const Plan> plan;
  Block block;
  Intake intake;
  BlockEvaluator evaluator;
  std::vector<Waiting> lines;
};

Batch::Batch(Plans& plans, std::unique_ptr<LineParser> parser)
    : plans_(plans),
      program_(*plans.program()),
      options_(plans.options()),
      parser_(std::move(parser)),
      facts_(program_),
      answers_(program_),
      writer_(program_, options_),
      verdicts_(options_.questions.size()),
      single_(options_.questions.size()) {
  for (const Question& each : options_.questions) roots_.push_back(each.root);
}

Batch::~Batch() = default;

ChunkResult Batch::run(const Chunk& chunk) {
  totals_ = {};
  const std::size_t questions = options_.questions.size();
  totals_.holds.assign(questions, 0);
  totals_.unknown = totals_.standing = totals_.holds;
  rows_.clear();
  text_.clear();
  rejects_.clear();
  std::uint64_t number = chunk.first_line;
  auto skip = chunk.overlong.begin();
  std::size_t at = 0;
  while (at < chunk.size || skip != chunk.overlong.end()) {
    if (skip != chunk.overlong.end() && *skip == number) {
      ++totals_.lines;
      reject(number++, {}, "the line is longer than 4 MiB");
      ++skip;
      continue;
    }
    const std::size_t end =
        std::min(std::string_view(chunk.text.data(), chunk.size).find('\n', at), chunk.size);
    std::string_view text(chunk.text.data() + at, end - at);
    at = end + 1;
    if (!text.empty() && text.back() == '\r') text.remove_suffix(1);
    if (text.find_first_not_of(" \t") != std::string_view::npos) {
      ++totals_.lines;
      rows_.emplace_back();
      take(text, number, rows_.size() - 1);
    }
    ++number;
  }
  for (auto& [shape, group] : groups_) flush(*group);
  for (const Waiting& each : alone_) {
    ++totals_.one_by_one;
    write_alone(each);
  }
  alone_.clear();
  ChunkResult result;
  result.rows = rows_in_order();
  for (const auto& [line, text] : rejects_) result.rejects += text;
  result.totals = std::move(totals_);
  return result;
}

// Null: a shape without a plan.
Batch::Group* Batch::group_of(const Shape& shape) {
  if (last_ != nullptr && last_->plan->shape() == shape) return last_;
  const auto [found, fresh] = groups_.try_emplace(shape);
  if (fresh) {
    if (auto plan = plans_.get(shape)) found->second = std::make_unique<Group>(std::move(plan));
  }
  if (!found->second) {
    groups_.erase(found);
    return nullptr;
  }
  last_ = found->second.get();
  return last_;
}

void Batch::take(std::string_view text, std::uint64_t number, std::size_t place) {
  parser_->parse(text, line_);
  if (line_.problem.empty() && invalid_utf8_at(line_.id) != std::string_view::npos)
    line_.fail("the id is not UTF-8");
  std::string problem = line_.problem;
  if (problem.empty() && !line_.has_id) problem = "the line has no `id`";
  if (problem.empty()) problem = facts_.find(line_);
  if (!problem.empty()) {
    reject(number, line_.has_id ? line_.id : std::string_view(), problem);
    return;
  }
  Waiting waiting{text, std::string(line_.id), number, place};
  const Shape shape = facts_.shape(line_);
  Group* const found = group_of(shape);
  if (found == nullptr) {
    alone_.push_back(std::move(waiting));
    return;
  }
  Group& group = *found;
  const std::string bad = group.intake.add(line_, facts_);
  if (!bad.empty()) {
    reject(number, waiting.id, bad);
    waiting.number = 0;  // the row is void
  }
  group.lines.push_back(std::move(waiting));
  if (group.block.rows() == group.block.capacity()) flush(group);
}

// Rows as they were written, by groups, put into the order of their lines.
std::string Batch::rows_in_order() {
  std::size_t at = 0;
  bool ordered = true;
  for (const Row& each : rows_) {
    if (each.size == 0) continue;
    ordered = ordered && each.at == at;
    at += each.size;
  }
  if (ordered) return std::move(text_);
  std::string sorted;
  sorted.reserve(text_.size());
  for (const Row& each : rows_) sorted.append(text_, each.at, each.size);
  return sorted;
}

void Batch::flush(Group& group) {
  if (group.lines.empty()) return;
  group.evaluator.run(group.block);
  const auto rows = static_cast<std::uint32_t>(group.lines.size());
  for (std::uint32_t first = 0; first < rows; first += 64) {
    verdicts_.take(*group.plan, group.evaluator, first / 64);
    std::uint64_t written = 0;
    for (std::uint32_t row = first; row < std::min(rows, first + 64); ++row) {
      const Waiting& line = group.lines[row];
      if (line.number == 0) continue;
      const bool alone = group.block.slow(row) || group.evaluator.contradiction(row);
      if (alone) ++totals_.one_by_one;
      const bool open = verdicts_.open(row - first) || group.evaluator.doubt(row);
      if (alone || (options_.exact && open)) {
        write_alone(line);
        continue;
      }
      write(line, verdicts_, row - first);
      written |= std::uint64_t{1} << (row - first);
    }
    count(*group.plan, group.evaluator, first / 64, written);
  }
  group.lines.clear();
  group.block.clear();
}

void Batch::count(const Plan& plan, const BlockEvaluator& evaluator, std::uint32_t word,
                  std::uint64_t rows) {
  const auto ones = [&](std::uint64_t bits) {
    return static_cast<std::uint64_t>(std::popcount(bits & rows));
  };
  for (std::size_t i = 0; i < roots_.size(); ++i) {
    const Plan::Result& result = plan.results()[i];
    const std::uint64_t yes = evaluator.plane(result.yes)[word];
    totals_.holds[i] += ones(yes);
    totals_.unknown[i] += ones(~(yes | evaluator.plane(result.no)[word]));
    if (result.standing != kNone)
      totals_.standing[i] += ones(evaluator.plane(result.standing)[word]);
  }
}

// One line by the one-record evaluator. Lines that say the same are decided once.
std::vector<Verdict> Batch::one(const Waiting& waiting, std::string& problem) {
  parser_->parse(waiting.text, line_);
  problem = facts_.find(line_);
  if (!problem.empty()) return {};
  std::string key;
  if (options_.exact) {
    key = facts_.text(line_);
    ++totals_.exact;
    if (const auto found = decided_.find(key); found != decided_.end()) {
      ++totals_.exact_kept;
      return found->second;
    }
  }
  Diagnostics problems;
  const Record record = facts_.record(line_, answers_, problems);
  std::vector<Verdict> verdicts;
  if (problems.empty()) {
    verdicts = options_.exact ? evaluate_exactly(program_, record, options_.day, roots_, problems)
                              : evaluate_one(program_, record, options_.day, roots_, problems);
  }
  if (!problems.empty()) {
    problem = reason(problems);
    return {};
  }
  if (options_.exact) {
    if (decided_.size() >= kDecided) decided_.clear();
    decided_.emplace(std::move(key), verdicts);
  }
  return verdicts;
}

void Batch::write_alone(const Waiting& line) {
  std::string problem;
  const std::vector<Verdict> verdicts = one(line, problem);
  if (!problem.empty()) {
    reject(line.number, line.id, problem);
    return;
  }
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    totals_.holds[i] += verdicts[i].value == Truth::true_ ? 1 : 0;
    totals_.unknown[i] += verdicts[i].value == Truth::unknown ? 1 : 0;
    totals_.standing[i] += verdicts[i].standing ? 1 : 0;
  }
  single_.set(0, verdicts);
  write(line, single_, 0);
}

void Batch::write(const Waiting& line, const Verdicts& verdicts, std::uint32_t row) {
  const std::string_view text = writer_.write(line.id, line.number, verdicts, row);
  rows_[line.place] = {text_.size(), text.size()};
  text_ += text;
}

void Batch::reject(std::uint64_t number, std::string_view id, const std::string& why) {
  ++totals_.rejected;
  std::string& text = rejects_[number];
  text = "{\"line\":" + std::to_string(number);
  if (!id.empty() && invalid_utf8_at(id) == std::string_view::npos) {
    text += ",\"id\":";
    json_text(text, id);
  }
  text += ",\"reason\":";
  // A reason may quote what was read.
  const std::size_t bad = invalid_utf8_at(why);
  json_text(text, std::string_view(why).substr(0, std::min<std::size_t>(bad, 1000)));
  text += "}\n";
}

}  // namespace pandect::bulk
