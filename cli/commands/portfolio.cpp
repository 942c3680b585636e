// pandect portfolio: every manifest below some folders, assessed as `check` does, in one view.
#include "reports/portfolio.h"

#include "cli/folders.h"
#include "cli/gate.h"
#include "reports/module.h"

#include <algorithm>
#include <atomic>
#include <iostream>
#include <map>
#include <mutex>
#include <set>
#include <thread>

namespace pandect::cli {
namespace {

struct Options {
  InputOptions input;
  std::vector<std::string> folders;
  std::string format = "text", file, fail_on, fail_on_unknown;
  bool no_evidence = false;
  unsigned jobs = 0;
};

// Packs are loaded once for all manifests that want the same ones.
class Programs {
 public:
  ProgramPtr load(const Context& context, const std::vector<std::string>& ids) {
    const std::scoped_lock lock(guard_);
    const auto found = known_.find(ids);
    if (found != known_.end() && found->second) return found->second;
    return known_[ids] = load_program(context, ids);
  }

 private:
  std::mutex guard_;
  std::map<std::vector<std::string>, ProgramPtr> known_;
};

struct Outcome {
  std::vector<reports::PortfolioSubject> subjects;
  std::vector<PackUsed> packs;
  std::string messages;
  bool assessed = false;
};

std::optional<Assessment> assess_one(const Context& context, const Inputs& inputs,
                                     const Options& options) {
  GateOptions gate;
  gate.no_evidence = options.no_evidence;
  auto assessment = assess_looking(context, inputs, inputs.assess, options.no_evidence);
  if (!assessment || !add_contradictions(context, inputs, gate, *assessment) ||
      !use_baseline(context, inputs, gate, *assessment))
    return std::nullopt;
  if (!assessment->assessed_anything()) {
    context.err("nothing was assessed: no system and no model that a pack speaks of");
    return std::nullopt;
  }
  return assessment;
}

Outcome look_at(const Context& given, const std::string& folder, const Options& options) {
  Outcome outcome;
  Context context = given;
  context.messages = &outcome.messages;
  try {
    InputOptions input = options.input;
    input.path = folder;
    const auto inputs = read_inputs(context, input);
    if (!inputs) return outcome;
    const auto assessment = assess_one(context, *inputs, options);
    if (!assessment) return outcome;
    const auto first = [](const std::string& a, const std::string& b, const char* otherwise) {
      return !a.empty() ? a : !b.empty() ? b : std::string(otherwise);
    };
    outcome.subjects = reports::portfolio_subjects(
        folder, *assessment, first(options.fail_on, inputs->settings.fail_on, "high"),
        first(options.fail_on_unknown, inputs->settings.fail_on_unknown, "classification"));
    outcome.packs = assessment->packs;
    outcome.assessed = true;
  } catch (const std::exception& error) {
    outcome.messages += std::string("internal failure: ") + error.what() + "\n";
  }
  return outcome;
}

// Each manifest by itself, on all cores; the outcomes stand in the order of the folders.
std::vector<Outcome> look_at_all(const Context& context, const std::vector<std::string>& folders,
                                 const Options& options) {
  std::vector<Outcome> outcomes(folders.size());
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t i = next++; i < folders.size(); i = next++)
      outcomes[i] = look_at(context, folders[i], options);
  };
  const std::size_t cores =
      options.jobs > 0 ? options.jobs : std::max(1u, std::thread::hardware_concurrency());
  std::vector<std::thread> threads;
  for (std::size_t i = 1; i < std::min(cores, folders.size()); ++i) threads.emplace_back(work);
  work();
  for (auto& each : threads) each.join();
  return outcomes;
}

// Named folders, and where one is `-`, those of standard input, one a line.
std::optional<Folders> folders_of(const Context& context, const Options& options) {
  std::vector<std::string> named;
  for (const auto& each : options.folders) {
    if (each != "-") {
      named.push_back(each);
      continue;
    }
    for (std::string line; std::getline(std::cin, line);) {
      if (!line.empty() && line.back() == '\r') line.pop_back();
      if (!line.empty()) named.push_back(line);
    }
  }
  Folders folders;
  for (const auto& each : named) {
    const Diagnostics problems = find_manifests(each, folders);
    context.report(problems);
    if (!problems.empty()) return std::nullopt;
  }
  std::set<std::string> seen;
  std::erase_if(folders.found, [&](const std::string& each) { return !seen.insert(each).second; });
  if (!folders.found.empty()) return folders;
  context.err(
      "pandect portfolio: no pandect.yaml was found below what was named; write one with `pandect "
      "init FOLDER`, or name other folders");
  return std::nullopt;
}

std::optional<std::string> rendered(const Context& context, const std::string& format,
                                    const reports::Portfolio& portfolio,
                                    const reports::PortfolioOptions& options) {
  if (format == "json") return reports::portfolio_json(portfolio, options);
  if (format == "csv") return reports::portfolio_csv(portfolio, options);
  if (format == "html") return reports::portfolio_page(portfolio, options);
  if (format == "text") return reports::portfolio_text(portfolio, options);
  auto bytes = reports::write_workbook(reports::portfolio_workbook(portfolio, options));
  if (bytes) return std::move(*bytes);
  context.report(bytes.errors());
  return std::nullopt;
}

reports::Portfolio gathered(const Context& context, const Folders& folders,
                            std::vector<Outcome> outcomes) {
  reports::Portfolio portfolio;
  portfolio.engine_version = PANDECT_VERSION;
  portfolio.skipped = folders.skipped;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    Outcome& each = outcomes[i];
    if (each.assessed) {
      if (!each.messages.empty()) context.err(folders.found[i] + ":\n" + each.messages);
      ++portfolio.manifests;
      reports::add_packs(portfolio, each.packs);
      std::move(each.subjects.begin(), each.subjects.end(), std::back_inserter(portfolio.subjects));
      continue;
    }
    context.err(folders.found[i] + ": not assessed\n" + each.messages);
    portfolio.failures.push_back({folders.found[i], each.messages});
  }
  reports::arrange(portfolio);
  return portfolio;
}

// The worst of all: findings, then whatever is not known or was not assessed.
int status_of(const reports::Portfolio& portfolio) {
  using reports::Standing;
  if (portfolio.manifests == 0) return kNoVerdict;
  if (portfolio.count(Standing::findings) > 0) return kFindings;
  const bool open = portfolio.count(Standing::undetermined) > 0 || !portfolio.failures.empty();
  return open ? kUndetermined : kClean;
}

int run(const Context& context, Options options) {
  if (options.format == "xlsx") {
    if (const auto problem = reports::module_problem("xlsx")) {
      context.report({*problem});
      return kNoVerdict;
    }
    if (options.file.empty() && context.terminal) {
      context.err("pandect portfolio: `xlsx` is not for a terminal; use -o FILE, or a pipe");
      return kNoVerdict;
    }
  }
  Day as_of = kNoDay;
  if (!read_day(context, options.input.as_of, as_of)) return kNoVerdict;
  options.input.as_of = to_string(as_of);  // one day for all, even past midnight
  const auto folders = folders_of(context, options);
  if (!folders) return kNoVerdict;
  const auto programs = std::make_shared<Programs>();
  options.input.load = [programs](const Context& at, const std::vector<std::string>& ids) {
    return programs->load(at, ids);
  };
  reports::Portfolio portfolio =
      gathered(context, *folders, look_at_all(context, folders->found, options));
  portfolio.as_of = as_of;
  reports::PortfolioOptions render;
  if (!options.input.lang.empty()) render.lang = options.input.lang;
  render.colour = options.file.empty() && context.colour;
  const auto bytes = rendered(context, options.format, portfolio, render);
  if (!bytes) return kNoVerdict;
  if (options.file.empty())
    context.out(*bytes);
  else if (!write_file(context, options.file, *bytes))
    return kNoVerdict;
  return status_of(portfolio);
}

}  // namespace
}  // namespace pandect::cli

pandect::cli::Command command_portfolio() {
  using namespace pandect::cli;
  Command command;
  command.name = "portfolio";
  command.summary =
      "Every manifest below some folders in one view, overdue first. Exit: 1 a finding at or above "
      "the threshold in any of them; else 3 if a classification is undetermined or a manifest "
      "could not be assessed; 0 all clean; 2 none could be assessed";
  command.example = "pandect portfolio examples --as-of 2026-11-21";
  command.configure = [](CLI::App& app) {
    const auto options = std::make_shared<Options>();
    app.add_option("folders", options->folders,
                   "Folders below which manifests stand, manifests, or - for a list of them on "
                   "standard input, one a line; links are not followed")
        ->required();
    app.add_option("--pack", options->input.packs, "Only this pack (may be repeated, or a list)");
    app.add_option("--jurisdiction", options->input.jurisdictions, "Only these: kr,eu,cn,us");
    app.add_option("--as-of", options->input.as_of,
                   "The day whose law is asked for (YYYY-MM-DD; default: today)");
    app.add_option("--lang", options->input.lang, "en, ko or zh")
        ->check(CLI::IsMember({"en", "ko", "zh"}));
    app.add_option("--format", options->format, "text, html, xlsx, json or csv")
        ->check(CLI::IsMember({"text", "html", "xlsx", "json", "csv"}))
        ->capture_default_str();
    app.add_option("-o,--output", options->file, "Write to this file (default: standard output)");
    app.add_option("--fail-on", options->fail_on,
                   "Exit 1 from this level on: critical, high, medium, low, never (default: as "
                   "each manifest's settings say, else high)")
        ->check(CLI::IsMember({"critical", "high", "medium", "low", "never"}));
    app.add_option("--fail-on-unknown", options->fail_on_unknown,
                   "Exit 3 if undetermined: any, classification, never (default likewise)")
        ->check(CLI::IsMember({"any", "classification", "never"}));
    app.add_flag("--no-evidence", options->no_evidence,
                 "Look at no file but the manifests; take what they declare at its word");
    app.add_option("--jobs", options->jobs, "Threads (default: one for each core)")
        ->check(CLI::Range(1u, 256u));
    return [=](Context& context) { return run(context, *options); };
  };
  return command;
}
