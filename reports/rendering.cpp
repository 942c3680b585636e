// The reports that the C API gives.
#include "api/rendering.h"

#include "reports/proof.h"
#include "reports/report.h"

#include <nlohmann/json.hpp>

pandect::reports::Format format_json();

namespace pandect::api {
namespace {

using Json = nlohmann::ordered_json;

std::string written(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json question_json(const Question& question, const std::string& lang) {
  Json out;
  out["fact"] = question.fact;
  const std::string& words = question.question.in(lang);
  out["question"] = words.empty() ? question.fact : words;
  if (!question.help.in(lang).empty()) out["help"] = question.help.in(lang);
  out["settles"] = question.settles;
  return out;
}

}  // namespace

std::string assessment_json(const Assessment& assessment, const std::string& lang, bool all) {
  reports::Options options;
  options.lang = lang;
  options.all = all;
  return format_json().render(assessment, options);
}

std::string missing_json(const Assessment& assessment, const std::string& lang) {
  Json out;
  out["schema"] = "pandect.missing/1";
  out["as_of"] = to_string(assessment.as_of);
  out["subjects"] = Json::array();
  for (const auto& subject : assessment.subjects) {
    Json each;
    each["kind"] = subject.kind;
    each["id"] = subject.id;
    each["questions"] = Json::array();
    for (const auto& question : subject.questions)
      each["questions"].push_back(question_json(question, lang));
    each["open"] = Json::array();
    const auto open = [&](const std::string& id, const char* kind,
                          const std::vector<std::string>& missing) {
      if (missing.empty()) return;
      each["open"].push_back({{"id", id}, {"kind", kind}, {"missing", missing}});
    };
    for (const auto& item : subject.classifications) open(item.id, "classification", item.missing);
    for (const auto& item : subject.obligations)
      open(item.deployment.empty() ? item.id : item.id + "@" + item.deployment, "obligation",
           item.missing);
    out["subjects"].push_back(std::move(each));
  }
  return written(out);
}

std::string packs_json(const Program& program, const std::string& lang) {
  Json out;
  out["schema"] = "pandect.packs/1";
  out["packs"] = Json::array();
  for (const auto& pack : program.packs.all()) {
    Json each;
    each["id"] = program.text(pack.id);
    each["version"] = program.text(pack.version);
    each["digest"] = "sha256:" + std::string(program.text(pack.digest));
    each["jurisdiction"] = program.text(pack.jurisdiction);
    const Text chosen = lang == "ko" ? pack.title.ko : lang == "zh" ? pack.title.zh : pack.title.en;
    each["title"] = program.text(chosen.size > 0 ? chosen : pack.title.en);
    const auto day = [&](const char* key, Day value) {
      if (value != kNoDay) each[key] = to_string(value);
    };
    day("checked_on", pack.checked_on);
    day("state_of_law", pack.state_of_law);
    day("review_by", pack.review_by);
    out["packs"].push_back(std::move(each));
  }
  return written(out);
}

std::string proof_of(const Program& program, const ProofNode& proof, const std::string& lang,
                     bool as_text) {
  return as_text ? reports::proof_text(program, proof, lang)
                 : reports::proof_json(program, proof, lang);
}

}  // namespace pandect::api
