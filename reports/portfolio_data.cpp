// The portfolio for programs and spreadsheets: JSON (pandect.portfolio/1) and CSV.
#include "reports/csv.h"
#include "reports/portfolio.h"

#include <nlohmann/json.hpp>

namespace pandect::reports {
namespace {

using Json = nlohmann::ordered_json;

const char* key_of(Standing standing) {
  return standing == Standing::findings       ? "findings"
         : standing == Standing::undetermined ? "undetermined"
                                              : "clean";
}
const char* key_of(PortfolioDate::Kind kind) {
  return kind == PortfolioDate::Kind::overdue  ? "overdue"
         : kind == PortfolioDate::Kind::begins ? "begins"
                                               : "deadline";
}
const char* key_of(WaiverKind kind) {
  return kind == WaiverKind::contested  ? "contested"
         : kind == WaiverKind::deferred ? "deferred"
                                        : "risk_accepted";
}
const char* key_of(WaiverState state) {
  return state == WaiverState::active    ? "active"
         : state == WaiverState::expired ? "expired"
         : state == WaiverState::lapsed  ? "lapsed"
                                         : "not_yet";
}

template <typename T>
Json counts(const T& of) {
  return {{"prohibited", of.prohibited},
          {"overdue", of.overdue},
          {"due", of.due},
          {"met", of.met},
          {"upcoming", of.upcoming},
          {"undetermined", of.undetermined}};
}

Json place_json(const PortfolioPlace& place, const Wording& words) {
  Json classes = Json::array(), roles = Json::array();
  for (const auto& each : place.classes)
    classes.push_back({{"id", each.id},
                       {"title", words.in(each.title)},
                       {"value", each.settled ? "true" : "unknown"}});
  for (const auto& each : place.roles) roles.push_back(words.in(each));
  return {{"jurisdiction", place.jurisdiction},
          {"classifications", classes},
          {"roles", roles},
          {"counts", counts(place)}};
}

Json subject_json(const PortfolioSubject& subject, const Wording& words) {
  Json places = Json::array(), dates = Json::array(), waivers = Json::array();
  for (const auto& each : subject.places) places.push_back(place_json(each, words));
  for (const auto& each : subject.dates) {
    Json provisions = Json::array();
    for (const auto& cite : each.cite) provisions.push_back(cite.provision);
    dates.push_back({{"day", to_string(each.day)},
                     {"what", key_of(each.kind)},
                     {"id", each.id},
                     {"jurisdiction", each.jurisdiction},
                     {"title", words.in(each.title)},
                     {"cite", provisions}});
  }
  for (const auto& each : subject.waivers)
    waivers.push_back({{"obligation", each.id},
                       {"kind", key_of(each.waiver.kind)},
                       {"state", key_of(each.waiver.state)},
                       {"by", each.waiver.by},
                       {"reason", each.waiver.reason},
                       {"until", to_string(each.waiver.until)}});
  return {{"folder", subject.folder},
          {"organisation", subject.organisation},
          {"kind", subject.kind},
          {"id", subject.id},
          {"name", subject.name},
          {"standing", key_of(subject.standing)},
          {"counts", counts(subject)},
          {"blocking", subject.blocking},
          {"findings", subject.findings},
          {"questions", subject.questions},
          {"jurisdictions", places},
          {"dates", dates},
          {"waivers", waivers}};
}

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const auto& each : parts) out.append(out.empty() ? "" : "; ").append(each);
  return out;
}

}  // namespace

std::string portfolio_json(const Portfolio& portfolio, const PortfolioOptions& options) {
  const Wording words(options.lang);
  Json packs = Json::array(), subjects = Json::array(), failures = Json::array();
  Json skipped = Json::array();
  for (const auto& each : portfolio.packs)
    packs.push_back({{"id", each.id},
                     {"version", each.version},
                     {"digest", each.digest},
                     {"checked_on", to_string(each.checked_on)}});
  for (const auto& each : portfolio.subjects) subjects.push_back(subject_json(each, words));
  for (const auto& each : portfolio.failures)
    failures.push_back({{"folder", each.folder}, {"message", each.message}});
  for (const auto& each : portfolio.skipped)
    skipped.push_back({{"path", each.path}, {"reason", each.reason}});
  const Json out{{"schema", "pandect.portfolio/1"},
                 {"as_of", to_string(portfolio.as_of)},
                 {"engine", {{"version", portfolio.engine_version}, {"packs", packs}}},
                 {"manifests", portfolio.manifests},
                 {"subjects", subjects},
                 {"not_assessed", failures},
                 {"skipped", skipped}};
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string portfolio_csv(const Portfolio& portfolio, const PortfolioOptions& options) {
  const Wording words(options.lang);
  std::vector<std::string> head;
  for (const Word word :
       {Word::folder, Word::organisation, Word::kind, Word::name, Word::status, Word::jurisdiction,
        Word::class_holds, Word::open_classes, Word::roles, Word::count_prohibited, Word::overdue,
        Word::due, Word::count_met, Word::upcoming, Word::undetermined, Word::blocking_findings,
        Word::waivers, Word::questions, Word::next_date})
    head.push_back(words.title(word));
  head[7] = words.labelled(head[6], head[7]);  // told apart from the duties that are undetermined
  head.emplace_back("ID");
  std::string out = std::string(kByteOrderMark) + csv_row(head);
  for (const auto& each : portfolio.subjects) {
    for (const auto& place : each.places) {
      std::vector<std::string> holds, open, roles;
      for (const auto& one : place.classes)
        (one.settled ? holds : open).push_back(words.title(one.title));
      for (const auto& one : place.roles) roles.push_back(words.title(one));
      Day next = kNoDay;
      for (const auto& date : each.dates) {
        if (next == kNoDay && date.jurisdiction == place.jurisdiction &&
            date.kind != PortfolioDate::Kind::overdue)
          next = date.day;
      }
      const auto number = [](std::size_t value) { return std::to_string(value); };
      out += csv_row({each.folder,
                      each.organisation,
                      std::string(words(each.kind == "model" ? Word::model : Word::system)),
                      each.shown(),
                      standing_word(each.standing, words),
                      words.jurisdiction(place.jurisdiction),
                      joined(holds),
                      joined(open),
                      joined(roles),
                      number(place.prohibited),
                      number(place.overdue),
                      number(place.due),
                      number(place.met),
                      number(place.upcoming),
                      number(place.undetermined),
                      number(each.blocking),
                      number(each.waivers.size()),
                      number(each.questions),
                      next == kNoDay ? "" : to_string(next),
                      each.id});
    }
  }
  return out;
}

}  // namespace pandect::reports
