// This engine among its peers (tests/bench/peers): answers to files of systems, as rows of `pandect
// batch`, and rates of one thread from columns in memory and from NDJSON in a file. Prints JSON.
#include "bench/bench.h"
#include "bulk/batch.h"

#include <bit>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <sstream>

namespace bench {

using namespace pandect;

namespace {

constexpr int kRuns = 5;
constexpr std::size_t kPiece = 1 << 20;

[[noreturn]] void fail(const std::string& why) {
  std::fprintf(stderr, "bench peer: %s\n", why.c_str());
  std::exit(2);
}

std::unique_ptr<bulk::LineParser> parser() {
  std::string why;
  auto made = bulk::json_parser(why);
  if (!made) fail(why);
  return made;
}

bulk::Chunk whole(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) fail("cannot read " + path);
  std::stringstream text;
  text << file.rdbuf();
  bulk::Chunk chunk;
  chunk.text = text.str();
  chunk.size = chunk.text.size();
  chunk.text.append(bulk::kLinePadding, ' ');
  return chunk;
}

template <class Work>
void each_line(std::string_view text, const Work& work) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    work(text.substr(at, end - at));
    at = end + 1;
  }
}

// Lines as they come, to planes, to how often each conclusion holds.
class Counter {
 public:
  explicit Counter(const bulk::Plan& plan)
      : words(block_words(plan)),
        plan_(plan),
        facts_(plan.program()),
        parser_(parser()),
        block_(plan, words),
        intake_(plan, block_),
        evaluator_(plan, words) {}

  const std::uint32_t words;
  std::vector<std::uint64_t> holds;  // by conclusion
  std::uint64_t records = 0;

  void start() {
    holds.assign(plan_.roots().size(), 0);
    records = 0;
    block_.clear();
  }
  void add(std::string_view text) {
    put(text);
    if (block_.rows() == block_.capacity()) finish();
  }
  void finish() {
    count(block_);
    block_.clear();
  }
  // A full block of the lines, over and over from the one with this number.
  bulk::Block block_of(const std::vector<std::string_view>& lines, std::size_t first) {
    block_.clear();
    while (block_.rows() < block_.capacity()) put(lines[first++ % lines.size()]);
    bulk::Block made = block_;
    block_.clear();
    return made;
  }
  void count(const bulk::Block& block) {
    evaluator_.run(block);
    const std::uint32_t rows = block.rows();
    records += rows;
    for (std::size_t i = 0; i < holds.size(); ++i) tally(plan_.results()[i].yes, rows, holds[i]);
    std::uint64_t contradictory = 0;
    tally(plan_.contradiction(), rows, contradictory);
    if (contradictory > 0) fail("a line contradicts an axiom");
  }

 private:
  void put(std::string_view text) {
    parser_->parse(text, line_);
    std::string problem = line_.problem.empty() ? facts_.find(line_) : line_.problem;
    if (problem.empty() && facts_.shape(line_) != plan_.shape()) problem = "of another shape";
    const std::uint32_t row = block_.rows();
    if (problem.empty()) problem = intake_.add(line_, facts_);
    if (problem.empty() && block_.slow(row)) problem = "not for planes";
    if (!problem.empty()) fail(std::string(text) + ": " + problem);
  }
  void tally(std::uint32_t of, std::uint32_t rows, std::uint64_t& sum) const {
    const std::uint64_t* plane = evaluator_.plane(of);
    for (std::uint32_t at = 0; at < rows; at += 64) {
      const std::uint64_t used = rows - at < 64 ? (std::uint64_t{1} << (rows - at)) - 1 : ~0ull;
      sum += static_cast<std::uint64_t>(std::popcount(plane[at / 64] & used));
    }
  }

  const bulk::Plan& plan_;
  bulk::LineFacts facts_;
  bulk::Line line_;
  std::unique_ptr<bulk::LineParser> parser_;
  bulk::Block block_;
  bulk::Intake intake_;
  bulk::BlockEvaluator evaluator_;
};

void count_file(const std::string& path, Counter& counter) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"),
                                                             std::fclose);
  if (!file) fail("cannot read " + path);
  counter.start();
  std::string text;
  std::size_t kept = 0;
  while (true) {
    text.resize(kept + kPiece + bulk::kLinePadding);
    const std::size_t size = kept + std::fread(text.data() + kept, 1, kPiece, file.get());
    const std::size_t last = std::string_view(text.data(), size).rfind('\n');
    if (size == kept || last == std::string_view::npos) break;
    each_line({text.data(), last}, [&](std::string_view line) { counter.add(line); });
    kept = size - last - 1;
    text.erase(0, last + 1);
  }
  if (kept > 0) fail(path + " ends within a line");
  counter.finish();
}

// What was counted, in how much time.
std::string measured(const Counter& counter, double time) {
  std::string holds;
  for (const std::uint64_t each : counter.holds)
    holds += (holds.empty() ? "" : ",") + std::to_string(each);
  return "{\"records\":" + std::to_string(counter.records) +
         ",\"seconds\":" + std::to_string(time * 1e9) + "e-9,\"holds\":[" + holds + "]}";
}

// Rows as `pandect batch` writes them, as a list.
std::string rows(bulk::Plans& plans, const bulk::Chunk& chunk) {
  const bulk::ChunkResult result = bulk::Batch(plans, parser()).run(chunk);
  if (!result.rejects.empty()) fail("rejected: " + result.rejects);
  std::string text;
  each_line(result.rows,
            [&](std::string_view row) { text += (text.empty() ? "" : ",\n") + std::string(row); });
  return "[" + text + "]";
}

std::string answers(const ProgramPtr& program, bulk::BatchOptions options, bool exact,
                    const bulk::Chunk& complete, const bulk::Chunk& missing) {
  options.exact = exact;
  bulk::Plans plans(program, options);
  std::string text = "\"complete\":" + rows(plans, complete) + ",\n\"missing\":";
  text += rows(plans, missing);
  const double time = seconds([&] { bulk::Batch(plans, parser()).run(missing); }, kRuns);
  std::size_t lines = 0;
  each_line({missing.text.data(), missing.size}, [&](std::string_view) { ++lines; });
  return text + ",\n\"row_rate\":" + std::to_string(static_cast<double>(lines) / time);
}

}  // namespace

int peer(int count, char** words) {
  if (count != 5) fail("usage: pandect_bench peer DAY COMPLETE MISSING MANY COPIES");
  const RuleSet set = rule_sets().front();
  bulk::BatchOptions options;
  const auto day = parse_day(words[0]);
  if (!day) fail(std::string(words[0]) + " is no day");
  options.day = *day;
  std::vector<bulk::Root> roots;
  std::string names;
  for (std::uint32_t i = 0; i < set.program->concepts.size(); ++i) {
    const Concept& each = set.program->concepts[i];
    options.questions.push_back({{each.root, each.scope}, i, kNone});
    names += (names.empty() ? "\"" : ",\"") + std::string(set.program->text(each.id)) + "\"";
    roots.push_back({each.root, each.scope});
  }
  const bulk::Chunk complete = whole(words[1]), missing = whole(words[2]);
  const bulk::Plan plan(set.program, {}, options.day, roots);
  Counter counter(plan);
  std::vector<std::string_view> lines;
  each_line({complete.text.data(), complete.size},
            [&](std::string_view line) { lines.push_back(line); });
  const std::size_t wanted = lines.size() * std::strtoul(words[4], nullptr, 10);
  std::vector<bulk::Block> blocks;
  std::size_t records = 0;
  for (; records < wanted; records += blocks.back().rows())
    blocks.push_back(counter.block_of(lines, records));
  const double column_time = seconds(
      [&] {
        counter.start();
        for (const bulk::Block& each : blocks) counter.count(each);
      },
      kRuns);
  const std::string columns = measured(counter, column_time);
  const double line_time = seconds([&] { count_file(words[3], counter); }, kRuns);
  std::printf("{\"version\":\"" PANDECT_VERSION
              "\",\"kernel\":\"%s\",\"names\":[%s],\n\"columns\":%s,\n\"lines\":%s,\n",
              bulk::best_target().name.c_str(), names.c_str(), columns.c_str(),
              measured(counter, line_time).c_str());
  std::printf("\"kleene\":{%s},\n\"exact\":{%s}}\n",
              answers(set.program, options, false, complete, missing).c_str(),
              answers(set.program, options, true, complete, missing).c_str());
  return 0;
}

}  // namespace bench
