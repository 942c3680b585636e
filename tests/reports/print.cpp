// Prints the sample in a format, or a schema: for the validation test, and to write golden files
// anew:
//   print_report text ko > tests/golden/report.ko.txt
// With a number after the language: the sample full of that hostile text.
#include "reports/calendar.h"
#include "reports/hostile.h"
#include "reports/portfolio.h"
#include "reports/report.h"
#include "reports/sample.h"
#include "reports/schema.h"

#include <cstdio>
#include <string>

int main(int argc, char** argv) {
  const std::string what = argc > 1 ? argv[1] : "";
  pandect::reports::Options options;
  if (argc > 2) options.lang = argv[2];
  std::string text;
  if (what == "assessment-schema") text = pandect::reports::assessment_schema();
  if (what == "manifest-schema") text = pandect::reports::manifest_schema();
  pandect::Assessment assessment = pandect::sample::assessment();
  if (argc > 3) {
    const auto& texts = pandect::sample::hostile_texts();
    assessment = pandect::sample::hostile(texts.at(std::stoul(argv[3]) % texts.size()));
  }
  pandect::reports::CalendarOptions calendar;
  calendar.lang = options.lang;
  pandect::reports::PortfolioOptions view;
  view.lang = options.lang;
  if (what == "calendar-ics") text = pandect::reports::calendar_ics(assessment, calendar);
  if (what == "calendar-html") text = pandect::reports::calendar_page(assessment, calendar);
  if (what == "portfolio-html") {
    pandect::reports::Portfolio portfolio;
    portfolio.subjects = pandect::reports::portfolio_subjects(assessment.organisation, assessment,
                                                              "high", "classification");
    pandect::reports::add_packs(portfolio, assessment.packs);
    text = pandect::reports::portfolio_page(portfolio, view);
  }
  for (const auto& format : pandect::reports::formats()) {
    if (format.name == what) text = format.render(assessment, options);
  }
  std::fwrite(text.data(), 1, text.size(), stdout);
  return text.empty() ? 2 : 0;
}
