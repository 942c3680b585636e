// pandect history: what was recorded, and what each subject has become since.
#include "reports/history.h"

#include "cli/store_access.h"

namespace pandect::cli {
namespace {

struct Options {
  StoreOptions store;
  std::string subject, lang = "en", format = "text";
};

bool speaks_of(const reports::HistoryItem& item, const std::string& subject) {
  if (const auto* statement = std::get_if<store::Statement>(&item.content))
    return statement->subject == subject;
  for (const auto& each : std::get<store::Recorded>(item.content).subjects) {
    if (each.id == subject) return true;
  }
  return false;
}

// Only the subject that is asked for.
void narrow(reports::HistoryItem& item, const std::string& subject) {
  if (auto* recorded = std::get_if<store::Recorded>(&item.content))
    std::erase_if(recorded->subjects, [&](const auto& each) { return each.id != subject; });
}

int run(const Context& context, const Options& options) {
  const auto opened = open_store(context, store_file(options.store), store::Mode::read);
  if (!opened) return kNoVerdict;
  std::vector<reports::HistoryItem> items;
  Diagnostics problems;
  const auto trouble = opened->each(1, [&](const store::Entry& entry) {
    reports::HistoryItem item{entry, {}};
    item.entry.body.clear();
    const auto take = [&](auto read) {
      if (!read) {
        problems.insert(problems.end(), read.errors().begin(), read.errors().end());
        return;
      }
      item.content = std::move(*read);
      if (!options.subject.empty() && !speaks_of(item, options.subject)) return;
      if (!options.subject.empty()) narrow(item, options.subject);
      items.push_back(std::move(item));
    };
    if (entry.kind == "assessment") {
      take(store::recorded_of(entry));
    } else {
      take(store::statement_of(entry));
    }
    return true;
  });
  if (trouble) problems.push_back(*trouble);
  context.out(options.format == "json" ? reports::history_json(items)
                                       : reports::history_text(items, options.lang));
  context.report(problems);
  return problems.empty() ? kClean : kNoVerdict;
}

}  // namespace
}  // namespace pandect::cli

pandect::cli::Command command_history() {
  using namespace pandect::cli;
  Command command;
  command.name = "history";
  command.summary = "What was recorded: assessments, attestations and waivers";
  command.example =
      "pandect check examples/cv-screener --as-of 2026-11-21 --record --store "
      "build/history.sqlite3\n"
      "  pandect history --store build/history.sqlite3";
  command.configure = [](CLI::App& app) {
    const auto options = std::make_shared<Options>();
    app.add_option("path", options->store.manifest,
                   "Manifest, or folder with pandect.yaml, beside which the store stands")
        ->capture_default_str();
    app.add_option("--store", options->store.file,
                   "The store (default: .pandect/store.sqlite3 beside the manifest)");
    app.add_option("--subject", options->subject, "Only this system or model");
    app.add_option("--lang", options->lang, "en, ko or zh")
        ->check(CLI::IsMember({"en", "ko", "zh"}));
    app.add_option("--format", options->format, "text or json")
        ->check(CLI::IsMember({"text", "json"}))
        ->capture_default_str();
    return [=](Context& context) { return run(context, *options); };
  };
  return command;
}
