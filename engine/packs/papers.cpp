#include "packs/papers.h"

#include "packs/folder.h"

#include <algorithm>
#include <filesystem>

namespace pandect {
namespace {

constexpr std::size_t kMaximumSections = 200;

class PaperReader {
 public:
  PaperReader(const yaml::Document& document, PackDraft& draft, Diagnostics& problems)
      : document_(document), draft_(draft), problems_(problems) {}

  void read(const yaml::Value& value) {
    Fields fields(document_, value, "a paper", problems_);
    paper_.where = fields.location();
    paper_.id = fields.required_text("paper");
    paper_.of_model = fields.word<bool>("about", false, {{"system", false}, {"model", true}});
    paper_.language = fields.word<std::string>(
        "language", "", {{"en", "en"}, {"ko", "ko"}, {"zh", "zh"}, {"any", ""}});
    paper_.title = fields.phrases("title");
    paper_.purpose = fields.phrases("purpose");
    paper_.cites = fields.texts("cite");
    paper_.duties = fields.texts("duties");
    const auto* sections = fields.take("sections");
    if (sections == nullptr || sections->shape != yaml::Shape::list || sections->items.empty()) {
      fields.problem(value, "missing-key", "a paper has no `sections`",
                     "write `sections: [{id: purpose, cite: ..., heading: ..., asks: ...}]`");
      return;
    }
    if (sections->items.size() > kMaximumSections) {
      fields.problem(*sections, "too-large", "a paper has at most 200 sections", "split it");
      return;
    }
    for (const auto& item : sections->items) section(item);
    draft_.papers.push_back(std::move(paper_));
  }

 private:
  void section(const yaml::Value& value) {
    Fields fields(document_, value, "a section", problems_);
    PaperSection section;
    section.where = fields.location();
    section.id = fields.required_text("id");
    section.cites = fields.texts("cite");
    section.heading = fields.phrases("heading");
    section.asks = fields.phrases("asks");
    section.wording = fields.phrases("wording");
    section.blank = fields.phrases("blank");
    section.required = fields.boolean("required", true);
    if (const auto* from = fields.take("from")) {
      for (const auto& item : from->items) part(item, section);
    }
    const yaml::Source when = fields.source("when");
    if (!when.empty()) section.condition = condition(section, when);
    if (section.parts.empty() && section.blank.empty() && section.wording.empty())
      fields.problem(value, "missing-key", "nothing can ever stand in this section",
                     "say where it comes from (`from`), or what a person must write (`blank`)");
    for (const auto& each : paper_.sections) {
      if (each.id == section.id)
        fields.problem(value, "duplicate-id", "the section `" + section.id + "` stands twice");
    }
    paper_.sections.push_back(std::move(section));
  }

  void part(const yaml::Value& value, PaperSection& section) {
    Fields fields(document_, value, "a source", problems_);
    static const std::vector<std::pair<std::string_view, PaperSource>> kSources{
        {"fact", PaperSource::fact},
        {"conclusion", PaperSource::conclusion},
        {"duty", PaperSource::duty},
        {"evidence", PaperSource::evidence},
        {"identity", PaperSource::identity}};
    PaperPart part;
    part.where = fields.location();
    part.optional = fields.boolean("optional", false);
    int named = 0;
    for (const auto& [word, source] : kSources) {
      const std::string name = fields.text(word);
      if (name.empty()) continue;
      ++named;
      part.source = source;
      part.name = name;
    }
    if (named != 1) {
      fields.problem(value, "wrong-shape",
                     "a source names one of fact, conclusion, duty, evidence, identity",
                     "write `{fact: system.uses}` or `{evidence: duty-id/piece}`");
      return;
    }
    if (part.source == PaperSource::evidence) {
      const std::size_t slash = part.name.find('/');
      if (slash == std::string::npos) {
        fields.problem(value, "wrong-shape", "evidence is named by its duty and its own id",
                       "write `{evidence: " + part.name + "/piece}`");
        return;
      }
      part.piece = part.name.substr(slash + 1);
      part.name.resize(slash);
    }
    section.parts.push_back(std::move(part));
  }

  std::string condition(const PaperSection& section, const yaml::Source& when) {
    ConceptDraft hidden;
    hidden.id = "paper." + paper_.id + "." + section.id;
    hidden.scope = paper_.of_model ? "model" : "deployment";
    hidden.where = section.where;
    RuleDraft rule;
    rule.id = hidden.id;
    rule.when = when;
    rule.cites = section.cites;
    rule.where = section.where;
    hidden.rules.push_back(std::move(rule));
    draft_.paper_conditions.push_back(hidden);
    return hidden.id;
  }

  const yaml::Document& document_;
  PackDraft& draft_;
  Diagnostics& problems_;
  PaperDraft paper_;
};

}  // namespace

void read_paper(const yaml::Document& document, const yaml::Value& value, PackDraft& draft,
                Diagnostics& problems) {
  PaperReader(document, draft, problems).read(value);
}

std::vector<PaperDraft> read_papers(const std::string& folder, Diagnostics& problems) {
  PackDraft draft;
  std::error_code error;
  if (!std::filesystem::is_directory(folder + "/drafts", error)) return {};
  for (const auto& path : pack_files(folder + "/drafts", problems)) {
    auto text = read_text(path, yaml::kMaximumBytes);
    if (!text) {
      problems.insert(problems.end(), text.errors().begin(), text.errors().end());
      continue;
    }
    read_pack_file(path, std::move(*text), draft, problems);
  }
  return std::move(draft.papers);
}

}  // namespace pandect
