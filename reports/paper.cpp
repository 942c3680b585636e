#include "reports/paper.h"

#include "reports/attention.h"
#include "reports/citation.h"
#include "reports/markdown.h"
#include "reports/outline.h"
#include "reports/proof_line.h"
#include "reports/roles.h"
#include "reports/standing.h"
#include "reports/timeline_picture.h"

#include <algorithm>

namespace pandect::reports {
namespace {

constexpr int kDeepestProof = 8;

Block block(Block::Kind kind, Spans spans, int level = 0, bool small = false) {
  Block out;
  out.kind = kind;
  out.spans = std::move(spans);
  out.level = level;
  out.small = small;
  return out;
}

class Paper {
 public:
  Paper(const Assessment& assessment, const Options& options)
      : assessment_(assessment), words_(options.lang) {}

  Document build() {
    out_.title = heading();
    out_.author = assessment_.organisation;
    out_.lang = words_.tag();
    out_.running = heading() + " · " + as_of();
    out_.page_of = words_(Word::page_of);
    out_.created = assessment_.as_of;
    std::vector<Outline> outlines;
    for (const auto& each : assessment_.subjects) outlines.push_back(outline_of(each, assessment_));
    cover(outlines);
    into_ = &out_.body;
    for (const auto& each : outlines) subject(each);
    sources();
    return std::move(out_);
  }

 private:
  std::string w(Word word) const { return words_.title(word); }
  std::string heading() const {
    const std::string& who = assessment_.organisation;
    return who.empty() ? w(Word::title) : words_(Word::title_of, {who});
  }
  std::string as_of() const { return words_(Word::as_of, {words_.date(assessment_.as_of)}); }
  static std::string name(const SubjectAssessment& subject) {
    return subject.name.empty() ? subject.id : subject.name;
  }

  void say(Block::Kind kind, Spans spans, int level = 0, bool small = false) {
    into_->push_back(block(kind, std::move(spans), level, small));
  }
  void head(int level, const std::string& text) {
    say(Block::Kind::heading, {{text, {}, {}}}, level);
  }
  void text(const std::string& text, Tone tone = Tone::plain, bool small = false) {
    say(Block::Kind::text, {{text, tone, {}}}, 0, small);
  }
  void bullet(Spans spans, int level = 0, bool small = false) {
    say(Block::Kind::bullet, std::move(spans), level, small);
  }

  Spans links(const std::vector<Citation>& list) const {
    Spans out;
    for (const auto& each : cite_parts(list, words_)) {
      if (!each.mark.empty()) out.push_back({each.mark, Tone::plain, {}});
      out.push_back({each.text, Tone::plain, safe_url(each.url)});
    }
    return out;
  }

  std::vector<std::string> counts(const Outline& outline) const {
    std::vector<std::string> out;
    const auto count = [&](Word word, std::size_t n) {
      if (n > 0) out.push_back(words_(word, {words_.count(n)}));
    };
    count(Word::sum_prohibited, outline.prohibited);
    count(Word::sum_overdue, outline.overdue);
    out.push_back(words_(Word::sum_due, {words_.count(outline.due), words_.count(outline.met)}));
    count(Word::sum_upcoming, outline.upcoming);
    count(Word::sum_undetermined, outline.undetermined);
    return out;
  }

  void cover(const std::vector<Outline>& outlines) {
    into_ = &out_.cover;
    say(Block::Kind::heading, {{heading(), {}, {}}}, 1);
    text(as_of(), Tone::faint);
    say(Block::Kind::space, {});
    if (!assessment_.assessed_anything()) text(w(Word::nothing_assessed));
    for (const auto& outline : outlines) {
      const auto& subject = *outline.subject;
      const std::string kind(words_(subject.kind == "model" ? Word::model : Word::system));
      say(Block::Kind::text,
          {{name(subject), Tone::strong, {}}, {"  " + kind + " " + subject.id, Tone::faint, {}}});
      const bool alarm = outline.prohibited + outline.overdue > 0;
      bullet({{words_.labelled(w(Word::duties), words_.list(counts(outline))),
               alarm ? Tone::alarm : Tone::plain,
               {}}});
      if (!outline.dates.empty()) {
        const DateEntry& next = outline.dates.front();
        bullet({{words_.labelled(w(Word::next_date),
                                 words_.date(next.day) + " " + words_.title(next.duty.item->title)),
                 Tone::plain,
                 {}}});
      }
      if (!outline.questions.empty())
        bullet({{words_.labelled(w(Word::questions), words_.count(outline.questions.size())),
                 Tone::plain,
                 {}}});
      say(Block::Kind::space, {});
    }
    if (assessment_.baseline) text(baseline_line(assessment_, words_));
    for (const auto& each : pack_lines(assessment_, words_)) text(each, Tone::faint, true);
    text(words_(Word::engine, {assessment_.engine_version}), Tone::faint, true);
    say(Block::Kind::space, {});
    text(std::string(words_(Word::disclaimer)), Tone::strong);
  }

  void subject(const Outline& outline) {
    say(Block::Kind::page_break, {});
    head(2, name(*outline.subject));
    head(3, w(Word::what_it_is));
    side_by_side(outline);
    findings(*outline.subject);
    timeline(outline);
    duties(outline);
    questions(outline);
    notes(outline);
    proofs(*outline.subject);
  }

  // One row for each jurisdiction.
  void side_by_side(const Outline& outline) {
    Block table = block(Block::Kind::table, {});
    table.columns = {{w(Word::jurisdiction), 1.1},
                     {w(Word::class_holds), 3},
                     {w(Word::roles), 1.8},
                     {w(Word::open_classes), 2.2},
                     {w(Word::duties), 1.6}};
    for (const auto& place : outline.places) {
      const auto list = [&](const std::vector<const ClassificationItem*>& items, Tone tone) {
        Spans out;
        for (const auto* each : items) {
          if (!out.empty()) out.push_back({"\n", Tone::plain, {}});
          out.push_back({class_line(*each, words_, outline.deployments), tone, {}});
        }
        return out;
      };
      Spans classes = list(place.classes, Tone::strong);
      if (classes.empty())
        classes = {{std::string(words_(place.open.empty() ? Word::no_class : Word::no_class_yet)),
                    Tone::faint,
                    {}}};
      for (const auto* each : place.leads)
        classes.push_back(
            {"\n" + words_.labelled(w(Word::leads), title_of(*each, words_)), Tone::faint, {}});
      std::string count = words_(Word::sum_due, {words_.count(place.due), words_.count(place.met)});
      if (place.upcoming > 0)
        count += "\n" + words_(Word::sum_upcoming, {words_.count(place.upcoming)});
      if (place.undetermined > 0)
        count += "\n" + words_(Word::sum_undetermined, {words_.count(place.undetermined)});
      table.rows.push_back({{{words_.jurisdiction(place.id), Tone::strong, {}}},
                            classes,
                            list(place.roles, Tone::plain),
                            list(place.open, Tone::warning),
                            {{count, Tone::plain, {}}}});
    }
    if (!table.rows.empty()) into_->push_back(std::move(table));
  }

  void findings(const SubjectAssessment& subject) {
    if (subject.findings.empty()) return;
    head(3, w(Word::gate_findings));
    for (const Finding* each : sorted_findings(subject)) {
      const bool open = !each->waived && !each->in_baseline;
      const Tone tone = open && each->level >= Severity::high ? Tone::alarm : Tone::plain;
      Spans spans{{std::string(words_.severity(each->level)) + "  ", tone, {}},
                  {finding_line(*each, words_), open ? Tone::plain : Tone::faint, {}}};
      if (const std::string place = place_text(each->where); !place.empty())
        spans.push_back({"  " + place, Tone::faint, {}});
      bullet(std::move(spans));
    }
  }

  void timeline(const Outline& outline) {
    const auto moments = moments_of(outline);
    if (moments.empty()) return;
    head(3, w(Word::by_when));
    Block picture = block(Block::Kind::picture, {});
    picture.picture = timeline_picture(moments, assessment_.as_of, words_);
    into_->push_back(std::move(picture));
    Block table = block(Block::Kind::table, {});
    table.columns = {{w(Word::date), 1.3},
                     {w(Word::kind), 1.1},
                     {w(Word::duty), 3},
                     {w(Word::addressee), 1.8},
                     {w(Word::provision), 2.2}};
    for (const auto& each : moments) {
      const ObligationItem& item = *each.duty.item;
      const Tone tone = each.kind == Moment::Kind::overdue ? Tone::alarm : Tone::plain;
      table.rows.push_back(
          {{{words_.date(each.day), tone, {}}},
           {{moment_kind(each, words_), tone, {}}},
           {{words_.title(item.title), Tone::plain, {}}},
           {{words_.jurisdiction(item.jurisdiction) + " · " + addressees(item, words_),
             Tone::plain,
             {}}},
           links(item.cite)});
    }
    into_->push_back(std::move(table));
  }

  void duties(const Outline& outline) {
    head(3, w(Word::obligations_by_role));
    const auto roles = duties_by_role(outline, words_);
    if (roles.empty()) text(std::string(words_(Word::nothing_due)));
    for (const auto& role : roles) {
      head(4, role.title);
      Block table = block(Block::Kind::table, {});
      table.columns = {{w(Word::duty), 3.6},
                       {w(Word::provision), 1.7},
                       {w(Word::status), 2.1},
                       {w(Word::evidence), 2.6}};
      for (const auto& duty : role.duties)
        table.rows.push_back({duty_cell(duty), links(duty.item->cite), status_cell(*duty.item),
                              evidence_cell(*duty.item)});
      into_->push_back(std::move(table));
    }
  }
  Spans duty_cell(const Duty& duty) const {
    const ObligationItem& item = *duty.item;
    Spans out{{words_.title(item.title), Tone::strong, {}}};
    if (!words_.in(item.duty).empty()) out.push_back({"\n" + words_.in(item.duty), {}, {}});
    if (!duty.deployments.empty())
      out.push_back(
          {"\n" + words_(Word::for_deployments, {words_.list(duty.deployments)}), Tone::faint, {}});
    if (!item.missing.empty())
      out.push_back({"\n" + words_.labelled(words_(Word::facts_missing),
                                            missing_line(item.missing, words_, 8)),
                     Tone::warning,
                     {}});
    out.push_back({"\n" + item.id, Tone::faint, {}});
    return out;
  }
  Spans status_cell(const ObligationItem& item) const {
    const bool due = item.status == "due", alarm = due && (item.prohibition || item.overdue);
    Spans out{{std::string(alarm ? words_(item.prohibition ? Word::prohibited : Word::overdue)
                                 : words_.status(item.status)),
               alarm ? Tone::alarm : Tone::strong,
               {}}};
    const auto add = [&](const std::string& line, Tone tone = Tone::plain) {
      if (!line.empty()) out.push_back({"\n" + line, tone, {}});
    };
    if (item.fulfilment && !item.prohibition)
      add(std::string(words_.fulfilment(*item.fulfilment)),
          item.fulfilment == Fulfilment::met ? Tone::good : Tone::plain);
    if (!is_binding(item)) add(std::string(words_.modality(item.modality)));
    add(words_(Word::severity_group, {std::string(words_.severity(item.severity))}));
    add(timing(item, words_));
    if (item.provisional) add(std::string(words_(Word::provisional)), Tone::warning);
    if (const std::string line = penalty_line(item, words_); !line.empty())
      add(words_.labelled(words_(Word::penalty), line), Tone::faint);
    return out;
  }
  Spans evidence_cell(const ObligationItem& item) const {
    Spans out;
    const auto add = [&](const std::string& line, Tone tone) {
      out.push_back({(out.empty() ? "" : "\n") + line, tone, {}});
    };
    if (item.waiver) {
      add(waiver_text(*item.waiver, words_), Tone::warning);
      add(std::string(words_(Word::waiver_stands)), Tone::faint);
    }
    for (const auto& each : evidence_found(item, words_)) add(each, Tone::plain);
    if (const auto needs = evidence_needed(item, words_); !needs.empty() && !item.prohibition)
      add(words_.labelled(words_(Word::needs), words_.list(needs)), Tone::faint);
    return out;
  }

  void questions(const Outline& outline) {
    if (outline.questions.empty()) return;
    head(3, w(Word::questions));
    for (const auto& each : outline.questions) {
      const std::string& question = words_.in(each.question);
      bullet({{question.empty() ? each.fact : question, Tone::plain, {}},
              {"  " + each.fact, Tone::faint, {}}});
    }
  }

  void notes(const Outline& outline) {
    auto list = doubts(outline, words_);
    if (outline.subject->not_applicable > 0)
      list.push_back(
          words_(Word::not_applicable_n, {words_.count(outline.subject->not_applicable)}));
    if (list.empty()) return;
    head(3, w(Word::doubts));
    for (const auto& each : list) bullet({{each, Tone::plain, {}}});
  }

  // Of conclusions that hold or are open; what duties rest on beyond them is in their own tables.
  void proofs(const SubjectAssessment& subject) {
    const auto shown = [](const ClassificationItem& item) {
      return item.value != Truth::false_ && item.kind != ConceptKind::lead && !item.proof.empty();
    };
    if (std::none_of(subject.classifications.begin(), subject.classifications.end(), shown)) return;
    head(3, w(Word::proofs));
    for (const auto& item : subject.classifications) {
      if (!shown(item)) continue;
      head(4, title_of(item, words_));
      for (const auto& each : item.proof) proof(subject, each, 0);
    }
  }
  void proof(const SubjectAssessment& subject, const ProofItem& item, int depth) {
    if (depth > kDeepestProof) return;
    Spans spans;
    if (item.step != ProofStep::cut)
      spans.push_back({"[" + std::string(words_.truth(item.value)) + "] ",
                       item.value == Truth::unknown ? Tone::warning : Tone::faint,
                       {}});
    spans.push_back({proof_line(item, words_), depth == 0 ? Tone::strong : Tone::plain, {}});
    if (!item.cite.empty()) spans.push_back({"  ", Tone::plain, {}});
    for (auto& each : links(item.cite)) spans.push_back(std::move(each));
    if (const std::string place = place_text(item.where); !place.empty())
      spans.push_back({"  " + place, Tone::faint, {}});
    if (const std::string remark = proof_remark(item, words_); !remark.empty())
      spans.push_back({"  " + remark, Tone::faint, {}});
    bullet(std::move(spans), depth, true);
    if (depth > 0 && has_own_proof(subject, item)) return;
    for (const auto& each : item.children) proof(subject, each, depth + 1);
  }

  void sources() {
    say(Block::Kind::page_break, {});
    head(2, w(Word::sources));
    Block table = block(Block::Kind::table, {});
    table.columns = {{w(Word::pack), 2},
                     {w(Word::version), 0.9},
                     {w(Word::instrument), 2.6},
                     {w(Word::checked_on), 1.4},
                     {w(Word::review_by), 1.4}};
    for (const auto& pack : assessment_.packs) {
      const bool old = pack.review_by != kNoDay && assessment_.as_of > pack.review_by;
      table.rows.push_back({{{pack.id, Tone::strong, {}}},
                            {{pack.version, {}, {}}},
                            {{words_.in(pack.title), {}, {}}},
                            {{words_.date(pack.checked_on), {}, {}}},
                            {{words_.date(pack.review_by), old ? Tone::alarm : Tone::plain, {}}}});
    }
    if (!table.rows.empty()) into_->push_back(std::move(table));
    for (const auto& pack : assessment_.packs) {
      if (pack.notes.empty()) continue;
      head(3, words_.in(pack.title));
      for (const auto& note : pack.notes) bullet({{words_.in(note), {}, {}}}, 0, true);
    }
    for (const auto& each : skipped_lines(assessment_, words_)) bullet({{each, {}, {}}}, 0, true);
    text(words_(Word::engine, {assessment_.engine_version}) + " · " +
             words_.labelled(words_(Word::manifest_digest), assessment_.manifest_digest),
         Tone::faint, true);
    text(std::string(words_(Word::disclaimer)), Tone::strong);
  }

  const Assessment& assessment_;
  Wording words_;
  Document out_;
  std::vector<Block>* into_ = nullptr;
};

}  // namespace

Document document_of(const Assessment& assessment, const Options& options) {
  return Paper(assessment, options).build();
}

}  // namespace pandect::reports
