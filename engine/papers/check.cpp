#include "base/names.h"
#include "papers/fill.h"

#include <algorithm>
#include <set>

namespace pandect {
namespace {

class Check {
 public:
  Check(const Program& program, const PaperDraft& paper) : program_(program), paper_(paper) {
    for (const auto& each : program.provisions.all()) provisions_.insert(program.text(each.id));
  }

  Diagnostics run() {
    texts(paper_.title, "the title of " + paper_.id, paper_.where);
    texts(paper_.purpose, "the purpose of " + paper_.id, paper_.where);
    cites(paper_.cites, paper_.id, paper_.where);
    if (paper_.duties.empty())
      error(paper_.where, "orphan", "no duty asks for the paper " + paper_.id,
            "name the duties that do under `duties`");
    for (const auto& each : paper_.duties) duty(each, paper_.where);
    for (const auto& each : paper_.sections) section(each);
    return std::move(problems_);
  }

 private:
  void error(const Location& where, std::string code, std::string message, std::string hint) {
    problems_.push_back(
        {Level::error, std::move(code), where, std::move(message), std::move(hint)});
  }

  void section(const PaperSection& each) {
    const std::string name = paper_.id + "/" + each.id;
    texts(each.heading, "the heading of " + name, each.where);
    texts(each.asks, "what " + name + " asks", each.where);
    if (!each.blank.empty()) texts(each.blank, "the blank of " + name, each.where);
    if (!each.wording.empty()) texts(each.wording, "the wording of " + name, each.where);
    cites(each.cites, name, each.where);
    for (const auto& part : each.parts) source(part);
  }

  void texts(const Phrases& phrases, const std::string& what, const Location& where) {
    std::string missing;
    for (const auto& [text, language] :
         {std::pair(&phrases.en, "en"), {&phrases.ko, "ko"}, {&phrases.zh, "zh"}}) {
      if (text->empty()) missing += (missing.empty() ? "" : ", ") + std::string(language);
    }
    if (!missing.empty())
      error(where, "missing-text", what + " is missing in " + missing,
            "write it as {en: ..., ko: ..., zh: ...}");
  }

  void cites(const std::vector<std::string>& list, const std::string& by, const Location& where) {
    if (list.empty()) error(where, "no-provision", by + " cites no provision", "add `cite`");
    for (const auto& each : list) {
      if (provisions_.count(each) > 0) continue;
      const std::vector<std::string_view> known(provisions_.begin(), provisions_.end());
      error(where, "unknown-provision",
            by + " names `" + each + "`, which does not stand in provisions.yaml",
            did_you_mean(each, known));
    }
  }

  template <typename List>
  void unknown(const std::string& name, const std::string& what, const List& list,
               const Location& where) {
    std::vector<std::string_view> known;
    for (const auto& each : list) known.push_back(program_.text(each.id));
    error(where, "unknown-name", "there is no " + what + " `" + name + "`",
          did_you_mean(name, known));
  }

  bool duty(const std::string& name, const Location& where) {
    if (program_.find_obligation(name) != kNone) return true;
    unknown(name, "duty", program_.obligations.all(), where);
    return false;
  }

  void source(const PaperPart& part) {
    switch (part.source) {
      case PaperSource::fact:
        fact(part);
        return;
      case PaperSource::conclusion:
        conclusion(part);
        return;
      case PaperSource::duty:
        duty(part.name, part.where);
        return;
      case PaperSource::evidence:
        if (duty(part.name, part.where)) piece(part);
        return;
      case PaperSource::identity:
        if (part.name != "organisation" && part.name != "subject" && part.name != "models")
          error(part.where, "unknown-word",
                "`identity` is one of organisation, subject, models, not `" + part.name + "`", "");
    }
  }

  void fact(const PaperPart& part) {
    const std::uint32_t index = program_.find_fact(part.name);
    if (index == kNone) {
      unknown(part.name, "fact", program_.facts.all(), part.where);
      return;
    }
    const std::uint8_t scopes = program_.facts[index].scopes;
    if (paper_.of_model && (scopes & (kModel | kOrganisation)) == 0)
      error(part.where, "wrong-scope", "`" + part.name + "` is not asked of a model",
            "a paper about a model names facts of models and of the organisation");
  }

  void conclusion(const PaperPart& part) {
    const std::uint32_t index = program_.find_concept(part.name);
    if (index == kNone) {
      unknown(part.name, "conclusion", program_.concepts.all(), part.where);
      return;
    }
    const Concept& found = program_.concepts[index];
    if (found.type != FactType::boolean)
      error(part.where, "wrong-type", "`" + part.name + "` is no yes-or-no conclusion", "");
    if ((found.scope == kModel) != paper_.of_model)
      error(part.where, "wrong-scope", "`" + part.name + "` is not asked of this subject",
            "a paper about a model names conclusions of models, one about a system others");
    if (found.title.en.size == 0)
      error(part.where, "missing-text", "`" + part.name + "` has no title to print", "give it one");
  }

  void piece(const PaperPart& part) {
    const Obligation& duty = program_.obligations[program_.find_obligation(part.name)];
    for (const auto& each : program_.evidence.slice(duty.evidence)) {
      if (program_.text(each.id) == part.piece) return;
    }
    unknown(part.piece, "evidence of " + part.name + " called",
            program_.evidence.slice(duty.evidence), part.where);
  }

  const Program& program_;
  const PaperDraft& paper_;
  std::set<std::string_view> provisions_;
  Diagnostics problems_;
};

}  // namespace

Diagnostics check_paper(const Program& program, const PaperDraft& paper) {
  return Check(program, paper).run();
}

Diagnostics stray_topics(const Manifest& manifest, const PaperDraft& paper) {
  Diagnostics problems;
  std::vector<std::string_view> known;
  for (const auto& each : paper.sections) known.push_back(each.id);
  const std::string prefix = paper.id + "/";
  for (const auto& entry : manifest.evidence) {
    if (!entry.topic.starts_with(prefix)) continue;
    const std::string section = entry.topic.substr(prefix.size());
    if (std::find(known.begin(), known.end(), section) != known.end()) continue;
    std::string hint = did_you_mean(section, known);
    problems.push_back(
        {Level::warning, "unknown-name", entry.where,
         "the paper " + paper.id + " has no section `" + section + "`",
         hint.empty() ? "`pandect draft " + paper.id + "` shows its sections" : hint});
  }
  return problems;
}

}  // namespace pandect
