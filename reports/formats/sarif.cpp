// SARIF 2.1.0 for code scanning. A run per jurisdiction, so that each has alerts of its own, and
// one for findings of none. A result per finding, at the line that is its reason; with --all also
// what is met (pass), what does not apply (notApplicable) and open duties: left out otherwise,
// because code scanning would list them among the alerts.
//   kind fail           speaks against the release, or stops it at the threshold of this run
//   kind open           a classification is undetermined, a proof is missing
//   kind review         a person's determination differs from the rules
//   kind informational  a duty begins soon
// Only `fail` has a level (SARIF 2.1.0, 3.27.10). Where --fail-on-unknown makes an undetermined
// classification count, one result per subject says so with a level. A waiver is a suppression, a
// baseline sets baselineState. Fingerprints hold the deciding facts and no line.
#include "assessment/assess.h"
#include "base/digest.h"
#include "reports/attention.h"
#include "reports/citation.h"
#include "reports/clean.h"
#include "reports/outline.h"
#include "reports/report.h"
#include "reports/sarif_rules.h"

#include <algorithm>
#include <array>

namespace pandect::reports {
namespace {

using Json = SarifJson;

// Code scanning keeps the first 5,000 results and takes files of at most 10 MB when packed.
constexpr std::size_t kMostResults = 5000;
constexpr std::size_t kMostNotes = 100;
constexpr std::string_view kGeneral = "general";  // of no jurisdiction

std::string kind_name(NoticeKind kind) {
  switch (kind) {
    case NoticeKind::open:
      return "open";
    case NoticeKind::review:
      return "review";
    case NoticeKind::informational:
      return "informational";
    case NoticeKind::fail:
      break;
  }
  return "fail";
}

const char* waiver_kind(WaiverKind kind) {
  return kind == WaiverKind::contested  ? "contested"
         : kind == WaiverKind::deferred ? "deferred"
                                        : "risk-accepted";
}

class RunWriter {
 public:
  RunWriter(const Assessment& assessment, const Options& options, const Wording& words)
      : assessment_(assessment), options_(options), words_(words), rules_(words) {}

  void notice(const Notice& notice) {
    const Finding& finding = *notice.finding;
    const bool fails = notice.kind == NoticeKind::fail;
    Json& result = add(notice.rule, rules_.of(notice), kind_name(notice.kind),
                       fails ? sarif_level(finding.level) : "none", notice_text(notice, words_),
                       notice.place, notice.fingerprint);
    if (notice.duty != nullptr) taxa(result, notice.duty->cite);
    if (finding.waived) result["suppressions"] = Json::array({suppression(*finding.waived)});
    if (assessment_.baseline) result["baselineState"] = finding.in_baseline ? "unchanged" : "new";
    Json properties{{"code", finding.code},
                    {"subject", notice.subject->id},
                    {"severity", severity(finding.level)},
                    {"blocks", notice.blocks}};
    if (!finding.looked_for.empty()) properties["lookedFor"] = words_.in(finding.looked_for);
    if (notice.duty != nullptr && !notice.duty->deployment.empty())
      properties["deployment"] = notice.duty->deployment;
    result["properties"] = std::move(properties);
  }

  // The exit status says that something is undetermined; a reader of alerts must see it too.
  void undetermined(const SubjectAssessment& subject, const std::string& titles,
                    const Location& where) {
    const std::string title(words_(Word::rule_undetermined));
    add("pandect.undetermined", rules_.own("pandect.undetermined", title, Severity::medium), "fail",
        "warning", words_(Word::pipe_open, {name_of(subject), titles}),
        place_in(options_.run, where), digest_of("undetermined\n" + subject.id).substr(0, 32));
  }

  // What is no finding: duties that are met, open or do not apply, and conclusions that do not
  // hold.
  void duty(const SubjectAssessment& subject, const ObligationItem& item) {
    const bool met = item.status == "due" && item.fulfilment == Fulfilment::met;
    const char* kind = met                                                         ? "pass"
                       : item.status == "undetermined"                             ? "open"
                       : item.status == "ended" || item.status == "not_applicable" ? "notApplicable"
                                                                                   : nullptr;
    if (kind == nullptr || !is_binding(item)) return;
    std::string text = words_.labelled(name_of(subject), words_.title(item.title)) + " · ";
    text += met ? words_.fulfilment(*item.fulfilment) : words_.status(item.status);
    if (!item.missing.empty())
      text += " · " +
              words_.labelled(words_(Word::facts_missing), missing_line(item.missing, words_, 8));
    Json& result = add(item.id, rules_.duty(item), kind, "none", text, first_place(item.because),
                       digest_of(std::string(kind) + "\n" + subject.id + "\n" + item.id + "\n" +
                                 item.facts_hash + item.deployment)
                           .substr(0, 32));
    taxa(result, item.cite);
    result["properties"] = {{"subject", subject.id}, {"status", item.status}};
  }

  void classification(const SubjectAssessment& subject, const ClassificationItem& item) {
    if (item.kind != ConceptKind::classification || item.value != Truth::false_) return;
    Json& result = add(item.id, rules_.classification(item), "notApplicable", "none",
                       words_.labelled(name_of(subject), words_.title(item.title)) + " · " +
                           std::string(words_(Word::no)),
                       first_place(item.because),
                       digest_of("notApplicable\n" + subject.id + "\n" + item.id).substr(0, 32));
    result["properties"] = {{"subject", subject.id}};
  }

  void note(const std::string& text) {
    if (notes_.size() < kMostNotes)
      notes_.push_back({{"level", "note"}, {"message", sarif_text(text)}});
  }

  Json run(const std::string& jurisdiction) const {
    const std::string folder = manifest_folder(options_.run);
    Json driver{{"name", "Pandect"},
                {"semanticVersion", version()},
                {"version", version()},
                {"language", language()},
                {"rules", rules_.list()}};
    if (!rules_.taxonomies().list().empty())
      driver["supportedTaxonomies"] = rules_.taxonomies().supported();
    Json out;
    out["tool"] = {{"driver", std::move(driver)}};
    if (Json packs = extensions(jurisdiction); !packs.empty())
      out["tool"]["extensions"] = std::move(packs);
    out["automationDetails"] = {{"id", "pandect/" + jurisdiction +
                                           (folder.empty() ? "" : "/" + folder) + "/" +
                                           to_string(assessment_.as_of)}};
    out["invocations"] = Json::array({invocation()});
    if (!rules_.taxonomies().list().empty()) out["taxonomies"] = rules_.taxonomies().list();
    out["language"] = language();
    out["columnKind"] = "unicodeCodePoints";
    out["results"] = results_;
    out["properties"] = properties();
    return out;
  }

 private:
  std::string version() const {
    return assessment_.engine_version.empty() ? "0.0.0" : assessment_.engine_version;
  }
  std::string language() const {
    return options_.lang == "ko" || options_.lang == "zh" ? options_.lang : "en";
  }

  static const char* severity(Severity severity) {
    static constexpr std::array<const char*, 4> kNames{"low", "medium", "high", "critical"};
    return kNames.at(static_cast<std::size_t>(severity));
  }

  Json location(const Place& place) const {
    Json region{{"startLine", place.line}};
    if (place.column > 0) region["startColumn"] = place.column;
    return {{"physicalLocation",
             {{"artifactLocation", {{"uri", uri_of(place.path)}}}, {"region", std::move(region)}}}};
  }
  Place first_place(const std::vector<Reason>& because) const {
    for (const auto& each : because) {
      if (!each.where.file.empty()) return place_in(options_.run, each.where);
    }
    return place_in(options_.run, {});
  }

  Json& add(const std::string& rule, std::size_t index, const std::string& kind,
            const std::string& level, const std::string& text, const Place& place,
            const std::string& fingerprint) {
    results_.push_back(
        {{"ruleId", rule},
         {"ruleIndex", index},
         {"kind", kind},
         {"level", level},
         {"message", sarif_text(text)},
         {"locations", Json::array({location(place)})},
         // Code scanning keys alerts by the first; without it, it would take the
         // text of the line, and moving a line would make a new alert.
         {"partialFingerprints",
          {{"primaryLocationLineHash", fingerprint + ":1"}, {"pandect/v1", fingerprint}}}});
    return results_.back();
  }

  void taxa(Json& result, const std::vector<Citation>& list) {
    for (const auto& each : list)
      result["taxa"].push_back(taxonomies_of_rules().reference(each, words_));
  }
  SarifTaxonomies& taxonomies_of_rules() { return rules_.taxonomies(); }

  Json suppression(const WaiverItem& waiver) const {
    return {{"kind", "external"},
            {"status", "accepted"},
            {"justification", clean_text(waiver_line(waiver, words_))},
            {"location", location(place_in(options_.run, waiver.where))},
            {"properties",
             {{"waiver", waiver_kind(waiver.kind)},
              {"approver", waiver.by},
              {"from", to_string(waiver.made)},
              {"expires", to_string(waiver.until)},
              {"facts", waiver.facts}}}};
  }
  static std::string clean_text(const std::string& text) {
    return sarif_text(text)["text"].get<std::string>();
  }

  Json extensions(const std::string& jurisdiction) const {
    Json out = Json::array();
    for (const auto& pack : assessment_.packs) {
      const bool core = pack.jurisdiction == "core";
      if (!core && pack.jurisdiction != jurisdiction) continue;
      Json each{{"name", pack.id.empty() ? "pack" : pack.id}, {"version", pack.version}};
      if (const std::string& title = words_.in(pack.title); !title.empty())
        each["shortDescription"] = sarif_text(title);
      each["properties"] = {{"digest", pack.digest}};
      if (pack.checked_on != kNoDay) each["properties"]["checkedOn"] = to_string(pack.checked_on);
      out.push_back(std::move(each));
    }
    return out;
  }

  Json invocation() const {
    Json out{{"executionSuccessful", true},
             {"exitCode", exit_status(assessment_, options_.run)},
             {"exitCodeDescription", verdict_line(assessment_, options_.run, words_)}};
    if (!notes_.empty()) out["toolExecutionNotifications"] = notes_;
    return out;
  }

  Json properties() const {
    Json out{{"asOf", to_string(assessment_.as_of)},
             {"failOn", options_.run.fail_on},
             {"failOnUnknown", options_.run.fail_on_unknown},
             {"manifestDigest", assessment_.manifest_digest},
             {"disclaimer", std::string(words_(Word::disclaimer))}};
    if (assessment_.baseline) {
      const BaselineUsed& used = *assessment_.baseline;
      out["baseline"] = {
          {"file", used.file}, {"known", used.known}, {"new", used.added}, {"gone", used.gone}};
    }
    return out;
  }

  const Assessment& assessment_;
  const Options& options_;
  const Wording& words_;
  SarifRules rules_;
  Json results_ = Json::array(), notes_ = Json::array();
};

class Log {
 public:
  Log(const Assessment& assessment, const Options& options)
      : assessment_(assessment), options_(options), words_(options.lang) {
    for (const auto& pack : assessment.packs) run_of(pack.jurisdiction);
    run_of("");
  }

  std::string render() {
    undetermined();
    std::size_t left_out = 0;
    for (const auto& notice : notices_of(assessment_, options_.run)) {
      if (take())
        run_of(notice.jurisdiction).notice(notice);
      else
        ++left_out;
    }
    if (options_.all) left_out += the_rest();
    notes(left_out);
    Json list = Json::array();
    for (const auto& [jurisdiction, writer] : runs_) list.push_back(writer.run(jurisdiction));
    const Json log{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                   {"version", "2.1.0"},
                   {"runs", std::move(list)}};
    return log.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
  }

 private:
  // A run even where it has no result: so alerts of an earlier upload are closed.
  RunWriter& run_of(const std::string& jurisdiction) {
    const std::string name =
        jurisdiction.empty() || jurisdiction == "core" ? std::string(kGeneral) : jurisdiction;
    const auto found = std::find_if(runs_.begin(), runs_.end(),
                                    [&](const auto& each) { return each.first == name; });
    if (found != runs_.end()) return found->second;
    runs_.emplace_back(name, RunWriter(assessment_, options_, words_));
    return runs_.back().second;
  }

  bool take() {
    if (taken_ == kMostResults) return false;
    ++taken_;
    return true;
  }

  void undetermined() {
    if (!verdict_of(assessment_, options_.run.fail_on, options_.run.fail_on_unknown).undetermined)
      return;
    for (const auto& subject : assessment_.subjects) {
      std::vector<std::string> titles;
      Location where;
      for (const auto& item : subject.classifications) {
        if (item.kind != ConceptKind::classification || item.value != Truth::unknown) continue;
        titles.push_back(title_of(item, words_));
        if (where.file.empty() && !item.because.empty()) where = item.because.front().where;
      }
      if (!titles.empty() && take()) run_of("").undetermined(subject, words_.list(titles), where);
    }
  }

  std::size_t the_rest() {
    std::size_t left_out = 0;
    for (const auto& subject : assessment_.subjects) {
      for (const auto& item : subject.obligations) {
        if (take())
          run_of(item.jurisdiction).duty(subject, item);
        else
          ++left_out;
      }
      for (const auto& item : subject.classifications) {
        if (take())
          run_of(item.jurisdiction).classification(subject, item);
        else
          ++left_out;
      }
    }
    return left_out;
  }

  void notes(std::size_t left_out) {
    if (left_out > 0) run_of("").note(words_(Word::pipe_more, {words_.count(left_out)}));
    for (const auto& each : assessment_.skipped) {
      run_of("").note(
          words_.labelled(words_(Word::gate_skipped), each.path + " (" + each.reason + ")"));
    }
  }

  const Assessment& assessment_;
  const Options& options_;
  Wording words_;
  std::vector<std::pair<std::string, RunWriter>> runs_;
  std::size_t taken_ = 0;
};

}  // namespace
}  // namespace pandect::reports

pandect::reports::Format format_sarif() {
  using namespace pandect::reports;
  return {"sarif", "sarif", [](const pandect::Assessment& assessment, const Options& options) {
            return Log(cleaned(assessment), options).render();
          }};
}
