// (b) NDJSON to verdicts, on one thread, beside simdjson alone parsing the same lines in this run.
#include "bench/bench.h"
#include "bulk/batch.h"

#include <cstdio>
#include <cstdlib>

#include <simdjson.h>

namespace bench {

using namespace pandect;

namespace {

bulk::Chunk chunk_of(const std::vector<std::string>& lines) {
  bulk::Chunk chunk;
  for (const auto& each : lines) chunk.text += each + "\n";
  chunk.size = chunk.text.size();
  chunk.text.append(bulk::kLinePadding, ' ');
  return chunk;
}

// Every value of every line is looked at once, as its type.
std::size_t parse_alone(simdjson::ondemand::parser& parser, const bulk::Chunk& chunk) {
  std::size_t values = 0, at = 0;
  while (at < chunk.size) {
    const std::size_t end = chunk.text.find('\n', at);
    auto document = parser.iterate(chunk.text.data() + at, end - at, chunk.text.size() - at);
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
    at = end + 1;
  }
  return values;
}

void row(const char* name, double time, std::size_t lines, std::size_t bytes, double alone) {
  std::printf("    %-34s %9.0f k lines/s  %6.3f GB/s  x%.2f of simdjson alone\n", name,
              static_cast<double>(lines) / time / 1e3, static_cast<double>(bytes) / time / 1e9,
              time / alone);
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
  const std::string rejects = bulk::Batch(plans, std::move(reader)).run(chunk_of(lines)).rejects;
  const std::string mark = "{\"line\":";
  for (std::size_t at = rejects.find(mark); at != std::string::npos;
       at = rejects.find(mark, at + 1))
    lines[std::strtoul(rejects.c_str() + at + mark.size(), nullptr, 10) - 1].clear();
  std::erase(lines, "");
  return lines;
}

void measure(const RuleSet& set, int stated, int count) {
  bulk::BatchOptions options;
  options.day = *parse_day("2026-11-21");
  options.questions = bulk::questions_of(*set.program, {});
  if (options.questions.empty()) {
    for (std::uint32_t i = 0; i < set.program->concepts.size(); ++i)
      options.questions.push_back(
          {{set.program->concepts[i].root, set.program->concepts[i].scope}, i, kNone});
  }
  bulk::Plans plans(set.program, options);
  const auto lines = sound_lines(set, plans, stated, count);
  if (lines.empty()) return;
  const bulk::Chunk chunk = chunk_of(lines);
  simdjson::ondemand::parser parser;
  const double alone = seconds([&] { parse_alone(parser, chunk); }, 7);
  std::printf("  %s, %zu lines of %zu bytes\n", set.name.c_str(), lines.size(),
              chunk.size / lines.size());
  row("simdjson alone", alone, lines.size(), chunk.size, alone);
  std::string why;
  auto split = bulk::json_parser(why);
  bulk::LineFacts facts(*set.program);
  bulk::Line line;
  bulk::Batch verdicts(plans, bulk::json_parser(why));
  bulk::ChunkResult result;
  const auto each_line = [&](auto work) {
    for (std::size_t at = 0; at < chunk.size;) {
      const std::size_t end = chunk.text.find('\n', at);
      split->parse(std::string_view(chunk.text.data() + at, end - at), line);
      work();
      at = end + 1;
    }
  };
  row("split into facts and values", seconds([&] { each_line([] {}); }, 7), lines.size(),
      chunk.size, alone);
  const auto plan = plans.get({});
  const std::uint32_t words = block_words(*plan);
  bulk::Block block(*plan, words);
  bulk::Intake intake(*plan, block);
  bulk::BlockEvaluator evaluator(*plan, words);
  std::size_t other = 0;
  const double time = seconds(
      [&] {
        other = 0;
        each_line([&] {
          if (!facts.find(line).empty() || facts.shape(line) != plan->shape()) {
            ++other;
            return;
          }
          if (!intake.add(line, facts).empty()) ++other;
          if (block.rows() < block.capacity()) return;
          evaluator.run(block);
          block.clear();
        });
        evaluator.run(block);
        block.clear();
      },
      7);
  row("lines to planes of verdicts", time, lines.size(), chunk.size, alone);
  row("lines to rows of NDJSON", seconds([&] { result = verdicts.run(chunk); }, 5), lines.size(),
      chunk.size, alone);
  std::printf(
      "    %zu bytes of rows a line, %llu rejected, %llu one by one, %zu of another shape\n",
      result.rows.size() / lines.size(), static_cast<unsigned long long>(result.totals.rejected),
      static_cast<unsigned long long>(result.totals.one_by_one), other);
}

}  // namespace

void bulk_lines() {
  std::printf("\nNDJSON to verdicts, one thread, each line a system of its own\n");
  const auto sets = rule_sets();
  measure(sets.front(), 85, 20'000);
  measure(sets.back(), 8, 5'000);
}

}  // namespace bench
