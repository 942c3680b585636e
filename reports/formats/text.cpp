// The report for a terminal: what it is, what is due now, by when, what is missing. Plain in a
// pipe; wide characters are counted; a due duty takes at most three lines.
#include "reports/attention.h"
#include "reports/citation.h"
#include "reports/clean.h"
#include "reports/layout.h"
#include "reports/outline.h"
#include "reports/page.h"
#include "reports/report.h"
#include "reports/standing.h"

#include <algorithm>

namespace pandect::reports {
namespace {

class Report {
 public:
  Report(const Assessment& assessment, const Options& options)
      : assessment_(assessment), words_(options.lang), page_(options.width, options.colour) {}

  std::string render() {
    const std::string& who = assessment_.organisation;
    page_.line(who.empty() ? std::string(words_(Word::title)) : words_(Word::title_of, {who}),
               Style::strong);
    page_.line(words_(Word::as_of, {words_.date(assessment_.as_of)}));
    if (!assessment_.assessed_anything()) {
      page_.blank();
      page_.block("", std::string(words_(Word::nothing_assessed)));
    }
    std::vector<Outline> outlines;
    for (const auto& subject : assessment_.subjects)
      outlines.push_back(outline_of(subject, assessment_));
    for (const auto& outline : outlines) summary(outline);
    baseline();
    for (const auto& outline : outlines) attention(*outline.subject);
    for (const auto& outline : outlines) subject(outline);
    closing();
    return page_.take();
  }

 private:
  std::string w(Word word) const { return std::string(words_(word)); }
  static std::string join(const std::vector<std::string>& parts) {
    std::string out;
    for (const auto& each : parts) {
      if (!each.empty()) out += (out.empty() ? "" : " · ") + each;
    }
    return out;
  }
  std::string heading_of(const SubjectAssessment& subject) const {
    const std::string kind = w(subject.kind == "model" ? Word::model : Word::system);
    const std::string& name = subject.name.empty() ? subject.id : subject.name;
    return name + " · " + (name == subject.id ? kind : kind + " " + subject.id);
  }
  template <typename Item>
  std::string titles(const std::vector<const Item*>& items) const {
    std::vector<std::string> list;
    for (const auto* each : items) {
      const std::string title = class_line(*each, words_, deployments_);
      if (std::find(list.begin(), list.end(), title) == list.end()) list.push_back(title);
    }
    return words_.list(list);
  }

  // Three to six lines that say it all.
  void summary(const Outline& outline) {
    page_.blank();
    page_.line(heading_of(*outline.subject), Style::strong);
    std::vector<std::string> counts;
    const auto count = [&](Word word, std::size_t n) {
      if (n > 0) counts.push_back(words_(word, {words_.count(n)}));
    };
    count(Word::sum_prohibited, outline.prohibited);
    count(Word::sum_overdue, outline.overdue);
    counts.push_back(words_(Word::sum_due, {words_.count(outline.due), words_.count(outline.met)}));
    count(Word::sum_upcoming, outline.upcoming);
    count(Word::sum_undetermined, outline.undetermined);
    page_.bounded("  ", words_.labelled(w(Word::duties), join(counts)), 2,
                  outline.prohibited + outline.overdue > 0 ? Style::alarm : Style::plain);
    for (const auto& place : outline.places)
      page_.line("  " + words_.labelled(words_.jurisdiction(place.id), in_short(place)));
    if (!outline.dates.empty()) {
      const DateEntry& next = outline.dates.front();
      page_.line("  " + words_.labelled(
                            w(Word::next_date),
                            words_.date(next.day) + " " + words_.title(next.duty.item->title)));
    }
    if (!outline.questions.empty())
      page_.line("  " + words_.labelled(w(Word::answer_next), question(outline.questions.front())));
  }

  void baseline() {
    const std::string line = baseline_line(assessment_, words_);
    if (line.empty()) return;
    page_.blank();
    page_.block("", line);
    for (const auto& each : assessment_.baseline->gone)
      page_.bounded("  ", words_.labelled(w(Word::gate_gone), each), 2, Style::faint);
  }

  // What stops a release, each with the line that is the reason.
  void attention(const SubjectAssessment& subject) {
    const auto findings = attention_of(subject);
    if (findings.empty()) return;
    page_.heading(w(Word::gate_findings) + words_.bracketed(words_.count(findings.size())) + " · " +
                  subject.id);
    for (const auto* each : findings) {
      const bool quiet = each->waived || each->in_baseline;
      page_.bounded(quiet ? "- " : "! ",
                    standing_line(*each, words_) + " " + words_.in(each->message), 3,
                    quiet ? Style::plain : Style::alarm);
      if (const std::string place = place_line(each->where); !place.empty())
        page_.bounded("  ", words_.labelled(w(Word::gate_reason), place), 2);
      if (!each->looked_for.empty())
        page_.bounded("  ", words_.labelled(w(Word::gate_looked_for), words_.in(each->looked_for)),
                      3);
      if (each->waived) page_.bounded("  ", waiver_line(*each->waived, words_), 3);
    }
  }

  std::string in_short(const PlaceView& place) const {
    std::vector<std::string> names;
    for (const auto* each : place.classes) {
      const std::string title = title_of(*each, words_);
      if (std::find(names.begin(), names.end(), title) == names.end()) names.push_back(title);
    }
    if (names.size() > 4) {
      const std::string more = "+" + std::to_string(names.size() - 3);
      names.resize(3);
      names.push_back(more);
    }
    if (!names.empty()) return words_.list(names);
    if (place.in_scope.empty() && !place.out_of_scope.empty() &&
        place.due + place.upcoming + place.undetermined == 0)
      return w(Word::out_of_scope);
    return w(place.open.empty() ? Word::no_class : Word::no_class_yet);
  }

  std::string question(const Question& item) const {
    const std::string& text = words_.in(item.question);
    return text.empty() ? item.fact : text;
  }

  void subject(const Outline& outline) {
    page_.blank();
    page_.line(std::string(static_cast<std::size_t>(page_.width()), '='), Style::faint);
    page_.line(heading_of(*outline.subject), Style::strong);
    what_it_is(outline);
    due_now(outline);
    by_when(outline);
    short_list(Word::voluntary, outline.voluntary);
    open_duties(outline);
    questions(outline);
    notes(outline);
  }

  void what_it_is(const Outline& outline) {
    deployments_ = outline.deployments;
    page_.heading(w(Word::what_it_is));
    if (outline.places.empty()) page_.line(w(Word::no_class));
    for (const auto& place : outline.places) {
      page_.line(words_.jurisdiction(place.id), Style::strong);
      field(Word::class_holds, place.classes.empty()
                                   ? w(place.open.empty() ? Word::no_class : Word::no_class_yet)
                                   : titles(place.classes));
      if (!place.roles.empty()) field(Word::roles, titles(place.roles));
      if (!place.in_scope.empty()) field(Word::in_scope, titles(place.in_scope));
      if (place.in_scope.empty() && !place.out_of_scope.empty())
        field(Word::out_of_scope, titles(place.out_of_scope));
      std::vector<std::string> open;
      for (const auto* each : place.open)
        open.push_back(title_of(*each, words_) + because_missing(*each));
      for (std::size_t i = 0; i < open.size() && i < kOpenShown; ++i)
        field(i == 0 ? w(Word::open_classes) : "", open[i]);
      if (open.size() > kOpenShown)
        field("", words_(Word::more_in_json, {std::to_string(open.size() - kOpenShown)}));
      if (!place.leads.empty()) field(Word::leads, titles(place.leads));
    }
  }
  std::string because_missing(const ClassificationItem& item) const {
    if (item.missing.empty()) return {};
    return words_.bracketed(
        words_.labelled(w(Word::facts_missing), missing_line(item.missing, words_, 3)));
  }
  void field(Word label, const std::string& text) { field(w(label), text); }
  void field(const std::string& label, const std::string& text) {
    constexpr int kColumn = 16;
    page_.block("  " + pad(label, kColumn), text);
  }

  void due_now(const Outline& outline) {
    page_.heading(w(Word::due_now) + words_.bracketed(words_.count(outline.due)));
    if (outline.now.empty()) page_.line(w(Word::nothing_due));
    for (const auto& group : outline.now) {
      const bool alarm =
          group.kind == DutyGroup::Kind::prohibited || group.kind == DutyGroup::Kind::overdue;
      const bool met = group.kind == DutyGroup::Kind::met;
      page_.blank();
      page_.line(group_title(group, words_) + words_.bracketed(words_.count(group.duties.size())),
                 alarm ? Style::alarm
                 : met ? Style::good
                       : Style::strong);
      const std::string mark = alarm ? "! " : met ? "+ " : "- ";
      std::string owner;
      for (const auto& each : group.duties) {
        const std::string here =
            join({words_.jurisdiction(each.item->jurisdiction), addressees(*each.item, words_)});
        if (here != owner) page_.line(here, Style::faint);
        owner = here;
        duty(each, mark, met);
      }
    }
  }

  // Title with its state and id; provision and dates; penalty and evidence: three lines at most.
  void duty(const Duty& duty, const std::string& mark, bool met) {
    const ObligationItem& item = *duty.item;
    const bool has_state = item.fulfilment && !item.prohibition;
    const std::string state =
        has_state ? " [" + std::string(words_.fulfilment(*item.fulfilment)) + "]" : "";
    std::string title =
        mark + clip(words_.title(item.title), page_.width() - 2 - width_of(state)) + state;
    if (width_of(title) + 2 + width_of(item.id) <= page_.width())
      title = pad(title, page_.width() - width_of(item.id)) + item.id;
    page_.line(title, Style::strong);
    std::vector<std::string> rest{unbroken_words(cites(item.cite, words_)), timing(item, words_)};
    if (!met) add_stakes(duty, rest);
    if (!duty.deployments.empty())
      rest.push_back(words_(Word::for_deployments, {words_.list(duty.deployments)}));
    page_.bounded("  ", join(rest), 2);
    if (item.waiver) page_.bounded("  ", waiver_text(*item.waiver, words_), 2);
    for (const auto& each : item.evidence) seen(each);
  }
  // What a probe or a person said against or for a piece; two lines at most.
  void seen(const EvidenceItem& piece) {
    const auto details = piece_details(piece, words_);
    if (piece.state == PieceState::unchecked && details.empty()) return;
    page_.bounded("  ", join({piece_line(piece, words_), join(details)}), 2, Style::faint);
  }
  void add_stakes(const Duty& duty, std::vector<std::string>& rest) const {
    const ObligationItem& item = *duty.item;
    if (const std::string line = penalty_line(item, words_); !line.empty())
      rest.push_back(words_.labelled(w(Word::penalty), clip(line, page_.width() - 26)));
    const auto needs = evidence_needed(item, words_);
    if (needs.empty() || item.prohibition) return;
    const std::string more = needs.size() > 1 ? " +" + std::to_string(needs.size() - 1) : "";
    rest.push_back(words_.labelled(w(Word::needs), clip(needs.front(), page_.width() - 24) + more));
  }
  // Keeps "제31조제1항" whole, lets a line end between cites.
  static std::string unbroken_words(const std::string& text) {
    std::string out, word;
    for (const char c : text + " ") {
      if (c != ' ') {
        word += c;
        continue;
      }
      out.append(out.empty() ? "" : " ").append(unbroken(word));
      word.clear();
    }
    return out;
  }

  void by_when(const Outline& outline) {
    if (outline.dates.empty()) return;
    page_.heading(w(Word::by_when));
    const auto& dates = outline.dates;
    for (std::size_t i = 0; i < dates.size();) {
      std::size_t end = i;
      while (end < dates.size() && dates[end].day == dates[i].day &&
             dates[end].deadline == dates[i].deadline)
        ++end;
      const std::string what = w(dates[i].deadline ? Word::deadline : Word::begins);
      page_.line(words_.date(dates[i].day) + " · " + what + words_.bracketed(words_.count(end - i)),
                 Style::strong);
      for (; i < end; ++i) {
        const ObligationItem& item = *dates[i].duty.item;
        page_.bounded(item.prohibition ? "! " : "- ",
                      join({words_.title(item.title), unbroken(cites(item.cite, words_, 1))}), 2);
      }
    }
  }

  void short_list(Word title, const std::vector<Duty>& duties) {
    if (duties.empty()) return;
    page_.heading(w(title) + words_.bracketed(words_.count(duties.size())));
    for (std::size_t i = 0; i < duties.size() && i < kShort; ++i) {
      const ObligationItem& item = *duties[i].item;
      const std::string how = is_binding(item) ? "" : std::string(words_.modality(item.modality));
      page_.bounded(
          "- ", join({words_.title(item.title), unbroken(cites(item.cite, words_, 1)), how}), 2);
    }
    if (duties.size() > kShort)
      page_.line(words_(Word::more_in_json, {words_.count(duties.size() - kShort)}), Style::faint);
  }

  void open_duties(const Outline& outline) {
    if (outline.open.empty()) return;
    short_list(Word::open_duties, outline.open);
  }

  void questions(const Outline& outline) {
    if (outline.questions.empty()) return;
    page_.heading(w(Word::missing_next) + words_.bracketed(words_.count(outline.questions.size())));
    constexpr std::size_t kMost = 8;
    for (std::size_t i = 0; i < outline.questions.size() && i < kMost; ++i) {
      const Question& item = outline.questions[i];
      const std::size_t n = item.settles.size();
      page_.block(std::to_string(i + 1) + ". ", question(item));
      page_.line("   " + item.fact + " · " +
                     (n == 1 ? w(Word::settles_1) : words_(Word::settles_n, {words_.count(n)})),
                 Style::faint);
    }
    if (outline.questions.size() > kMost)
      page_.line(words_(Word::more_in_json, {words_.count(outline.questions.size() - kMost)}),
                 Style::faint);
  }

  void notes(const Outline& outline) {
    auto lines = doubts(outline, words_);
    if (lines.empty() && outline.subject->not_applicable == 0) return;
    page_.heading(w(Word::doubts));
    constexpr std::size_t kMost = 16;
    for (std::size_t i = 0; i < lines.size() && i < kMost; ++i) page_.bounded("- ", lines[i], 4);
    if (lines.size() > kMost)
      page_.line(words_(Word::more_in_json, {words_.count(lines.size() - kMost)}), Style::faint);
    if (outline.subject->not_applicable > 0)
      page_.bounded(
          "- ", words_(Word::not_applicable_n, {words_.count(outline.subject->not_applicable)}), 2);
  }

  void skipped() {
    constexpr std::size_t kMost = 5;
    for (std::size_t i = 0; i < assessment_.skipped.size() && i < kMost; ++i) {
      const auto& each = assessment_.skipped[i];
      page_.bounded(
          "- ", words_.labelled(w(Word::gate_skipped), each.path + " (" + each.reason + ")"), 2);
    }
    if (assessment_.skipped.size() > kMost)
      page_.line(words_(Word::more_in_json, {words_.count(assessment_.skipped.size() - kMost)}),
                 Style::faint);
  }

  void closing() {
    skipped();
    page_.heading(w(Word::packs));
    for (const auto& each : pack_lines(assessment_, words_)) page_.bounded("- ", each, 2);
    for (const auto& pack : assessment_.packs) pack_notes(pack);
    page_.blank();
    page_.block("",
                words_(Word::engine, {assessment_.engine_version}) + ". " + w(Word::disclaimer));
  }

  // The first sentences of the first notes; the other formats have them whole.
  void pack_notes(const PackUsed& pack) {
    if (pack.notes.empty()) return;
    page_.blank();
    page_.line(words_.labelled(w(Word::pack_notes), words_.in(pack.title)), Style::faint);
    constexpr std::size_t kMost = 3;
    for (std::size_t i = 0; i < pack.notes.size() && i < kMost; ++i)
      page_.bounded("- ", first_sentence(words_.in(pack.notes[i])), 3, Style::faint);
    if (pack.notes.size() > kMost)
      page_.line("  " + words_(Word::more_in_json, {words_.count(pack.notes.size() - kMost)}),
                 Style::faint);
  }

  static constexpr std::size_t kShort = 12;
  static constexpr std::size_t kOpenShown = 8;
  const Assessment& assessment_;
  Wording words_;
  std::size_t deployments_ = 0;  // of the subject being written
  Page page_;
};

}  // namespace
}  // namespace pandect::reports

pandect::reports::Format format_text() {
  using namespace pandect::reports;
  Format format{"text", "txt", [](const pandect::Assessment& assessment, const Options& options) {
                  return Report(cleaned(assessment), options).render();
                }};
  format.one_language = true;
  return format;
}
