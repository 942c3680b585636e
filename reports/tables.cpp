#include "reports/tables.h"

#include "reports/attention.h"
#include "reports/citation.h"
#include "reports/markdown.h"
#include "reports/outline.h"
#include "reports/proof_line.h"
#include "reports/standing.h"

#include <algorithm>
#include <set>

namespace pandect::reports {
namespace {

std::string lines(const std::vector<std::string>& parts) {
  std::string out;
  for (const auto& each : parts) out.append(out.empty() ? "" : "\n").append(each);
  return out;
}

Cell day_cell(const std::optional<Day>& day) { return Cell::date(day.value_or(kNoDay)); }

class Tables {
 public:
  Tables(const Assessment& assessment, const Options& options)
      : assessment_(assessment), words_(options.lang), all_(options.all) {}

  Workbook build() const {
    Workbook out;
    out.title = heading();
    out.company = assessment_.organisation;
    out.lang = words_.tag();
    out.created = assessment_.as_of;
    out.date_format = words_.language() == Language::ko   ? R"(yyyy". "m". "d".")"
                      : words_.language() == Language::zh ? R"(yyyy"年"m"月"d"日")"
                                                          : "yyyy-mm-dd";
    out.sheets = {checklist(), conclusions(), questions(), findings(),
                  proofs(),    packs(),       provisions()};
    return out;
  }

 private:
  std::string w(Word word) const { return words_.title(word); }
  std::string heading() const {
    const std::string& who = assessment_.organisation;
    return who.empty() ? w(Word::title) : words_(Word::title_of, {who});
  }
  Column column(Word word, double width) const { return {w(word), width, {}, false}; }
  static std::string name(const SubjectAssessment& subject) {
    return subject.name.empty() ? subject.id : subject.name;
  }
  Cell provision(const std::vector<Citation>& list) const {
    const std::string text = cites(list, words_, 50);
    return list.empty() ? Cell(text) : Cell::link(text, safe_url(list.front().url));
  }

  // People who are named in the manifest: those who may own a duty.
  std::vector<std::string> people() const {
    std::set<std::string> out;
    for (const auto& subject : assessment_.subjects) {
      for (const auto& item : subject.classifications)
        if (item.determined_by) out.insert(*item.determined_by);
      for (const auto& item : subject.obligations) {
        if (item.waiver) out.insert(item.waiver->by);
        for (const auto& piece : item.evidence) out.insert(piece.by);
      }
    }
    out.erase("");
    return {out.begin(), out.end()};
  }

  Sheet checklist() const {
    Sheet out;
    out.name = w(Word::checklist);
    out.heading = {heading(), words_(Word::as_of, {words_.date(assessment_.as_of)}),
                   std::string(words_(Word::disclaimer))};
    out.frozen_columns = 2;
    Column done = column(Word::fulfilment, 14);
    for (const auto each : {Fulfilment::met, Fulfilment::partly, Fulfilment::unmet,
                            Fulfilment::unverified, Fulfilment::waived})
      done.choices.emplace_back(words_.fulfilment(each));
    Column owner = column(Word::owner, 16);
    owner.choices = people();
    owner.open_choice = true;
    out.columns = {{"ID", 26, {}, false},
                   column(Word::duty, 34),
                   column(Word::subject, 20),
                   column(Word::jurisdiction, 13),
                   column(Word::addressee, 20),
                   column(Word::provision, 28),
                   column(Word::duty_text, 52),
                   column(Word::kind, 12),
                   column(Word::status, 13),
                   column(Word::severity, 10),
                   column(Word::applies_from, 14),
                   column(Word::deadline, 14),
                   done,
                   column(Word::evidence, 44),
                   column(Word::evidence_needed, 32),
                   owner,
                   column(Word::waiver, 34),
                   column(Word::maximum_penalty, 28),
                   column(Word::confidence, 11),
                   column(Word::checked_on, 14)};
    for (const auto& subject : assessment_.subjects) {
      for (const auto& item : subject.obligations) {
        if (item.status != "not_applicable" || all_) out.rows.push_back(duty(subject, item));
      }
    }
    return out;
  }

  std::vector<Cell> duty(const SubjectAssessment& subject, const ObligationItem& item) const {
    const bool due = item.status == "due", alarm = due && (item.prohibition || item.overdue);
    const bool met = item.fulfilment == Fulfilment::met;
    const std::string state(item.overdue ? words_(Word::overdue) : words_.status(item.status));
    const std::string done(
        item.fulfilment && !item.prohibition ? words_.fulfilment(*item.fulfilment) : "");
    return {Cell(item.id, Tone::faint),
            Cell(words_.title(item.title), Tone::strong),
            name(subject) + (item.deployment.empty() ? "" : " / " + item.deployment),
            words_.jurisdiction(item.jurisdiction),
            addressees(item, words_),
            provision(item.cite),
            words_.in(item.duty),
            std::string(words_.modality(item.modality)),
            Cell(state, alarm                           ? Tone::alarm
                        : item.status == "undetermined" ? Tone::warning
                                                        : Tone::plain),
            std::string(words_.severity(item.severity)),
            day_cell(item.applies_from),
            day_cell(item.deadline),
            Cell(done, met ? Tone::good : Tone::plain),
            lines(evidence_found(item, words_)),
            item.prohibition ? Cell() : Cell(lines(evidence_needed(item, words_))),
            Cell(),
            item.waiver ? Cell(waiver_text(*item.waiver, words_)) : Cell(),
            penalty_line(item, words_),
            std::string(words_.confidence(item.confidence)),
            Cell::date(item.checked_on)};
  }

  Sheet conclusions() const {
    Sheet out;
    out.name = w(Word::conclusions);
    out.columns = {{"ID", 28, {}, false},           column(Word::subject, 20),
                   column(Word::jurisdiction, 13),  column(Word::conclusions, 44),
                   column(Word::value, 12),         column(Word::provision, 32),
                   column(Word::facts_missing, 36), column(Word::note, 44),
                   column(Word::confidence, 11),    column(Word::checked_on, 14)};
    for (const auto& subject : assessment_.subjects) {
      for (const auto& item : subject.classifications) {
        if (item.value == Truth::false_ && !all_ && !item.rules_say) continue;
        const Tone tone = item.value == Truth::unknown ? Tone::warning : Tone::plain;
        std::vector<std::string> notes;
        if (!item.determination_reason.empty()) notes.push_back(item.determination_reason);
        for (const auto& each : item.rule_notes) notes.push_back(words_.in(each));
        out.rows.push_back(
            {Cell(item.id, Tone::faint), name(subject), words_.jurisdiction(item.jurisdiction),
             Cell(class_line(item, words_, 0), Tone::strong),
             Cell(std::string(words_.truth(item.value)), tone), provision(item.cite),
             lines(item.missing), lines(notes), std::string(words_.confidence(item.confidence)),
             Cell::date(item.checked_on)});
      }
    }
    return out;
  }

  Sheet questions() const {
    Sheet out;
    out.name = w(Word::questions);
    out.columns = {column(Word::subject, 20), column(Word::fact, 34),   column(Word::question, 60),
                   column(Word::settles, 12), column(Word::answer, 30), column(Word::owner, 16)};
    for (const auto& subject : assessment_.subjects) {
      for (const auto& each : subject.questions) {
        const std::string& text = words_.in(each.question);
        out.rows.push_back({name(subject), Cell(each.fact, Tone::faint),
                            text.empty() ? each.fact : text,
                            Cell::count(static_cast<double>(each.settles.size())), Cell(), Cell()});
      }
    }
    return out;
  }

  Sheet findings() const {
    Sheet out;
    out.name = w(Word::gate_findings);
    if (assessment_.baseline) out.heading = {baseline_line(assessment_, words_)};
    out.columns = {column(Word::subject, 20), column(Word::severity, 12), column(Word::finding, 70),
                   column(Word::place, 28),   column(Word::waiver, 44),   {"ID", 40, {}, false}};
    for (const auto& subject : assessment_.subjects) {
      for (const Finding* each : sorted_findings(subject)) {
        std::vector<std::string> known;
        if (each->waived) known.push_back(waiver_text(*each->waived, words_));
        if (each->in_baseline) known.emplace_back(words_(Word::gate_known));
        const bool open = known.empty() && each->level >= Severity::high;
        out.rows.push_back(
            {name(subject),
             Cell(std::string(words_.severity(each->level)), open ? Tone::alarm : Tone::plain),
             words_.in(each->message), Cell(place_text(each->where), Tone::faint), lines(known),
             Cell(each->id, Tone::faint)});
      }
    }
    return out;
  }

  Sheet proofs() const {
    Sheet out;
    out.name = w(Word::proofs);
    out.columns = {column(Word::subject, 20), {"ID", 28, {}, false},       column(Word::value, 12),
                   column(Word::step, 80),    column(Word::provision, 36), column(Word::place, 28)};
    for (const auto& subject : assessment_.subjects) {
      for (const auto& item : subject.classifications) {
        for (const auto& each : item.proof) proof(subject, item.id, each, 0, out);
      }
      for (const auto& item : subject.obligations) {
        if (item.status == "not_applicable" || item.status == "ended") continue;
        for (const auto& each : item.proof) proof(subject, item.id, each, 0, out);
      }
    }
    return out;
  }
  void proof(const SubjectAssessment& subject, const std::string& id, const ProofItem& item,
             int depth, Sheet& out) const {
    Cell step(proof_line(item, words_), depth == 0 ? Tone::strong : Tone::plain);
    step.indent = depth;
    const bool cut = item.step == ProofStep::cut;
    out.rows.push_back({name(subject), Cell(id, Tone::faint),
                        cut ? Cell() : Cell(std::string(words_.truth(item.value))), step,
                        provision(item.cite), Cell(place_text(item.where), Tone::faint)});
    // What a proof rests on that has a proof of its own is not written out again.
    if (depth > 0 && has_own_proof(subject, item)) return;
    for (const auto& each : item.children) proof(subject, id, each, depth + 1, out);
  }

  Sheet packs() const {
    Sheet out;
    out.name = w(Word::sources);
    out.heading = {words_(Word::engine, {assessment_.engine_version}),
                   words_.labelled(words_(Word::manifest_digest), assessment_.manifest_digest)};
    for (const auto& each : skipped_lines(assessment_, words_)) out.heading.push_back(each);
    out.columns = {column(Word::pack, 22),         column(Word::version, 10),
                   column(Word::jurisdiction, 16), column(Word::instrument, 40),
                   column(Word::checked_on, 14),   column(Word::review_by, 14),
                   column(Word::digest, 40),       column(Word::note, 80)};
    for (const auto& pack : assessment_.packs) {
      std::vector<std::string> notes;
      for (const auto& each : pack.notes) notes.push_back(words_.in(each));
      out.rows.push_back({Cell(pack.id, Tone::strong), pack.version,
                          words_.jurisdiction(pack.jurisdiction), words_.in(pack.title),
                          Cell::date(pack.checked_on), Cell::date(pack.review_by),
                          Cell(pack.digest, Tone::faint), lines(notes)});
    }
    return out;
  }

  // Every provision that the report cites, once.
  Sheet provisions() const {
    Sheet out;
    out.name = w(Word::provision);
    out.columns = {column(Word::provision, 40),
                   {"ID", 36, {}, false},
                   column(Word::confidence, 12),
                   column(Word::checked_on, 14),
                   column(Word::official_text, 60)};
    std::set<std::string> seen;
    const auto add = [&](const Citation& each, Confidence confidence, Day checked) {
      if (!seen.insert(each.provision).second) return;
      const std::string url = safe_url(each.url);
      out.rows.push_back({cite(each, words_), Cell(each.provision, Tone::faint),
                          std::string(words_.confidence(confidence)), Cell::date(checked),
                          Cell::link(url, url)});
    };
    for (const auto& subject : assessment_.subjects) {
      for (const auto& item : subject.classifications)
        for (const auto& each : item.cite) add(each, item.confidence, item.checked_on);
      for (const auto& item : subject.obligations)
        for (const auto& each : item.cite) add(each, item.confidence, item.checked_on);
    }
    return out;
  }

  const Assessment& assessment_;
  Wording words_;
  bool all_;
};

}  // namespace

Workbook workbook_of(const Assessment& assessment, const Options& options) {
  return Tables(assessment, options).build();
}

}  // namespace pandect::reports
