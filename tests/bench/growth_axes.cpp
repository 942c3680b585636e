// ./dev bench growth: how each figure grows with rules, facts stated, records, systems and the
// depth of proofs, on made-up packs; a table with the exponent of each, and build/bench/growth.svg.
#include "assessment/assess.h"
#include "assessment/explain.h"
#include "bench/growth.h"
#include "bench/made.h"
#include "bench/stack.h"
#include "bulk/batch.h"
#include "packs/image.h"
#include "reports/report.h"

#include <cstdio>
#include <fstream>

#include <malloc.h>

namespace bench {

using namespace pandect;

namespace {

constexpr std::size_t kChunk = 1 << 20;  // as `pandect batch` reads

Day day() { return *parse_day("2026-11-21"); }

double live_heap() {
  const auto info = ::mallinfo2();
  return static_cast<double>(info.uordblks + info.hblkhd);
}

void complain(const Diagnostics& problems) {
  for (const auto& each : problems) std::printf("  %s\n", to_string(each).c_str());
}

// A linked pack and a manifest that speaks of it.
struct Case {
  ProgramPtr program;
  Manifest manifest;
  std::string manifest_text;
  Assessable subject;
};

bool load(Case& made, const ProgramPtr& program, const std::string& stated, int systems = 1) {
  made.program = program;
  made.manifest_text = manifest_text(stated, systems);
  auto read = read_manifest(*program, "made.yaml", made.manifest_text);
  if (!read) {
    complain(read.errors());
    return false;
  }
  made.manifest = *read;
  made.subject = records_of(made.manifest).front();
  return true;
}

AssessOptions options() {
  AssessOptions result;
  result.as_of = day();
  result.engine_version = PANDECT_VERSION;
  return result;
}

std::size_t missing_of_all(const Case& made) {
  Diagnostics problems;
  const Knowledge knowledge(*made.program, made.subject.record, problems);
  Evaluation evaluation(knowledge, day(), day());
  std::size_t names = 0;
  for (const Concept& each : made.program->concepts.all()) {
    if (each.root == kNone) continue;  // an amount
    names += evaluation.conclude(each.root, Binding{}).missing.size();
  }
  return names;
}

void lay_out(const Case& made) {
  Diagnostics problems;
  const Knowledge knowledge(*made.program, made.subject.record, problems);
}

void explain_one(const Case& made, const std::string& id) {
  const auto explanation = explain(*made.program, made.subject, id, day());
  if (!explanation) complain(explanation.errors());
}

bulk::BatchOptions batch_options(const ProgramPtr& program) {
  bulk::BatchOptions result;
  result.day = day();
  result.questions = bulk::questions_of(*program, {});
  return result;
}

bulk::Chunk chunk_of(std::string text) {
  bulk::Chunk chunk;
  chunk.text = std::move(text);
  chunk.size = chunk.text.size();
  chunk.text.append(bulk::kLinePadding, ' ');
  return chunk;
}

// Whole lines, a different system each, in chunks as `pandect batch` makes them.
std::vector<bulk::Chunk> chunks_of(const Program& program, int lines, int stated) {
  Random random(3);
  std::vector<bulk::Chunk> chunks;
  std::string text;
  for (int i = 0; i < lines; ++i) {
    text += made_line(program, random, stated, i) + "\n";
    if (text.size() < kChunk && i + 1 < lines) continue;
    chunks.push_back(chunk_of(std::move(text)));
    text.clear();
  }
  return chunks;
}

class Lines {
 public:
  explicit Lines(const ProgramPtr& program)
      : options_(batch_options(program)), plans_(program, options_) {
    std::string why;
    auto parser = bulk::json_parser(why);
    if (parser) batch_ = std::make_unique<bulk::Batch>(plans_, std::move(parser));
    if (!parser && !batch_) std::printf("  no lines: %s\n", why.c_str());
  }
  bool ready() const { return batch_ != nullptr; }
  void run(const std::vector<bulk::Chunk>& chunks) {
    for (const auto& each : chunks) batch_->run(each);
  }

 private:
  bulk::BatchOptions options_;
  bulk::Plans plans_;
  std::unique_ptr<bulk::Batch> batch_;
};

void pack_figures(Growth& growth, std::size_t at, const PackTexts& texts, const Program& program) {
  growth.time("read and link the pack", at, [&] { read_and_link(texts); });
  std::string image;
  growth.time("write the image", at, [&] { image = image_of(program, "growth"); });
  if (!image.empty())
    growth.time("check and open the image", at, [&] { program_of(image, "growth", nullptr); });
  growth.bytes("image", at, static_cast<double>(image.size()));
  const double before = live_heap();
  const Linked again = read_and_link(texts);
  growth.bytes("linked program", at, live_heap() - before);
}

void bulk_figures(Growth& growth, std::size_t at, const ProgramPtr& program, int stated) {
  const auto asked = batch_options(program);
  std::vector<bulk::Root> roots;
  for (const auto& each : asked.questions) roots.push_back(each.root);
  std::shared_ptr<const bulk::Plan> plan;
  const bool made = growth.time("make the bulk plan", at, [&] {
    plan = std::make_shared<const bulk::Plan>(program, bulk::Shape{}, asked.day, roots);
  });
  if (!made) return;
  bulk::Block block(*plan, block_words(*plan));
  for (std::uint32_t row = 0; row < block.capacity(); ++row) block.add();
  bulk::BlockEvaluator evaluator(*plan, block_words(*plan));
  growth.time(
      "bulk: 64 records", at, [&] { evaluator.run(block); }, block.capacity() / 64.0);
  Lines lines(program);
  if (!lines.ready()) return;
  constexpr int kLines = 100;
  const auto chunks = chunks_of(*program, kLines, stated);
  growth.time("batch: 100 lines", at, [&] { lines.run(chunks); });
}

void record_figures(Growth& growth, std::size_t at, const Case& made, const std::string& asked) {
  growth.time("read the manifest", at,
              [&] { read_manifest(*made.program, "made.yaml", made.manifest_text); });
  growth.time("lay out the record", at, [&] { lay_out(made); });
  Result<Assessment> assessment = Assessment{};
  const double before = live_heap();
  growth.time("assess", at, [&] { assessment = assess(*made.program, made.manifest, options()); });
  growth.bytes("assessment", at, live_heap() - before);
  if (!assessment) complain(assessment.errors());
  growth.time("explain one conclusion", at, [&] { explain_one(made, asked); });
}

Growth with_rules() {
  Growth growth("rules in the pack", "rules", {32, 96, 320, 960, 3200});
  for (std::size_t at = 0; at < growth.sizes().size(); ++at) {
    const auto texts = copied_rules(static_cast<int>(growth.sizes()[at] / 32));
    const Linked linked = read_and_link(texts);
    Case made;
    if (!linked.program ||
        !load(made, linked.program,
              answers(*linked.program, linked.program->facts.size() * 85 / 100))) {
      complain(linked.problems);
      break;
    }
    pack_figures(growth, at, texts, *linked.program);
    record_figures(growth, at, made, "act_0.minimal");
    Case open;
    load(open, linked.program, "");
    growth.time("missing, of every conclusion", at, [&] { missing_of_all(open); });
    growth.time("assess, no fact stated", at,
                [&] { assess(*open.program, open.manifest, options()); });
    bulk_figures(growth, at, linked.program, 85);
  }
  growth.print();
  return growth;
}

Growth with_facts() {
  Growth growth("facts stated, of 2500 in 3200 rules", "facts stated", {25, 75, 250, 750, 2500});
  const Linked linked = read_and_link(copied_rules(100));
  for (std::size_t at = 0; linked.program && at < growth.sizes().size(); ++at) {
    Case made;
    const auto stated = static_cast<std::size_t>(growth.sizes()[at]);
    if (!load(made, linked.program, answers(*linked.program, stated))) break;
    record_figures(growth, at, made, "act_0.minimal");
    growth.time("missing, of every conclusion", at, [&] { missing_of_all(made); });
    Lines lines(linked.program);
    if (!lines.ready()) break;
    const auto chunks = chunks_of(*linked.program, 100, static_cast<int>(stated / 25));
    growth.time("batch: 100 lines", at, [&] { lines.run(chunks); });
  }
  growth.print();
  return growth;
}

Growth with_records() {
  Growth growth("records", "lines of a batch; systems of a manifest x 100",
                {1000, 3000, 10'000, 30'000, 100'000});
  const Linked linked = read_and_link(copied_rules(1));
  if (!linked.program) return growth;
  for (std::size_t at = 0; at < growth.sizes().size(); ++at) {
    Lines lines(linked.program);
    if (!lines.ready()) break;
    const auto chunks = chunks_of(*linked.program, static_cast<int>(growth.sizes()[at]), 85);
    const double before = live_heap();
    growth.time("batch: lines to rows", at, [&] { lines.run(chunks); });
    growth.bytes("kept by a batch", at, live_heap() - before);
    Case made;
    const int systems = static_cast<int>(growth.sizes()[at] / 100);
    if (!load(made, linked.program, answers(*linked.program, 21), systems)) break;
    growth.time("manifest: read", at,
                [&] { read_manifest(*made.program, "made.yaml", made.manifest_text); });
    Result<Assessment> assessment = Assessment{};
    growth.time("manifest: assess", at,
                [&] { assessment = assess(*made.program, made.manifest, options()); });
    if (!assessment) continue;
    for (const auto& format : reports::formats()) {
      if (format.name == "text" || format.name == "json" || format.name == "html")
        growth.time("manifest: render " + format.name, at, [&] { format.render(*assessment, {}); });
    }
  }
  growth.print();
  return growth;
}

Growth with_depth(const std::string& name, int routes) {
  Growth growth(name, "conclusions in the chain", {10, 30, 100, 300, 1000});
  for (std::size_t at = 0; at < growth.sizes().size(); ++at) {
    const int depth = static_cast<int>(growth.sizes()[at]);
    const auto texts = chain(depth, routes);
    const Linked linked = read_and_link(texts);
    Case made, open;
    if (!linked.program || !load(made, linked.program, all_yes(*linked.program)) ||
        !load(open, linked.program, "")) {
      std::printf("  %d conclusions:\n", depth);
      complain(linked.problems);
      break;
    }
    pack_figures(growth, at, texts, *linked.program);
    const std::string end = chain_end(depth);
    record_figures(growth, at, made, end);
    growth.time("missing, of every conclusion", at, [&] { missing_of_all(open); });
    bulk_figures(growth, at, linked.program, 85);
    const auto stack = [&](const std::string& what, const std::function<void()>& work) {
      growth.bytes("stack: " + what, at, static_cast<double>(stack_of(work)));
    };
    stack("link", [&] { read_and_link(texts); });
    stack("assess", [&] { assess(*made.program, made.manifest, options()); });
    stack("explain", [&] { explain_one(made, end); });
    stack("missing", [&] { missing_of_all(open); });
    stack("bulk plan", [&] {
      bulk::Plan(linked.program, {}, day(), {bulk::questions_of(*linked.program, {}).back().root});
    });
  }
  growth.print();
  return growth;
}

}  // namespace

namespace {

std::vector<Panel>& panels() {
  static std::vector<Panel> list;
  return list;
}

void keep(const Growth& growth) { panels().push_back(growth.panel()); }

}  // namespace

void growth_rules() { keep(with_rules()); }
void growth_facts() { keep(with_facts()); }
void growth_records() { keep(with_records()); }
void growth_depth() {
  stack_of([] {  // room enough for whatever recurses
    keep(with_depth("depth of a proof", 1));
    keep(with_depth("depth of a proof, two rules a step", 2));
  });
}

void draw_growth(const std::string& file) {
  if (panels().empty()) return;
  std::ofstream out(file, std::ios::binary);
  out << svg_of("How the figures grow",
                "Processor time of one thread. Dashed: in step with n. Bold: worse than that.",
                panels());
  out.flush();
  std::printf("\n  %s %s\n", out ? "drawn in" : "could not be written:", file.c_str());
}

}  // namespace bench
