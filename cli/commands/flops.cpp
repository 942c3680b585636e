// pandect flops: training compute from parameters and tokens or from hardware, with its error band,
// and which threshold of which law it crosses or may cross. The thresholds are read from the packs.
#include "cli/command.h"
#include "logic/kleene.h"
#include "logic/proof.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <set>

#include <nlohmann/json.hpp>

namespace pandect::cli {
namespace {

struct Options {
  double parameters = 0, active = 0, tokens = 0, accelerators = 0, hours = 0, peak = 0,
         utilisation = 0.4;
  double base = 0, earlier = 0, error = 30;
  std::string compute, format = "text", lang = "en";
  bool modification = false;
};

struct Estimate {
  double value = 0;
  std::string how;
};

std::string scientific(double value) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%.3g", value);
  std::string text = buffer;  // "2.5e+25" as people write it
  if (const auto plus = text.find("e+"); plus != std::string::npos) text.erase(plus + 1, 1);
  return text;
}

std::optional<Estimate> estimate(const Context& context, const Options& options) {
  if (!options.compute.empty()) {
    const auto stated = Number::parse(options.compute);
    if (!stated || stated->is_negative()) {
      context.err("pandect flops: --compute takes a number like 3e24, not `" + options.compute +
                  "`");
      return std::nullopt;
    }
    return Estimate{stated->to_double(), "as stated"};
  }
  const double active = options.active > 0 ? options.active : options.parameters;
  if (active > 0 && options.tokens > 0) {
    const std::string which = options.active > 0 ? "active parameters" : "parameters";
    return Estimate{6 * active * options.tokens, "6 x " + scientific(active) + " " + which + " x " +
                                                     scientific(options.tokens) + " tokens"};
  }
  if (options.accelerators > 0 && options.hours > 0 && options.peak > 0) {
    const double value =
        options.accelerators * options.hours * 3600 * options.peak * options.utilisation;
    return Estimate{value, scientific(options.accelerators) + " accelerators x " +
                               scientific(options.hours) + " h x " + scientific(options.peak) +
                               " FLOP/s x utilisation " + scientific(options.utilisation)};
  }
  context.err(
      "pandect flops: give --parameters and --tokens, or --accelerators, --hours and --peak-flops, "
      "or --compute");
  return std::nullopt;
}

Answer interval(std::uint32_t fact, double value, double error) {
  Answer answer;
  answer.fact = fact;
  answer.range.low = Number::parse(scientific(value * (1 - error / 100)));
  answer.range.high = Number::parse(scientific(value * (1 + error / 100)));
  return answer;
}

struct Line {
  std::string fact, condition, pack;
  Truth value;
  std::set<std::string> names, cites;
};

// A condition belongs to the rules that name it themselves, not through another concept.
bool names_node(const Program& program, std::uint32_t root, std::uint32_t wanted) {
  if (root == wanted) return true;
  const Node& node = program.nodes[root];
  if (node.op == Op::concept_ || node.op == Op::one_of) return false;
  for (const std::uint32_t child : program.list(node.children)) {
    if (names_node(program, child, wanted)) return true;
  }
  return false;
}

std::vector<Line> lines_of(const Program& program, const Knowledge& knowledge,
                           const std::set<std::uint32_t>& known, const std::string& lang) {
  std::vector<Line> lines;
  Kleene kleene(knowledge, {0, 0, true}, false);
  for (std::uint32_t index = 0; index < program.nodes.size(); ++index) {
    const Node& node = program.nodes[index];
    if (node.op != Op::compare) continue;
    const Node& left = program.nodes[program.links[node.children.first]];
    if (left.op != Op::fact_number || known.count(left.a) == 0) continue;
    Line line{std::string(program.text(program.facts[left.a].id)),
              condition_text(program, index),
              "",
              kleene.evaluate(index, {-1, 0}),
              {},
              {}};
    for (const Rule& rule : program.rules.all()) {
      if (rule.when == kNone || !names_node(program, rule.when, index)) continue;
      const bool duty = rule.of_obligation != 0;
      const Words& title =
          duty ? program.obligations[rule.owner].title : program.concepts[rule.owner].title;
      const std::uint32_t pack =
          duty ? program.obligations[rule.owner].pack : program.concepts[rule.owner].pack;
      line.pack = program.text(program.packs[pack].jurisdiction);
      const Text chosen = lang == "ko" ? title.ko : lang == "zh" ? title.zh : title.en;
      line.names.insert(std::string(program.text(chosen.size > 0 ? chosen : title.en)));
      for (const std::uint32_t cite : program.list(rule.cites))
        line.cites.insert(std::string(program.text(program.provisions[cite].id)));
    }
    if (!line.names.empty()) lines.push_back(std::move(line));
  }
  std::sort(lines.begin(), lines.end(), [](const Line& a, const Line& b) {
    return std::tie(a.pack, a.fact, a.condition) < std::tie(b.pack, b.fact, b.condition);
  });
  return lines;
}

std::string verdict(Truth value) {
  return value == Truth::true_ ? "met" : value == Truth::false_ ? "not met" : "may be met";
}

std::string list_of(const std::set<std::string>& items) {
  std::string text;
  for (const auto& each : items) {
    if (!each.empty()) text += (text.empty() ? "" : "; ") + each;
  }
  return text;
}

int run(const Context& context, const Options& options) {
  const auto own = estimate(context, options);
  if (!own) return kNoVerdict;
  const ProgramPtr program = load_program(context);
  if (!program) return kNoVerdict;
  const double training = own->value;
  const double cumulative = training + options.earlier + (options.modification ? options.base : 0);
  Record record;
  record.has_system = false;
  record.models_stated = true;
  record.models.push_back({"model", "model", {}});
  std::set<std::uint32_t> known;
  const auto set = [&](const char* name, double value) {
    const std::uint32_t fact = program->find_fact(name);
    if (fact == kNone || value <= 0) return;
    known.insert(fact);
    record.models[0].answers.push_back(interval(fact, value, options.error));
  };
  if (!options.modification) set("model.training_compute", training);
  set("model.cumulative_compute", cumulative);
  if (options.modification) set("model.modification_compute", training);
  if (options.modification) set("model.base_compute", options.base);
  Diagnostics problems;
  const Knowledge knowledge(*program, record, problems);
  const auto lines = lines_of(*program, knowledge, known, options.lang);
  const auto band = [&](double value) {
    return scientific(value * (1 - options.error / 100)) + " to " +
           scientific(value * (1 + options.error / 100));
  };
  if (options.format == "json") {
    nlohmann::ordered_json out;
    out["training_compute"] = {
        {"flop", scientific(training)}, {"how", own->how}, {"error_percent", options.error}};
    out["cumulative_compute"] = {{"flop", scientific(cumulative)}};
    out["thresholds"] = nlohmann::ordered_json::array();
    for (const auto& line : lines) {
      out["thresholds"].push_back({{"jurisdiction", line.pack},
                                   {"condition", line.condition},
                                   {"verdict", verdict(line.value)},
                                   {"decides", line.names},
                                   {"cite", line.cites}});
    }
    context.out(out.dump(2) + "\n");
    return kClean;
  }
  std::string text = std::string(options.modification ? "modification" : "training") +
                     " compute  " + scientific(training) + " FLOP  (" + own->how + "; " +
                     band(training) + ")\n";
  text += "cumulative compute  " + scientific(cumulative) + " FLOP  (" + band(cumulative) + ")\n";
  if (options.modification && options.base > 0) {
    const double third = options.base / 3;
    text += "one third of the base model's compute is " + scientific(third) + " FLOP\n";
  }
  text += "\n";
  for (const auto& line : lines) {
    text += "  " + line.pack + "  " + line.condition + ": " + verdict(line.value) + "\n      " +
            list_of(line.names) + "  (" + list_of(line.cites) + ")\n";
  }
  text +=
      "\nA threshold alone settles nothing: the other conditions of each rule count too (pandect "
      "check).\n"
      "Training compute counts parameter updates of this model; cumulative compute adds earlier "
      "stages,\n"
      "synthetic data and the base model. An estimate within the band may fall on either side.\n";
  context.out(text);
  return kClean;
}

}  // namespace
}  // namespace pandect::cli

pandect::cli::Command command_flops() {
  using namespace pandect::cli;
  Command command;
  command.name = "flops";
  command.summary = "Training compute, and which thresholds of which law it crosses";
  command.example = "pandect flops --parameters 405e9 --tokens 15.6e12";
  command.configure = [](CLI::App& app) {
    const auto options = std::make_shared<Options>();
    app.add_option("--parameters", options->parameters, "Number of parameters");
    app.add_option("--active-parameters", options->active,
                   "Parameters active per token (mixture of experts)");
    app.add_option("--tokens", options->tokens, "Training tokens, repeated epochs included");
    app.add_option("--accelerators", options->accelerators, "Number of accelerators");
    app.add_option("--hours", options->hours, "Hours of training");
    app.add_option("--peak-flops", options->peak,
                   "Peak FLOP/s of one accelerator at the precision used");
    app.add_option("--utilisation", options->utilisation, "Average utilisation, 0 to 1")
        ->capture_default_str()
        ->check(CLI::Range(0.0, 1.0));
    app.add_option("--compute", options->compute, "Training compute in FLOP, if you know it");
    app.add_option("--earlier", options->earlier,
                   "FLOP of earlier stages and of synthetic data, for the cumulative figure");
    app.add_flag("--modification", options->modification,
                 "This run modifies another model (fine-tuning): the one-third rule");
    app.add_option("--base-compute", options->base,
                   "Training compute of the base model in FLOP, with --modification");
    app.add_option("--error", options->error, "Error band in percent")
        ->capture_default_str()
        ->check(CLI::Range(0.0, 99.0));
    app.add_option("--format", options->format, "text or json")
        ->check(CLI::IsMember({"text", "json"}))
        ->capture_default_str();
    app.add_option("--lang", options->lang, "en, ko or zh")
        ->check(CLI::IsMember({"en", "ko", "zh"}));
    return [=](Context& context) { return run(context, *options); };
  };
  return command;
}
