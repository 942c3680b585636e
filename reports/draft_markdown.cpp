#include "reports/citation.h"
#include "reports/draft_parts.h"
#include "reports/drafts.h"
#include "reports/layout.h"
#include "reports/markdown.h"

namespace pandect::reports {
namespace {

class Draft {
 public:
  Draft(const FilledPaper& paper, const std::string& lang) : paper_(paper), words_(lang) {}

  std::string render() {
    line("# " + md_text(shown(paper_.title, words_)));
    mark();
    for (const auto& [label, text] : head_rows(paper_, words_))
      line("- " + words_.labelled(md_text(label), md_text(text)));
    line("- " + links(paper_.cite));
    line("- **" + md_text(gap_line(paper_, words_)) + "**");
    line();
    line(md_text(shown(paper_.purpose, words_)));
    heading(w(Word::draft_asked_for));
    for (const auto& each : paper_.duties) entry(each);
    int number = 0;
    for (const auto& each : paper_.sections) section(each, ++number);
    if (!gaps_.empty()) {
      heading(w(Word::draft_gap_list));
      line(md_text(words_(Word::draft_fill)));
      line();
      for (const auto& each : gaps_) line("- " + each);
    }
    heading(w(Word::draft_end));
    line("**" + w(Word::draft_mark) + "**");
    return std::move(out_);
  }

 private:
  std::string w(Word word) const { return md_text(words_(word)); }
  void line(const std::string& text = {}) { out_ += text + "\n"; }
  void heading(const std::string& text) {
    if (!out_.ends_with("\n\n")) line();
    line("## " + text);
    line();
  }
  void mark() {
    line();
    line("> **" + w(Word::draft_mark) + "** " + w(Word::draft_notice));
    line();
  }
  std::string links(const std::vector<Citation>& list) const {
    std::string out;
    for (const auto& each : list)
      out += (out.empty() ? "" : "; ") + md_link(clean(cite(each, words_)), each.url);
    return out;
  }

  void gap(const std::string& what) {
    const std::string name = words_(Word::draft_gap, {words_.count(gaps_.size() + 1)});
    gaps_.push_back("**" + md_text(name) + "** " + what);
  }
  std::string gap_mark() const {
    return "**[" + md_text(words_(Word::draft_gap, {words_.count(gaps_.size())})) + "]** ";
  }

  void section(const FilledSection& section, int number) {
    heading(std::to_string(number) + "\\. " + md_text(shown(section.heading, words_)));
    line(links(section.cite));
    line();
    if (section.state == SectionState::not_applicable) {
      line("*" + w(Word::draft_not_here) + "*");
      return;
    }
    line("*" + words_.labelled(w(Word::draft_asks), md_text(shown(section.asks, words_))) + "*");
    line();
    if (section.state == SectionState::undetermined) {
      const std::string open = open_facts(section.missing, words_);
      gap(w(Word::draft_maybe) + " " + md_text(open));
      line("- " + gap_mark() + w(Word::draft_maybe) + " " + md_text(open));
    }
    if (!section.wording.en.empty()) {
      const WordingView view = wording_of(section, paper_, words_);
      line("- " + words_.labelled(w(Word::draft_wording), "**" + md_text(view.text) + "**"));
      if (!view.meaning.empty())
        line("- " + words_.labelled(w(Word::draft_wording_other), md_text(view.meaning)));
    }
    for (const auto& each : section.entries) entry(each);
  }

  void entry(const PaperEntry& entry) {
    const EntryView view = view_of(entry, words_);
    const std::string id = "`" + code(view.id) + "`";
    std::string text = "- ";
    if (view.gap) {
      gap(md_text(view.label) + " " + id);
      text += gap_mark();
    }
    text += view.value.empty() ? md_text(view.label)
                               : words_.labelled(md_text(view.label),
                                                 view.faint ? "*" + md_text(view.value) + "*"
                                                            : "**" + md_text(view.value) + "**");
    line(text + " " + id);
    for (const auto& each : view.details) line("  - " + md_text(each));
    if (!view.cite.empty()) line("  - " + links(view.cite));
  }

  static std::string code(const std::string& id) {
    std::string out;
    for (const char c : id) out += c == '`' ? '\'' : c;
    return out;
  }

  const FilledPaper& paper_;
  Wording words_;
  std::string out_;
  std::vector<std::string> gaps_;
};

}  // namespace

std::string draft_markdown(const FilledPaper& paper, const std::string& lang) {
  return Draft(paper, lang).render();
}

}  // namespace pandect::reports
