// pandect store: checks, saves and moves the file in which assessments are recorded.
#include "cli/store_access.h"
#include "packs/folder.h"
#include "store/transfer.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>

#include <unistd.h>

namespace pandect::cli {
namespace {

constexpr std::size_t kLargestDamaged = std::size_t{4} * 1024 * 1024 * 1024;

struct Options {
  StoreOptions store;
  std::string head, file;
  bool salvage = false, up_to_break = false;
};

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

int run_verify(const Context& context, const Options& options) {
  const std::string file = store_file(options.store);
  const auto opened = open_store(context, file, store::Mode::read);
  if (!opened) return kNoVerdict;
  const auto result = opened->verify();
  context.report(result.problems);
  bool whole = result.problems.empty();
  if (!options.head.empty()) {
    bool found = false;
    (void)opened->each(1, [&](const store::Entry& entry) {
      found = found || entry.hash == options.head;
      return !found;
    });
    if (!found)
      context.err(file + ": no entry has the hash " + options.head +
                  "; entries were cut off, or this is another store");
    whole = whole && found;
  }
  context.out(file + ": " + std::to_string(result.entries) + " entries, " +
              std::to_string(result.documents) + " documents, version " +
              std::to_string(result.version) + "\nhead " + result.head + "\n" +
              (whole ? "whole\n" : "damaged\n"));
  return whole ? kClean : kNoVerdict;
}

// Writes under another name and renames, or to standard output.
class Output {
 public:
  Output(const Context& context, const std::string& path) : context_(context), path_(path) {
    if (path.empty()) return;
    own_ = path + ".writing-" + std::to_string(::getpid());
    file_ = File(std::fopen(own_.c_str(), "wb"), &std::fclose);
  }
  ~Output() {
    file_.reset();
    if (!own_.empty()) ::unlink(own_.c_str());
  }
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  bool write(const std::string& line) {
    std::FILE* to = own_.empty() ? stdout : file_.get();
    return to != nullptr && std::fwrite(line.data(), 1, line.size(), to) == line.size();
  }
  bool finish() {
    if (own_.empty()) return true;
    const bool flushed =
        file_ && std::fflush(file_.get()) == 0 && ::fsync(::fileno(file_.get())) == 0;
    if (flushed && std::rename(own_.c_str(), path_.c_str()) == 0) return true;
    context_.err(path_ + ": cannot be written: " + std::strerror(errno));
    return false;
  }

 private:
  const Context& context_;
  std::string path_, own_;
  File file_{nullptr, &std::fclose};
};

int run_export(const Context& context, const Options& options) {
  const std::string file = store_file(options.store);
  Output output(context, options.file);
  const store::Sink sink = [&](const std::string& line) { return output.write(line); };
  store::Trouble trouble;
  bool lost = false;
  if (options.salvage) {
    const auto bytes = read_text(file, kLargestDamaged);
    if (!bytes) {
      context.report(bytes.errors());
      return kNoVerdict;
    }
    const auto salvaged = store::salvage(*bytes);
    std::error_code error;
    if (std::filesystem::exists(file + "-journal", error))
      context.err(file +
                  "-journal: a write was interrupted; opening the store would undo it first");
    for (const auto& each : salvaged.losses) context.err("pandect: lost: " + each);
    context.err("pandect: saved " + std::to_string(salvaged.entries.size()) + " entries and " +
                std::to_string(salvaged.documents.size()) + " documents");
    lost = !salvaged.losses.empty();
    trouble = store::export_salvaged(salvaged, sink);
  } else {
    const auto opened = open_store(context, file, store::Mode::read);
    if (!opened) return kNoVerdict;
    trouble = store::export_store(*opened, sink);
  }
  if (trouble) context.report({*trouble});
  if (trouble || !output.finish()) return kNoVerdict;
  return lost ? kFindings : kClean;
}

int run_import(const Context& context, const Options& options) {
  const bool standard = options.file == "-";
  const File file(standard ? stdin : std::fopen(options.file.c_str(), "rb"),
                  standard ? +[](std::FILE*) { return 0; } : &std::fclose);
  if (!file) {
    context.err(options.file + ": cannot be read: " + std::strerror(errno));
    return kNoVerdict;
  }
  const auto opened = open_store(context, store_file(options.store), store::Mode::create);
  if (!opened) return kNoVerdict;
  const store::Lines lines = [&](std::string& line) {
    line.clear();
    for (int c = std::getc(file.get()); c != EOF; c = std::getc(file.get())) {
      if (c == '\n') return true;
      line += static_cast<char>(c);
      if (line.size() > store::kLongestLine) return true;  // which says so
    }
    return !line.empty();
  };
  const auto imported = store::import_lines(*opened, options.file, lines, options.up_to_break);
  if (!imported) {
    context.report(imported.errors());
    return kNoVerdict;
  }
  context.out(std::to_string(imported->added) + " entries added, " +
              std::to_string(imported->known) + " were there already\n");
  if (imported->broken)
    context.err("pandect: the chain breaks after entry " +
                std::to_string(imported->added + imported->known) + "; what follows was left out");
  return imported->broken ? kFindings : kClean;
}

int run_backup(const Context& context, const Options& options) {
  const auto opened = open_store(context, store_file(options.store), store::Mode::read);
  if (!opened) return kNoVerdict;
  std::error_code error;
  const std::string own = options.file + ".writing-" + std::to_string(::getpid());
  std::filesystem::remove(own, error);
  const auto trouble = opened->backup(own);
  if (!trouble && std::rename(own.c_str(), options.file.c_str()) == 0) return kClean;
  if (trouble) {
    context.report({*trouble});
  } else {
    context.err(options.file + ": cannot be written: " + std::strerror(errno));
  }
  std::filesystem::remove(own, error);
  return kNoVerdict;
}

}  // namespace
}  // namespace pandect::cli

pandect::cli::Command command_store() {
  using namespace pandect::cli;
  Command command;
  command.name = "store";
  command.summary = "Check, save and move the file in which assessments are recorded";
  command.example =
      "pandect check examples/cv-screener --as-of 2026-11-21 --record --store "
      "build/history.sqlite3\n"
      "  pandect store verify --store build/history.sqlite3";
  command.configure = [](CLI::App& app) {
    using Action = int (*)(const Context&, const Options&);
    const auto options = std::make_shared<Options>();
    const auto action = std::make_shared<Action>(nullptr);
    app.require_subcommand(1);
    const auto add = [&](const char* name, const char* summary, Action run) {
      CLI::App* sub = app.add_subcommand(name, summary);
      add_store_options(*sub, options->store);
      sub->callback([action, run] { *action = run; });
      return sub;
    };
    add("verify", "Every page, hash and document; exit 2 if anything is wrong", run_verify)
        ->add_option("--head", options->head,
                     "Hash of an entry that must be there: the last one you know of");
    CLI::App* written = add("export", "As NDJSON, one entry or document a line", run_export);
    written->add_option("-o", options->file, "Into this file instead of standard output");
    written->add_flag("--salvage", options->salvage,
                      "From a damaged file: all that still proves itself; exit 1 if some is lost");
    CLI::App* read = add("import", "Add what an export holds, every hash checked", run_import);
    read->add_option("file", options->file, "The export, or - for standard input")->required();
    read->add_flag("--up-to-break", options->up_to_break,
                   "From a salvaged export: take what stands before the first gap");
    add("backup", "A copy of the store while others may write to it", run_backup)
        ->add_option("file", options->file, "The copy")
        ->required();
    return [=](Context& context) { return (*action)(context, *options); };
  };
  return command;
}
