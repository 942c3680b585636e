// pandect timeline: what begins, ends and falls due, day by day.
#include "cli/inputs.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace pandect::cli {
namespace {

struct Options {
  InputOptions input;
  std::string format = "text";
  bool past = false;
};

struct Event {
  Day day;
  std::string what, subject, id, title, provision;
};

std::vector<Event> events_of(const Assessment& assessment, const std::string& lang, bool past) {
  std::vector<Event> events;
  const auto add = [&](const std::optional<Day>& day, const char* what,
                       const SubjectAssessment& subject, const ObligationItem& item) {
    if (!day || (!past && *day < assessment.as_of)) return;
    for (const auto& each : events) {  // several pieces of evidence may expire together
      if (each.day == *day && each.what == what && each.subject == subject.id && each.id == item.id)
        return;
    }
    events.push_back({*day, what, subject.id, item.id, item.title.in(lang),
                      item.cite.empty() ? "" : item.cite[0].provision});
  };
  for (const auto& subject : assessment.subjects) {
    for (const auto& item : subject.obligations) {
      add(item.applies_from, "begins", subject, item);
      add(item.earliest, "may begin", subject, item);
      add(item.ended_on, "ended", subject, item);
      add(item.deadline, item.overdue ? "overdue" : "deadline", subject, item);
      for (const auto& piece : item.evidence) add(piece.through, "evidence expires", subject, item);
    }
    for (const auto& item : subject.classifications) {
      if (!item.determination_through || (!past && *item.determination_through < assessment.as_of))
        continue;
      events.push_back({*item.determination_through, "determination ends", subject.id, item.id,
                        item.title.in(lang), item.cite.empty() ? "" : item.cite[0].provision});
    }
  }
  std::stable_sort(events.begin(), events.end(),
                   [](const Event& a, const Event& b) { return a.day < b.day; });
  return events;
}

int run(const Context& context, const Options& options) {
  const auto inputs = read_inputs(context, options.input);
  if (!inputs) return kNoVerdict;
  const auto assessment = assess(*inputs->program, inputs->manifest, inputs->assess);
  if (!assessment) {
    context.report(assessment.errors());
    return kNoVerdict;
  }
  const auto events = events_of(*assessment, inputs->lang, options.past);
  if (options.format == "json") {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const auto& each : events) {
      list.push_back({{"day", to_string(each.day)},
                      {"what", each.what},
                      {"subject", each.subject},
                      {"id", each.id},
                      {"title", each.title},
                      {"provision", each.provision}});
    }
    context.out(list.dump(2) + "\n");
    return kClean;
  }
  std::string text;
  Day last = kNoDay;
  for (const auto& each : events) {
    if (each.day != last) text += to_string(each.day) + "\n";
    last = each.day;
    text += "  " + each.what + "  " + each.title + "\n      " + each.subject + "  " + each.id +
            (each.provision.empty() ? "" : "  " + each.provision) + "\n";
  }
  context.out(text.empty() ? "No day ahead on which anything changes.\n" : text);
  return kClean;
}

}  // namespace
}  // namespace pandect::cli

pandect::cli::Command command_timeline() {
  using namespace pandect::cli;
  Command command;
  command.name = "timeline";
  command.summary = "What begins, ends and falls due, day by day";
  command.example = "pandect timeline examples/cv-screener --jurisdiction eu --as-of 2026-11-21";
  command.configure = [](CLI::App& app) {
    const auto options = std::make_shared<Options>();
    add_input_options(app, options->input);
    app.add_option("--format", options->format, "text or json")
        ->check(CLI::IsMember({"text", "json"}))
        ->capture_default_str();
    app.add_flag("--past", options->past, "Also days that have passed");
    return [=](Context& context) { return run(context, *options); };
  };
  return command;
}
