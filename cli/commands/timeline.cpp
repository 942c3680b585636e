// pandect timeline: what begins, ends, falls due and expires, day by day.
#include "cli/gate.h"
#include "reports/calendar.h"

namespace pandect::cli {
namespace {

struct Options {
  InputOptions input;
  std::string format = "text", file;
  bool past = false, no_evidence = false;
  int remind = -1;
};

std::string rendered(const std::string& format, const Assessment& assessment,
                     const reports::CalendarOptions& options) {
  if (format == "json") return reports::calendar_json(assessment, options);
  if (format == "ics") return reports::calendar_ics(assessment, options);
  if (format == "html") return reports::calendar_page(assessment, options);
  return reports::calendar_text(assessment, options);
}

int run(const Context& context, const Options& options) {
  if (options.remind >= 0 && options.format != "ics") {
    context.err("pandect timeline: --remind is for --format ics; other formats have no alarms");
    return kNoVerdict;
  }
  const auto inputs = read_inputs(context, options.input);
  if (!inputs) return kNoVerdict;
  const auto assessment = assess_looking(context, *inputs, inputs->assess, options.no_evidence);
  if (!assessment) return kNoVerdict;
  reports::CalendarOptions calendar;
  calendar.lang = inputs->lang;
  calendar.colour = options.file.empty() && context.colour;
  calendar.past = options.past;
  if (options.remind >= 0) calendar.remind = options.remind;
  const std::string bytes = rendered(options.format, *assessment, calendar);
  if (!options.file.empty()) return write_file(context, options.file, bytes) ? kClean : kNoVerdict;
  context.out(bytes);
  return kClean;
}

}  // namespace
}  // namespace pandect::cli

pandect::cli::Command command_timeline() {
  using namespace pandect::cli;
  Command command;
  command.name = "timeline";
  command.summary = "What begins, ends, falls due and expires, day by day; for calendars too";
  command.example =
      "pandect timeline examples/cv-screener --jurisdiction eu --as-of 2026-11-21\n"
      "  pandect timeline examples/cv-screener --as-of 2026-11-21 --format ics -o /tmp/ai-law.ics\n"
      "A calendar that imports a later file again moves the entries that it has; what no longer\n"
      "applies stays in it and is yours to delete, unless you subscribe to the file.";
  command.configure = [](CLI::App& app) {
    const auto options = std::make_shared<Options>();
    add_input_options(app, options->input);
    app.add_option("--format", options->format, "text, json, html, or ics (iCalendar)")
        ->check(CLI::IsMember({"text", "json", "html", "ics"}))
        ->capture_default_str();
    app.add_option("-o,--output", options->file, "Write to this file (default: standard output)");
    app.add_flag("--past", options->past,
                 "Also days that have passed; what is overdue is always there");
    app.add_option("--remind", options->remind, "ics: an alarm so many days before each day")
        ->check(CLI::Range(0, 365));
    app.add_flag("--no-evidence", options->no_evidence,
                 "Look at no file but the manifest; take what it declares at its word");
    return [=](Context& context) { return run(context, *options); };
  };
  return command;
}
