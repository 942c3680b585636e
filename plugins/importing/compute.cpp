#include "plugins/importing/compute.h"

#include "plugins/importing/numbers.h"
#include "plugins/importing/tables.h"

#include "pandect/number.h"

#include <algorithm>
#include <cstdio>

namespace pandect::plugins {
namespace {

constexpr double kUtilisation = 0.4;

const Proposal* best(const Imported& imported, std::string_view subject, std::string_view fact) {
  const Proposal* found = nullptr;
  for (const auto& each : imported.proposals) {
    if (each.subject != subject || each.fact != fact || each.values.empty()) continue;
    if (found == nullptr || each.confidence > found->confidence) found = &each;
  }
  return found;
}

double number_of(const Proposal& proposal) {
  const auto number = Number::parse(proposal.values.front());
  return number ? number->to_double() : 0;
}

std::string rounded(double value) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%.3g", value);
  std::string text = buffer;
  if (const auto plus = text.find("e+"); plus != std::string::npos) text.erase(plus + 1, 1);
  return text;
}

Proposal derived(const Proposal& from, double flop, std::string note, double confidence,
                 std::string sign) {
  Proposal made;
  made.subject = from.subject;
  made.fact = "model.training_compute";
  made.values = {rounded(flop)};
  made.kind = ProposalClass::derived;
  made.confidence = confidence;
  made.where = from.where;
  made.pointer = from.pointer;
  made.quote = from.quote;
  made.note = "estimate: " + std::move(note);
  made.sign = std::move(sign);
  return made;
}

std::string at_line(const Proposal& input) {
  return input.where.line > 0 ? " (line " + std::to_string(input.where.line) + ")" : std::string();
}

void from_tokens(Imported& imported, const std::string& subject) {
  const Proposal* tokens = best(imported, subject, "about.training_tokens");
  const Proposal* total = best(imported, subject, "about.parameters");
  const Proposal* active = best(imported, subject, "about.active_parameters");
  if (tokens == nullptr) return;
  std::vector<Proposal> made;
  const auto product = [&](const Proposal& parameters, const std::string& which,
                           double confidence) {
    const double flop = 6 * number_of(parameters) * number_of(*tokens);
    if (flop <= 0) return;
    made.push_back(derived(parameters, flop,
                           "6 x N x D with N = " + rounded(number_of(parameters)) + " " + which +
                               at_line(parameters) + " and D = " + rounded(number_of(*tokens)) +
                               " training tokens" + at_line(*tokens),
                           confidence, "compute:6nd"));
  };
  if (active != nullptr) {
    product(*active, "active parameters", 0.6);
    if (total != nullptr)
      product(*total, "parameters in all, though only a part is active per token", 0.2);
  } else if (total != nullptr) {
    product(*total, "parameters", 0.6);
  }
  for (auto& each : made) imported.proposals.push_back(std::move(each));
}

void from_hardware(Imported& imported, const std::string& subject) {
  const Proposal* hours = best(imported, subject, "about.accelerator_hours");
  const Proposal* hardware = best(imported, subject, "about.training_hardware");
  if (hours == nullptr) return;
  const std::string named =
      hours->quote + " " + (hardware == nullptr ? std::string() : hardware->values.front());
  for (const auto& each : tables().hardware) {
    if (!each.any || !RE2::PartialMatch(named, *each.any)) continue;
    const double flop = number_of(*hours) * 3600 * each.peak * kUtilisation;
    if (flop <= 0) return;
    imported.proposals.push_back(
        derived(*hours, flop,
                rounded(number_of(*hours)) + " accelerator hours" + at_line(*hours) +
                    " x 3600 s x " + rounded(each.peak) + " FLOP/s (peak of " + each.name +
                    ", dense 16 bit) x utilisation " + rounded(kUtilisation),
                0.4, "compute:hardware"));
    return;
  }
}

}  // namespace

void derive_compute(Imported& imported) {
  std::vector<std::string> subjects;
  for (const auto& each : imported.proposals) {
    if (std::find(subjects.begin(), subjects.end(), each.subject) == subjects.end())
      subjects.push_back(each.subject);
  }
  for (const auto& subject : subjects) {
    from_tokens(imported, subject);
    from_hardware(imported, subject);
  }
}

}  // namespace pandect::plugins
