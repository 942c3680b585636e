#include "reports/citation.h"
#include "reports/draft_parts.h"
#include "reports/drafts.h"
#include "reports/layout.h"
#include "reports/markdown.h"
#include "reports/markup.h"
#include "reports/web.h"

namespace pandect::reports {
namespace {

// The mark stands in the head of a table around everything, which browsers repeat on each page.
constexpr std::string_view kStyle = R"css(
body { padding: 1rem 1.25rem 3rem; } table.sheet { font-size: 1rem; width: 100%; border-collapse: collapse; } .soft { color: var(--soft); }
dl.facts { display: grid; grid-template-columns: minmax(7rem, 12rem) 1fr; gap: .2rem 1rem; margin: .25rem 0 1rem; }
dl.facts dt { color: var(--soft); } dl.facts dd { margin: 0; }
h2 { font-size: 1.3rem; margin: 2.2rem 0 .2rem; break-after: avoid; } code { font-size: .82em; color: var(--soft); overflow-wrap: anywhere; } table.sheet > thead th, table.sheet > tbody > tr > td { border: 0; padding: 0; }
.mark { border: 2px solid var(--alarm); color: var(--alarm); font-weight: 700; letter-spacing: .2em;
  text-align: center; padding: .2rem; margin: 0 0 1rem; }
.notice { border-left: .3rem solid var(--alarm); padding: .2rem .8rem; }
.total { font-weight: 700; }
ul.entries { list-style: none; padding: 0; }
ul.entries > li { border-left: .3rem solid var(--line); padding: .15rem .8rem; margin: .5rem 0; break-inside: avoid; }
ul.entries > li.gap { border: 1px dashed var(--alarm); border-left: .3rem solid var(--alarm); }
.gap .number { color: var(--alarm); font-weight: 700; }
.blank { display: block; border-bottom: 1px solid var(--soft); min-height: 1.6rem; }
ul.details { margin: .1rem 0; padding-left: 1.1rem; font-size: .9rem; color: var(--soft); }
blockquote { margin: .6rem 0; padding: .5rem 1rem; background: var(--panel); border: 1px solid var(--line); font-size: 1.1rem; }
.asks { color: var(--soft); }
@media print { body { padding: 0; } table.sheet { display: table; } }
)css";

class Draft {
 public:
  Draft(const FilledPaper& paper, const std::string& lang) : paper_(paper), words_(lang) {}

  std::string render() {
    const std::string title = markup(shown(paper_.title, words_));
    const std::string style = std::string(page_style()) + std::string(kStyle);
    std::string out = "<!DOCTYPE html>\n<html lang=\"" + std::string(words_.tag()) +
                      "\">\n<head>\n<meta charset=\"utf-8\">\n<meta "
                      "http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                      "style-src " +
                      policy_hash(style) + "; base-uri 'none'; form-action 'none'\">\n";
    out +=
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta "
        "name=\"referrer\" content=\"no-referrer\">\n";
    out += tag("title", w(Word::draft_mark) + ": " + title) + "\n" + tag("style", style) +
           "\n</head>\n<body>\n";
    out += "<table class=\"sheet\" role=\"presentation\">\n<thead><tr><th scope=\"col\">" +
           tag("div", w(Word::draft_mark), "class=\"mark\"") +
           "</th></tr></thead>\n<tbody><tr><td>\n<main>\n";
    out += tag("h1", title) + "\n" + tag("p", w(Word::draft_notice), "class=\"notice\"") + "\n";
    out += head() + tag("p", markup(shown(paper_.purpose, words_))) + "\n";
    out += tag("h2", w(Word::draft_asked_for)) + "\n" + entries(paper_.duties);
    int number = 0;
    for (const auto& each : paper_.sections) out += section(each, ++number);
    out += gap_list();
    return out + "</main>\n" +
           tag("footer", tag("p", w(Word::draft_end) + " · " + w(Word::draft_mark))) +
           "\n</td></tr></tbody>\n</table>\n</body>\n</html>\n";
  }

 private:
  static std::string tag(const std::string& name, const std::string& inner,
                         const std::string& attributes = {}) {
    return "<" + name + (attributes.empty() ? "" : " " + attributes) + ">" + inner + "</" + name +
           ">";
  }
  std::string w(Word word) const { return markup(words_(word)); }

  std::string head() const {
    std::string out;
    for (const auto& [label, text] : head_rows(paper_, words_))
      out += tag("dt", markup(label)) + tag("dd", markup(text)) + "\n";
    out += tag("dt", w(Word::provision)) + tag("dd", links(paper_.cite)) + "\n";
    return tag("dl", out, "class=\"facts\"") + "\n" +
           tag("p", markup(gap_line(paper_, words_)), "class=\"total\"") + "\n";
  }

  std::string links(const std::vector<Citation>& list) const {
    std::string out;
    for (const auto& each : list) {
      const std::string text = markup(clean(cite(each, words_)));
      const std::string address = safe_url(each.url);
      out += (out.empty() ? "" : "; ") +
             (address.empty() ? text : tag("a", text, "href=\"" + markup(address) + "\""));
    }
    return out;
  }

  std::string number_of(std::size_t gap) const {
    return tag("span", markup(words_(Word::draft_gap, {words_.count(gap)})), "class=\"number\"");
  }

  // Remembers the gap for the list at the end; both places link to each other.
  std::string open_gap(const std::string& what) {
    gaps_.push_back(what);
    return "<li class=\"gap\" id=\"gap-" + std::to_string(gaps_.size()) + "\">" +
           number_of(gaps_.size()) + " ";
  }

  std::string section(const FilledSection& section, int number) {
    std::string out =
        tag("h2", std::to_string(number) + ". " + markup(shown(section.heading, words_))) + "\n" +
        tag("p", links(section.cite), "class=\"soft\"") + "\n";
    if (section.state == SectionState::not_applicable)
      return out + tag("p", w(Word::draft_not_here)) + "\n";
    out += tag("p", words_.labelled(w(Word::draft_asks), markup(shown(section.asks, words_))),
               "class=\"asks\"") +
           "\n";
    if (!section.wording.en.empty()) out += wording(section);
    std::string first;
    if (section.state == SectionState::undetermined) {
      const std::string text =
          w(Word::draft_maybe) + " " + markup(open_facts(section.missing, words_));
      first = open_gap(text) + text + "</li>\n";
    }
    return out + entries(section.entries, first);
  }

  std::string wording(const FilledSection& section) const {
    const WordingView view = wording_of(section, paper_, words_);
    std::string inner = tag("p", w(Word::draft_wording), "class=\"soft\"") +
                        tag("p", markup(view.text), "lang=\"" + view.lang + "\"");
    if (!view.meaning.empty())
      inner += tag("p", words_.labelled(w(Word::draft_wording_other), markup(view.meaning)),
                   "class=\"soft\"");
    return tag("blockquote", inner) + "\n";
  }

  std::string entries(const std::vector<PaperEntry>& list, const std::string& first = {}) {
    std::string out = first;
    for (const auto& each : list) out += entry(each);
    return out.empty() ? out : tag("ul", "\n" + out, "class=\"entries\"") + "\n";
  }

  std::string entry(const PaperEntry& entry) {
    const EntryView view = view_of(entry, words_);
    const std::string label = markup(view.label), id = tag("code", markup(view.id));
    std::string out = view.gap ? open_gap(label + " " + id) : std::string("<li>");
    out += view.value.empty()
               ? label
               : answered(label, words_, tag(view.faint ? "em" : "strong", markup(view.value)));
    out += " " + id;
    if (view.gap) out += tag("span", "", "class=\"blank\"");
    std::string details;
    for (const auto& each : view.details) details += tag("li", markup(each));
    if (!view.cite.empty()) details += tag("li", links(view.cite));
    if (!details.empty()) out += tag("ul", details, "class=\"details\"");
    return out + "</li>\n";
  }

  std::string gap_list() const {
    if (gaps_.empty()) return {};
    std::string rows;
    for (std::size_t i = 0; i < gaps_.size(); ++i) {
      rows += tag("li", tag("a", number_of(i + 1), "href=\"#gap-" + std::to_string(i + 1) + "\"") +
                            " " + gaps_[i]) +
              "\n";
    }
    return tag("h2", w(Word::draft_gap_list)) + "\n" + tag("p", w(Word::draft_fill)) + "\n" +
           tag("ul", "\n" + rows) + "\n";
  }

  const FilledPaper& paper_;
  Wording words_;
  std::vector<std::string> gaps_;
};

}  // namespace

std::string draft_html(const FilledPaper& paper, const std::string& lang) {
  return Draft(paper, lang).render();
}

}  // namespace pandect::reports
