// Many assessments in one view: what each system is where, what is overdue, what comes next, which
// exceptions stand and what is not known. Holds what the view says of each subject and no more, so
// that a thousand repositories fit. Knows no files; who found the manifests says where they are.
#pragma once

#include "reports/words.h"
#include "reports/workbook.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace pandect::reports {

enum class Standing { findings, undetermined, clean };  // worst first

struct PortfolioClass {
  std::string id, jurisdiction;
  Texts title;
  bool settled = true;  // false: undetermined
};

struct PortfolioPlace {
  std::string jurisdiction;
  std::vector<PortfolioClass> classes;  // that hold, and those still open
  std::vector<Texts> roles;
  std::size_t prohibited = 0, overdue = 0, due = 0, met = 0, upcoming = 0, undetermined = 0;
};

struct PortfolioDate {
  enum class Kind { overdue, begins, deadline };
  Day day = kNoDay;
  Kind kind = Kind::begins;
  std::string id, jurisdiction;
  Texts title;
  std::vector<Citation> cite;
};

struct PortfolioWaiver {
  std::string id;  // of the duty
  Texts title;
  WaiverItem waiver;
};

struct PortfolioSubject {
  std::string folder, organisation, kind, id, name;
  Standing standing = Standing::clean;
  std::vector<PortfolioPlace> places;
  std::vector<PortfolioDate> dates;  // ascending, overdue ones among them
  std::vector<PortfolioWaiver> waivers;
  std::size_t blocking = 0, findings = 0, questions = 0;
  std::size_t prohibited = 0, overdue = 0, due = 0, met = 0, upcoming = 0, undetermined = 0;

  const std::string& shown() const { return name.empty() ? id : name; }
  Day next() const;  // the first day ahead; kNoDay: none
};

struct PortfolioFailure {
  std::string folder, message;
};

struct Portfolio {
  Day as_of = kNoDay;
  std::string engine_version;
  std::vector<PackUsed> packs;             // all that any assessment used
  std::vector<PortfolioSubject> subjects;  // as `arrange` leaves them
  std::vector<PortfolioFailure> failures;  // manifests that were not assessed
  std::vector<SkippedItem> skipped;        // folders that were not looked into
  std::size_t manifests = 0;               // assessed

  std::size_t count(Standing standing) const;
};

// What the view says of the subjects of one assessment, cleaned; the thresholds are those of a
// check.
std::vector<PortfolioSubject> portfolio_subjects(const std::string& folder,
                                                 const Assessment& assessment,
                                                 const std::string& fail_on,
                                                 const std::string& fail_on_unknown);

// Adds packs that are not there yet, cleaned.
void add_packs(Portfolio& portfolio, const std::vector<PackUsed>& packs);

// Cleans what is foreign, and sorts: prohibited conduct first, then what is overdue, then by
// standing, next day, folder and id.
void arrange(Portfolio& portfolio);

// A classification, and the subjects for which it holds or is open, in the order of the portfolio.
struct PortfolioGroup {
  std::string jurisdiction, id;
  Texts title;
  std::vector<const PortfolioSubject*> holds, open;
};
// By jurisdiction in the order of the packs, then the most frequent first.
std::vector<PortfolioGroup> groups_of(const Portfolio& portfolio);

struct PortfolioEntry {
  const PortfolioSubject* subject = nullptr;
  const PortfolioDate* date = nullptr;
};
// Ascending by day.
std::vector<PortfolioEntry> overdue_of(const Portfolio& portfolio);
std::vector<PortfolioEntry> ahead_of(const Portfolio& portfolio);

std::string standing_word(Standing standing, const Wording& words);
std::string date_word(PortfolioDate::Kind kind, const Wording& words);
// "Korea: high-impact AI; China: ..."; open ones with a question mark in words.
std::string classes_line(const PortfolioPlace& place, const Wording& words);
// The sums at the top, each with whether it is bad news.
std::vector<std::pair<std::string, bool>> sums(const Portfolio& portfolio, const Wording& words);

struct PortfolioOptions {
  std::string lang = "en";
  int width = 80;
  bool colour = false;
};

std::string portfolio_text(const Portfolio& portfolio, const PortfolioOptions& options);
std::string portfolio_page(const Portfolio& portfolio, const PortfolioOptions& options);
std::string portfolio_json(const Portfolio& portfolio, const PortfolioOptions& options);
// One row for each subject and jurisdiction.
std::string portfolio_csv(const Portfolio& portfolio, const PortfolioOptions& options);
Workbook portfolio_workbook(const Portfolio& portfolio, const PortfolioOptions& options);

}  // namespace pandect::reports
