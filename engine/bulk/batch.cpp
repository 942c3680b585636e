#include "bulk/batch.h"

#include "base/names.h"

#include <algorithm>
#include <bit>

namespace pandect::bulk {
namespace {

constexpr std::size_t kMaximumShapes = 48;
constexpr int kMaximumCells = 12;         // deployments and models of a planned shape
constexpr std::size_t kDecided = 20'000;  // exact answers kept

void json_text(std::string& out, std::string_view text) {
  static constexpr char kHex[] = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    const auto code = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (code < 0x20 || code == 0x7F) {
      out += "\\u00";
      out += kHex[code >> 4];
      out += kHex[code & 15];
    } else {
      out += c;
    }
  }
  out += '"';
}

// A cell that a spreadsheet could take for a formula starts with an apostrophe.
void csv_text(std::string& out, std::string_view text) {
  const bool formula =
      !text.empty() && std::string_view("=+-@\t\r").find(text[0]) != std::string_view::npos;
  if (!formula && text.find_first_of(",\"\r\n") == std::string_view::npos) {
    out += text;
    return;
  }
  out += '"';
  if (formula) out += '\'';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

std::string_view word(const Question& question, const Verdict& verdict) {
  const bool duty = question.obligation != kNone;
  if (verdict.value == Truth::unknown) return duty ? "undetermined" : "unknown";
  if (verdict.value == Truth::false_)
    return verdict.standing ? (duty ? "not due, standing" : "false, standing")
           : duty           ? "not due"
                            : "false";
  return verdict.standing ? (duty ? "due, standing" : "true, standing") : duty ? "due" : "true";
}

std::string_view id_of(const Program& program, const Question& question) {
  return question.obligation != kNone ? program.text(program.obligations[question.obligation].id)
                                      : program.text(program.concepts[question.concept_index].id);
}

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
  auto plan = std::make_shared<const Plan>(program_, shape, options_.day, std::move(roots));
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

std::string header_row(const Program& program, const BatchOptions& options) {
  std::string row = "id,line";
  for (const Question& each : options.questions) {
    row += ',';
    csv_text(row, id_of(program, each));
  }
  return row + "\n";
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
      facts_(program_) {
  for (const Question& each : options_.questions) {
    roots_.push_back(each.root);
    std::string name;
    json_text(name, id_of(program_, each));
    names_.push_back(std::move(name));
  }
}

Batch::~Batch() = default;

ChunkResult Batch::run(const Chunk& chunk) {
  totals_ = {};
  const std::size_t questions = options_.questions.size();
  totals_.holds.assign(questions, 0);
  totals_.unknown = totals_.standing = totals_.holds;
  rows_.clear();
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
    std::string problem;
    const auto verdicts = one(each, problem);
    ++totals_.one_by_one;
    if (problem.empty()) {
      write(each, verdicts);
    } else {
      reject(each.number, each.id, problem);
    }
  }
  alone_.clear();
  ChunkResult result;
  for (const std::string& row : rows_) result.rows += row;
  for (const auto& [line, text] : rejects_) result.rejects += text;
  result.totals = std::move(totals_);
  return result;
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
  const Waiting waiting{text, std::string(line_.id), number, place};
  const Shape shape = facts_.shape(line_);
  const auto [found, fresh] = groups_.try_emplace(shape);
  if (fresh) {
    if (auto plan = plans_.get(shape)) found->second = std::make_unique<Group>(std::move(plan));
  }
  if (!found->second) {
    groups_.erase(found);
    alone_.push_back(waiting);
    return;
  }
  Group& group = *found->second;
  const std::string bad = group.intake.add(line_, facts_);
  group.lines.push_back(waiting);
  if (!bad.empty()) {
    reject(number, waiting.id, bad);
    group.lines.back().number = 0;  // the row is void
  }
  if (group.block.rows() == group.block.capacity()) flush(group);
}

void Batch::flush(Group& group) {
  if (group.lines.empty()) return;
  group.evaluator.run(group.block);
  const auto rows = static_cast<std::uint32_t>(group.lines.size());
  if (lists_.size() < rows) lists_.resize(rows);
  for (std::uint32_t row = 0; row < rows; ++row) lists_[row].clear();
  // Condition by condition, for that is how the planes lie.
  const auto each_bit = [&](std::uint64_t bits, std::uint32_t word, auto&& use) {
    for (; bits != 0; bits &= bits - 1) {
      const std::uint32_t row = word * 64 + static_cast<std::uint32_t>(std::countr_zero(bits));
      if (row < rows) use(lists_[row]);
    }
  };
  for (std::uint32_t i = 0; i < roots_.size(); ++i) {
    const Plan::Result& result = group.plan->results()[i];
    const std::uint64_t *yes = group.evaluator.plane(result.yes),
                        *no = group.evaluator.plane(result.no);
    for (std::uint32_t word = 0; word * 64 < rows; ++word) {
      each_bit(yes[word], word, [&](Lists& lists) { lists.holds.push_back(i); });
      each_bit(~(yes[word] | no[word]), word, [&](Lists& lists) { lists.unknown.push_back(i); });
      if (result.standing == kNone) continue;
      each_bit(group.evaluator.plane(result.standing)[word], word,
               [&](Lists& lists) { lists.standing.push_back(i); });
    }
  }
  for (std::uint32_t row = 0; row < rows; ++row) {
    const Waiting& line = group.lines[row];
    if (line.number == 0) continue;
    const bool alone = group.block.slow(row) || group.evaluator.contradiction(row);
    if (alone) ++totals_.one_by_one;
    const bool open = !lists_[row].unknown.empty() || !lists_[row].standing.empty();
    if (!alone && !(options_.exact && open)) {
      write(line, lists_[row]);
      continue;
    }
    std::string problem;
    const auto exact = one(line, problem);
    if (problem.empty()) {
      write(line, exact);
    } else {
      reject(line.number, line.id, problem);
    }
  }
  group.lines.clear();
  group.block.clear();
}

// One line by the one-record evaluator. Lines that say the same are decided once.
std::vector<Verdict> Batch::one(const Waiting& waiting, std::string& problem) {
  parser_->parse(waiting.text, line_);
  problem = facts_.find(line_);
  if (!problem.empty()) return {};
  std::string key = facts_.text(line_);
  if (options_.exact) {
    ++totals_.exact;
    if (const auto found = decided_.find(key); found != decided_.end()) {
      ++totals_.exact_kept;
      return found->second;
    }
  }
  Diagnostics problems;
  const Record record = facts_.record(line_, problems);
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

void Batch::write(const Waiting& line, const std::vector<Verdict>& verdicts) {
  Lists lists;
  for (std::uint32_t i = 0; i < verdicts.size(); ++i) {
    if (verdicts[i].value == Truth::true_) lists.holds.push_back(i);
    if (verdicts[i].value == Truth::unknown) lists.unknown.push_back(i);
    if (verdicts[i].standing) lists.standing.push_back(i);
  }
  write(line, lists);
}

void Batch::write(const Waiting& line, const Lists& lists) {
  for (const std::uint32_t i : lists.holds) ++totals_.holds[i];
  for (const std::uint32_t i : lists.unknown) ++totals_.unknown[i];
  for (const std::uint32_t i : lists.standing) ++totals_.standing[i];
  std::string& row = rows_[line.place];
  if (options_.csv) {
    std::vector<Verdict> verdicts(roots_.size(), Verdict{Truth::false_, false});
    for (const std::uint32_t i : lists.holds) verdicts[i].value = Truth::true_;
    for (const std::uint32_t i : lists.unknown) verdicts[i].value = Truth::unknown;
    for (const std::uint32_t i : lists.standing) verdicts[i].standing = true;
    csv_text(row, line.id);
    row += ',' + std::to_string(line.number);
    for (std::size_t i = 0; i < verdicts.size(); ++i) {
      row += ',';
      csv_text(row, word(options_.questions[i], verdicts[i]));
    }
    row += '\n';
    return;
  }
  row += "{\"id\":";
  json_text(row, line.id);
  row += ",\"line\":" + std::to_string(line.number);
  enum class Of : std::uint8_t { conclusions, duties, both };
  const auto list = [&](std::string_view name, const std::vector<std::uint32_t>& which, Of of) {
    row += ",\"";
    row += name;
    row += "\":[";
    for (const std::uint32_t i : which) {
      const bool duty = options_.questions[i].obligation != kNone;
      if (of != Of::both && duty != (of == Of::duties)) continue;
      if (row.back() != '[') row += ',';
      row += names_[i];
    }
    row += ']';
  };
  list("holds", lists.holds, Of::conclusions);
  list("unknown", lists.unknown, Of::conclusions);
  list("due", lists.holds, Of::duties);
  list("undetermined", lists.unknown, Of::duties);
  if (!lists.standing.empty()) list("standing", lists.standing, Of::both);
  row += "}\n";
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
