// The report as Markdown: the content of the text report in full, with tables and links to the
// official texts. Everything foreign is escaped.
#include "reports/attention.h"
#include "reports/citation.h"
#include "reports/clean.h"
#include "reports/markdown.h"
#include "reports/outline.h"
#include "reports/report.h"
#include "reports/standing.h"

#include <algorithm>

namespace pandect::reports {
namespace {

class Report {
 public:
  Report(const Assessment& assessment, const Options& options)
      : assessment_(assessment), words_(options.lang) {}

  std::string render() {
    const std::string& who = assessment_.organisation;
    line("# " + md_text(who.empty() ? w(Word::title) : words_(Word::title_of, {who})));
    line();
    line(words_(Word::as_of, {words_.date(assessment_.as_of)}));
    if (!assessment_.assessed_anything()) {
      line();
      line(w(Word::nothing_assessed));
    }
    baseline();
    for (const auto& each : assessment_.subjects) subject(outline_of(each, assessment_));
    closing();
    return std::move(out_);
  }

 private:
  std::string w(Word word) const { return std::string(words_(word)); }
  void line(const std::string& text = {}) { out_ += text + "\n"; }
  void heading(int level, const std::string& text) {
    if (!out_.ends_with("\n\n")) line();
    line(std::string(static_cast<std::size_t>(level), '#') + " " + text);
    line();
  }
  void row(const std::vector<std::string>& cells) {
    std::string text = "|";
    for (const auto& each : cells) text += " " + each + " |";
    line(text);
  }
  void header(const std::vector<Word>& words) {
    std::vector<std::string> cells;
    for (const Word word : words) cells.push_back(w(word));
    row(cells);
    std::string rule = "|";
    for (std::size_t i = 0; i < words.size(); ++i) rule += " --- |";
    line(rule);
  }
  std::string links(const std::vector<Citation>& list) const {
    std::string out;
    for (const auto& each : cite_parts(list, words_))
      out += each.mark + md_link(each.text, each.url);
    return out;
  }
  static std::string lines(const std::vector<std::string>& parts) {
    std::string out;
    for (const auto& each : parts) out += (out.empty() ? "" : "<br>") + each;
    return out;
  }
  std::string subject_name(const SubjectAssessment& subject) const {
    return md_text(subject.name.empty() ? subject.id : subject.name);
  }

  void subject(const Outline& outline) {
    heading(2, subject_name(*outline.subject));
    summary(outline);
    attention(*outline.subject);
    what_it_is(outline);
    due_now(outline);
    by_when(outline);
    voluntary(outline);
    open_duties(outline);
    questions(outline);
    notes(outline);
  }

  void summary(const Outline& outline) {
    const std::string kind = w(outline.subject->kind == "model" ? Word::model : Word::system);
    line("- " + words_.labelled(w(Word::subject), kind + " " + md_text(outline.subject->id)));
    std::vector<std::string> counts;
    const auto count = [&](Word word, std::size_t n) {
      if (n > 0) counts.push_back(words_(word, {words_.count(n)}));
    };
    count(Word::sum_prohibited, outline.prohibited);
    count(Word::sum_overdue, outline.overdue);
    counts.push_back(words_(Word::sum_due, {words_.count(outline.due), words_.count(outline.met)}));
    count(Word::sum_upcoming, outline.upcoming);
    count(Word::sum_undetermined, outline.undetermined);
    line("- " + words_.labelled(w(Word::duties), words_.list(counts)));
    if (outline.dates.empty()) return;
    const DateEntry& next = outline.dates.front();
    line("- " + words_.labelled(
                    w(Word::next_date),
                    words_.date(next.day) + " " + md_text(words_.title(next.duty.item->title))));
  }

  void baseline() {
    const std::string used = baseline_line(assessment_, words_);
    if (used.empty()) return;
    line();
    line(md_text(used));
    line();
    for (const auto& each : assessment_.baseline->gone)
      line("- " + words_.labelled(w(Word::gate_gone), md_text(each)));
  }

  void attention(const SubjectAssessment& subject) {
    const auto findings = attention_of(subject);
    if (findings.empty()) return;
    heading(3, w(Word::gate_findings) + words_.bracketed(words_.count(findings.size())));
    for (const auto* each : findings) {
      std::string text = "- **" + md_text(standing_line(*each, words_)) + "** " +
                         md_text(words_.in(each->message));
      if (const std::string place = place_line(each->where); !place.empty())
        text += " · " + words_.labelled(w(Word::gate_reason), "`" + code(place) + "`");
      if (!each->looked_for.empty())
        text +=
            " · " + words_.labelled(w(Word::gate_looked_for), md_text(words_.in(each->looked_for)));
      if (each->waived) text += " · " + md_text(waiver_line(*each->waived, words_));
      line(text);
    }
  }

  void what_it_is(const Outline& outline) {
    deployments_ = outline.deployments;
    heading(3, w(Word::what_it_is));
    if (outline.places.empty()) line("- " + w(Word::no_class));
    for (const auto& place : outline.places) {
      line("**" + md_text(words_.jurisdiction(place.id)) + "**");
      line();
      if (place.classes.empty())
        line("- " + words_.labelled(w(Word::class_holds),
                                    w(place.open.empty() ? Word::no_class : Word::no_class_yet)));
      items(Word::class_holds, place.classes);
      items(Word::roles, place.roles);
      items(Word::in_scope, place.in_scope);
      if (place.in_scope.empty()) items(Word::out_of_scope, place.out_of_scope);
      items(Word::open_classes, place.open);
      items(Word::leads, place.leads);
      line();
    }
  }
  void items(Word label, const std::vector<const ClassificationItem*>& list) {
    for (const auto* each : list) {
      std::string text =
          "- " +
          words_.labelled(w(label), "**" + md_text(class_line(*each, words_, deployments_)) + "**");
      if (!each->cite.empty()) text += " · " + short_links(each->cite);
      if (each->value == Truth::unknown && !each->missing.empty()) {
        text += " · " + words_.labelled(w(Word::facts_missing),
                                        md_text(missing_line(each->missing, words_, 6)));
      }
      line(text);
    }
  }
  std::string short_links(const std::vector<Citation>& list) const {
    std::string out;
    for (std::size_t i = 0; i < list.size() && i < 3; ++i)
      out += (i == 0 ? "" : ", ") + md_link(cite(list[i], words_), list[i].url);
    return list.size() > 3 ? out + " +" + std::to_string(list.size() - 3) : out;
  }

  void due_now(const Outline& outline) {
    heading(3, w(Word::due_now) + words_.bracketed(words_.count(outline.due)));
    if (outline.now.empty()) line(w(Word::nothing_due));
    for (const auto& group : outline.now) {
      heading(4, group_title(group, words_) + words_.bracketed(words_.count(group.duties.size())));
      header({Word::duty, Word::addressee, Word::provision, Word::date, Word::fulfilment,
              Word::maximum_penalty, Word::evidence});
      for (const auto& each : group.duties) duty_row(each);
    }
  }
  std::string duty_cell(const Duty& duty) const {
    const ObligationItem& item = *duty.item;
    std::string out = "**" + md_text(words_.title(item.title)) + "**";
    if (!words_.in(item.duty).empty()) out += "<br>" + md_text(words_.in(item.duty));
    if (!duty.deployments.empty())
      out += "<br>" + md_text(words_(Word::for_deployments, {words_.list(duty.deployments)}));
    return out + "<br>`" + code(item.id) + "`";
  }
  static std::string code(std::string text) {
    std::erase_if(text,
                  [](char c) { return c == '`' || c == '|' || c == '\\' || c == '<' || c == '&'; });
    return text;
  }
  void duty_row(const Duty& duty) {
    const ObligationItem& item = *duty.item;
    std::vector<std::string> proofs;
    for (const auto& each : evidence_found(item, words_)) proofs.push_back(md_text(each));
    if (!item.prohibition) {
      for (const auto& each : evidence_needed(item, words_))
        proofs.push_back(md_text(words_.labelled(words_(Word::needs), each)));
    }
    std::vector<std::string> state;
    if (item.fulfilment && !item.prohibition)
      state.emplace_back(words_.fulfilment(*item.fulfilment));
    if (item.waiver) state.push_back(md_text(waiver_text(*item.waiver, words_)));
    row({duty_cell(duty), md_text(addressees(item, words_)), links(item.cite), timing(item, words_),
         lines(state), md_text(penalty_line(item, words_)), lines(proofs)});
  }

  void by_when(const Outline& outline) {
    if (outline.dates.empty()) return;
    heading(3, w(Word::by_when));
    header({Word::date, Word::kind, Word::duty, Word::addressee, Word::provision});
    for (const auto& each : outline.dates) {
      const ObligationItem& item = *each.duty.item;
      row({words_.date(each.day), w(each.deadline ? Word::deadline : Word::begins),
           md_text(words_.title(item.title)), md_text(addressees(item, words_)),
           short_links(item.cite)});
    }
  }

  void voluntary(const Outline& outline) {
    if (outline.voluntary.empty()) return;
    heading(3, w(Word::voluntary));
    header({Word::duty, Word::kind, Word::status, Word::provision});
    for (const auto& each : outline.voluntary) {
      const ObligationItem& item = *each.item;
      row({md_text(words_.title(item.title)), std::string(words_.modality(item.modality)),
           std::string(words_.status(item.status)), short_links(item.cite)});
    }
  }

  void open_duties(const Outline& outline) {
    if (outline.open.empty()) return;
    heading(3, w(Word::open_duties));
    header({Word::duty, Word::severity, Word::provision, Word::fact});
    for (const auto& each : outline.open) {
      const ObligationItem& item = *each.item;
      row({md_text(words_.title(item.title)), std::string(words_.severity(item.severity)),
           short_links(item.cite), md_text(missing_line(item.missing, words_, 6))});
    }
  }

  void questions(const Outline& outline) {
    if (outline.questions.empty()) return;
    heading(3, w(Word::missing_next));
    header({Word::question, Word::fact, Word::settles});
    for (const auto& each : outline.questions) {
      const std::string& text = words_.in(each.question);
      row({md_text(text.empty() ? each.fact : text), "`" + code(each.fact) + "`",
           words_.count(each.settles.size())});
    }
  }

  void notes(const Outline& outline) {
    const auto list = doubts(outline, words_);
    if (list.empty() && outline.subject->not_applicable == 0) return;
    heading(3, w(Word::doubts));
    for (const auto& each : list) line("- " + md_text(each));
    if (outline.subject->not_applicable > 0)
      line("- " + words_(Word::not_applicable_n, {words_.count(outline.subject->not_applicable)}));
  }

  void closing() {
    for (const auto& each : assessment_.skipped)
      line("- " +
           words_.labelled(w(Word::gate_skipped), md_text(each.path + " (" + each.reason + ")")));
    heading(2, w(Word::packs));
    for (const auto& each : pack_lines(assessment_, words_)) line("- " + md_text(each));
    for (const auto& pack : assessment_.packs) {
      if (pack.notes.empty()) continue;
      heading(3, md_text(words_.in(pack.title)));
      for (const auto& note : pack.notes) line("- " + md_text(words_.in(note)));
    }
    line();
    line("*" +
         md_text(words_(Word::engine, {assessment_.engine_version}) + ". " + w(Word::disclaimer)) +
         "*");
  }

  const Assessment& assessment_;
  Wording words_;
  std::size_t deployments_ = 0;  // of the subject being written
  std::string out_;
};

}  // namespace
}  // namespace pandect::reports

pandect::reports::Format format_md() {
  using namespace pandect::reports;
  Format format{"md", "md", [](const pandect::Assessment& assessment, const Options& options) {
                  return Report(cleaned(assessment), options).render();
                }};
  format.one_language = true;
  return format;
}
