// pandect batch: many systems, one a line, to one row each. Streams in constant memory.
#include "base/names.h"
#include "cli/batch_input.h"
#include "cli/inputs.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <deque>
#include <filesystem>
#include <fstream>
#include <future>
#include <memory>
#include <thread>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

namespace pandect::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::string in = "-", out, reject, summary, as_of, format = "ndjson", in_format;
  std::vector<std::string> packs, jurisdictions, select;
  unsigned jobs = 0;
  std::uint64_t manifest_of = 0;
  bool exact = false, resume = false, allow_rejects = false;
};

struct Closer {
  void operator()(std::FILE* file) const {
    if (file != stdin && file != stdout) std::fclose(file);
  }
};
using FileHandle = std::unique_ptr<std::FILE, Closer>;

std::vector<std::string> split(const std::vector<std::string>& lists) {
  std::vector<std::string> result;
  for (const auto& list : lists) {
    for (std::size_t at = 0; at <= list.size();) {
      const std::size_t comma = std::min(list.find(',', at), list.size());
      if (comma > at) result.push_back(list.substr(at, comma - at));
      at = comma + 1;
    }
  }
  return result;
}

// The questions asked: those of `check`, or the ones selected, in the order of the selection.
bool choose(const Context& context, const Program& program, const Options& options,
            std::vector<bulk::Question>& questions) {
  std::vector<std::string_view> known;
  for (const auto& pack : program.packs.all()) known.push_back(program.text(pack.jurisdiction));
  const auto jurisdictions = split(options.jurisdictions);
  for (const auto& each : jurisdictions) {
    if (std::find(known.begin(), known.end(), each) != known.end()) continue;
    context.err("pandect batch: no pack is loaded for the jurisdiction `" + each + "`");
    return false;
  }
  const auto selected = split(options.select);
  if (selected.empty()) {
    questions = bulk::questions_of(program, jurisdictions);
    return true;
  }
  for (const auto& id : selected) {
    bulk::Question question;
    question.concept_index = program.find_concept(id);
    question.obligation = program.find_obligation(id);
    if (question.concept_index != kNone &&
        program.concepts[question.concept_index].type == FactType::boolean) {
      const Concept& found = program.concepts[question.concept_index];
      question.root = {found.root, found.scope};
      question.obligation = kNone;
    } else if (question.obligation != kNone) {
      const Obligation& found = program.obligations[question.obligation];
      question.root = {found.root, found.scope};
      question.concept_index = kNone;
    } else {
      std::vector<std::string_view> names;
      for (const auto& each : program.concepts.all()) names.push_back(program.text(each.id));
      for (const auto& each : program.obligations.all()) names.push_back(program.text(each.id));
      const std::string hint = did_you_mean(id, names);
      context.err("pandect batch: --select: there is no yes-or-no conclusion or duty `" + id + "`" +
                  (hint.empty() ? "" : "; ") + hint);
      return false;
    }
    questions.push_back(question);
  }
  return true;
}

// Where a run stopped, beside its output; valid for the same law, question and input only.
struct Position {
  std::string run;
  std::uint64_t offset = 0, line = 1, bytes = 0, reject_bytes = 0;
  std::string text() const {
    return nlohmann::ordered_json{{"run", run},
                                  {"input_offset", offset},
                                  {"next_line", line},
                                  {"output", bytes},
                                  {"reject", reject_bytes}}
               .dump() +
           "\n";
  }
};

std::optional<Position> read_position(const std::string& path) {
  std::ifstream file(path);
  const auto json = nlohmann::json::parse(file, nullptr, false);
  if (!json.is_object()) return std::nullopt;
  try {
    return Position{json.at("run"), json.at("input_offset"), json.at("next_line"),
                    json.at("output"), json.at("reject")};
  } catch (const nlohmann::json::exception&) {
    return std::nullopt;
  }
}

std::string describe_run(const Program& program, const Options& options,
                         const std::string& in_format, Day day) {
  std::string text = to_string(day) + " " + in_format + " " + options.format +
                     (options.exact ? " exact" : "") + " " + options.in;
  for (const auto& pack : program.packs.all())
    text += " " + std::string(program.text(pack.id)) + ":" + std::string(program.text(pack.digest));
  for (const auto& each : split(options.jurisdictions)) text += " " + each;
  for (const auto& each : split(options.select)) text += " " + each;
  return text;
}

std::string summary_text(const Program& program, const std::vector<bulk::Question>& questions,
                         const bulk::Totals& totals) {
  std::string text = fmt::format("{} lines, {} evaluated, {} rejected\n", totals.lines,
                                 totals.lines - totals.rejected, totals.rejected);
  text += fmt::format("{} of them one by one", totals.one_by_one);
  if (totals.exact > 0)
    text += fmt::format("; {} decided exactly, {} of those seen before", totals.exact,
                        totals.exact_kept);
  text += "\n\n";
  std::map<std::string, std::vector<std::string>> by_place;
  for (std::size_t i = 0; i < questions.size() && i < totals.holds.size(); ++i) {
    if (totals.holds[i] == 0 && totals.unknown[i] == 0) continue;
    const bool duty = questions[i].obligation != kNone;
    const std::uint32_t pack = duty ? program.obligations[questions[i].obligation].pack
                                    : program.concepts[questions[i].concept_index].pack;
    const auto id = duty ? program.text(program.obligations[questions[i].obligation].id)
                         : program.text(program.concepts[questions[i].concept_index].id);
    by_place[std::string(program.text(program.packs[pack].jurisdiction))].push_back(
        fmt::format("  {:<56} {:>12} {:>12} {:>12}\n", id, totals.holds[i], totals.unknown[i],
                    totals.standing[i]));
  }
  for (const auto& [place, rows] : by_place) {
    text +=
        fmt::format("  {:<56} {:>12} {:>12} {:>12}\n", place, "holds/due", "unknown", "standing");
    for (const auto& row : rows) text += row;
    text += "\n";
  }
  return text;
}

class Run {
 public:
  Run(const Context& context, const Options& options) : context_(context), options_(options) {}

  int go() {
    if (!prepare()) return kNoVerdict;
    if (options_.manifest_of > 0) return manifest();
    if (!open()) return kNoVerdict;
    if (!stream()) return kNoVerdict;
    return finish();
  }

 private:
  bool fail(const std::string& text) const {
    context_.err("pandect batch: " + text);
    return false;
  }

  bool prepare() {
    in_format_ = options_.in_format;
    if (in_format_.empty()) in_format_ = options_.in.ends_with(".csv") ? "csv" : "ndjson";
    if (!read_day(context_, options_.as_of, batch_.day)) return false;
    program_ = load_program(context_, split(options_.packs));
    if (!program_ || !choose(context_, *program_, options_, batch_.questions)) return false;
    batch_.csv = options_.format == "csv";
    batch_.exact = options_.exact;
    position_.run = describe_run(*program_, options_, in_format_, batch_.day);
    return true;
  }

  bool open_input() {
    in_.reset(options_.in == "-" ? stdin : std::fopen(options_.in.c_str(), "rb"));
    if (!in_) return fail("cannot read " + options_.in + ": " + std::strerror(errno));
    reader_ = std::make_unique<ChunkReader>(in_.get());
    if (in_format_ == "csv" && !reader_->header(header_))
      return fail("the input has no header line; name `id` and facts in the first line");
    return true;
  }

  bool open() {
    if (options_.resume && (options_.in == "-" || options_.out.empty()))
      return fail("--resume needs a file to read and -o FILE");
    if (!open_input()) return false;
    bool resumed = false;
    if (options_.resume) {
      if (const auto found = read_position(state_file())) {
        if (found->run != position_.run)
          return fail("the packs, the day or the options differ from those of " + state_file() +
                      "; start again without --resume");
        position_ = *found;
        if (!reader_->seek(position_.offset, position_.line) ||
            !shorten(part_file(), position_.bytes) ||
            (!options_.reject.empty() && !shorten(options_.reject, position_.reject_bytes)))
          return fail("cannot go on with " + part_file() + "; start again without --resume");
        resumed = true;
      } else if (fs::exists(options_.out)) {
        context_.err("pandect batch: " + options_.out + " is complete; nothing to resume");
        done_ = true;
        return true;
      }
    }
    const char* mode = resumed ? "ab" : "wb";
    out_.reset(options_.out.empty() ? stdout : std::fopen(part_file().c_str(), mode));
    if (!out_) return fail("cannot write " + part_file() + ": " + std::strerror(errno));
    if (!options_.reject.empty()) {
      reject_.reset(std::fopen(options_.reject.c_str(), mode));
      if (!reject_) return fail("cannot write " + options_.reject + ": " + std::strerror(errno));
    }
    return resumed || !batch_.csv ||
           put(out_.get(), bulk::header_row(*program_, batch_), position_.bytes);
  }

  // The manifest of one line, for check and explain.
  int manifest() {
    if (!open_input()) return kNoVerdict;
    const auto made = parser();
    if (!made) return kNoVerdict;
    bulk::Chunk chunk;
    while (reader_->next(chunk)) {
      if (reader_->line() <= options_.manifest_of && !reader_->at_end()) continue;
      std::size_t at = 0;
      for (std::uint64_t line = chunk.first_line; line < options_.manifest_of && at < chunk.size;
           ++line)
        at = std::min(chunk.text.find('\n', at), chunk.size) + 1;
      if (at >= chunk.size) break;
      std::string_view text(chunk.text.data() + at,
                            std::min(chunk.text.find('\n', at), chunk.size) - at);
      if (!text.empty() && text.back() == '\r') text.remove_suffix(1);
      bulk::Line line;
      bulk::LineFacts facts(*program_);
      made->parse(text, line);
      std::string problem = line.problem.empty() ? facts.find(line) : line.problem;
      if (!problem.empty()) {
        fail("line " + std::to_string(options_.manifest_of) + ": " + problem);
        return kNoVerdict;
      }
      context_.out(facts.manifest(line));
      return kClean;
    }
    fail("the input has no line " + std::to_string(options_.manifest_of));
    return kNoVerdict;
  }

  static bool shorten(const std::string& path, std::uint64_t size) {
    std::error_code error;
    if (fs::file_size(path, error) < size || error) return false;
    fs::resize_file(path, size, error);
    return !error;
  }

  bool put(std::FILE* file, const std::string& text, std::uint64_t& bytes) const {
    if (std::fwrite(text.data(), 1, text.size(), file) != text.size() || std::fflush(file) != 0)
      return fail(std::string("cannot write the output: ") + std::strerror(errno));
    bytes += text.size();
    return true;
  }

  std::unique_ptr<bulk::LineParser> parser() const {
    std::string why;
    auto made = in_format_ == "csv" ? bulk::csv_parser(header_, why) : bulk::json_parser(why);
    if (!made) fail(why);
    return made;
  }

  struct Pending {
    std::future<bulk::ChunkResult> result;
    std::shared_ptr<bulk::Chunk> chunk;
    std::uint64_t offset, line;
  };

  bool stream() {
    if (done_) return true;
    bulk::Plans plans(program_, batch_);
    const unsigned cores = std::max(1u, std::thread::hardware_concurrency());
    const unsigned jobs = options_.jobs > 0 ? options_.jobs : std::min(cores, 16u);
    std::vector<std::unique_ptr<bulk::Batch>> workers;
    for (unsigned i = 0; i < jobs; ++i) {
      auto made = parser();
      if (!made) return false;
      workers.push_back(std::make_unique<bulk::Batch>(plans, std::move(made)));
    }
    started_ = std::chrono::steady_clock::now();
    std::deque<Pending> pending;  // worker i has every jobs-th chunk, so rows come in order
    std::size_t count = 0;
    bool good = true;
    while (good) {
      auto chunk = std::make_shared<bulk::Chunk>();
      const bool more = reader_->next(*chunk);
      if (!more || pending.size() == jobs) {
        if (!pending.empty()) good = write(pending);
      }
      if (!more) {
        while (good && !pending.empty()) good = write(pending);
        break;
      }
      bulk::Batch& worker = *workers[count++ % jobs];
      auto result = std::async(std::launch::async, [&worker, chunk] { return worker.run(*chunk); });
      pending.push_back({std::move(result), chunk, reader_->offset(), reader_->line()});
    }
    for (Pending& each : pending) each.result.wait();
    if (reader_->failed()) return fail("reading " + options_.in + " failed");
    return good;
  }

  bool write(std::deque<Pending>& pending) {
    Pending first = std::move(pending.front());
    pending.pop_front();
    const bulk::ChunkResult result = first.result.get();
    totals_.add(result.totals);
    if (!put(out_.get(), result.rows, position_.bytes)) return false;
    if (reject_ && !put(reject_.get(), result.rejects, position_.reject_bytes)) return false;
    if (!reject_) complain(result.rejects);
    position_.offset = first.offset;
    position_.line = first.line;
    if (!options_.out.empty() && options_.in != "-" &&
        !write_file(context_, state_file(), position_.text()))
      return false;
    progress();
    return true;
  }

  void complain(const std::string& rejects) {
    std::size_t at = 0;
    while (at < rejects.size() && complaints_ < 20) {
      const std::size_t end = rejects.find('\n', at);
      context_.err("pandect batch: rejected " + rejects.substr(at, end - at));
      if (++complaints_ == 20)
        context_.err("pandect batch: further rejects are only counted; --reject FILE keeps all");
      at = end + 1;
    }
  }

  void progress() {
    if (::isatty(STDERR_FILENO) == 0) return;
    const auto now = std::chrono::steady_clock::now();
    if (now - shown_ < std::chrono::milliseconds(500)) return;
    shown_ = now;
    const double seconds = std::chrono::duration<double>(now - started_).count();
    std::fprintf(stderr, "\r%llu lines, %.0f/s ", static_cast<unsigned long long>(totals_.lines),
                 static_cast<double>(totals_.lines) / std::max(seconds, 0.001));
    drawn_ = true;
  }

  int finish() {
    if (drawn_) std::fprintf(stderr, "\r\033[K");
    if (done_) return kClean;
    if (!options_.out.empty()) {
      out_.reset();
      std::error_code error;
      fs::rename(part_file(), options_.out, error);
      if (error) {
        fail("cannot name " + part_file() + " " + options_.out + ": " + error.message());
        return kNoVerdict;
      }
      fs::remove(state_file(), error);
    }
    if (!options_.summary.empty()) {
      const std::string text = summary_text(*program_, batch_.questions, totals_);
      if (options_.summary == "-") {
        context_.err(text);
      } else if (!write_file(context_, options_.summary, text)) {
        return kNoVerdict;
      }
    }
    if (totals_.rejected > 0)
      context_.err(
          fmt::format("pandect batch: {} of {} lines rejected", totals_.rejected, totals_.lines));
    if (totals_.rejected > 0 && (!options_.allow_rejects || totals_.rejected == totals_.lines))
      return kNoVerdict;
    return totals_.lines == 0 && position_.line <= 2 ? kUndetermined : kClean;
  }

  std::string part_file() const { return options_.out + ".part"; }
  std::string state_file() const { return options_.out + ".state"; }

  const Context& context_;
  const Options& options_;
  std::string in_format_, header_;
  ProgramPtr program_;
  bulk::BatchOptions batch_;
  FileHandle in_, out_, reject_;
  std::unique_ptr<ChunkReader> reader_;
  Position position_;
  bulk::Totals totals_;
  bool done_ = false, drawn_ = false;
  int complaints_ = 0;
  std::chrono::steady_clock::time_point started_, shown_;
};

}  // namespace
}  // namespace pandect::cli

pandect::cli::Command command_batch() {
  using namespace pandect::cli;
  Command command;
  command.name = "batch";
  command.summary =
      "Many systems, one a line, to one row of conclusions and duties each. Exit: 0 all lines "
      "evaluated, 2 some rejected (unless --allow-rejects) or nothing could be read, 3 no lines. "
      "Rows say what holds or is due on one day; `check` says what is upcoming, and why.";
  command.example =
      "pandect batch examples/batch/systems.ndjson --jurisdiction kr --as-of 2026-11-21";
  command.configure = [](CLI::App& app) {
    const auto options = std::make_shared<Options>();
    app.add_option(
           "input", options->in,
           "File of lines, or - for standard input. NDJSON: {\"id\": \"a\", \"system.uses\": "
           "[...]}, or {\"id\", \"facts\", \"models\", \"deployments\"} as in a manifest")
        ->capture_default_str();
    app.add_option("--in-format", options->in_format, "ndjson or csv (default: by the file name)")
        ->check(CLI::IsMember({"ndjson", "csv"}));
    app.add_option("--format", options->format, "ndjson or csv")
        ->check(CLI::IsMember({"ndjson", "csv"}))
        ->capture_default_str();
    app.add_option("-o,--output", options->out, "Write rows to FILE (default: standard output)");
    app.add_option("--reject", options->reject, "Write rejected lines with their reason to FILE");
    app.add_option("--summary", options->summary,
                   "Counts by jurisdiction and conclusion to FILE, or - for standard error");
    app.add_option("--pack", options->packs, "Only this pack (may be repeated, or a list)");
    app.add_option("--jurisdiction", options->jurisdictions, "Only these: kr,eu,cn,us");
    app.add_option("--select", options->select, "Only these conclusions and duties");
    app.add_option("--as-of", options->as_of,
                   "The day whose law is asked for (YYYY-MM-DD; default: today)");
    app.add_flag("--exact", options->exact,
                 "Decide exactly what is unknown or stands until shown, as check does: "
                 "milliseconds to seconds for each different line instead of microseconds");
    app.add_flag("--resume", options->resume,
                 "Go on where an interrupted run with the same -o FILE stopped");
    app.add_flag("--allow-rejects", options->allow_rejects,
                 "Exit 0 though some lines were rejected");
    app.add_option("--manifest-of", options->manifest_of,
                   "Print line N as a manifest instead, for check and explain: "
                   "... --manifest-of 7 | pandect explain ID CONCLUSION -");
    app.add_option("--jobs", options->jobs, "Threads (default: one for each core)")
        ->check(CLI::Range(1u, 256u));
    return [=](Context& context) { return Run(context, *options).go(); };
  };
  return command;
}
