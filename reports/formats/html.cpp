// One self-contained page to forward: nothing comes from elsewhere and the policy in it forbids all
// but its own style and script. Without script everything is there; with it one can search, keep
// check marks in the browser and unfold everything.
#include "reports/attention.h"
#include "reports/citation.h"
#include "reports/clean.h"
#include "reports/markdown.h"
#include "reports/markup.h"
#include "reports/report.h"
#include "reports/standing.h"
#include "reports/timeline_picture.h"
#include "reports/web.h"
#include "reports/web_duties.h"

#include <algorithm>
#include <map>
#include <set>

namespace pandect::reports {
namespace {

constexpr std::size_t kManyDays = 14;     // longer tables of days come folded
constexpr std::size_t kManyFindings = 8;  // and longer lists of findings, unless one is loud

class Page {
 public:
  Page(const Assessment& assessment, const Options& options)
      : assessment_(assessment), words_(options.lang) {
    for (const auto& subject : assessment_.subjects) {
      outlines_.push_back(outline_of(subject, assessment_));
      for (const auto& role : duties_by_role(outlines_.back(), words_)) {
        places_.insert(role.jurisdiction);
        for (const auto& each : role.duties) statuses_.insert(each.item->status);
      }
    }
  }

  std::string render() const {
    std::string main;
    if (!assessment_.assessed_anything()) main = element("p", w(Word::nothing_assessed));
    for (std::size_t i = 0; i < outlines_.size(); ++i)
      main += section(outlines_[i], "s" + std::to_string(i));
    return head() + element("a", w(Word::skip), "class=\"skip\" href=\"#main\"") + top() +
           element("div", filters() + element("main", main, "id=\"main\"") + "\n" + footer(),
                   "class=\"sheet\"") +
           "\n" + element("script", std::string(page_script())) + "\n</body>\n</html>\n";
  }

 private:
  std::string w(Word word) const { return markup(words_.title(word)); }
  std::string heading() const {
    const std::string& who = assessment_.organisation;
    return who.empty() ? words_.title(Word::title) : words_(Word::title_of, {who});
  }

  std::string head() const {
    const std::string style = std::string(page_style()) + filter_style();
    std::string out = "<!DOCTYPE html>\n<html lang=\"" + std::string(words_.tag()) +
                      "\">\n<head>\n<meta charset=\"utf-8\">\n";
    out += "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src " +
           policy_hash(style) + "; script-src " + policy_hash(page_script()) +
           "; img-src data:; base-uri 'none'; form-action 'none'\">\n";
    out +=
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta "
        "name=\"referrer\" content=\"no-referrer\">\n";
    const std::string report =
        assessment_.manifest_digest.substr(0, 16) + ":" + to_string(assessment_.as_of);
    return out + element("title", markup(heading())) + "\n" + element("style", style) +
           "\n</head>\n<body data-report=\"" + markup(report) + "\">\n";
  }

  std::string top() const {
    const std::string& who = assessment_.organisation;
    std::string inner;
    if (!who.empty()) inner += element("p", w(Word::title), "class=\"kind\"");
    inner += element("h1", who.empty() ? w(Word::title) : web_text(who, words_));
    inner += element("p", markup(words_(Word::as_of, {words_.date(assessment_.as_of)})));
    if (assessment_.baseline) inner += element("p", markup(baseline_line(assessment_, words_)));
    inner += element("p", markup(words_(Word::disclaimer)), "class=\"soft\"");
    return element("header", element("div", inner, "class=\"sheet\""), "class=\"top\"") + "\n";
  }

  // Radio buttons; a checked one hides what it does not name, with or without script.
  std::string filters() const {
    if (places_.empty()) return {};
    std::string inputs, out;
    const auto add = [&](const std::string& group, const std::string& value,
                         const std::string& text, bool checked) {
      const std::string id = group + "-" + value;
      inputs += "<input class=\"pick\" type=\"radio\" name=\"" + group + "\" id=\"" + id + "\"" +
                (checked ? " checked" : "") + ">" +
                element("label", markup(text), "for=\"" + id + "\"");
    };
    const auto close = [&](Word legend) {
      out += element("fieldset", element("legend", w(legend)) + inputs);
      inputs.clear();
    };
    if (places_.size() > 1) {
      add("j", "all", std::string(words_(Word::everything)), true);
      for (const auto& each : places_)
        add("j", class_token(each), words_.jurisdiction(each), false);
      close(Word::jurisdiction);
    }
    if (statuses_.size() > 1) {
      add("s", "all", std::string(words_(Word::everything)), true);
      for (const auto& each : statuses_)
        add("s", class_token(each), std::string(words_.status(each)), false);
      close(Word::status);
    }
    out +=
        element("label", element("span", w(Word::search)) + "<input type=\"search\" id=\"search\">",
                "class=\"live\"");
    for (const bool open : {true, false})
      out += element(
          "button", w(open ? Word::unfold : Word::fold),
          std::string("class=\"live\" type=\"button\" data-open=\"") + (open ? "1\"" : "0\""));
    out += element("span", "",
                   "class=\"live soft\" id=\"status\" role=\"status\" data-shown=\"" +
                       markup(words_(Word::shown_n)) + "\" data-ticked=\"" +
                       markup(words_(Word::ticked_n)) + "\"");
    return element("section", out, "class=\"filters\" aria-label=\"" + w(Word::filter) + "\"") +
           "\n";
  }
  std::string filter_style() const {
    std::string out;
    const auto rule = [&](const std::string& id, const std::string& what) {
      out += "body:has(#" + id + ":checked) " + what + ":not(." + id + ") { display: none; }\n";
    };
    if (places_.size() > 1) {
      for (const auto& each : places_) {
        rule("j-" + class_token(each), ".duty");
        rule("j-" + class_token(each), ".role");
      }
    }
    if (statuses_.size() > 1) {
      for (const auto& each : statuses_) {
        const std::string id = "s-" + class_token(each);
        rule(id, ".duty");
        out += "body:has(#" + id + ":checked) .role:not(:has(." + id + ")) { display: none; }\n";
      }
    }
    return out;
  }

  std::string section(const Outline& outline, const std::string& id) const {
    const auto& subject = *outline.subject;
    const WebDuties duties(outline, words_, id);
    std::string out =
        element("h2", web_text(subject.name.empty() ? subject.id : subject.name, words_),
                "class=\"subject\" id=\"" + id + "\"");
    out += element("p",
                   markup(words_(subject.kind == "model" ? Word::model : Word::system)) + " " +
                       element("code", markup(subject.id)),
                   "class=\"soft\"");
    out += counts(outline) + element("h3", w(Word::what_it_is)) + side_by_side(outline);
    out += timeline(outline, id) + findings(subject);
    out += element("h3", w(Word::obligations_by_role)) + duties.by_role();
    out += questions(outline);
    if (const std::string proofs = duties.proofs(); !proofs.empty())
      out += element("h3", w(Word::proofs)) + proofs;
    out += notes(outline);
    return element("section", out, "class=\"subject\" aria-labelledby=\"" + id + "\"") + "\n";
  }

  std::string counts(const Outline& outline) const {
    std::string items;
    const auto add = [&](const std::string& text, bool alarm) {
      items += element("li", markup(text), alarm ? "class=\"alarm\"" : "");
    };
    if (outline.prohibited > 0)
      add(words_(Word::sum_prohibited, {words_.count(outline.prohibited)}), true);
    if (outline.overdue > 0) add(words_(Word::sum_overdue, {words_.count(outline.overdue)}), true);
    add(words_(Word::sum_due, {words_.count(outline.due), words_.count(outline.met)}), false);
    if (outline.upcoming > 0)
      add(words_(Word::sum_upcoming, {words_.count(outline.upcoming)}), false);
    if (outline.undetermined > 0)
      add(words_(Word::sum_undetermined, {words_.count(outline.undetermined)}), false);
    std::string out = element("ul", items, "class=\"counts\"");
    if (outline.dates.empty()) return out;
    const DateEntry& next = outline.dates.front();
    return out + element("p", markup(words_.labelled(words_.title(Word::next_date),
                                                     words_.date(next.day))) +
                                  " " + web_text(next.duty.item->title, words_, true));
  }

  std::string side_by_side(const Outline& outline) const {
    std::string cards;
    for (const auto& place : outline.places) cards += what_it_is(place, outline.deployments);
    if (cards.empty()) return element("p", w(Word::no_class));
    return element("div", cards, "class=\"sides\"");
  }
  std::string what_it_is(const PlaceView& place, std::size_t deployments) const {
    std::string rows;
    const auto add = [&](Word label, const std::vector<const ClassificationItem*>& list,
                         const char* kind) {
      if (list.empty()) return;
      rows += element("dt", w(label));
      for (const auto* each : list) {
        std::string text = web_text(class_line(*each, words_, deployments), words_);
        if (each->value == Truth::unknown && !each->missing.empty())
          text += " " + element("span",
                                markup(words_.labelled(words_(Word::facts_missing),
                                                       missing_line(each->missing, words_, 4))),
                                "class=\"soft\"");
        if (each->value == Truth::true_ && !each->cite.empty() && each->kind != ConceptKind::lead)
          text += " " + element("span", cited(*each), "class=\"soft\"");
        rows += element("dd", text, kind);
      }
    };
    if (place.classes.empty())
      rows += element("dt", w(Word::class_holds)) +
              element("dd", w(place.open.empty() ? Word::no_class : Word::no_class_yet));
    add(Word::class_holds, place.classes, "class=\"strong\"");
    add(Word::roles, place.roles, "");
    add(Word::in_scope, place.in_scope, "");
    if (place.in_scope.empty()) add(Word::out_of_scope, place.out_of_scope, "");
    add(Word::open_classes, place.open, "class=\"warn-text\"");
    add(Word::leads, place.leads, "");
    std::string count = words_(Word::sum_due, {words_.count(place.due), words_.count(place.met)});
    if (place.upcoming > 0)
      count += " · " + words_(Word::sum_upcoming, {words_.count(place.upcoming)});
    if (place.undetermined > 0)
      count += " · " + words_(Word::sum_undetermined, {words_.count(place.undetermined)});
    rows += element("dt", w(Word::duties)) + element("dd", markup(count));
    return element("div",
                   element("h4", markup(words_.jurisdiction(place.id))) + element("dl", rows),
                   "class=\"place j-" + class_token(place.id) + "\"");
  }
  std::string cited(const ClassificationItem& item) const {
    const Citation& first = item.cite.front();
    std::string out = web_link(cite(first, words_), first.url);
    return item.cite.size() > 1 ? out + " +" + std::to_string(item.cite.size() - 1) : out;
  }

  std::string findings(const SubjectAssessment& subject) const {
    if (subject.findings.empty()) return {};
    std::string items;
    for (const Finding* each : sorted_findings(subject)) {
      const bool known = each->waived || each->in_baseline;
      const bool alarm = !known && each->level >= Severity::high;
      const std::string place = place_text(each->where);
      items += element(
          "li",
          element("span", markup(words_.severity(each->level)),
                  alarm ? "class=\"level alarm-text\"" : "class=\"level\"") +
              element("span", web_text(finding_line(*each, words_), words_) +
                                  (place.empty() ? "" : " " + element("code", markup(place)))),
          known ? "class=\"known\"" : "");
    }
    const std::string list = element("ul", items, "class=\"findings\"");
    if (subject.findings.size() <= kManyFindings)
      return element("h3", w(Word::gate_findings)) + list;
    const std::string count =
        words_.labelled(words_.title(Word::gate_findings), words_.count(subject.findings.size()));
    const bool loud =
        std::any_of(subject.findings.begin(), subject.findings.end(), [](const Finding& each) {
          return each.level >= Severity::high && !each.waived && !each.in_baseline;
        });
    return element("h3", w(Word::gate_findings)) +
           element("details", element("summary", markup(count)) + list,
                   loud ? "class=\"more\" open" : "class=\"more\"");
  }

  std::string timeline(const Outline& outline, const std::string& id) const {
    const auto moments = moments_of(outline);
    if (moments.empty()) return {};
    std::string rows;
    for (const auto& each : moments) {
      const ObligationItem& item = *each.duty.item;
      const bool late = each.kind == Moment::Kind::overdue;
      rows += element(
          "tr",
          element("th", markup(words_.date(each.day)), "scope=\"row\" class=\"date\"") +
              element("td", markup(moment_kind(each, words_)), late ? "class=\"alarm-text\"" : "") +
              element("td", web_text(item.title, words_, true)) +
              element("td", markup(words_.jurisdiction(item.jurisdiction) + " · " +
                                   addressees(item, words_))) +
              element("td", web_cites(item.cite, words_)));
    }
    std::string columns;
    for (const Word word : {Word::date, Word::kind, Word::duty, Word::addressee, Word::provision})
      columns += element("th", w(word), "scope=\"col\"");
    const std::string table =
        element("table",
                element("caption", w(Word::by_when), "class=\"skip\"") +
                    element("thead", element("tr", columns)) + element("tbody", rows),
                "class=\"by-day\"");
    const Picture picture = timeline_picture(moments, assessment_.as_of, words_);
    const std::string figure =
        element("figure",
                element("section", svg_of(picture, id + "time"),
                        "class=\"scroll\" tabindex=\"0\" aria-label=\"" + w(Word::timeline) + "\""),
                "class=\"time\"");
    const std::string days =
        words_.labelled(words_.title(Word::by_when), words_.count(moments.size()));
    return element("h3", w(Word::by_when)) + figure +
           element("details", element("summary", markup(days)) + table,
                   moments.size() > kManyDays ? "class=\"more\"" : "class=\"more\" open");
  }

  std::string questions(const Outline& outline) const {
    if (outline.questions.empty()) return {};
    std::string items;
    for (const auto& each : outline.questions) {
      const std::size_t n = each.settles.size();
      const std::string settles = n == 1 ? std::string(words_(Word::settles_1))
                                         : words_(Word::settles_n, {words_.count(n)});
      const std::string text = web_text(each.question, words_);
      std::string item = text.empty() ? markup(each.fact) : text;
      item += " " + element("code", markup(each.fact)) + " " +
              element("span", markup(settles), "class=\"soft\"");
      items += element("li", item);
    }
    return element("h3", w(Word::questions)) + element("ol", items, "class=\"plain\"");
  }

  std::string notes(const Outline& outline) const {
    std::string items;
    for (const auto& each : doubts(outline, words_)) items += element("li", web_text(each, words_));
    if (outline.subject->not_applicable > 0)
      items += element("li", markup(words_(Word::not_applicable_n,
                                           {words_.count(outline.subject->not_applicable)})));
    return items.empty() ? ""
                         : element("h3", w(Word::doubts)) + element("ul", items, "class=\"plain\"");
  }

  std::string footer() const {
    std::string items, notes;
    for (const auto& each : pack_lines(assessment_, words_)) items += element("li", markup(each));
    for (const auto& pack : assessment_.packs) {
      std::string list;
      for (const auto& note : pack.notes) list += element("li", web_text(note, words_));
      if (!list.empty())
        notes += element("details",
                         element("summary", markup(words_.labelled(words_.title(Word::pack_notes),
                                                                   words_.in(pack.title)))) +
                             element("ul", list, "class=\"plain\""),
                         "class=\"more\"");
    }
    for (const auto& each : skipped_lines(assessment_, words_))
      items += element("li", markup(each));
    return element("footer",
                   element("h2", w(Word::sources)) + element("ul", items, "class=\"plain\"") +
                       notes + provisions() +
                       element("p",
                               markup(words_(Word::engine, {assessment_.engine_version})) + " · " +
                                   markup(words_.labelled(words_(Word::manifest_digest), "")) +
                                   element("code", markup(assessment_.manifest_digest)),
                               "class=\"soft\"") +
                       element("p", markup(words_(Word::disclaimer)), "class=\"notice\"")) +
           "\n";
  }
  // Every provision cited, once, with the address of its official text.
  std::string provisions() const {
    std::map<std::string, std::pair<std::string, std::string>> seen;  // by id: shown, address
    const auto add = [&](const std::vector<Citation>& list) {
      for (const auto& each : list)
        seen.emplace(each.provision, std::make_pair(cite(each, words_), each.url));
    };
    for (const auto& subject : assessment_.subjects) {
      for (const auto& item : subject.classifications)
        if (item.value != Truth::false_) add(item.cite);
      for (const auto& item : subject.obligations)
        if (item.status != "not_applicable") add(item.cite);
    }
    if (seen.empty()) return {};
    std::string list;
    for (const auto& [id, entry] : seen)
      list +=
          element("li", web_link(entry.first, entry.second) + " " + element("code", markup(id)));
    const std::string count =
        words_.labelled(words_.title(Word::provision), words_.count(seen.size()));
    return element(
        "details",
        element("summary", markup(count)) + element("ul", list, "class=\"plain provisions\""),
        "class=\"more\"");
  }

  const Assessment& assessment_;
  Wording words_;
  std::vector<Outline> outlines_;
  std::set<std::string> places_, statuses_;
};

}  // namespace
}  // namespace pandect::reports

pandect::reports::Format format_html() {
  using namespace pandect::reports;
  Format format;
  format.name = format.extension = "html";
  format.proofs = true;
  format.render = [](const pandect::Assessment& assessment, const Options& options) {
    return Page(cleaned(assessment), options).render();
  };
  return format;
}
