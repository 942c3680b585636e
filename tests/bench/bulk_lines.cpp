// (b) NDJSON to verdicts, on one thread, beside simdjson alone parsing the same lines in this run;
// and what deciding exactly costs beside that.
#include "bench/bench.h"
#include "bulk/batch.h"

#include <cstdio>
#include <cstdlib>

#include <simdjson.h>

namespace bench {

using namespace pandect;

namespace {

using Chunks = std::vector<bulk::Chunk>;

// As `pandect batch` reads them: a megabyte at a time.
Chunks chunks_of(const std::vector<std::string>& lines) {
  constexpr std::size_t kMost = 1024 * 1024;
  Chunks chunks;
  std::uint64_t number = 1;
  for (const auto& each : lines) {
    if (chunks.empty() || chunks.back().text.size() + each.size() > kMost)
      chunks.emplace_back().first_line = number;
    chunks.back().text += each + "\n";
    ++number;
  }
  for (bulk::Chunk& each : chunks) {
    each.size = each.text.size();
    each.text.append(bulk::kLinePadding, ' ');
  }
  return chunks;
}

template <typename F>
void each_line(const Chunks& chunks, F use) {
  for (const bulk::Chunk& chunk : chunks) {
    for (std::size_t at = 0; at < chunk.size;) {
      const std::size_t end = chunk.text.find('\n', at);
      use(std::string_view(chunk.text.data() + at, end - at), chunk.text.size() - at);
      at = end + 1;
    }
  }
}

// Every value of every line is looked at once, as its type.
std::size_t parse_alone(simdjson::ondemand::parser& parser, const Chunks& chunks) {
  std::size_t values = 0;
  each_line(chunks, [&](std::string_view line, std::size_t room) {
    auto document = parser.iterate(line.data(), line.size(), room);
    for (auto field : document.get_object()) {
      std::string_view text;
      auto value = field.value();
      simdjson::ondemand::json_type type = value.type();
      if (type == simdjson::ondemand::json_type::array) {
        for (auto each : value.get_array()) values += each.get_string().get(text) == 0 ? 1 : 0;
      } else if (type == simdjson::ondemand::json_type::string) {
        values += value.get_string().get(text) == 0 ? 1 : 0;
      } else {
        text = value.raw_json_token();
        values += text.size() > 0 ? 1 : 0;
      }
    }
  });
  return values;
}

// Random answers may break an axiom; such lines are rejected one by one, and are left out.
std::vector<std::string> sound_lines(const RuleSet& set, bulk::Plans& plans, int stated,
                                     int count) {
  std::string why;
  auto reader = bulk::json_parser(why);
  if (!reader) {
    std::printf("    skipped: %s\n", why.c_str());
    return {};
  }
  Random random(11);
  std::vector<std::string> lines;
  for (int i = 0; i < count; ++i) lines.push_back(random_line(*set.program, random, stated, i));
  bulk::Batch batch(plans, std::move(reader));
  std::string rejects;
  for (const bulk::Chunk& each : chunks_of(lines)) rejects += batch.run(each).rejects;
  const std::string mark = "{\"line\":";
  for (std::size_t at = rejects.find(mark); at != std::string::npos;
       at = rejects.find(mark, at + 1))
    lines[std::strtoul(rejects.c_str() + at + mark.size(), nullptr, 10) - 1].clear();
  std::erase(lines, "");
  return lines;
}

struct Outcome {
  std::size_t bytes = 0;  // of rows
  bulk::Totals totals;
};

Outcome run(bulk::Batch& batch, const Chunks& chunks) {
  Outcome outcome;
  for (const bulk::Chunk& each : chunks) {
    const bulk::ChunkResult result = batch.run(each);
    outcome.bytes += result.rows.size();
    outcome.totals.add(result.totals);
  }
  return outcome;
}

// The steps on the way to rows, each with those before it.
void measure_steps(const RuleSet& set, bulk::Plans& plans, const Chunks& chunks,
                   const std::function<void(const char*, double)>& row) {
  std::string why;
  auto split = bulk::json_parser(why);
  bulk::LineFacts facts(*set.program);
  bulk::Line line;
  row("split into facts and values",
      seconds(
          [&] {
            each_line(chunks,
                      [&](std::string_view text, std::size_t) { split->parse(text, line); });
          },
          7));
  const auto plan = plans.get({});
  const std::uint32_t words = block_words(*plan);
  bulk::Block block(*plan, words);
  bulk::Intake intake(*plan, block);
  bulk::BlockEvaluator evaluator(*plan, words);
  const auto work = [&] {
    each_line(chunks, [&](std::string_view text, std::size_t) {
      split->parse(text, line);
      if (!facts.find(line).empty() || facts.shape(line) != plan->shape()) return;
      (void)intake.add(line, facts);
      if (block.rows() < block.capacity()) return;
      evaluator.run(block);
      block.clear();
    });
    evaluator.run(block);
    block.clear();
  };
  row("lines to planes of verdicts", seconds(work, 7));
}

void measure_exact(const RuleSet& set, bulk::BatchOptions options,
                   const std::vector<std::string>& lines) {
  const Chunks chunks = chunks_of(lines);
  double times[2] = {};
  std::string why;
  for (const bool exact : {false, true}) {
    options.exact = exact;
    bulk::Plans plans(set.program, options);
    // A batch remembers what it has decided: each run is a new one.
    times[exact ? 1 : 0] = seconds(
        [&] {
          bulk::Batch batch(plans, bulk::json_parser(why));
          run(batch, chunks);
        },
        3);
  }
  std::printf("    %zu of these lines decided exactly: %.3f ms a line, x%.0f of the plain rows\n",
              lines.size(), times[1] / static_cast<double>(lines.size()) * 1e3,
              times[1] / times[0]);
}

void measure(const RuleSet& set, int stated, int count, std::size_t exact) {
  bulk::BatchOptions options;
  options.day = *parse_day("2026-11-21");
  options.questions = bulk::questions_of(*set.program, {});
  if (options.questions.empty()) {
    for (std::uint32_t i = 0; i < set.program->concepts.size(); ++i)
      options.questions.push_back(
          {{set.program->concepts[i].root, set.program->concepts[i].scope}, i, kNone});
  }
  bulk::Plans plans(set.program, options);
  auto lines = sound_lines(set, plans, stated, count);
  if (lines.empty()) return;
  const Chunks chunks = chunks_of(lines);
  std::size_t bytes = 0;
  for (const bulk::Chunk& each : chunks) bytes += each.size;
  simdjson::ondemand::parser parser;
  const double alone = seconds([&] { parse_alone(parser, chunks); }, 7);
  std::printf("  %s, %zu lines of %zu bytes, %d %% of the facts known\n", set.name.c_str(),
              lines.size(), bytes / lines.size(), stated);
  const auto row = [&](const char* name, double time) {
    std::printf("    %-34s %9.0f k lines/s  %6.3f GB/s  x%.2f of simdjson alone\n", name,
                static_cast<double>(lines.size()) / time / 1e3,
                static_cast<double>(bytes) / time / 1e9, time / alone);
  };
  row("simdjson alone", alone);
  measure_steps(set, plans, chunks, row);
  std::string why;
  bulk::Batch batch(plans, bulk::json_parser(why));
  Outcome result;
  row("lines to rows of NDJSON", seconds([&] { result = run(batch, chunks); }, 5));
  std::printf("    %zu bytes of rows a line, %llu rejected, %llu one by one\n",
              result.bytes / lines.size(), static_cast<unsigned long long>(result.totals.rejected),
              static_cast<unsigned long long>(result.totals.one_by_one));
  lines.resize(std::min(lines.size(), exact));
  measure_exact(set, options, lines);
}

}  // namespace

void bulk_lines() {
  std::printf("\nNDJSON to verdicts, one thread, each line a system of its own\n");
  const auto sets = rule_sets();
  measure(sets.front(), 85, 20'000, 2'000);
  measure(sets.back(), 8, 5'000, 10);
}

}  // namespace bench
