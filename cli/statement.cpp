// attest and waive: which duty a statement speaks of, and where it is written.
#include "base/names.h"
#include "cli/store_access.h"

#include <algorithm>
#include <filesystem>

namespace pandect::cli {
namespace {

// The duty among those that the subject owes, may owe, or will.
const ObligationItem* find_duty(const Context& context, const StatementOptions& options,
                                const Program& program, const SubjectAssessment& subject) {
  const ObligationItem* found = nullptr;
  std::string places;
  for (const auto& each : subject.obligations) {
    if (each.id != options.obligation) continue;
    if (!options.deployment.empty() && each.deployment != options.deployment) continue;
    places += (places.empty() ? "" : ", ") + each.deployment;
    if (found == nullptr) {
      found = &each;
    } else if (found->facts_hash != each.facts_hash) {
      context.err("pandect: `" + options.obligation + "` is owed for several deployments (" +
                  places + ", ...) that other facts decide; choose one with --deployment");
      return nullptr;
    }
  }
  if (found != nullptr) return found;
  if (program.find_obligation(options.obligation) != kNone) {
    context.err("pandect: " + subject.id + " does not owe `" + options.obligation +
                "` under the law of that day; `pandect explain " + subject.id + " " +
                options.obligation + "` says why not");
    return nullptr;
  }
  std::vector<std::string_view> known;
  for (const auto& each : program.obligations.all()) known.push_back(program.text(each.id));
  context.err("pandect: there is no duty `" + options.obligation + "`" +
              did_you_mean(options.obligation, known));
  return nullptr;
}

// Whether it is owed or not: nobody can waive it.
bool is_waived_prohibition(const Context& context, const Program& program, const std::string& id) {
  const std::uint32_t duty = program.find_obligation(id);
  if (duty == kNone || program.obligations[duty].prohibition == 0) return false;
  context.err("pandect: `" + id +
              "` is a prohibition; nobody can waive it. Change the facts or the system; a wrong "
              "fact is mended in the manifest");
  return true;
}

const SubjectAssessment* find_subject(const Context& context, const Assessment& assessment,
                                      const std::string& id) {
  std::string list;
  for (const auto& each : assessment.subjects) {
    if (each.id == id || (id.empty() && assessment.subjects.size() == 1)) return &each;
    list += (list.empty() ? "" : ", ") + each.id;
  }
  context.err(
      id.empty() ? "pandect: say of which system or model with --subject; there are: " + list
                 : "pandect: the manifest has no system or model `" + id + "`; there are: " + list);
  return nullptr;
}

bool check_words(const Context& context, const store::Statement& statement,
                 const ObligationItem& duty) {
  if (statement.by.empty() || (statement.kind == "waiver" && statement.reason.empty())) {
    context.err("pandect: a statement names the person who makes it, and a waiver its reason");
    return false;
  }
  if (statement.through < statement.made) {
    context.err("pandect: --" + std::string(statement.kind == "waiver" ? "until" : "through") +
                " lies before the day on which the statement is made");
    return false;
  }
  if (statement.piece.empty()) return true;
  std::vector<std::string_view> pieces;
  for (const auto& each : duty.evidence) pieces.push_back(each.id);
  if (std::find(pieces.begin(), pieces.end(), statement.piece) != pieces.end()) return true;
  std::string list;
  for (const auto each : pieces) list += (list.empty() ? "" : ", ") + std::string(each);
  context.err("pandect: `" + duty.id + "` has no piece of evidence `" + statement.piece +
              "`; there are: " + list);
  return false;
}

}  // namespace

void add_statement_options(CLI::App& app, StatementOptions& options) {
  app.add_option("obligation", options.obligation, "Id of the duty")->required();
  app.add_option("--subject", options.subject,
                 "System or model (may be left out where there is only one)");
  app.add_option("--deployment", options.deployment, "Deployment, where a system has several");
  app.add_option("--made", options.made, "Day on which it is made (default: today)");
  app.add_option("--as-of", options.input.as_of,
                 "The day whose law is looked at (default: that of --made)");
  app.add_flag("--append", options.append,
               "Also write it into the manifest instead of printing what to paste");
  add_store_options(app, options.store);
}

int make_statement(const Context& context, const StatementOptions& options,
                   store::Statement statement) {
  if (options.store.manifest == "-") {
    context.err("pandect: a statement is made on a manifest in a file, not on standard input");
    return kNoVerdict;
  }
  InputOptions input = options.input;
  input.path = options.store.manifest;
  if (input.as_of.empty()) input.as_of = options.made;
  if (!read_day(context, options.made, statement.made) ||
      !read_day(context, options.through, statement.through))
    return kNoVerdict;
  const auto inputs = read_inputs(context, input);
  if (!inputs) return kNoVerdict;
  if (statement.kind == "waiver" &&
      is_waived_prohibition(context, *inputs->program, options.obligation))
    return kNoVerdict;
  const auto assessment = assess(*inputs->program, inputs->manifest, inputs->assess);
  if (!assessment) {
    context.report(assessment.errors());
    return kNoVerdict;
  }
  const auto* subject = find_subject(context, *assessment, options.subject);
  if (subject == nullptr) return kNoVerdict;
  const auto* duty = find_duty(context, options, *inputs->program, *subject);
  if (duty == nullptr || !check_words(context, statement, *duty)) return kNoVerdict;
  statement.subject = subject->id;
  statement.obligation = duty->id;
  statement.deployment = options.deployment;
  statement.as_of = inputs->assess.as_of;
  statement.facts = duty->facts_hash;
  statement.manifest = inputs->manifest.file->text;
  statement.engine_version = inputs->assess.engine_version;
  for (const auto& each : assessment->packs) statement.packs.emplace_back(each.id, each.digest);
  const auto changed = store::with_stanza(statement.manifest, statement);
  // Read again before anything is written: nobody should find a manifest that cannot be read.
  const auto read = changed ? read_manifest(*inputs->program, inputs->manifest.file->name, *changed)
                            : Result<Manifest>(Manifest{});
  if (!read) {
    context.report(read.errors());
    context.err("pandect: the manifest could not be read with it; nothing was written");
    return kNoVerdict;
  }
  if (options.append && !changed) {
    context.err(
        "pandect: the list in the manifest is not written line by line, so that nothing "
        "can be added to it; leave out --append and paste what is printed");
    return kNoVerdict;
  }
  if (!append(context, store_file(options.store), store::draft_of(statement, now())))
    return kNoVerdict;
  if (options.append)
    return write_file(context, inputs->manifest.file->name, *changed) ? kClean : kNoVerdict;
  context.out((statement.kind == "waiver" ? "waivers:\n" : "evidence:\n") +
              store::stanza_of(statement));
  return kClean;
}

}  // namespace pandect::cli
