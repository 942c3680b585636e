#include "reports/junit.h"

#include "reports/attention.h"
#include "reports/citation.h"
#include "reports/markup.h"
#include "reports/notices.h"
#include "reports/outline.h"

#include <algorithm>
#include <map>
#include <set>

namespace pandect::reports {
namespace {

enum class Verdict { passed, failed, skipped };

struct Case {
  std::string name, message, details, type = "duty";
  Verdict verdict = Verdict::passed;
  Place place;
};

// Cases of one subject under the law of one place.
struct Suite {
  const SubjectAssessment* subject = nullptr;
  std::string jurisdiction;
  std::vector<Case> cases;
};

// XML 1.0 has no place for control characters, not even escaped; nor for U+FFFE and U+FFFF.
std::string xml_text(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x20 && byte != '\n' && byte != '\t') continue;
    const std::string_view next = text.substr(i, 3);
    if (next == "\xEF\xBF\xBE" || next == "\xEF\xBF\xBF") {
      i += 2;
      continue;
    }
    out += text[i];
  }
  return markup(out);
}

// An attribute of the type token; it may not be empty.
std::string token(const std::string& text) {
  const std::string out = xml_text(text);
  return out.find_first_not_of(' ') == std::string::npos ? "-" : out;
}

class Writer {
 public:
  Writer(const Assessment& assessment, const Options& options, JUnitDialect dialect)
      : assessment_(assessment),
        options_(options),
        words_(options.lang),
        gitlab_(dialect == JUnitDialect::gitlab) {}

  std::string render() {
    notices_ = notices_of(assessment_, options_.run);
    for (const auto& subject : assessment_.subjects) collect(subject);
    std::string text;
    std::size_t tests = 0, failures = 0;
    for (std::size_t i = 0; i < suites_.size(); ++i) {
      text += xml(suites_[i], i);
      tests += suites_[i].cases.size();
      failures += count(suites_[i], Verdict::failed);
    }
    std::string root = "<testsuites";  // the schema of Ant allows it no attribute
    if (gitlab_)
      root += " name=\"pandect\" tests=\"" + std::to_string(tests) + "\" failures=\"" +
              std::to_string(failures) + "\" errors=\"0\"";
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + root + ">\n" + text + "</testsuites>\n";
  }

 private:
  static std::size_t count(const Suite& suite, Verdict verdict) {
    return static_cast<std::size_t>(
        std::count_if(suite.cases.begin(), suite.cases.end(),
                      [&](const Case& each) { return each.verdict == verdict; }));
  }

  void collect(const SubjectAssessment& subject) {
    subject_ = &subject;
    told_.clear();
    for (const auto& notice : notices_) {
      if (notice.subject == &subject) told_[key(notice)].push_back(&notice);
    }
    for (const auto& item : subject.classifications) {
      if (item.kind == ConceptKind::classification && item.value != Truth::false_)
        suite(item.jurisdiction).cases.push_back(of(item));
    }
    for (const auto& item : subject.obligations) {
      if (is_binding(item) && item.status != "ended" && item.status != "not_applicable")
        suite(item.jurisdiction).cases.push_back(of(item));
    }
    // Evidence, waivers, packs and contradictions: findings that are not the state of a duty.
    for (const auto& notice : notices_) {
      if (notice.subject == &subject && key(notice).empty())
        suite(notice.jurisdiction).cases.push_back(of(notice));
    }
  }

  Suite& suite(const std::string& place) {
    const std::string name = place.empty() || place == "core" ? "general" : place;
    for (auto& each : suites_) {
      if (each.subject == subject_ && each.jurisdiction == name) return each;
    }
    suites_.push_back({subject_, name, {}});
    return suites_.back();
  }

  // Findings that a case of a duty or of a classification tells; empty: a case of its own.
  static std::string key(const Notice& notice) {
    static const std::set<std::string> codes{"prohibited", "prohibited-soon", "unmet",
                                             "partly",     "unverified",      "overdue",
                                             "upcoming",   "undetermined"};
    if (codes.count(notice.finding->code) == 0) return {};
    if (notice.duty != nullptr)
      return is_binding(*notice.duty) ? notice.duty->id + "\n" + notice.duty->deployment
                                      : std::string();
    return notice.classification != nullptr ? notice.classification->id : std::string();
  }
  const Notice* told(const std::string& key) const {
    const auto found = told_.find(key);
    return found == told_.end() ? nullptr : found->second.front();
  }

  Place place(const Notice* notice, const std::vector<Reason>& because) const {
    if (notice != nullptr) return notice->place;
    for (const auto& each : because) {
      if (!each.where.file.empty()) return place_in(options_.run, each.where);
    }
    return place_in(options_.run, {});
  }

  std::string missing(const std::vector<std::string>& list) const {
    return words_.labelled(words_(Word::facts_missing), missing_line(list, words_, 12));
  }

  Case of(const ClassificationItem& item) const {
    Case out;
    out.name = class_line(item, words_, 0) + " [" + item.id + "]";
    out.place = place(told(item.id), item.because);
    if (item.value != Truth::unknown) return out;
    out.verdict = Verdict::skipped;
    out.message = missing(item.missing);
    return out;
  }

  Case of(const ObligationItem& item) const {
    const Notice* notice = told(item.id + "\n" + item.deployment);
    Case out;
    out.name = words_.title(item.title) + " [" + item.id + "]";
    if (!item.deployment.empty()) out.name += " @" + item.deployment;
    out.place = place(notice, item.because);
    out.verdict = Verdict::skipped;
    out.message = item.status == "due" && item.fulfilment
                      ? std::string(words_.fulfilment(*item.fulfilment))
                      : std::string(words_.status(item.status));
    if (item.status != "due" && !item.missing.empty())
      out.message += words_.bracketed(missing(item.missing));
    if (item.status == "due" && item.prohibition) out.message = words_(Word::prohibited);
    if (item.status == "due" && !item.prohibition && item.overdue)
      out.message = words_(Word::overdue);
    out.details =
        words_.in(item.duty) + "\n" + cites(item.cite, words_, 6) + "\n" + timing(item, words_);
    if (notice != nullptr) out.details += "\n" + where_and_what(*notice);
    if (quieted(out, notice)) return out;
    const bool against = item.prohibition || item.overdue || item.fulfilment == Fulfilment::unmet ||
                         item.fulfilment == Fulfilment::partly;
    if (item.status == "due" && against) out.verdict = Verdict::failed;
    if (item.status == "due" && !against && item.fulfilment == Fulfilment::met)
      out.verdict = Verdict::passed;
    if (notice != nullptr && notice->blocks) out.verdict = Verdict::failed;
    return out;
  }

  Case of(const Notice& notice) const {
    Case out;
    out.name = rule_title(notice, words_) + " [" + notice.finding->id + "]";
    out.type = notice.finding->code;
    out.message = words_.in(notice.finding->message);
    out.details = where_and_what(notice);
    out.place = notice.place;
    out.verdict = notice.blocks || (notice.kind == NoticeKind::fail &&
                                    notice.finding->level >= Severity::medium)
                      ? Verdict::failed
                      : Verdict::skipped;
    quieted(out, &notice);
    return out;
  }

  // Waived or known: not red, and said why.
  bool quieted(Case& out, const Notice* notice) const {
    if (notice == nullptr || !notice->quiet() || notice->blocks) return false;
    const Finding& finding = *notice->finding;
    out.verdict = Verdict::skipped;
    if (finding.waived)
      out.message +=
          " · " + words_.labelled(words_(Word::gate_waived), waiver_line(*finding.waived, words_));
    if (finding.in_baseline) out.message += " · " + std::string(words_(Word::gate_known));
    return true;
  }

  std::string where_and_what(const Notice& notice) const {
    std::string text = words_.labelled(words_(Word::gate_reason),
                                       notice.place.path + ":" + std::to_string(notice.place.line));
    if (!notice.finding->looked_for.empty())
      text += "\n" +
              words_.labelled(words_(Word::gate_looked_for), words_.in(notice.finding->looked_for));
    return text;
  }

  std::string xml(Suite& suite, std::size_t id) const {
    make_unique(suite);
    const std::string group = suite.subject->id + "." + suite.jurisdiction;
    const std::string name =
        name_of(*suite.subject) + " · " +
        (suite.jurisdiction == "general" ? std::string(words_(Word::everything))
                                         : words_.jurisdiction(suite.jurisdiction));
    std::string out = "  <testsuite name=\"" + token(name) + "\" timestamp=\"" +
                      to_string(assessment_.as_of) + "T00:00:00\" hostname=\"localhost\" tests=\"" +
                      std::to_string(suite.cases.size()) + "\" failures=\"" +
                      std::to_string(count(suite, Verdict::failed)) + "\" errors=\"0\" skipped=\"" +
                      std::to_string(count(suite, Verdict::skipped)) + "\" time=\"0\" id=\"" +
                      std::to_string(id) + "\" package=\"" + token("pandect." + group) + "\">\n";
    out += properties();
    for (const auto& each : suite.cases) out += xml(each, group);
    std::string said = verdict_line(assessment_, options_.run, words_);
    if (const std::string used = baseline_line(assessment_, words_); !used.empty())
      said += "\n" + used;
    for (const auto& each : assessment_.skipped)
      said +=
          "\n" + words_.labelled(words_(Word::gate_skipped), each.path + " (" + each.reason + ")");
    return out + "    <system-out>" +
           xml_text(said + "\n" + std::string(words_(Word::disclaimer))) +
           "</system-out>\n    <system-err/>\n  </testsuite>\n";
  }

  // A reader that sees a name twice in a class drops the second case.
  static void make_unique(Suite& suite) {
    std::map<std::string, int> seen;
    for (auto& each : suite.cases) {
      const int count = ++seen[each.name];
      if (count > 1) each.name += " (" + std::to_string(count) + ")";
    }
  }

  std::string properties() const {
    std::string out = "    <properties>\n";
    const auto add = [&](const std::string& name, const std::string& value) {
      out += "      <property name=\"" + token(name) + "\" value=\"" + xml_text(value) + "\"/>\n";
    };
    add("as_of", to_string(assessment_.as_of));
    add("fail_on", options_.run.fail_on);
    add("engine", assessment_.engine_version);
    for (const auto& pack : assessment_.packs)
      add("pack." + pack.id, pack.version + " " + pack.digest);
    return out + "    </properties>\n";
  }

  std::string xml(const Case& each, const std::string& group) const {
    std::string head =
        "    <testcase classname=\"" + token(group) + "\" name=\"" + token(each.name) + "\"";
    if (gitlab_)
      head += " file=\"" + xml_text(each.place.path) + "\" line=\"" +
              std::to_string(each.place.line) + "\"";
    head += " time=\"0\"";
    const std::string message = " message=\"" + xml_text(each.message) + "\"";
    switch (each.verdict) {
      case Verdict::skipped:
        return head + ">\n      <skipped" + message + "/>\n    </testcase>\n";
      case Verdict::failed:
        return head + ">\n      <failure type=\"" + token(each.type) + "\"" + message + ">" +
               xml_text(each.details) + "</failure>\n    </testcase>\n";
      case Verdict::passed:
        break;
    }
    return head + "/>\n";
  }

  const Assessment& assessment_;
  const Options& options_;
  Wording words_;
  bool gitlab_;
  const SubjectAssessment* subject_ = nullptr;
  std::vector<Notice> notices_;
  std::map<std::string, std::vector<const Notice*>> told_;  // of the subject
  std::vector<Suite> suites_;
};

}  // namespace

std::string junit_report(const Assessment& assessment, const Options& options,
                         JUnitDialect dialect) {
  return Writer(assessment, options, dialect).render();
}

}  // namespace pandect::reports
