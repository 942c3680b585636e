#include "checks/lint_parts.h"

namespace pandect {
namespace {

void pack_dates(LintJob& job) {
  const PackDraft& pack = job.pack;
  if (pack.checked_on == kNoDay)
    job.error(pack.where, "missing-key", "pack.yaml has no `checked_on`",
              "the day on which the texts were last compared");
  if (pack.review_by == kNoDay) {
    job.error(pack.where, "missing-key", "pack.yaml has no `review_by`",
              "after this day every assessment shows that the pack is old");
  } else if (pack.state_of_law != kNoDay && pack.review_by < pack.state_of_law) {
    job.error(pack.where, "dates", "`review_by` is before `state_of_law`",
              "a pack is reviewed after the law that it encodes");
  }
}

bool has_date(const RuleDraft& rule) {
  return rule.from != kNoDay || rule.until != kNoDay || rule.enacted != kNoDay;
}

// A lead only points at a text and a classification may be a word of several; a rule rests on a
// provision.
void rule_statement(LintJob& job, const RuleEntry& entry) {
  const RuleDraft& rule = *entry.draft;
  const bool own = entry.duty != nullptr && rule.id == entry.duty->id;
  if (rule.cites.empty() && !own) {
    const bool inherits = entry.duty != nullptr && !entry.duty->cites.empty() && !entry.exception;
    if (!inherits)
      job.error(rule.where, "no-provision", name_of(entry) + " cites no provision", "add `cite`");
  }
  if (rule.burden && rule.note.empty() && rule.cites.empty()) {
    job.warn(rule.where, "burden", name_of(entry) + " lays a burden of proof and says nowhere why",
             "cite the provision that does");
  }
}

void obligation_statement(LintJob& job, const ObligationDraft& duty) {
  if (duty.cites.empty()) {
    job.error(duty.where, "no-provision", duty.id + " cites no provision", "add `cite`");
  }
  const std::uint32_t found = job.program.find_obligation(duty.id);
  if (found != kNone && job.program.obligations[found].addressees.count == 0) {
    job.error(duty.owed_by.locate(0), "no-addressee", "`owed_by` of " + duty.id + " names no role",
              "name the concept of who owes it");
  }
  // A duty may take its days from the concepts that it rests on.
  const bool dated = found != kNone &&
                     (job.program.nodes[job.program.obligations[found].root].flags & kHasDate) != 0;
  for (const auto& rule : duty.rules) {
    if (dated || has_date(rule) || !duty.starts.empty()) continue;
    job.error(rule.where, "no-date",
              duty.id + (rule.id == duty.id ? "" : " / " + rule.id) +
                  " does not say from which day it is law",
              "add `from`");
  }
  if (duty.exceptions.empty() && !duty.no_exceptions) {
    job.error(duty.where, "no-exceptions",
              duty.id + " states neither exceptions nor that there are none",
              "add `exceptions`, or `no_exceptions: true`");
  }
  if (!duty.exceptions.empty() && duty.no_exceptions) {
    job.error(duty.where, "no-exceptions", duty.id + " has exceptions and says that there are none",
              "remove `no_exceptions`");
  }
}

void modality(LintJob& job, const ObligationDraft& duty) {
  if (duty.prohibition && duty.modality != Modality::must_not) {
    job.error(duty.where, "modality",
              duty.id + " is a prohibition, but its modality is not `must_not`",
              "write `modality: must_not`");
  }
  if (duty.prohibition && !duty.deadline.empty()) {
    job.error(duty.where, "modality", duty.id + " is a prohibition with a deadline",
              "what is forbidden has no last day");
  }
  if (duty.modality == Modality::may && !duty.penalties.empty()) {
    job.warn(duty.where, "modality", duty.id + " is an option (`may`) with a penalty",
             "remove one of the two");
  }
}

}  // namespace

void lint_statements(LintJob& job) {
  pack_dates(job);
  for (const auto& entry : job.rules) rule_statement(job, entry);
  for (const auto& duty : job.pack.obligations) {
    obligation_statement(job, duty);
    modality(job, duty);
  }
}

}  // namespace pandect
