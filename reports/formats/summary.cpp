// A short summary in Markdown for the page of a pipeline's run ($GITHUB_STEP_SUMMARY, a comment on
// a change): may it go out, what stops it, what is new, waived or known, what comes next. Bounded
// far below the 1 MiB that GitHub takes; `md` is the whole report.
#include "reports/attention.h"
#include "reports/clean.h"
#include "reports/layout.h"
#include "reports/markdown.h"
#include "reports/notices.h"
#include "reports/outline.h"
#include "reports/report.h"

namespace pandect::reports {
namespace {

constexpr std::size_t kMostFindings = 20;  // of each list
constexpr std::size_t kMostSubjects = 50;
constexpr std::size_t kMostDates = 5;
constexpr std::size_t kMostQuestions = 3;
constexpr std::size_t kTextLimit = 600;  // code points of one line

class Summary {
 public:
  Summary(const Assessment& assessment, const Options& options)
      : assessment_(assessment), options_(options), words_(options.lang) {}

  std::string render() {
    line("## Pandect: " + md_text(verdict_line(assessment_, options_.run, words_)));
    line();
    line(md_text(words_(Word::as_of, {words_.date(assessment_.as_of)})));
    if (const std::string used = baseline_line(assessment_, words_); !used.empty()) {
      line();
      line(md_text(used));
    }
    table();
    const auto notices = notices_of(assessment_, options_.run);
    std::vector<const Notice*> stopping, others, quiet;
    for (const auto& each : notices)
      (each.blocks ? stopping : each.quiet() ? quiet : others).push_back(&each);
    findings(Word::pipe_stops, stopping);
    findings(Word::pipe_others, others);
    findings(Word::pipe_quiet, quiet);
    next();
    closing();
    return std::move(out_);
  }

 private:
  void line(const std::string& text = {}) { out_ += text + "\n"; }
  std::string cut(const std::string& text) const { return md_text(clean(text, kTextLimit)); }
  void more(std::size_t all, std::size_t shown) {
    if (all > shown) line("- " + words_(Word::pipe_more, {words_.count(all - shown)}));
  }

  void table() {
    line();
    std::string head = "|", rule = "|";
    for (const Word word : {Word::subject, Word::jurisdiction, Word::due, Word::met, Word::upcoming,
                            Word::undetermined}) {
      head += " " + words_.title(word) + " |";
      rule += word == Word::subject || word == Word::jurisdiction ? " --- |" : " ---: |";
    }
    line(head);
    line(rule);
    const std::size_t shown = std::min(assessment_.subjects.size(), kMostSubjects);
    for (std::size_t i = 0; i < shown; ++i) {
      const SubjectAssessment& subject = assessment_.subjects[i];
      for (const auto& place : outline_of(subject, assessment_).places) {
        line("| " + cut(name_of(subject)) + " | " + md_text(words_.jurisdiction(place.id)) + " | " +
             words_.count(place.due) + " | " + words_.count(place.met) + " | " +
             words_.count(place.upcoming) + " | " + words_.count(place.undetermined) + " |");
      }
    }
    line();
    more(assessment_.subjects.size(), shown);
  }

  void findings(Word title, const std::vector<const Notice*>& list) {
    if (list.empty()) return;
    line("### " + words_.title(title) + words_.bracketed(words_.count(list.size())));
    line();
    const std::size_t shown = std::min(list.size(), kMostFindings);
    for (std::size_t i = 0; i < shown; ++i) {
      const Place& place = list[i]->place;
      line("- **" + md_text(words_.severity(list[i]->finding->level)) + "** " +
           cut(notice_text(*list[i], words_)) + " · " +
           md_text(place.path + ":" + std::to_string(place.line)));
    }
    more(list.size(), shown);
    line();
  }

  void next() {
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < assessment_.subjects.size() && i < kMostSubjects; ++i) {
      const Outline outline = outline_of(assessment_.subjects[i], assessment_);
      for (const auto& each : outline.dates) {
        if (lines.size() == kMostDates) break;
        lines.push_back(md_text(words_.date(each.day)) + " " +
                        md_text(words_(each.deadline ? Word::deadline : Word::begins)) + ": " +
                        cut(words_.title(each.duty.item->title)));
      }
    }
    list_of(Word::by_when, lines);
    lines.clear();
    for (const auto& subject : assessment_.subjects) {
      for (const auto& each : subject.questions) {
        if (lines.size() == kMostQuestions) break;
        const std::string& text = words_.in(each.question);
        lines.push_back(cut(text.empty() ? each.fact : text) +
                        md_text(words_.bracketed(each.fact)));
      }
    }
    list_of(Word::answer_next, lines);
  }
  void list_of(Word title, const std::vector<std::string>& lines) {
    if (lines.empty()) return;
    line("### " + words_.title(title));
    line();
    for (const auto& each : lines) line("- " + each);
    line();
  }

  void closing() {
    if (!assessment_.skipped.empty())
      line(words_.labelled(words_.title(Word::gate_skipped),
                           words_.count(assessment_.skipped.size())) +
           "\n");
    std::string packs;
    for (const auto& each : assessment_.packs)
      packs += (packs.empty() ? "" : ", ") + cut(each.id + " " + each.version);
    line("*" + md_text(words_(Word::engine, {assessment_.engine_version})) +
         (packs.empty() ? "" : " · " + packs) + ". " + md_text(words_(Word::disclaimer)) + "*");
  }

  const Assessment& assessment_;
  const Options& options_;
  Wording words_;
  std::string out_;
};

}  // namespace
}  // namespace pandect::reports

pandect::reports::Format format_summary() {
  using namespace pandect::reports;
  Format format{"summary", "md", [](const pandect::Assessment& assessment, const Options& options) {
                  return Summary(cleaned(assessment), options).render();
                }};
  format.one_language = true;
  return format;
}
