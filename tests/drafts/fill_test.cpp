#include "reports/drafts.h"
#include "tests/drafts/paper_pack.h"

#include <doctest/doctest.h>

using namespace pandect;
using reports::draft_html;
using reports::draft_markdown;

namespace {

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size()))
    ++found;
  return found;
}

FilledPaper fill(const std::string& manifest_text, Day day = 0) {
  static const small::Pack pack = small::load_papers();
  REQUIRE(pack.program != nullptr);
  auto manifest = read_manifest(*pack.program, "pandect.yaml", manifest_text);
  if (!manifest) FAIL(to_string(manifest.errors()[0]));
  AssessOptions options;
  options.as_of = day == 0 ? *parse_day("2026-01-01") : day;
  auto filled = fill_paper(*pack.program, *manifest, records_of(*manifest)[0],
                           pack.drafts[0].papers[0], 0, options);
  if (!filled) FAIL(to_string(filled.errors()[0]));
  return *filled;
}

const std::string kHead =
    "pandect: 1\norganisation: {id: o, name: Ada Ltd, facts: {org.maker: true}}\n";
const std::string kParrot =
    "systems:\n  - {id: parrot, name: Parrot, facts: {system.talks: true, system.size: 12, "
    "system.joke: false}}\n";

}  // namespace

TEST_CASE("drafts: every gap is counted once, in the text as in the number") {
  // organisation unnamed, org.maker, the conclusion and the duty open; whether `size` applies, its
  // size, its document and its text. What is optional is no gap.
  const FilledPaper paper = fill("pandect: 1\norganisation: {id: o}\nsystems: [{id: parrot}]\n");
  CHECK(paper.gaps == 8);
  const std::string markdown = draft_markdown(paper, "en"), html = draft_html(paper, "en");
  CHECK(count(markdown, "**[Gap ") == 8);
  CHECK(count(html, "<li class=\"gap\"") == 8);
  CHECK(count(html, "href=\"#gap-") == 8);
  CHECK(holds(markdown, "**Gaps: 8**"));
  CHECK(holds(markdown, "system.talks"));
}

TEST_CASE("drafts: nothing is open when all is stated") {
  const FilledPaper paper = fill(
      kHead + kParrot +
      "evidence:\n"
      "  - {system: parrot, obligation: xx.say_so, evidence: sheet, state: done, source: "
      "sheet.md}\n"
      "  - {system: parrot, topic: talk-sheet/size, state: done, by: Kim, date: 2025-12-01, note: "
      "Because of the cage.}\n");
  for (const auto& section : paper.sections) CHECK(section.gaps == 0);
  CHECK(paper.gaps == 0);
  const std::string text = draft_markdown(paper, "en");
  CHECK(holds(text, "Because of the cage."));
  CHECK(holds(text, "sheet.md"));
  CHECK(holds(text, "Kim"));
  CHECK(holds(text, "Ada Ltd"));
  CHECK(holds(text, "Parrot talks."));
  CHECK(!holds(text, "[Gap"));
}

TEST_CASE("drafts: a text counts when it was made by the day, whole, and not expired") {
  const auto with = [](const std::string& entry) {
    return fill(kHead + kParrot + "evidence:\n  - {topic: talk-sheet/size, " + entry + "}\n")
        .sections[1]
        .gaps;
  };
  const std::size_t all = 2;  // the document and the text
  CHECK(with("state: done, note: x") == all - 1);
  CHECK(with("state: done, source: x.md") == all - 1);
  CHECK(with("state: partly, note: x") == all);
  CHECK(with("state: not_done, note: x") == all);
  CHECK(with("state: done") == all);
  CHECK(with("state: done, note: x, date: 2026-01-02") == all);
  CHECK(with("state: done, note: x, through: 2025-12-31") == all);
  CHECK(with("state: done, note: x, date: 2025-01-01, through: 2026-01-01") == all - 1);
}

TEST_CASE("drafts: a section that does not apply says so and has no gaps") {
  const FilledPaper paper = fill(kHead + "systems: [{id: stone, facts: {system.talks: false}}]\n");
  CHECK(paper.sections[1].state == SectionState::not_applicable);
  CHECK(paper.sections[1].gaps == 0);
  CHECK(paper.sections[1].entries.empty());
  CHECK(holds(draft_markdown(paper, "en"), "does not apply on the facts stated"));
}

TEST_CASE("drafts: it says that it is a draft in each language, at the top and on each page") {
  const FilledPaper paper = fill(kHead + kParrot);
  const std::vector<std::pair<std::string, std::string>> marks{
      {"en", "DRAFT"}, {"ko", "초안"}, {"zh", "草稿"}};
  for (const auto& [lang, mark] : marks) {
    const std::string markdown = draft_markdown(paper, lang), html = draft_html(paper, lang);
    CHECK(markdown.find("> **" + mark + "**") < 80);
    CHECK(markdown.ends_with("**" + mark + "**\n"));
    CHECK(holds(html, "<title>" + mark));
    // The head of a table is repeated on every printed page.
    CHECK(holds(html, "<thead><tr><th scope=\"col\"><div class=\"mark\">" + mark));
  }
}

TEST_CASE("drafts: foreign texts do no harm in either format") {
  const std::string evil =
      "</style><script>alert(1)</script>\\u202e\\e[31m`|[x](javascript:y)\\n# h";
  const FilledPaper paper = fill("pandect: 1\norganisation: {id: o, name: \"" + evil +
                                 "\", facts: {org.maker: {value: true, "
                                 "note: \"" +
                                 evil + "\", source: \"" + evil +
                                 "\"}}}\n"
                                 "systems:\n  - {id: parrot, name: \"" +
                                 evil +
                                 "\", facts: {system.talks: true}}\n"
                                 "evidence:\n  - {topic: talk-sheet/size, state: done, note: \"" +
                                 evil + "\", by: \"" + evil + "\"}\n");
  for (const std::string lang : {"en", "ko", "zh"}) {
    const std::string markdown = draft_markdown(paper, lang), html = draft_html(paper, lang);
    for (const std::string& text : {markdown, html}) {
      CHECK(!holds(text, "<script"));
      CHECK(count(text, "</style>") == count(text, "<style>"));
      CHECK(!holds(text, "\x1b"));
      CHECK(!holds(text, "\xe2\x80\xae"));
    }
    CHECK(!holds(markdown, "](javascript"));
    CHECK(!holds(markdown, "\n# h"));
  }
}

TEST_CASE("drafts: a text of a million characters is cut") {
  const std::string long_text(1'000'000, 'a');
  const FilledPaper paper =
      fill(kHead + kParrot +
           "evidence:\n  - {topic: talk-sheet/size, state: done, note: " + long_text + "}\n");
  CHECK(draft_markdown(paper, "en").size() < 20'000);
  CHECK(draft_html(paper, "en").size() < 40'000);
}

TEST_CASE("drafts: topics that name no section are told") {
  static const small::Pack pack = small::load_papers();
  const auto manifest = read_manifest(*pack.program, "pandect.yaml",
                                      kHead + kParrot +
                                          "evidence:\n  - {topic: talk-sheet/sise, state: done}\n"
                                          "  - {topic: our own words, state: done}\n");
  REQUIRE(manifest.ok());
  const Diagnostics stray = stray_topics(*manifest, pack.drafts[0].papers[0]);
  REQUIRE(stray.size() == 1);
  CHECK(holds(stray[0].hint, "size"));
}
