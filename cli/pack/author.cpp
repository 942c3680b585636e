// pandect pack lint|test|coverage|show: the tools of a pack author. They take a folder, a pack file
// or the name of a pack.
#include "artefact/changelog.h"
#include "checks/cases.h"
#include "checks/coverage.h"
#include "checks/lint.h"
#include "checks/mutate.h"
#include "checks/show.h"
#include "cli/pack/actions.h"
#include "cli/packs.h"
#include "packs/library.h"

#include <algorithm>

namespace pandect::cli {
namespace {

struct Options {
  std::vector<std::string> folders;
  std::string only, lang = "en";
  bool mutate = false, skipped = false;
  unsigned threads = 0;
};

// The pack under work with the shared vocabulary, always read from its sources.
struct Opened {
  PackSource source;
  std::vector<PackDraft> drafts;
  Linked linked;
};

Opened open_pack(const Context& context, const std::string& folder) {
  Opened opened;
  const auto source = artefact::find_pack(places_of(context), folder);
  if (!source) {
    opened.linked.problems = source.errors();
    return opened;
  }
  opened.source = *source;
  Library library;
  library.folder = context.rules;
  opened.drafts = library.read_with_core(opened.source, opened.linked.problems);
  if (has_errors(opened.linked.problems)) return opened;
  Linked linked = link(opened.drafts);
  opened.linked.program = linked.program;
  opened.linked.problems.insert(opened.linked.problems.end(), linked.problems.begin(),
                                linked.problems.end());
  return opened;
}

int run_cases(const Context& context, const Opened& opened, const Options& options) {
  const Program& program = *opened.linked.program;
  const PackDraft& draft = opened.drafts.back();
  Diagnostics problems;
  std::vector<CaseFailure> failures;
  std::size_t count = 0;
  for (const auto& each : draft.cases) {
    if (!options.only.empty() && each.id.find(options.only) == std::string::npos) continue;
    const Case test = read_case(program, each, draft.state_of_law, problems);
    ++count;
    run_case(program, test, failures);
  }
  context.report(problems);
  std::string last;
  std::size_t failed = 0;
  for (const auto& each : failures) {
    context.out(each.where.file + ":" + std::to_string(each.where.line) + ": " + each.case_id +
                ": " + each.message + "\n");
    if (each.case_id != last) ++failed;
    last = each.case_id;
  }
  context.out(std::to_string(count) + " cases, " + std::to_string(failed) + " failed\n");
  if (has_errors(problems)) return kNoVerdict;
  if (count == 0) return kUndetermined;
  return failures.empty() ? kClean : kFindings;
}

int run_mutants(const Context& context, const Opened& opened, const Options& options) {
  const MutationReport report =
      mutate(*opened.linked.program, opened.drafts, {options.only, options.threads});
  if (!report.failing.empty()) {
    context.err("pandect: " + std::to_string(report.failing.size()) +
                " cases fail as it is and prove nothing; run `pandect pack test` first");
  }
  context.out(to_text(report, options.skipped));
  return report.survivors.empty() ? kClean : kFindings;
}

int run_test(const Context& context, const Opened& opened, const Options& options) {
  return options.mutate ? run_mutants(context, opened, options)
                        : run_cases(context, opened, options);
}

int run_coverage(const Context& context, const Opened& opened, const Options&) {
  const Coverage result = coverage(*opened.linked.program, opened.drafts);
  context.out(to_text(result));
  return result.clean() ? kClean : kFindings;
}

// What the changelog of pack.yaml says of the version.
Diagnostics lint_version(const PackSource& source) {
  const std::string name = source.path + "/pack.yaml";
  for (const auto& each : source.files) {
    if (each.name == "/pack.yaml") return artefact::lint_changelog(name, each.text);
  }
  const auto text = read_text(name, yaml::kMaximumBytes);
  return text ? artefact::lint_changelog(name, *text) : text.errors();
}

int run_lint(const Context& context, const Opened& opened, const Options&) {
  const auto number = static_cast<std::uint32_t>(opened.drafts.size() - 1);
  std::size_t errors = 0, warnings = 0, notes = 0;
  Diagnostics found = lint(*opened.linked.program, opened.drafts.back(), number);
  for (auto& each : lint_version(opened.source)) found.push_back(std::move(each));
  for (const auto& each : found) {
    context.out(to_string(each) + "\n");
    ++(each.level == Level::error ? errors : each.level == Level::warning ? warnings : notes);
  }
  context.out(std::to_string(errors) + " errors, " + std::to_string(warnings) + " warnings" +
              (notes == 0 ? "" : ", " + std::to_string(notes) + " notes") + "\n");
  return errors > 0 ? kFindings : kClean;
}

int run_show(const Context& context, const Opened& opened, const Options& options) {
  context.out(show(opened.drafts.back(), options.lang));
  return kClean;
}

using Tool = int (*)(const Context&, const Opened&, const Options&);

// The worst of all folders; a pack that does not load outranks a finding.
int worse(int a, int b) {
  const auto rank = [](int status) {
    return status == kNoVerdict ? 3 : status == kFindings ? 2 : status == kUndetermined ? 1 : 0;
  };
  return rank(a) >= rank(b) ? a : b;
}

int run_all(const Context& context, Tool tool, const Options& options) {
  int status = kClean;
  for (const auto& folder : options.folders) {
    if (options.folders.size() > 1) context.out("== " + folder + "\n");
    const Opened opened = open_pack(context, folder);
    if (!opened.linked.program) {
      context.report(opened.linked.problems);
      status = worse(status, kNoVerdict);
      continue;
    }
    status = worse(status, tool(context, opened, options));
  }
  return status;
}

}  // namespace

void add_author_tools(CLI::App& app, const Chosen& chosen) {
  const auto options = std::make_shared<Options>();
  const auto add = [&](const char* name, const char* summary, Tool tool) {
    CLI::App* sub = app.add_subcommand(name, summary);
    sub->add_option("folder", options->folders,
                    "Folder of the pack, pack file or name; several are taken in turn")
        ->required();
    sub->callback([chosen, options, tool] {
      *chosen = [options, tool](Context& context) { return run_all(context, tool, *options); };
    });
    return sub;
  };
  add("lint", "Say what is wrong or missing in a pack that loads", run_lint);
  CLI::App* test = add("test", "Run the cases of a pack", run_test);
  test->add_option("--only", options->only,
                   "Only cases (with --mutate: rules and owners) whose id holds this text");
  test->add_flag("--mutate", options->mutate, "Break each rule on purpose; some case must notice");
  test->add_flag("--skipped", options->skipped,
                 "With --mutate: also list the changes that no case could notice");
  test->add_option("--threads", options->threads,
                   "With --mutate: how many at once (default: all processors)");
  CLI::App* show = add("show", "Print a pack as a reader sees it", run_show);
  show->add_option("--lang", options->lang, "Language of the texts")
      ->check(CLI::IsMember({"en", "ko", "zh"}));
  add("coverage", "Set provisions, rules and cases against one another", run_coverage);
}

}  // namespace pandect::cli
