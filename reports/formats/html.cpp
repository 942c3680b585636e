// One self-contained page: no script and nothing from elsewhere (the policy forbids both); filters
// are radio buttons and CSS. Light, dark and paper; obligations by jurisdiction and role.
#include "reports/citation.h"
#include "reports/clean.h"
#include "reports/markdown.h"
#include "reports/markup.h"
#include "reports/outline.h"
#include "reports/report.h"
#include "reports/style.h"

#include <algorithm>
#include <set>

namespace pandect::reports {
namespace {

std::string tag(const std::string& name, const std::string& inner,
                const std::string& attributes = {}) {
  return "<" + name + (attributes.empty() ? "" : " " + attributes) + ">" + inner + "</" + name +
         ">";
}

// Fit for a class name and an id.
std::string token(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    out += plain ? c : '-';
  }
  return out.substr(0, 40);
}

class Page {
 public:
  Page(const Assessment& assessment, const Options& options)
      : assessment_(assessment), words_(options.lang) {
    for (const auto& subject : assessment_.subjects) {
      for (const auto& item : subject.obligations) {
        if (item.status != "not_applicable")
          places_.insert(item.jurisdiction), statuses_.insert(item.status);
      }
    }
  }

  std::string render() const {
    const std::string& who = assessment_.organisation;
    const std::string title = markup(who.empty() ? w(Word::title) : words_(Word::title_of, {who}));
    std::string out = "<!doctype html>\n<html lang=\"" + std::string(words_.tag()) +
                      "\">\n<head>\n<meta charset=\"utf-8\">\n";
    out +=
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
        "'unsafe-inline'; "
        "base-uri 'none'; form-action 'none'\">\n";
    out +=
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta "
        "name=\"referrer\" content=\"no-referrer\">\n";
    out += tag("title", title) + "\n" + tag("style", std::string(page_style()) + filter_style()) +
           "\n</head>\n<body>\n";
    out +=
        "<header>" + tag("h1", title) +
        tag("p", markup(words_(Word::as_of, {words_.date(assessment_.as_of)})), "class=\"soft\"") +
        "</header>\n";
    out += filters() + "<main>\n";
    if (!assessment_.assessed_anything()) out += tag("p", w(Word::nothing_assessed));
    for (const auto& subject : assessment_.subjects)
      out += section(outline_of(subject, assessment_));
    return out + "</main>\n" + footer() + "</body>\n</html>\n";
  }

 private:
  std::string w(Word word) const { return markup(words_(word)); }

  // Radio buttons stand before <main>; a checked one hides what it does not name.
  std::string filters() const {
    if (places_.size() < 2 && statuses_.size() < 2) return {};
    std::string inputs, labels;
    const auto add = [&](const std::string& group, const std::string& value,
                         const std::string& text, bool checked) {
      const std::string id = group + "-" + value;
      inputs += "<input class=\"filter\" type=\"radio\" name=\"" + group + "\" id=\"" + id + "\"" +
                (checked ? " checked" : "") + ">" +
                tag("label", markup(text), "for=\"" + id + "\"");
    };
    add("j", "all", std::string(words_(Word::everything)), true);
    for (const auto& each : places_) add("j", token(each), words_.jurisdiction(each), false);
    std::string out =
        tag("fieldset", tag("legend", w(Word::jurisdiction)) + inputs, "class=\"filters\"");
    inputs.clear();
    add("s", "all", std::string(words_(Word::everything)), true);
    for (const auto& each : statuses_)
      add("s", token(each), std::string(words_.status(each)), false);
    return out + tag("fieldset", tag("legend", w(Word::status)) + inputs, "class=\"filters\"");
  }
  std::string filter_style() const {
    std::string out =
        "fieldset.filters { border: 0; padding: 0; } fieldset.filters input:checked + label { "
        "background: var(--ink); color: var(--paper); }\n";
    const auto rule = [&](const std::string& group, const std::string& value) {
      out += "body:has(#" + group + "-" + value + ":checked) .duty:not(." + group + "-" + value +
             ") { display: none; }\n";
    };
    for (const auto& each : places_) {
      rule("j", token(each));
      out += "body:has(#j-" + token(each) + ":checked) .place:not(.j-" + token(each) +
             ") { display: none; }\n";
    }
    for (const auto& each : statuses_) rule("s", token(each));
    return out + "@media screen { .role:not(:has(.duty)) { display: none; } }\n";
  }

  std::string section(const Outline& outline) const {
    const auto& subject = *outline.subject;
    std::string out = tag("h2", markup(subject.name.empty() ? subject.id : subject.name));
    out += tag("p",
               w(subject.kind == "model" ? Word::model : Word::system) + " " +
                   tag("code", markup(subject.id)),
               "class=\"soft\"");
    out += counts(outline) + tag("h3", w(Word::what_it_is));
    for (const auto& place : outline.places) out += what_it_is(place, outline.deployments);
    out += duties(outline) + dates(outline) + questions(outline) + notes(outline);
    return tag("section", out) + "\n";
  }

  std::string counts(const Outline& outline) const {
    std::string items;
    const auto add = [&](const std::string& text, bool alarm) {
      items += tag("li", markup(text), alarm ? "class=\"alarm\"" : "");
    };
    if (outline.prohibited > 0)
      add(words_(Word::sum_prohibited, {words_.count(outline.prohibited)}), true);
    if (outline.overdue > 0) add(words_(Word::sum_overdue, {words_.count(outline.overdue)}), true);
    add(words_(Word::sum_due, {words_.count(outline.due), words_.count(outline.met)}), false);
    if (outline.upcoming > 0)
      add(words_(Word::sum_upcoming, {words_.count(outline.upcoming)}), false);
    if (outline.undetermined > 0)
      add(words_(Word::sum_undetermined, {words_.count(outline.undetermined)}), false);
    return tag("ul", items, "class=\"counts\"");
  }

  std::string what_it_is(const PlaceView& place, std::size_t deployments) const {
    std::string rows;
    const auto add = [&](Word label, const std::vector<const ClassificationItem*>& list) {
      if (list.empty()) return;
      rows += tag("dt", w(label));
      for (const auto* each : list) {
        std::string text = markup(class_line(*each, words_, deployments));
        if (each->value == Truth::unknown && !each->missing.empty()) {
          text.append(" ").append(
              tag("span",
                  markup(words_.labelled(words_(Word::facts_missing),
                                         missing_line(each->missing, words_, 6))),
                  "class=\"soft\""));
        }
        rows += tag("dd", text);
      }
    };
    if (place.classes.empty())
      rows += tag("dt", w(Word::class_holds)) +
              tag("dd", w(place.open.empty() ? Word::no_class : Word::no_class_yet));
    add(Word::class_holds, place.classes);
    add(Word::roles, place.roles);
    add(Word::in_scope, place.in_scope);
    if (place.in_scope.empty()) add(Word::out_of_scope, place.out_of_scope);
    add(Word::open_classes, place.open);
    add(Word::leads, place.leads);
    return tag(
        "div",
        tag("h4", markup(words_.jurisdiction(place.id))) + tag("dl", rows, "class=\"facts\""),
        "class=\"place j-" + token(place.id) + "\"");
  }

  // By jurisdiction and role; within a role what is due stands first, as in the outline.
  std::string duties(const Outline& outline) const {
    std::vector<const Duty*> all;
    for (const auto& group : outline.now) {
      for (const auto& each : group.duties) all.push_back(&each);
    }
    for (const auto& each : outline.dates) {
      if (!each.deadline) all.push_back(&each.duty);
    }
    for (const auto* list : {&outline.open, &outline.voluntary, &outline.ended}) {
      for (const auto& each : *list) all.push_back(&each);
    }
    std::string out = tag("h3", w(Word::duties));
    if (all.empty()) return out + tag("p", w(Word::nothing_due));
    std::vector<std::pair<std::string, std::string>> roles;
    const auto heading = [&](const Duty& duty) {
      return words_.jurisdiction(duty.item->jurisdiction) + " · " + addressees(*duty.item, words_);
    };
    for (const auto& place : outline.places) {
      for (const auto* each : all) {
        if (each->item->jurisdiction != place.id) continue;
        const std::string role = heading(*each);
        auto found = std::find_if(roles.begin(), roles.end(),
                                  [&](const auto& entry) { return entry.first == role; });
        if (found == roles.end()) found = roles.insert(roles.end(), {role, ""});
        found->second += article(*each);
      }
    }
    for (const auto& [role, items] : roles)
      out += tag("section", tag("h4", markup(role)) + items, "class=\"role\"");
    return out;
  }

  std::string links(const std::vector<Citation>& list) const {
    std::string out;
    for (const auto& each : list) {
      const std::string url = safe_url(each.url);
      const std::string text = markup(cite(each, words_));
      out +=
          (out.empty() ? "" : " · ") +
          (url.empty() ? text : tag("a", text, "href=\"" + markup(url) + "\" rel=\"noreferrer\""));
    }
    return out;
  }

  std::string article(const Duty& duty) const {
    const ObligationItem& item = *duty.item;
    const bool due = item.status == "due";
    const bool alarm = due && (item.prohibition || item.overdue);
    const bool met = item.fulfilment == Fulfilment::met;
    static constexpr const char* kClass[] = {"low", "medium", "high", "critical"};
    std::string tags;
    const auto add = [&](std::string_view text, const char* kind) {
      tags += tag("li", markup(text), *kind == '\0' ? "" : "class=\"" + std::string(kind) + "\"");
    };
    add(alarm ? words_(item.prohibition ? Word::prohibited : Word::overdue)
              : words_.status(item.status),
        alarm ? "alarm" : "");
    if (item.fulfilment && !item.prohibition)
      add(words_.fulfilment(*item.fulfilment), met ? "good" : "");
    add(words_(Word::severity_group, {std::string(words_.severity(item.severity))}), "");
    if (!is_binding(item)) add(words_.modality(item.modality), "");
    if (item.provisional) add(words_(Word::provisional), "");
    if (const std::string when = timing(item, words_); !when.empty()) add(when, "");
    std::string out =
        tag("h5", markup(words_.title(item.title))) + tag("ul", tags, "class=\"tags\"");
    if (!words_.in(item.duty).empty()) out += tag("p", markup(words_.in(item.duty)));
    out += tag("p", links(item.cite));
    if (const std::string line = penalty_line(item, words_); !line.empty())
      out += tag("p", markup(words_.labelled(words_(Word::penalty), line)));
    if (const auto needs = evidence_needed(item, words_); !needs.empty() && !item.prohibition) {
      out += tag("p", markup(words_.labelled(words_(Word::needs), words_.list(needs))));
    }
    if (!item.missing.empty())
      out += tag("p", markup(words_.labelled(words_(Word::facts_missing),
                                             missing_line(item.missing, words_, 8))));
    if (!duty.deployments.empty())
      out += tag("p", markup(words_(Word::for_deployments, {words_.list(duty.deployments)})));
    out += why(item) + tag("code", markup(item.id));
    std::string classes = "class=\"duty j-";
    classes.append(token(item.jurisdiction)).append(" s-").append(token(item.status)).append(" ");
    classes.append(kClass[static_cast<std::size_t>(item.severity)])
        .append(alarm ? " alarm\""
                : met ? " met\""
                      : "\"");
    return tag("article", out, classes) + "\n";
  }

  std::string why(const ObligationItem& item) const {
    if (item.because.empty()) return {};
    std::string rows;
    for (const auto& each : item.because) {
      const std::string& question = words_.in(each.question);
      std::string answer =
          markup(each.answer.empty() ? std::string(words_(Word::stays_open)) : each.answer);
      if (each.where.line > 0)
        answer.append(" ").append(
            tag("code", markup(each.where.file + ":" + std::to_string(each.where.line))));
      rows += tag("dt", markup(question.empty() ? each.fact : question)) + tag("dd", answer);
    }
    return tag("details", tag("summary", w(Word::why)) + tag("dl", rows, "class=\"facts\""));
  }

  std::string dates(const Outline& outline) const {
    if (outline.dates.empty()) return {};
    std::string rows = tag("tr", tag("th", w(Word::date), "scope=\"col\"") +
                                     tag("th", w(Word::kind), "scope=\"col\"") +
                                     tag("th", w(Word::duty), "scope=\"col\"") +
                                     tag("th", w(Word::provision), "scope=\"col\""));
    for (const auto& each : outline.dates) {
      const ObligationItem& item = *each.duty.item;
      rows += tag("tr", tag("td", markup(words_.date(each.day))) +
                            tag("td", w(each.deadline ? Word::deadline : Word::begins)) +
                            tag("td", markup(words_.title(item.title))) +
                            tag("td", markup(cites(item.cite, words_))));
    }
    return tag("h3", w(Word::by_when)) + tag("table", rows);
  }

  std::string questions(const Outline& outline) const {
    if (outline.questions.empty()) return {};
    std::string items;
    for (const auto& each : outline.questions) {
      const std::string& text = words_.in(each.question);
      const std::size_t n = each.settles.size();
      const std::string settles = n == 1 ? std::string(words_(Word::settles_1))
                                         : words_(Word::settles_n, {words_.count(n)});
      items +=
          tag("li", markup(text.empty() ? each.fact : text) + " " + tag("code", markup(each.fact)) +
                        " " + tag("span", markup(settles), "class=\"soft\""));
    }
    return tag("h3", w(Word::missing_next)) + tag("ol", items);
  }

  std::string notes(const Outline& outline) const {
    std::string items;
    for (const auto& each : doubts(outline, words_)) items += tag("li", markup(each));
    if (outline.subject->not_applicable > 0)
      items += tag("li", markup(words_(Word::not_applicable_n,
                                       {words_.count(outline.subject->not_applicable)})));
    return items.empty() ? "" : tag("h3", w(Word::doubts)) + tag("ul", items);
  }

  std::string footer() const {
    std::string items, notes;
    for (const auto& each : pack_lines(assessment_, words_)) items += tag("li", markup(each));
    for (const auto& pack : assessment_.packs) {
      std::string list;
      for (const auto& note : pack.notes) list += tag("li", markup(words_.in(note)));
      if (!list.empty())
        notes += tag("details", tag("summary", markup(words_.labelled(words_(Word::pack_notes),
                                                                      words_.in(pack.title)))) +
                                    tag("ul", list));
    }
    return tag("footer", tag("h2", w(Word::packs)) + tag("ul", items) + notes +
                             tag("p", markup(words_(Word::engine, {assessment_.engine_version})) +
                                          ". " + w(Word::disclaimer))) +
           "\n";
  }

  const Assessment& assessment_;
  Wording words_;
  std::set<std::string> places_, statuses_;
};

}  // namespace
}  // namespace pandect::reports

pandect::reports::Format format_html() {
  using namespace pandect::reports;
  return {"html", "html", [](const pandect::Assessment& assessment, const Options& options) {
            return Page(cleaned(assessment), options).render();
          }};
}
