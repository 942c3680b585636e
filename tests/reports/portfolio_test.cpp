// The portfolio: what comes first, what is counted, and hostile text in every format.
#include "reports/portfolio.h"

#include "reports/hostile.h"
#include "reports/layout.h"
#include "reports/module.h"
#include "reports/sample.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace pandect;
using namespace pandect::reports;

namespace {

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

void put(Portfolio& portfolio, const std::string& folder, const Assessment& assessment) {
  for (auto& each : portfolio_subjects(folder, assessment, "high", "classification"))
    portfolio.subjects.push_back(std::move(each));
  add_packs(portfolio, assessment.packs);
  ++portfolio.manifests;
}

// One system as the sample has it, one without a care, and one that is not settled.
Portfolio three() {
  Portfolio out;
  out.as_of = sample::assessment().as_of;
  out.engine_version = "0.1.0";
  Assessment calm = sample::assessment();
  auto& subject = calm.subjects[0];
  subject.id = "calm", subject.name = "Calm";
  subject.obligations.clear(), subject.findings.clear();
  subject.classifications = {sample::high_impact()};
  put(out, "repos/calm", calm);
  Assessment open = calm;
  open.subjects[0].id = "open", open.subjects[0].name = "Open";
  open.subjects[0].classifications[0].value = Truth::unknown;
  put(out, "repos/open", open);
  put(out, "repos/cv", sample::assessment());
  out.failures = {{"repos/broken", "pandect.yaml:1:1: error: not YAML"}};
  arrange(out);
  return out;
}

}  // namespace

TEST_CASE("portfolio: what is prohibited or overdue stands first, what is clean last") {
  const Portfolio portfolio = three();
  REQUIRE(portfolio.subjects.size() == 3);
  CHECK(portfolio.subjects[0].id == "cv");
  CHECK(portfolio.subjects[0].standing == Standing::findings);
  CHECK(portfolio.subjects[1].standing == Standing::undetermined);
  CHECK(portfolio.subjects[2].standing == Standing::clean);
  CHECK(portfolio.subjects[0].overdue == 1);
  CHECK(portfolio.subjects[0].prohibited == 1);
  CHECK(portfolio.subjects[0].waivers.size() == 1);
  CHECK(portfolio.packs.size() == 2);  // once, though three manifests used them
  const auto overdue = overdue_of(portfolio);
  REQUIRE(overdue.size() == 1);
  CHECK(overdue[0].date->id == "kr.filing");
  CHECK(!ahead_of(portfolio).empty());
}

TEST_CASE("portfolio: what is waived or in the baseline is counted and does not block") {
  Assessment assessment = sample::assessment();
  auto& findings = assessment.subjects[0].findings;
  findings = {sample::known_finding()};
  const auto known = portfolio_subjects("a", assessment, "high", "never");
  CHECK(known[0].findings == 1);
  CHECK(known[0].blocking == 0);
  CHECK(known[0].standing == Standing::clean);
  findings = {sample::finding()};
  CHECK(portfolio_subjects("a", assessment, "high", "never")[0].blocking == 1);
  CHECK(portfolio_subjects("a", assessment, "never", "never")[0].standing == Standing::clean);
}

TEST_CASE("portfolio: classes by jurisdiction, with those that are open") {
  const Portfolio portfolio = three();
  const auto groups = groups_of(portfolio);
  REQUIRE(!groups.empty());
  CHECK(groups[0].jurisdiction == "kr");
  CHECK(groups[0].holds.size() == 2);
  REQUIRE(groups[0].open.size() == 1);
  CHECK(groups[0].open[0]->id == "open");
}

TEST_CASE("portfolio: every format names each system, the failure and the date") {
  const Portfolio portfolio = three();
  for (const char* lang : {"en", "ko", "zh"}) {
    PortfolioOptions options;
    options.lang = lang;
    for (const auto& text : {portfolio_text(portfolio, options), portfolio_page(portfolio, options),
                             portfolio_json(portfolio, options)}) {
      CHECK(holds(text, "Calm"));
      CHECK(holds(text, "CV Screener"));
      CHECK(holds(text, "repos/broken"));
      CHECK(holds(text, "repos/open"));
    }
    CHECK(holds(portfolio_csv(portfolio, options), "CV Screener"));
  }
  const auto json = nlohmann::json::parse(portfolio_json(portfolio, {}));
  CHECK(json["schema"] == "pandect.portfolio/1");
  CHECK(json["subjects"].size() == 3);
  CHECK(json["subjects"][0]["counts"]["overdue"] == 1);
  CHECK(json["not_assessed"][0]["folder"] == "repos/broken");
}

TEST_CASE("portfolio: hostile text is harmless in every format") {
  for (const auto& text : sample::hostile_texts()) {
    CAPTURE(text.substr(0, 40));
    Portfolio portfolio;
    put(portfolio, text, sample::hostile(text));
    portfolio.failures = {{text, text}};
    portfolio.skipped = {{text, "link"}};
    arrange(portfolio);
    const std::string page = portfolio_page(portfolio, {});
    CHECK_FALSE(holds(page, "<script"));
    CHECK_FALSE(holds(page, "<img"));
    CHECK_FALSE(holds(page, "href=\"javascript"));
    for (const auto& out : {page, portfolio_text(portfolio, {}), portfolio_csv(portfolio, {})}) {
      CHECK_FALSE(holds(out, "\x1b"));
      CHECK_FALSE(holds(out, "\u202e"));
      CHECK(out.size() < 3'000'000);
    }
    CHECK_FALSE(holds(portfolio_csv(portfolio, {}), "\"=cmd"));
    CHECK(nlohmann::json::accept(portfolio_json(portfolio, {})));
    REQUIRE(!module_problem("xlsx"));
    const auto book = write_workbook(portfolio_workbook(portfolio, {}));
    REQUIRE(book);
    CHECK(book->starts_with("PK"));
  }
}

TEST_CASE("portfolio: no line of the text is wider than asked for") {
  const std::string text = portfolio_text(three(), {});
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    CHECK(width_of(text.substr(at, end - at)) <= 80);
    at = end + 1;
  }
}
