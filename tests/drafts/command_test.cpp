#include "cli/process.h"

#include <fstream>
#include <map>
#include <sstream>

#include <doctest/doctest.h>

using pandect::testing::Ran;
using pandect::testing::run;
using pandect::testing::Scratch;

namespace {

const std::string kExamples = PANDECT_SOURCE "/examples/";
const std::string kDay = "2026-11-21";

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size()))
    ++found;
  return found;
}

// Each paper with an example that it fits.
const std::map<std::string, std::string> kFitting{{"eu-annex-4", "cv-screener"},
                                                  {"eu-article-6-4", "cv-screener"},
                                                  {"eu-annex-5", "cv-screener"},
                                                  {"eu-annex-8-a", "cv-screener"},
                                                  {"eu-annex-8-b", "cv-screener"},
                                                  {"eu-annex-8-c", "face-gate"},
                                                  {"eu-fria", "bank-credit-model"},
                                                  {"eu-annex-11", "frontier-model"},
                                                  {"eu-annex-12", "frontier-model"},
                                                  {"eu-training-summary", "frontier-model"},
                                                  {"kr-notices", "image-generator"},
                                                  {"kr-operator-record", "cv-screener"},
                                                  {"kr-impact-assessment", "bank-credit-model"},
                                                  {"kr-confirmation-request", "xray-triage"},
                                                  {"cn-algorithm-filing", "companion-chatbot"},
                                                  {"cn-label-texts", "image-generator"},
                                                  {"ca-frontier-framework", "frontier-model"},
                                                  {"ca-transparency-report", "frontier-model"}};

}  // namespace

TEST_CASE("drafts: the list names every paper, and this test knows an example for each") {
  const Ran ran = run({"draft", "--list"});
  CHECK(ran.status == 0);
  CHECK(ran.err.empty());
  for (const auto& [paper, example] : kFitting) CHECK(holds(ran.out, "  " + paper + " "));
  CHECK(count(ran.out, "\n  ") == kFitting.size());
}

TEST_CASE("drafts: every paper in every language, its gaps as counted") {
  for (const auto& [paper, example] : kFitting) {
    std::size_t gaps = 0;
    for (const std::string lang : {"en", "ko", "zh"}) {
      CAPTURE(paper);
      CAPTURE(lang);
      const std::vector<std::string> call{"draft",  paper, kExamples + example, "--as-of", kDay,
                                          "--lang", lang};
      const Ran markdown = run(call);
      CHECK(markdown.status == 3);
      const std::string mark = lang == "en" ? "**[Gap " : lang == "ko" ? "**[공란 " : "**[空缺";
      const std::size_t found = count(markdown.out, mark);
      CHECK(found > 0);
      CHECK(holds(markdown.err, std::to_string(found) + " gap"));
      if (lang == "en") gaps = found;
      CHECK(found == gaps);  // the language changes nothing but the words
      auto as_html = call;
      as_html.insert(as_html.end(), {"--format", "html"});
      const Ran html = run(as_html);
      CHECK(html.status == 3);
      CHECK(count(html.out, "<li class=\"gap\"") == gaps);
    }
  }
}

TEST_CASE("drafts: the same bytes in any locale and time zone") {
  const std::vector<std::string> call{
      "draft", "eu-annex-4", kExamples + "cv-screener", "--as-of", kDay, "--lang", "ko"};
  const Ran plain = run(call);
  CHECK(plain.out == run(call, "", {{"LC_ALL", "tr_TR.UTF-8"}, {"TZ", "Pacific/Kiritimati"}}).out);
  CHECK(plain.out == run(call, "", {{"PANDECT_CACHE", "off"}}).out);
}

TEST_CASE("drafts: wrong calls say what to do and draft nothing") {
  Ran ran = run({"draft"});
  CHECK(ran.status == 2);
  CHECK(holds(ran.err, "--list"));
  ran = run({"draft", "eu-annex-44", kExamples + "cv-screener"});
  CHECK(ran.status == 2);
  CHECK(holds(ran.err, "eu-annex-4"));
  ran = run({"draft", "eu-annex-11", kExamples + "cv-screener", "--system", "cv-screener"});
  CHECK(ran.status == 2);
  CHECK(holds(ran.err, "about a model"));
  ran = run({"draft", "eu-annex-4", kExamples + "frontier-model"});
  CHECK(ran.status == 2);
  CHECK(holds(ran.err, "describes none"));
  ran = run({"draft", "eu-annex-4", kExamples + "cv-screener", "--system", "cv-screner"});
  CHECK(ran.status == 2);
  CHECK(holds(ran.err, "cv-screener"));
  CHECK(ran.out.empty());
}

TEST_CASE("drafts: a file is written whole, and a folder that is not there is told") {
  const Scratch scratch;
  const std::vector<std::string> call{"draft",   "kr-notices", kExamples + "image-generator",
                                      "--as-of", kDay,         "-o"};
  auto to_file = call;
  to_file.push_back(scratch.path("notices.md"));
  const Ran ran = run(to_file);
  CHECK(ran.status == 3);
  CHECK(ran.out.empty());
  std::ifstream file(scratch.path("notices.md"));
  std::stringstream text;
  text << file.rdbuf();
  CHECK(holds(text.str(), "DRAFT"));
  auto nowhere = call;
  nowhere.push_back(scratch.path("no/such/folder.md"));
  CHECK(run(nowhere).status == 2);
}

TEST_CASE("drafts: a blank is filled from the manifest and the gap is gone") {
  const Scratch scratch;
  const std::string manifest =
      "pandect: 1\norganisation: {id: o, name: O}\nsystems: [{id: s, name: S}]\nevidence:\n"
      "  - {system: s, topic: eu-annex-4/point-1-e, state: done, by: Lee, note: Any server.}\n";
  const Ran without =
      run({"draft", "eu-annex-4",
           scratch.write("a.yaml", manifest.substr(0, manifest.find("evid"))), "--as-of", kDay});
  const Ran with = run({"draft", "eu-annex-4", scratch.write("b.yaml", manifest), "--as-of", kDay});
  CHECK(count(without.out, "**[Gap ") == count(with.out, "**[Gap ") + 1);
  CHECK(holds(with.out, "Any server."));
}
