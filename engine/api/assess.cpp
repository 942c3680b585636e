#include "assessment/assess.h"

#include "api/handles.h"
#include "api/rendering.h"
#include "assessment/explain.h"

#include <algorithm>
#include <functional>
#include <optional>

namespace pandect::api {
namespace {

// A manifest that was read, and how it is asked about.
struct Job {
  const Program& program;
  Manifest manifest;
  AssessOptions assess;
  std::string lang, fail_on, fail_on_unknown;
  std::uint32_t flags = 0;

  bool has(std::uint32_t flag) const { return (flags & flag) != 0; }
};

std::string first_of(std::string_view stated, const std::string& settings, const char* otherwise) {
  return !stated.empty() ? std::string(stated) : !settings.empty() ? settings : otherwise;
}

Outcome check_word(std::string_view word, std::initializer_list<std::string_view> known,
                   const std::string& what) {
  if (word.empty() || std::find(known.begin(), known.end(), word) != known.end()) return {};
  std::string list;
  for (const auto each : known) list += (list.empty() ? "" : ", ") + std::string(each);
  return fail(PANDECT_ERROR_CALL, "options", "`" + std::string(word) + "` is no " + what,
              "there are: " + list);
}

// Every jurisdiction that is asked for, and every pack that the manifest asks for, is loaded.
Outcome check_loaded(const Program& program, const std::vector<std::string>& jurisdictions,
                     const std::vector<std::string>& packs) {
  const auto loaded = [&](Text PackInfo::*part, const std::string& name) {
    const auto all = program.packs.all();
    return std::any_of(all.begin(), all.end(),
                       [&](const PackInfo& pack) { return program.text(pack.*part) == name; });
  };
  for (const auto& each : jurisdictions) {
    if (each == "core" || !loaded(&PackInfo::jurisdiction, each))
      return fail(PANDECT_ERROR_NOT_FOUND, "no-pack",
                  "no pack is loaded for the jurisdiction `" + each + "`");
  }
  for (const auto& each : packs) {
    if (!loaded(&PackInfo::id, each))
      return fail(PANDECT_ERROR_NOT_FOUND, "no-pack",
                  "the manifest asks for the pack `" + each + "`, which is not loaded",
                  "load it, or take it out of `settings: packs`");
  }
  return {};
}

Outcome read_words(const pandect_options& options, Day& as_of) {
  const auto day = parse_day(view(options.as_of));
  if (!day)
    return fail(PANDECT_ERROR_CALL, "options",
                "`" + std::string(view(options.as_of)) + "` is no day of the calendar",
                "state as_of like 2026-11-21; the library reads no clock");
  as_of = *day;
  auto wrong = check_word(view(options.lang), {"en", "ko", "zh"}, "language");
  if (wrong.error == PANDECT_ERROR_NONE)
    wrong = check_word(view(options.fail_on), {"critical", "high", "medium", "low", "never"},
                       "level to fail on");
  if (wrong.error == PANDECT_ERROR_NONE)
    wrong = check_word(view(options.fail_on_unknown), {"any", "classification", "never"},
                       "kind of unknown to fail on");
  return wrong;
}

Outcome with_job(const pandect_packs* packs, pandect_string text, const pandect_options* stated,
                 const std::function<Outcome(Job&)>& work) {
  if (packs == nullptr) return fail(PANDECT_ERROR_CALL, "null", "there are no packs");
  if (!sound(text)) return fail(PANDECT_ERROR_CALL, "null", "the manifest is not there");
  pandect_options options;
  Outcome outcome;
  Day as_of = kNoDay;
  if (!read_options(stated, options, outcome)) return outcome;
  outcome = read_words(options, as_of);
  if (outcome.error != PANDECT_ERROR_NONE) return outcome;
  const auto document = yaml::parse(first_of(view(options.manifest_name), "", "pandect.yaml"),
                                    std::string(view(text)));
  if (!document) return {PANDECT_ERROR_INPUT, document.errors()};
  auto manifest = read_manifest(*packs->program, *document);
  if (!manifest) return {PANDECT_ERROR_INPUT, manifest.errors()};
  Job job{*packs->program, std::move(*manifest), {}, {}, {}, {}, options.flags};
  const Settings& settings = job.manifest.settings;
  job.lang = first_of(view(options.lang), settings.lang, "en");
  job.fail_on = first_of(view(options.fail_on), settings.fail_on, "high");
  job.fail_on_unknown =
      first_of(view(options.fail_on_unknown), settings.fail_on_unknown, "classification");
  job.assess.as_of = as_of;
  job.assess.engine_version = PANDECT_VERSION;
  job.assess.with_not_applicable = job.has(PANDECT_WITH_NOT_APPLICABLE);
  job.assess.jurisdictions = settings.jurisdictions;
  if (options.jurisdiction_count > 0) job.assess.jurisdictions.clear();
  for (std::size_t i = 0; i < options.jurisdiction_count; ++i)
    job.assess.jurisdictions.emplace_back(view(options.jurisdictions[i]));
  outcome = check_loaded(job.program, job.assess.jurisdictions, settings.packs);
  return outcome.error == PANDECT_ERROR_NONE ? work(job) : outcome;
}

Outcome with_assessment(const pandect_packs* packs, pandect_string manifest,
                        const pandect_options* options,
                        const std::function<void(const Job&, const Assessment&)>& work) {
  return with_job(packs, manifest, options, [&](Job& job) -> Outcome {
    const auto assessment = assess(job.program, job.manifest, job.assess);
    if (!assessment) return {PANDECT_ERROR_INPUT, assessment.errors()};
    work(job, *assessment);
    return {};
  });
}

Outcome explain_one(const Job& job, pandect_string subject, pandect_string id, std::string& out) {
  const auto found = find_subject(job.manifest, std::string(view(subject)));
  if (!found) return {PANDECT_ERROR_NOT_FOUND, found.errors()};
  const auto answer = explain(job.program, *found, std::string(view(id)), job.assess.as_of);
  if (!answer) {
    const bool named = answer.errors().front().where.file.empty();
    return {named ? PANDECT_ERROR_NOT_FOUND : PANDECT_ERROR_INPUT, answer.errors()};
  }
  const bool text = job.has(PANDECT_PROOF_AS_TEXT);
  out = (text ? answer->heading : "") + proof_of(job.program, answer->proof, job.lang, text);
  return {};
}

}  // namespace

Outcome read_language(pandect_string stated, std::string& lang) {
  auto wrong = check_texts({stated});
  if (wrong.error == PANDECT_ERROR_NONE)
    wrong = check_word(view(stated), {"en", "ko", "zh"}, "language");
  if (wrong.error == PANDECT_ERROR_NONE) lang = view(stated);
  return wrong;
}

}  // namespace pandect::api

using namespace pandect::api;  // NOLINT(google-build-using-namespace)

pandect_error pandect_assess(const pandect_packs* packs, pandect_string manifest,
                             const pandect_options* options, pandect_answer** answer) {
  return guarded(answer, [&](pandect_answer& out) {
    return with_assessment(
        packs, manifest, options, [&](const Job& job, const pandect::Assessment& assessment) {
          out.text = assessment_json(assessment, job.lang, job.assess.with_not_applicable);
          const auto verdict = verdict_of(assessment, job.fail_on, job.fail_on_unknown);
          out.verdict = verdict.blocking ? 1 : verdict.nothing || verdict.undetermined ? 3 : 0;
        });
  });
}

pandect_error pandect_missing(const pandect_packs* packs, pandect_string manifest,
                              const pandect_options* options, pandect_answer** answer) {
  return guarded(answer, [&](pandect_answer& out) {
    return with_assessment(packs, manifest, options,
                           [&](const Job& job, const pandect::Assessment& assessment) {
                             out.text = missing_json(assessment, job.lang);
                           });
  });
}

pandect_error pandect_explain(const pandect_packs* packs, pandect_string manifest,
                              const pandect_options* options, pandect_string subject,
                              pandect_string id, pandect_answer** answer) {
  return guarded(answer, [&](pandect_answer& out) {
    auto wrong = check_texts({subject, id});
    if (wrong.error != PANDECT_ERROR_NONE) return wrong;
    return with_job(packs, manifest, options,
                    [&](const Job& job) { return explain_one(job, subject, id, out.text); });
  });
}
