#include "checks/lint_parts.h"
#include "papers/fill.h"

#include <map>

namespace pandect {

void lint_papers(LintJob& job) {
  std::map<std::string, const PaperDraft*> seen;
  for (const auto& paper : job.pack.papers) {
    if (!seen.try_emplace(paper.id, &paper).second)
      job.error(paper.where, "duplicate-id", "the paper `" + paper.id + "` stands twice",
                "give it an id of its own");
    for (auto& each : check_paper(job.program, paper)) job.findings.push_back(std::move(each));
    for (const auto& section : paper.sections) {
      for (const Phrases* phrases :
           {&section.heading, &section.asks, &section.blank, &section.wording})
        lint_languages(job, *phrases, paper.id + "/" + section.id, section.where);
    }
  }
}

}  // namespace pandect
