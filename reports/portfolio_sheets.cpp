// The portfolio as a workbook: systems, their classes by jurisdiction, dates, exceptions, and what
// was not assessed.
#include "reports/citation.h"
#include "reports/markdown.h"
#include "reports/portfolio.h"
#include "reports/standing.h"
#include "reports/workbook.h"

namespace pandect::reports {
namespace {

class Sheets {
 public:
  Sheets(const Portfolio& portfolio, const PortfolioOptions& options)
      : portfolio_(portfolio), words_(options.lang) {}

  Workbook build() const {
    Workbook out;
    out.title = w(Word::portfolio);
    out.lang = words_.tag();
    out.created = portfolio_.as_of;
    out.date_format = words_.language() == Language::ko   ? R"(yyyy". "m". "d".")"
                      : words_.language() == Language::zh ? R"(yyyy"年"m"月"d"日")"
                                                          : "yyyy-mm-dd";
    out.sheets = {subjects(), places(), dates(), waivers()};
    if (!portfolio_.failures.empty() || !portfolio_.skipped.empty())
      out.sheets.push_back(failures());
    return out;
  }

 private:
  std::string w(Word word) const { return words_.title(word); }
  Column column(Word word, double width) const { return {w(word), width, {}, false}; }
  static Cell number(std::size_t value) { return Cell::count(static_cast<double>(value)); }
  static Cell alarm(std::size_t value) {
    Cell out = number(value);
    if (value > 0) out.tone = Tone::alarm;
    return out;
  }
  Cell kind(const PortfolioSubject& each) const {
    return std::string(words_(each.kind == "model" ? Word::model : Word::system));
  }

  Sheet subjects() const {
    Sheet out;
    out.name = w(Word::systems_and_models);
    out.heading = {w(Word::portfolio), words_(Word::as_of, {words_.date(portfolio_.as_of)}),
                   words_(Word::portfolio_size, {words_.count(portfolio_.subjects.size()),
                                                 words_.count(portfolio_.manifests)}),
                   std::string(words_(Word::disclaimer))};
    out.frozen_columns = 1;
    out.columns = {column(Word::name, 28),
                   column(Word::kind, 10),
                   column(Word::organisation, 20),
                   column(Word::folder, 30),
                   {"ID", 20, {}, false},
                   column(Word::status, 20),
                   column(Word::count_prohibited, 12),
                   column(Word::overdue, 12),
                   column(Word::due, 10),
                   column(Word::count_met, 10),
                   column(Word::upcoming, 12),
                   column(Word::undetermined, 14),
                   column(Word::blocking_findings, 12),
                   column(Word::waivers, 14),
                   column(Word::questions, 12),
                   column(Word::next_date, 14)};
    for (const auto& each : portfolio_.subjects) {
      const Tone tone = each.standing == Standing::findings       ? Tone::alarm
                        : each.standing == Standing::undetermined ? Tone::warning
                                                                  : Tone::good;
      out.rows.push_back(
          {Cell(each.shown(), Tone::strong), kind(each), each.organisation, each.folder,
           Cell(each.id, Tone::faint), Cell(standing_word(each.standing, words_), tone),
           alarm(each.prohibited), alarm(each.overdue), number(each.due), number(each.met),
           number(each.upcoming), number(each.undetermined), alarm(each.blocking),
           number(each.waivers.size()), number(each.questions), Cell::date(each.next())});
    }
    return out;
  }

  Sheet places() const {
    Sheet out;
    out.name = w(Word::by_class);
    out.frozen_columns = 1;
    out.columns = {column(Word::name, 28),        column(Word::jurisdiction, 16),
                   column(Word::class_holds, 40), column(Word::value, 14),
                   {"ID", 30, {}, false},         column(Word::folder, 30)};
    for (const auto& each : portfolio_.subjects) {
      for (const auto& place : each.places) {
        for (const auto& one : place.classes)
          out.rows.push_back(
              {Cell(each.shown(), Tone::strong), words_.jurisdiction(place.jurisdiction),
               words_.title(one.title),
               Cell(std::string(words_.truth(one.settled ? Truth::true_ : Truth::unknown)),
                    one.settled ? Tone::plain : Tone::warning),
               Cell(one.id, Tone::faint), each.folder});
      }
    }
    return out;
  }

  Sheet dates() const {
    Sheet out;
    out.name = w(Word::by_when);
    out.frozen_columns = 1;
    out.columns = {column(Word::date, 14),         column(Word::kind, 16),
                   column(Word::duty, 40),         column(Word::name, 28),
                   column(Word::jurisdiction, 16), column(Word::provision, 34),
                   {"ID", 30, {}, false},          column(Word::folder, 30)};
    const auto add = [&](const PortfolioEntry& each) {
      const auto& [subject, date] = each;
      const bool late = date->kind == PortfolioDate::Kind::overdue;
      const std::string cited = cites(date->cite, words_, 50);
      out.rows.push_back(
          {Cell::date(date->day),
           Cell(date_word(date->kind, words_), late ? Tone::alarm : Tone::plain),
           Cell(words_.title(date->title), Tone::strong), subject->shown(),
           words_.jurisdiction(date->jurisdiction),
           date->cite.empty() ? Cell(cited) : Cell::link(cited, safe_url(date->cite.front().url)),
           Cell(date->id, Tone::faint), subject->folder});
    };
    for (const auto& each : overdue_of(portfolio_)) add(each);
    for (const auto& each : ahead_of(portfolio_)) add(each);
    return out;
  }

  Sheet waivers() const {
    Sheet out;
    out.name = w(Word::waivers);
    out.columns = {column(Word::name, 28),
                   column(Word::duty, 40),
                   column(Word::waiver, 60),
                   {"ID", 30, {}, false},
                   column(Word::folder, 30)};
    for (const auto& subject : portfolio_.subjects) {
      for (const auto& each : subject.waivers)
        out.rows.push_back({Cell(subject.shown(), Tone::strong), words_.title(each.title),
                            Cell(waiver_text(each.waiver, words_),
                                 is_active(each.waiver) ? Tone::plain : Tone::warning),
                            Cell(each.id, Tone::faint), subject.folder});
    }
    return out;
  }

  Sheet failures() const {
    Sheet out;
    out.name = w(Word::not_assessed);
    out.columns = {column(Word::folder, 50), column(Word::reason, 100)};
    for (const auto& each : portfolio_.failures)
      out.rows.push_back({Cell(each.folder, Tone::alarm), each.message});
    for (const auto& each : portfolio_.skipped)
      out.rows.push_back({Cell(each.path), Cell(each.reason, Tone::faint)});
    return out;
  }

  const Portfolio& portfolio_;
  Wording words_;
};

}  // namespace

Workbook portfolio_workbook(const Portfolio& portfolio, const PortfolioOptions& options) {
  return Sheets(portfolio, options).build();
}

}  // namespace pandect::reports
